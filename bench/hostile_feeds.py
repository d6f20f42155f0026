"""Malformed feeds, all of shared/hostile/feeds.jsonl.gz, on the real path: collected, extracted, shown.

    python bench/hostile_feeds.py [--shared ../shared] [--most 0] [--pages 3]

Each feed is polled as the worker polls it; the pages its entries lead to hold the feed itself between paragraphs, as
HTML. Counted are errors nobody foresaw, the slowest feed, what memory grew by. Meanwhile a website on the same store
is asked for its lists, again and again: how long is the longest answer? Then it is asked for all that came of them.
"""

import argparse
import base64
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from payload_texts import read
from payloads import website

from octavo.actions.opening import prepare_site
from octavo.app import open_tools
from octavo.config import FetchSettings, Settings
from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.web import Request, Response
from octavo.errors import FetchError
from octavo.pipeline.passes import catch_up, extract_waiting, fetch_waiting, settle_all
from octavo.pipeline.poll_feed import poll_feeds
from octavo.ports.tools import Tools
from octavo.store import feeds, publishers, reading
from octavo.text.slugs import short_id

ALLOWED_S, ALLOWED_MB, ALLOWED_ANSWER_S = 30.0, 150.0, 1.0
ASKED_EVERY_S = 0.25
TEXT = (
    b"<p>The harbour office said on Monday that the tide ledger had been found in the drowned archive of Varn.</p>" * 4
)


ASKING = """
import sys, time, urllib.error, urllib.request
paths = ("/en-gb", "/en-gb/latest", "/en-gb/sources", "/en-gb/search?q=tide", "/en-gb/latest.atom", "/readyz")
for number in range(10**9):
    began = time.monotonic()
    try:
        with urllib.request.urlopen(sys.argv[1] + paths[number % len(paths)], timeout=60) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = 200 if error.url.endswith("/readyz") else error.code  # no worker is there to be ready
    except OSError:
        status = 0
    print(status, time.monotonic() - began, flush=True)
    time.sleep(float(sys.argv[2]))
"""
"""A program that asks a website again and again: not this process, whose feeds would make it wait."""

PLAIN = {
    "id": "plain",
    "ctype": "application/xml",
    "src": "",
    "b64": base64.b64encode(
        b"<rss version='2.0'><channel><title>A</title><item><link>https://plain.example/1</link><title>B</title></item>"
        b"</channel></rss>"
    ).decode(),
}


@dataclass
class Count:
    """What came of it."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    grown: tuple[float, str] = (0.0, "")
    answers: list[float] = field(default_factory=list)
    """Seconds each answer of the website took while feeds were read."""


class Hostile:
    """A web on which every address of a host leads to the feed of that number, as a feed or as a page."""

    def __init__(self) -> None:
        self.feed: Response | None = None

    def fetch(self, request: Request) -> Response:
        """Give what lies there."""
        if self.feed is None:
            raise FetchError("nothing is there", url=request.url, status=404)
        if request.url == self.feed.url:
            return self.feed
        page = b"<!doctype html><html><body><article><h1>Tide ledger found</h1>" + TEXT + self.feed.body + TEXT
        return Response(request.url, 200, {"content-type": "text/html"}, page)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        """Give each what lies there."""
        for one in requests:
            yield one, self.fetch(one)

    def close(self) -> None:
        """Nothing is open."""


def main() -> int:
    """Run it; gives 1 where something failed or took too much."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(os.environ.get("OCTAVO_SHARED", "../shared")))
    options.add_argument("--most", type=int, default=0, help="so many of them (0: all)")
    options.add_argument("--pages", type=int, default=3, help="pages of each feed that are read")
    given = options.parse_args()
    lines = gzip.decompress((given.shared / "hostile" / "feeds.jsonl.gz").read_bytes()).decode().splitlines()
    chosen = random.Random(1).sample(lines, given.most) if given.most else lines  # noqa: S311
    begun, count = time.monotonic(), Count()
    with tempfile.TemporaryDirectory(prefix="octavo-hostile-") as folder:
        articles = _take_all(Path(folder), chosen, given.pages, count)
        with website(Path(folder)) as base:
            _ask(base, [f"/en-gb/article/{short_id(one)}" for one in articles], count)
    print(
        f"{len(chosen):,} feeds, {len(articles):,} articles in {time.monotonic() - begun:.0f} s: {dict(count.outcomes)}"
    )
    print(f"slowest {count.slowest[0]:.2f} s ({count.slowest[1]}), memory +{count.grown[0]:.0f} MB ({count.grown[1]})")
    longest = max(count.answers, default=0.0)
    print(f"meanwhile {len(count.answers)} answers, {longest:.2f} s the longest")
    print(f"faults: {len(count.faults)}", *count.faults[:20], sep="\n  ")
    too_much = count.slowest[0] > ALLOWED_S or count.grown[0] > ALLOWED_MB or longest > ALLOWED_ANSWER_S
    return 1 if count.faults or too_much else 0


def _take_all(folder: Path, chosen: Sequence[str], pages: int, count: Count) -> list[ArticleId]:
    """Take each feed, on a store of its own; gives the articles that came of them."""
    fetch = FetchSettings(obey_robots=False, first_entries=pages, second_chance=False)
    web = Hostile()
    with open_tools(Settings(data_dir=folder, embedder="off", fetch=fetch), lambda: datetime.now(UTC)) as opened:
        tools = replace(opened, fetcher=web)
        prepare_site(tools.database)
        _take(tools, web, PLAIN, Count())  # what is loaded at the first time is no feed's fault
        with _asked_meanwhile(folder, count):
            for line in chosen:
                _take(tools, web, json.loads(line), count)
        _finish(tools, count)
        with tools.database.read() as view:
            return list(reading.latest_ids(view, (), None, 100_000))


@contextmanager
def _asked_meanwhile(folder: Path, count: Count) -> Iterator[None]:
    """Ask a website for lists of what comes in, by a program of its own, until this ends."""
    with website(folder) as base, subprocess.Popen(
        [sys.executable, "-c", ASKING, base, str(ASKED_EVERY_S)], stdout=subprocess.PIPE, text=True
    ) as asking:  # fmt: skip
        told = asking.stdout
        reading = threading.Thread(target=lambda: count.answers.extend(map(_answer(count), told or ())))
        reading.start()
        yield
        asking.terminate()
        reading.join()


def _answer(count: Count) -> Callable[[str], float]:
    """Read one line of the asking program: status and seconds."""

    def read_line(line: str) -> float:
        status, seconds = line.split()
        count.faults.extend([f"meanwhile: {status}"] if not 200 <= int(status) < 500 else [])
        return float(seconds)

    return read_line


def _take(tools: Tools, web: Hostile, one: dict[str, str], count: Count) -> None:
    """Poll one feed, and read its pages."""
    name = one["id"]
    url = f"https://{name}.example/feed"
    headers = {"content-type": one["ctype"]} if one["ctype"] else {}
    web.feed = Response(url, 200, headers, base64.b64decode(one["b64"]))
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId(name), name, "gb", ("en",), hosts=(f"{name}.example",))])
        feed = feeds.add(tx, Feed(FeedId(0), url, PublisherId(name), language="en"))
    before, begun = _memory_mb("VmRSS"), time.monotonic()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
    try:
        polled = poll_feeds(tools, [feed])
        count.outcomes["failed" if polled.failed else "entries" if polled.entries else "empty"] += 1
        for _ in fetch_waiting(tools):
            for _ in extract_waiting(tools):
                pass
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is what is looked for
        count.faults.append(f"{name} {one['src']}: {type(error).__name__}: {str(error)[:200]}")
    count.slowest = max(count.slowest, (time.monotonic() - begun, name))
    count.grown = max(count.grown, (_memory_mb("VmHWM") - before, name))


def _finish(tools: Tools, count: Count) -> None:
    """Enrich and relate what came of it."""
    try:
        catch_up(tools)
        settle_all(tools)
    except Exception as error:  # noqa: BLE001
        count.faults.append(f"catching up: {type(error).__name__}: {str(error)[:300]}")


def _ask(base: str, paths: list[str], count: Count) -> None:
    """Ask the site for lists, feeds and articles."""
    for path in ("/en-gb", "/en-gb/latest", "/en-gb/latest.rss", "/en-gb/sources", "/sitemap.xml", *paths):
        status, _ = read(base + path)
        count.outcomes[f"answered {status}"] += 1
        if status >= 500 or status == 0:
            count.faults.append(f"{path}: {status}")


def _memory_mb(kind: str) -> float:
    """Megabytes of this process: in use (VmRSS), or at most since the peak was last cleared (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(kind)) / 1024


if __name__ == "__main__":
    sys.exit(main())
