"""Ten comments a second for a minute on one article of a real instance, while its newswire goes on coming in.

    python bench/posts.py [--seconds 60] [--rate 10]

Runs `octavo demo` with its worker and posts by HTTP from twenty accounts. Are all there, in the order they were
answered in? How long until a post is answered, until a stranger's page shows it? What does the front page notice?
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collected import SETTINGS, free_port, read, wait_collected

POSTERS = 20
PATIENCE_S = 240.0
FREE = {"a_minute": 10_000, "an_hour": 100_000, "an_hour_a_network": 100_000, "new_in_ten_minutes": 100_000,
        "same_an_hour": 100_000}  # fmt: skip
PASSWORD = "a lamp in the harbour"  # noqa: S105 - of invented people


def main() -> None:
    """Post, and say what became of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--rate", type=float, default=10.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="octavo-posts-") as name:
        posts(Path(name), given.seconds, given.rate)


@dataclass
class Sent:
    """One post: when it was sent and answered, and the comment's name in addresses."""

    number: int
    sent_at: float
    done_at: float
    name: str


def posts(folder: Path, seconds: int, rate: float) -> None:
    """Post by HTTP while articles come in; print what became of it."""
    with _demo(folder) as base:
        posters = [Poster(base, f"poster-{number}") for number in range(POSTERS)]
        path = _article(base)
        for one in posters:
            one.prepare(path)
        stop = threading.Event()
        seen: dict[str, float] = {}
        fronts: list[float] = []
        watching = threading.Thread(target=_watch, args=(base + path, seen, stop), daemon=True)
        reading = threading.Thread(target=_read_front, args=(base, fronts, stop), daemon=True)
        watching.start()
        reading.start()
        before = _articles_kept(base)
        arriving = _bring_in(folder, 20 * seconds)
        sent = _post_all(posters, path, seconds, rate)
        time.sleep(3)
        stop.set()
        arriving.terminate()
        arriving.wait(60)
        _report(base, path, sent, seen, fronts, _articles_kept(base) - before)


def _post_all(posters: Sequence["Poster"], path: str, seconds: int, rate: float) -> list[Sent]:
    sent: list[Sent] = []
    threads = []
    begun = time.monotonic()
    for number in range(int(seconds * rate)):
        wait = begun + number / rate - time.monotonic()
        if wait > 0:
            threading.Event().wait(wait)
        one = threading.Thread(target=lambda n=number: sent.append(posters[n % POSTERS].post(path, n)))
        one.start()
        threads.append(one)
    for one in threads:
        one.join(60)
    print(f"{len(sent)} posts in {time.monotonic() - begun:.0f} s, by {POSTERS} accounts")
    return sent


def _report(
    base: str, path: str, sent: Sequence[Sent], seen: dict[str, float], fronts: Sequence[float], came: int
) -> None:
    there = _all_names(base, path)
    answered = {one.name for one in sent}
    print(f"lost: {len(answered - set(there))} of {len(sent)}; there twice: {len(there) - len(set(there))}")
    place = {name: number for number, name in enumerate(there)}
    ordered = sorted(sent, key=lambda one: place[one.name])
    latest, wrong = 0.0, 0
    for one in ordered:
        wrong += one.done_at < latest
        latest = max(latest, one.sent_at)
    print(f"out of order (answered before one that stands earlier was sent): {wrong}")
    _spread("posting, until answered", [one.done_at - one.sent_at for one in sent])
    shown = [max(0.0, seen[one.name] - one.done_at) for one in sent if one.name in seen]
    _spread(f"answered, until a stranger's page shows it ({len(shown)} seen)", shown)
    _spread("front page, meanwhile", fronts)
    print(f"articles that came in meanwhile: {came}")


def _spread(name: str, seconds: Sequence[float]) -> None:
    ms = sorted(one * 1000 for one in seconds)
    if ms:
        print(f"{name:62} p50 {statistics.median(ms):7.1f} ms  p99 {ms[int(len(ms) * 0.99)]:7.1f} ms")


class Poster:
    """Somebody with an account, and the form of a page."""

    def __init__(self, base: str, name: str) -> None:
        self._base = base
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), _Stay())
        self._token = ""
        self._send("/en-gb/sign-up", {"name": name, "password": PASSWORD})

    def prepare(self, path: str) -> None:
        """Read the token that forms carry."""
        page = self._open.open(self._base + path, timeout=60).read().decode()
        found = re.search(r'name="token" value="([0-9a-f]+)"', page)
        self._token = found[1] if found else sys.exit("nobody is signed in")

    def post(self, path: str, number: int) -> Sent:
        """Say something."""
        begun = time.monotonic()
        fields = {"token": self._token, "text": f"Comment number {number}.", "key": f"k{number}", "back": path[7:]}
        where = self._send(f"{path}/comments", fields)
        return Sent(number, begun, time.monotonic(), where.partition("#c-")[2])

    def _send(self, path: str, fields: dict[str, str]) -> str:
        body = urllib.parse.urlencode(fields).encode()
        asked = urllib.request.Request(self._base + path, body, {"sec-fetch-site": "same-origin"})  # noqa: S310
        try:
            with self._open.open(asked, timeout=60) as answer:
                return str(answer.headers.get("location", ""))
        except urllib.error.HTTPError as error:
            if error.code == 303:
                return str(error.headers.get("location", ""))
            raise


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _watch(address: str, seen: dict[str, float], stop: threading.Event) -> None:
    """Ask for the newest comments as a stranger, and note when each is first there."""
    while not stop.is_set():
        page = read(f"{address}/comments?sort=new")
        at = time.monotonic()
        for name in re.findall(r'id="c-([a-z0-9]+)"', page):
            seen.setdefault(name, at)
        stop.wait(0.02)


def _read_front(base: str, took: list[float], stop: threading.Event) -> None:
    while not stop.is_set():
        begun = time.monotonic()
        read(f"{base}/en-gb")
        took.append(time.monotonic() - begun)
        stop.wait(0.05)


def _all_names(base: str, path: str) -> list[str]:
    found: list[str] = []
    at = f"{path}/comments?sort=old"
    while at:
        page = read(base + at)
        found += re.findall(r'class="remark[^"]*" id="c-([a-z0-9]+)"', page)
        following = re.search(r'href="([^"]+)" rel="nofollow next"', page)
        at = following[1].replace("&amp;", "&") if following else ""
    return found


def _bring_in(folder: Path, articles: int) -> "subprocess.Popen[bytes]":
    """Let more articles come in than can be understood in the meantime: the worker takes in what the command brings."""
    file, now = folder / "arriving.ndjson", datetime.now(UTC)
    with file.open("w", encoding="utf-8") as out:
        for number in range(articles):
            place = f"Harbour {number % 400}"
            text = f"The ferry to {place} was late on day {number}. Its master, Ada Quill {number % 37}, said so. " * 12
            one = {
                "url": f"https://paper{number % 7}.example/{number}",
                "title": f"The ferry to {place} is late, report {number}",
                "text": text,
                "published": (now - timedelta(seconds=number)).isoformat(),
                "publisher": f"Paper {number % 7}",
                "language": "en",
            }
            out.write(json.dumps(one) + "\n")
    data = folder / "octavo-data" / "demo"
    return subprocess.Popen([sys.executable, "-m", "octavo", "--data-dir", str(data), "import", str(file)], cwd=folder)


def _article(base: str) -> str:
    found = re.search(r'href="(/en-gb/article/[^"]+)"', read(f"{base}/en-gb"))
    return found[1] if found else sys.exit("there is no article")


def _articles_kept(base: str) -> int:
    found = re.search(r"(\d[\d,]*) articles", re.sub(r"<[^>]+>", "", read(f"{base}/en-gb/about")))
    return int(found[1].replace(",", "")) if found else 0


@contextmanager
def _demo(folder: Path) -> Iterator[str]:
    """A real instance on the sample newswire, with its worker."""
    port = free_port()
    free = {f"OCTAVO_COMMENTS__{name}".upper(): str(value) for name, value in FREE.items()}
    own = {"OCTAVO_NEWSWIRE__PORT": str(free_port()), "OCTAVO_LOG_LEVEL": "error", "OCTAVO_FETCH__DELAY_S": "0.05"}
    own |= {"OCTAVO_ACCOUNTS__SIGN_UP": "open", "OCTAVO_ACCOUNTS__SIGN_UP_SECONDS": "0"}
    own |= {"OCTAVO_ACCOUNTS__SIGN_UPS_AN_HOUR": "1000", "OCTAVO_ACCOUNTS__PASSWORD_MEMORY_KIB": "7168"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")} | SETTINGS
    command = [sys.executable, "-m", "octavo", "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=clean | own | free, cwd=folder, start_new_session=True)
    try:
        wait_collected(f"http://127.0.0.1:{port}", PATIENCE_S)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


if __name__ == "__main__":
    main()
