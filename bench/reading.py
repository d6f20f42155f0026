"""Fifty reads a second while a thousand feeds come in and a hundred thousand articles are kept: times, errors, memory.

    python bench/reading.py [--minutes 30] [--rate 50] [--feeds 1000] [--articles 100000]

Fills a SQLite store (bench/filling.py) up to this moment, and runs `octavo serve`, website and worker, on it. A process
of its own plays the web as their forward proxy: each feed has a new article every EVERY_S seconds, at its own time.
Readers come at random times, whether those before have been answered or not, over connections that stay open, and ask
for what they came to: the front page, articles old and new, stories, searches of one and two words.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import invented
import numpy as np
from collected import free_port
from filling import fill_sqlite
from hosts import load, tree
from machines import page

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.store import migrations_path

EVERY_S = 1800
POLL_S = 300
LOOK_S = 10.0
WARM_S = 60.0
PATIENCE_S = 30.0
SHARES = {"front": 0.3, "article": 0.45, "story": 0.1, "search": 0.1, "latest": 0.05}
"""Of what is asked for."""


@dataclass
class Seen:
    """What became of every request, by kind, and what the processes held every LOOK_S seconds."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    held: list[tuple[float, float, int]] = field(default_factory=list)
    each: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--press", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.press:
        asyncio.run(serve_press(given.press))
        return
    with tempfile.TemporaryDirectory(prefix="octavo-reading-") as name:
        folder = Path(name)
        fill(folder, given.articles)
        print(json.dumps(measure(folder, given.minutes * 60, given.rate, given.feeds), indent=1))


def fill(folder: Path, articles: int) -> None:
    """Fill a store with articles up to now."""
    invented.END = datetime.now(UTC)
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    database.migrate()
    fill_sqlite(database, folder / "octavo.sqlite", articles)
    database.close()


def measure(folder: Path, seconds: float, rate: float, feeds: int) -> dict[str, object]:
    """Run Octavo on it, read, and say what was seen."""
    web, press = free_port(), free_port()
    env = os.environ | {
        "OCTAVO_DATA_DIR": str(folder),
        "OCTAVO_LOG_LEVEL": "error",
        "OCTAVO_NEWSWIRE__MODE": "never",
        "OCTAVO_METRICS__NETWORKS": '["127.0.0.0/8"]',
        "OCTAVO_FETCH__PROXY": f"http://127.0.0.1:{press}",
        "OCTAVO_FETCH__MIN_POLL_S": str(POLL_S),
        "OCTAVO_FETCH__MAX_POLL_S": str(POLL_S),
    }
    own = [sys.executable, "-m", "octavo"]
    asked = folder / "feeds.opml"
    rows = "".join(f'<outline text="Paper {n}" xmlUrl="http://paper{n}.example/feed.xml"/>' for n in range(feeds))
    asked.write_text(f'<opml version="2.0"><body>{rows}</body></opml>', encoding="utf-8")
    subprocess.run([*own, "feeds", "import", str(asked)], env=env, check=True, stdout=subprocess.DEVNULL)
    playing = subprocess.Popen([sys.executable, __file__, "--press", str(press)])
    serving = subprocess.Popen([*own, "serve", "--port", str(web)], env=env)
    try:
        base = f"http://127.0.0.1:{web}"
        paths = found(base)
        print(f"reading {sum(map(len, paths.values()))} addresses, load {load()}", file=sys.stderr)
        seen, before = Seen(), kept(base)
        asyncio.run(read(web, paths, seconds, rate, seen, serving.pid))
        return told(seen, seconds) | {"articles that came in": kept(base) - before, "load": load()}
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(60)
        playing.kill()


def found(base: str) -> dict[str, list[str]]:
    """Wait for the website, and give addresses of each kind."""
    for _ in range(240):
        try:
            get(f"{base}/readyz")
            break
        except OSError:
            time.sleep(0.5)
    paths: dict[str, set[str]] = defaultdict(set)
    words = set()
    for number in range(1, 40):
        text = get(f"{base}/en-gb/latest?page={number}")
        paths["article"] |= set(re.findall(r'href="(/en-gb/article/[^"#?]+)"', text))
        paths["story"] |= set(re.findall(r'href="(/en-gb/story/[^"#?]+)"', text))
        words |= set(re.findall(r">([a-z]{5,9}) ", text))
    told = sorted(words) or ["harbour", "council"]
    pairs = [f"{one}+{other}" for one, other in pairwise(told)]
    paths["search"] = {f"/en-gb/search?q={words}" for words in (*told[:200], *pairs[:200])}
    paths["front"], paths["latest"] = {"/en-gb", "/en-us", "/de-de", "/ar-ae"}, {"/en-gb/latest"}
    return {kind: sorted(some) for kind, some in paths.items()}


def kept(base: str) -> int:
    """Count the articles there are, as the website's figures say it."""
    return int(float((re.findall(r"^octavo_articles ([\d.e+]+)$", get(f"{base}/metrics"), re.MULTILINE) or [0])[0]))


def get(address: str) -> str:
    """Ask for a page."""
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own website
        return str(answer.read(), "utf-8", "replace")


async def read(port: int, paths: dict[str, list[str]], seconds: float, rate: float, seen: Seen, process: int) -> None:
    """Ask at random times, so many a second; the first WARM_S seconds do not count."""
    chance = random.Random(1)  # noqa: S311 - chance, no secret
    kinds, weights = list(SHARES), list(SHARES.values())
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    begun = time.monotonic()
    looking = asyncio.create_task(look(process, begun, seen))
    asking, at = set(), begun
    while at < begun + seconds + WARM_S:
        at += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        kind = chance.choices(kinds, weights)[0]
        path = chance.choice(paths[kind])
        counts = at > begun + WARM_S
        task = asyncio.create_task(ask(port, path, kind if counts else "", at, seen, free))
        asking.add(task)
        task.add_done_callback(asking.discard)
    await asyncio.gather(*asking)
    looking.cancel()


async def ask(
    port: int,
    path: str,
    kind: str,
    due: float,
    seen: Seen,
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]],
) -> None:
    """Ask for one page; its time counts from when it was due."""
    status = "nobody answered"
    try:
        async with asyncio.timeout(PATIENCE_S):
            while free and free[-1][0].at_eof():  # what the website closed after its half minute without a question
                free.pop()[1].close()
            reader, writer = free.pop(0) if free else await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept-encoding: br\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            size = re.search(rb"content-length: (\d+)", head)
            await reader.readexactly(int(size[1]) if size else 0)
            status = str(head.split()[1], "ascii")
            free.append((reader, writer))
    except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError) as error:
        status = type(error).__name__
    if not kind:
        return
    seen.seconds[kind].append(time.monotonic() - due)
    if status not in ("200", "301", "302", "304"):
        seen.wrong.append(f"{status} {path}")


async def look(process: int, begun: float, seen: Seen) -> None:
    """Note what the processes hold: megabytes of their own, open files."""
    while True:
        memory, files = 0.0, 0
        for one in tree(process):
            try:
                rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
                own = sum(map(int, re.findall(r"^(?:Pss|SwapPss):\s+(\d+)", rollup, re.MULTILINE))) / 1024
                command = Path(f"/proc/{one}/cmdline").read_text(encoding="utf-8").split("\0")
                seen.each[" ".join(command[2:4])].append((time.monotonic() - begun, own))
                memory += own
                files += len(os.listdir(f"/proc/{one}/fd"))
            except OSError:
                continue
        seen.held.append((time.monotonic() - begun, memory, files))
        await asyncio.sleep(LOOK_S)


def told(seen: Seen, seconds: float) -> dict[str, object]:
    """Say it in figures."""
    every = [one for some in seen.seconds.values() for one in some]
    rows = {"all": every, **seen.seconds}
    late = [(at, memory, files) for at, memory, files in seen.held if at > (seconds + WARM_S) / 3]
    began = (seconds + WARM_S) / 3
    each = {name: hourly([(at, own) for at, own in rows if at > began]) for name, rows in seen.each.items()}
    return {
        "requests": len(every),
        "ms, median / 99th / longest": {
            kind: " / ".join(f"{1000 * value:.0f}" for value in (*np.percentile(some, [50, 99]), max(some)))
            for kind, some in rows.items()
        },
        "errors": len(seen.wrong),
        "of them": sorted(set(seen.wrong))[:10],
        "megabytes at first / at the end / an hour more, from a third on": [
            round(seen.held[0][1]),
            round(seen.held[-1][1]),
            hourly([(at, memory) for at, memory, _ in late]),
        ],
        "an hour more, each process": each,
        "open files at a third / at the end": [late[0][2], late[-1][2]] if late else [],
    }


def hourly(rows: list[tuple[float, float]]) -> float:
    """Give by how much a figure grows in an hour."""
    table = np.array(rows)
    return round(3600 * float(np.polyfit(table[:, 0], table[:, 1], 1)[0]), 1) if rows[1:] else 0.0


async def serve_press(port: int) -> None:
    """Play the web: answer for every host."""
    server = await asyncio.start_server(press, "127.0.0.1", port)
    await server.serve_forever()


async def press(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection's requests."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            parts = urlsplit(head.split()[1].decode())
            kind, body = "text/html; charset=utf-8", page(f"{parts.netloc}{parts.path}")
            if parts.path == "/feed.xml":
                kind, body = "application/rss+xml", paper(parts.netloc)
            status = "404 Not Found" if parts.path == "/robots.txt" else "200 OK"
            told = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
            writer.write(told.encode() + body)
            await writer.drain()
    except (OSError, EOFError, asyncio.IncompleteReadError):
        writer.close()


def paper(host: str) -> bytes:
    """A feed of the ten newest of one article every EVERY_S seconds, at a time of the host's own."""
    number = int(re.sub(r"\D", "", host) or 0)
    newest = int((time.time() - number * 7919 % EVERY_S) // EVERY_S)
    items = "".join(
        f"<item><title>Ferry {n} of {host} runs aground</title><link>http://{host}/{n}</link><guid>{host}/{n}</guid>"
        f"<pubDate>{formatdate(n * EVERY_S + number * 7919 % EVERY_S)}</pubDate></item>"
        for n in range(newest, newest - 10, -1)
    )
    return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()


if __name__ == "__main__":
    main()
