"""Measure what a reader app's first sync costs: so many unread articles by Google Reader's API, Fever's, Miniflux's.

python bench/clients.py [--articles 100000] [--feeds 100]

Fills a store, starts a website on it, and asks as apps do: numbers page by page and in one answer, texts in batches,
marks in batches, all of it marked as read. Says seconds, and the most memory the website took.
"""

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

from collected import free_port

from octavo.accounts.tokens import fever_key, new_api_token, token_key
from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.account import Account, ApiToken, Role, Scope
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.feed import Feed
from octavo.domain.ids import AccountId, ArticleId, FeedId, PublisherId, TokenId
from octavo.domain.publisher import Publisher
from octavo.store import accounts, articles, feeds, migrations_path, publishers, sessions

BATCH = 1_000
ALL = "user/-/state/com.google/reading-list"
READ = "user/-/state/com.google/read"
WORDS = "The harbour office said so on Monday, and showed the ledger to those who asked. " * 5


@dataclass
class App:
    """Asks a website in one reader's name."""

    address: str
    token: str

    def ask(self, path: str, fields: Iterable[tuple[str, str]] = ()) -> Any:
        """Ask, by a form where there are fields."""
        body = urllib.parse.urlencode(list(fields)).encode() or None
        asked = urllib.request.Request(f"{self.address}{path}", body)  # noqa: S310 - our own website
        asked.add_header("Authorization", f"GoogleLogin auth={self.token}")
        with urllib.request.urlopen(asked, timeout=300) as answer:  # noqa: S310
            said = answer.read()
        return loads(said) if answer.headers["content-type"] == "application/json" else said.decode()


def main() -> None:
    """Fill, start, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--feeds", type=int, default=100)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="octavo-apps-"))
    try:
        started = time.monotonic()
        token = fill(folder, given.articles, given.feeds)
        print(f"{given.articles} articles in {given.feeds} feeds written in {time.monotonic() - started:.0f} s")
        process, address = start(folder)
        try:
            measure(App(address, token), process.pid, given.articles)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    finally:
        shutil.rmtree(folder)


def fill(folder: Path, wanted: int, many: int) -> str:
    """Write feeds, articles and a reader; gives the reader's token."""
    database = SqliteDatabase(folder / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    now = datetime.now(UTC)
    with database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId(f"p{n}"), f"Paper {n}", "gb", ("en",)) for n in range(many)])
        kept = [
            feeds.add(
                tx, Feed(FeedId(0), f"https://p{n}.example/feed", PublisherId(f"p{n}"), f"Feed {n}", language="en")
            )
            for n in range(many)
        ]
        ada = accounts.add(tx, Account(AccountId(0), "ada", Role.READER, now - timedelta(days=1)), "")
        token = new_api_token()
        made = ApiToken(TokenId(0), ada.id, "bench", frozenset({Scope.READ, Scope.WRITE}), token[:11], now)
        sessions.add_token(tx, token_key(token), fever_key("ada", token), made)
    for first in range(0, wanted, BATCH):
        some = [_article(n, kept[n % many], now) for n in range(first, min(first + BATCH, wanted))]
        with database.transaction() as tx:
            articles.save(tx, some, now=now)
    database.close()
    return token


def _article(number: int, feed: Feed, now: datetime) -> Article:
    return Article(
        id=ArticleId(0),
        url=f"https://{feed.publisher_id}.example/{number}",
        publisher_id=feed.publisher_id,
        headline=f"Ship number {number} enters the bay",
        language="en",
        first_seen_at=now,
        published_at=now - timedelta(seconds=20 * number),
        excerpt=WORDS[:250],
        word_count=300,
        blocks=tuple(Block(BlockKind.PARAGRAPH, f"{number}. {WORDS}") for _ in range(6)),
        feed_id=feed.id,
    )


def start(folder: Path) -> tuple["subprocess.Popen[bytes]", str]:
    """Start the website; gives its process and address."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    settings = {"OCTAVO_WEB__PORT": str(port), "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "octavo", "--data-dir", str(folder), "web"]
    process = subprocess.Popen(command, env=clean | settings, cwd=folder)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return process, f"http://127.0.0.1:{port}"
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit("the website did not start")


@dataclass
class Sync:
    """One app's sync, step by step, each timed."""

    app: App
    pid: int
    api: str = "/reader/api/0/"

    def timed(self, what: str, act: Callable[[], Any]) -> Any:
        """Do something, and print how long it took."""
        before = time.monotonic()
        done = act()
        took, most = time.monotonic() - before, _memory(self.pid, most=True)
        print(f"{what}: {took:.2f} s; the most memory so far {most:.0f} MB", flush=True)
        return done

    def paged(self, size: int) -> list[str]:
        """List the numbers of what is unread, page by page."""
        asked = urllib.parse.urlencode({"s": ALL, "xt": READ, "n": size})
        found: list[str] = []
        after = ""
        while True:
            page = self.app.ask(f"{self.api}stream/items/ids?{asked}" + (f"&c={after}" if after else ""))
            found += [one["id"] for one in page["itemRefs"]]
            after = page.get("continuation", "")
            if not after:
                return found

    def texts(self, found: list[str], size: int) -> None:
        """Read the texts of these, so many at a time."""
        for begin in range(0, len(found), size):
            self.app.ask(f"{self.api}stream/items/contents", [("i", one) for one in found[begin : begin + size]])

    def marks(self, found: list[str], size: int) -> None:
        """Mark these as read, so many at a time."""
        for begin in range(0, len(found), size):
            named = [("i", one) for one in found[begin : begin + size]]
            self.app.ask(f"{self.api}edit-tag", [("a", READ), *named])


def measure(app: App, pid: int, wanted: int) -> None:
    """Sync, and print what each step took."""
    sync = Sync(app, pid)
    api, timed = sync.api, sync.timed
    print(f"memory before: {_memory(pid):.0f} MB")
    timed("feeds and labels", lambda: (app.ask(f"{api}subscription/list"), app.ask(f"{api}tag/list")))
    timed("unread counts", lambda: app.ask(f"{api}unread-count"))
    found = timed("numbers, 10,000 a page", lambda: sync.paged(10_000))
    _check(len(set(found)), wanted)
    _check(timed("numbers, 1,000 a page", lambda: sync.paged(1_000)) == found, True)
    _check(timed("numbers in one answer", lambda: sync.paged(200_000)) == found, True)
    key = hashlib.md5(f"ada:{app.token}".encode(), usedforsecurity=False).hexdigest()
    timed("numbers by Fever", lambda: app.ask("/fever/?api&unread_item_ids", [("api_key", key)]))
    timed("texts of 5,000, 250 at a time", lambda: sync.texts(found[:5_000], 250))
    timed("texts of 9,999 in one answer", lambda: sync.texts(found[:9_999], 9_999))
    timed("5,000 marked as read, 200 at a time", lambda: sync.marks(found[:5_000], 200))
    _check(timed("numbers of the rest, 10,000 a page", lambda: sync.paged(10_000)) == found[5_000:], True)
    timed("all marked as read", lambda: app.ask(f"{api}mark-all-as-read", [("s", ALL)]))
    _check(timed("numbers once nothing is unread", lambda: sync.paged(10_000)), [])


def _check(found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"expected {str(wanted)[:60]}, found {str(found)[:60]}")


def _memory(pid: int, *, most: bool = False) -> float:
    """Give what a process and its children take, in MB; with `most`, the most they ever took."""
    name = "VmHWM" if most else "VmRSS"
    total = 0
    for one in [pid, *_children(pid)]:
        lines = Path(f"/proc/{one}/status").read_text().splitlines()
        total += next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
    return total / 1024


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [child for one in map(int, found) for child in (one, *_children(one))]


if __name__ == "__main__":
    main()
