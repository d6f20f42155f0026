"""Octavo on several machines: three workers, two websites, one PostgreSQL, each a host of its own; some are killed.

    python bench/machines.py [--seconds 240] [--papers 12]

Run it as root. Hosts are network namespaces (bench/hosts.py). One plays the web, as the forward proxy of the workers:
papers with a feed each, a new article every half minute; it notes each request from its beginning to its end. Readers
ask both websites for the front page and a search, and go to the other one where one does not answer. After a third of
the time a worker and a website are killed (kill -9). Then it is counted: articles that are missing or there twice, how
late feeds were asked, whether a host was asked twice at once or too soon, and what readers got.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hosts import Hosts, end, load, postgres, wait

NAMES = ("db", "press", "worker1", "worker2", "worker3", "web1", "web2", "readers")
PORT = 8000
PAUSE_S = 1.0
EVERY_S = 30
POLL_S = 60


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=240)
    options.add_argument("--papers", type=int, default=12)
    options.add_argument("--press", help=argparse.SUPPRESS)
    options.add_argument("--readers", help=argparse.SUPPRESS)
    options.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.press:
        serve_press(given.press, given.log)
    elif given.readers:
        read(given.readers.split(","), given.seconds, given.log)
    else:
        folder = Path(tempfile.mkdtemp(prefix="octavo-machines-"))
        try:
            print(json.dumps(measure(folder, given.seconds, given.papers), indent=1))
        finally:
            shutil.rmtree(folder)


def measure(folder: Path, seconds: int, papers: int) -> dict[str, Any]:
    """Start everything, kill some of it, and count."""
    hosts = Hosts(NAMES, mark="om")
    try:
        with postgres(hosts, "db") as url:
            env = settings(hosts, url)
            log, got = folder / "press.jsonl", folder / "readers.jsonl"
            own = [sys.executable, __file__]
            hosts.start("press", *own, "--press", hosts.address("press"), "--log", log, env={}, log=folder / "press")
            octavo(hosts, folder, env, "feeds", "import", opml(folder, papers))
            begun, at = time.time(), load()
            for name in NAMES[2:5]:
                start(hosts, folder, env, name, "work")
            for name in NAMES[5:7]:
                start(hosts, folder, env, name, "serve", "--no-worker", "--host", hosts.address(name), "--port", PORT)
            webs = [f"http://{hosts.address(name)}:{PORT}" for name in NAMES[5:7]]
            wait(lambda: got_article(hosts, folder, env))
            words = (*own, "--readers", ",".join(webs), "--seconds", seconds, "--log", got)
            reading = hosts.start("readers", *words, env={}, log=folder / "readers")
            time.sleep(seconds / 3)
            killed = {name: kill(hosts, name) for name in ("worker1", "web1")}
            reading.wait(timeout=seconds * 2)
            ended = time.time()
            time.sleep(POLL_S)
            lines = octavo(hosts, folder, env, "export").splitlines()
            told = {
                "seconds": round(ended - begun),
                "load": [at, load()],
                "killed_after_s": round(killed["web1"] - begun),
            }
            return told | counted(log, got, lines, ended - POLL_S) | readers(got)
    finally:
        hosts.close()


def kill(hosts: Hosts, name: str) -> float:
    """Kill every process of a host; gives when, in seconds since 1970."""
    pids = hosts.pids(name)
    if not pids:
        sys.exit(f"nothing runs on {name}")
    for pid in pids:
        end(pid)
    return time.time()


def settings(hosts: Hosts, url: str) -> dict[str, str]:
    """What every machine is told."""
    return {
        "OCTAVO_DATABASE_URL": url,
        "OCTAVO_BLOBS": "database",
        "OCTAVO_LOG_LEVEL": "warning",
        "OCTAVO_NEWSWIRE__MODE": "never",
        "OCTAVO_FETCH__PROXY": f"http://{hosts.address('press')}:{PORT}",
        "OCTAVO_FETCH__DELAY_S": str(PAUSE_S),
        "OCTAVO_FETCH__MIN_POLL_S": "30",
        "OCTAVO_FETCH__MAX_POLL_S": str(POLL_S),
        "OCTAVO_WORK__JOBS": "1",
    }


def start(hosts: Hosts, folder: Path, env: dict[str, str], name: str, *words: object) -> None:
    """Start Octavo on a host, with a data folder of its own."""
    own = env | {"OCTAVO_DATA_DIR": str(folder / name)}
    hosts.start(name, sys.executable, "-m", "octavo", *words, env=own, log=folder / f"{name}.log")


def octavo(hosts: Hosts, folder: Path, env: dict[str, str], *words: object) -> str:
    """Run one command on the readers' host."""
    command = hosts.command("readers", sys.executable, "-m", "octavo", *words)
    own = os.environ | env | {"OCTAVO_DATA_DIR": str(folder / "commands")}
    return subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True).stdout


def got_article(hosts: Hosts, folder: Path, env: dict[str, str]) -> bool:
    """Whether any article has come in."""
    return bool(octavo(hosts, folder, env, "export").strip())


def opml(folder: Path, papers: int) -> Path:
    """The list of feeds."""
    rows = "".join(f'<outline text="Paper {n}" xmlUrl="http://paper{n}.example/feed.xml"/>' for n in range(papers))
    file = folder / "feeds.opml"
    file.write_text(f'<opml version="2.0"><body>{rows}</body></opml>', encoding="utf-8")
    return file


def serve_press(address: str, log: Path) -> None:
    """Play the web: a forward proxy that answers for every host itself."""
    begun, lock, out = time.time(), threading.Lock(), log.open("a", encoding="utf-8")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at, parts = time.time(), urlsplit(self.path)
            time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - a network's whims, no secret
            kind, body = "text/html; charset=utf-8", page(parts.path)
            if parts.path == "/feed.xml":
                kind, body = "application/rss+xml", feed(parts.netloc, begun)
            self.send_response(404 if parts.path == "/robots.txt" else 200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            with lock:
                out.write(json.dumps({"host": parts.netloc, "path": parts.path, "from": at, "to": time.time()}) + "\n")
                out.flush()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    ThreadingHTTPServer((address, PORT), Answer).serve_forever()


def feed(host: str, begun: float) -> bytes:
    """A feed of one article for every half minute that has passed."""
    items = "".join(
        f"<item><title>Ferry {n} of {host} runs aground</title><link>http://{host}/{n}</link><guid>{host}/{n}</guid>"
        f"<pubDate>{formatdate(begun + n * EVERY_S)}</pubDate></item>"
        for n in reversed(range(1 + int((time.time() - begun) / EVERY_S)))
    )
    return f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()


def page(path: str) -> bytes:
    """An article."""
    told = "".join(
        f"<p>The ferry Star of Kalden number {path} ran aground off Port Ember with {200 + n} people on board, the "
        f"coast guard said in its report {n}. All passengers were brought ashore by the evening, Ilse Brandt said.</p>"
        for n in range(8)
    )
    title = f"Ferry {path} runs aground off Port Ember"
    return f"<html lang=en><title>{title}</title><body><article><h1>{title}</h1>{told}</article></body></html>".encode()


def read(webs: list[str], seconds: int, log: Path) -> None:
    """Ask the websites by turns, ten times a second, the other one where one does not answer."""
    until, turn = time.time() + seconds, 0
    with log.open("a", encoding="utf-8") as out:
        while time.time() < until:
            turn += 1
            path = "/en" if turn % 3 else "/search?q=ferry"
            rows = [ask(webs[turn % 2], path)]
            if not rows[0]["status"]:
                rows.append(ask(webs[(turn + 1) % 2], path))
            out.writelines(json.dumps(row) + "\n" for row in rows)
            out.flush()
            time.sleep(0.1)


def ask(place: str, path: str) -> dict[str, Any]:
    """One request: its status, 0 where nobody answered."""
    begun = time.time()
    try:
        with urllib.request.urlopen(place + path, timeout=20) as answer:  # noqa: S310 - our own websites
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError:
        status = 0
    return {"place": place, "status": status, "at": begun, "s": time.time() - begun}


def counted(log: Path, got: Path, lines: list[str], until: float) -> dict[str, Any]:
    """What the press noted beside what is kept; articles that came after `until` may still be on their way."""
    asked = defaultdict(list)
    for line in log.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked[row["host"]].append(row)
    begun = min(row["from"] for rows in asked.values() for row in rows)
    wanted = {f"http://{host}/{n}" for host in asked for n in range(1 + int((until - begun) / EVERY_S) - 1)}
    kept = [json.loads(line)["url"] for line in lines]
    overlaps = soon = twice = 0
    gaps: list[float] = []
    for rows in asked.values():
        rows.sort(key=lambda row: row["from"])
        for one, after in pairwise(rows):
            overlaps += after["from"] < one["to"]
            soon += after["from"] - one["to"] < PAUSE_S * 0.95 and after["from"] >= one["to"]
        pages = [row["path"] for row in rows if row["path"] not in ("/feed.xml", "/robots.txt")]
        twice += len(pages) - len(set(pages))
        polls = [row["from"] for row in rows if row["path"] == "/feed.xml"]
        gaps += [after - one for one, after in pairwise(polls)]
    return {
        "requests_of_workers": sum(map(len, asked.values())),
        "articles": len(kept),
        "missing": len(wanted - set(kept)),
        "kept_twice": len(kept) - len(set(kept)),
        "a_host_asked_twice_at_once": overlaps,
        "asked_within_the_pause": soon,
        "pages_fetched_twice": twice,
        "longest_s_between_two_polls_of_a_feed": round(max(gaps), 1),
        "allowed_s_between_two_polls": POLL_S,
    }


def readers(got: Path) -> dict[str, Any]:
    """What readers got."""
    rows = [json.loads(line) for line in got.read_text(encoding="utf-8").splitlines()]
    answered = sorted(row["s"] for row in rows if row["status"])
    refused = [row for row in rows if row["status"] == 0]
    return {
        "reads": len(rows),
        "reads_not_answered": len(refused),
        "of_them_by_a_website_that_lives": sum(row["place"].split("//")[1].startswith("10.77.0.16") for row in refused),
        "reads_answered_with_5xx": sum(row["status"] >= 500 for row in rows),
        "read_s_median": round(answered[len(answered) // 2], 3),
        "read_s_99th": round(answered[int(len(answered) * 0.99)], 3),
    }


if __name__ == "__main__":
    main()
