"""A website with one reader and one feed, and newsboat, driven through a pseudo-terminal."""

import fcntl
import os
import pty
import select
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import termios
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo.accounts.tokens import fever_key, new_api_token, token_key
from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.account import Account, ApiToken, Role, Scope
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.feed import Feed
from octavo.domain.follow import SubscribedFeed
from octavo.domain.ids import AccountId, ArticleId, FeedId, PublisherId, TokenId
from octavo.domain.publisher import Publisher
from octavo.store import accounts, articles, bookmarks, feeds, migrations_path, publishers, read_marks, sessions

NEWSBOAT = shutil.which("newsboat")
PATIENCE_S = 60.0
HEADLINES = ("Crane falls", "Ferry leaves", "Gulls return", "Harbour freezes")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Newsroom:
    """A website on a store the test can look into: ada reads one feed there, with a token."""

    address: str
    database: SqliteDatabase
    folder: Path
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    token: str = ""
    account: AccountId = field(default_factory=lambda: AccountId(0))
    feed: Feed | None = None
    ids: list[ArticleId] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def fill(self) -> None:
        """Write the reader, the feed and its articles."""
        with self.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId("harbour"), "The Harbour Example", "gb", ("en",))])
            made = Feed(
                FeedId(0), "https://harbour.example/feed", PublisherId("harbour"), "Harbour news", language="en"
            )
            self.feed = feeds.add(tx, made)
            given = [self._article(number, text) for number, text in enumerate(HEADLINES)]
            self.ids = [one.id for one in articles.save(tx, given, now=self.began)]
            ada = Account(AccountId(0), "ada", Role.READER, self.began - timedelta(days=1))
            self.account = accounts.add(tx, ada, "").id
            self.token = new_api_token()
            scopes = frozenset({Scope.READ, Scope.WRITE})
            kept = ApiToken(TokenId(0), self.account, "newsboat", scopes, self.token[:11], self.began)
            sessions.add_token(tx, token_key(self.token), fever_key("ada", self.token), kept)

    def _article(self, number: int, headline: str) -> Article:
        words = f"{headline}. The harbour office said so on Monday, and showed the ledger to those who asked."
        assert self.feed is not None
        return Article(
            id=ArticleId(0),
            url=f"https://harbour.example/{number}",
            publisher_id=PublisherId("harbour"),
            headline=headline,
            first_seen_at=self.began,
            published_at=self.began - timedelta(minutes=number + 1),
            language="en",
            excerpt=words,
            word_count=90,
            blocks=(Block(BlockKind.PARAGRAPH, words),),
            feed_id=self.feed.id,
        )

    def start(self) -> None:
        """Start the website."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        port = self.address.rpartition(":")[2]
        settings = {"OCTAVO_WEB__PORT": port, "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
        command = [sys.executable, "-m", "octavo", "--data-dir", str(self.folder), "web"]
        self.process = subprocess.Popen(command, env=clean | settings, cwd=self.folder)
        soon(self._answers, "the website did not start")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def unread(self) -> list[ArticleId]:
        """List what ada has not read."""
        assert self.feed is not None
        mine = SubscribedFeed(self.feed, "", "", self.began - timedelta(days=1))
        with self.database.read() as view:
            return read_marks.unread_ids(view, self.account, [mine], None, 100)

    def starred(self) -> list[ArticleId]:
        """List what ada starred."""
        with self.database.read() as view:
            return bookmarks.ids(view, self.account, None, 100)

    def kill(self) -> None:
        """End the website without a farewell."""
        if self.process:
            self.process.kill()
            self.process.wait(20)


def soon(happens: Callable[[], bool], else_say: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not happens():
        assert time.monotonic() < deadline, else_say
        time.sleep(0.1)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A website in a process of its own."""
    database = SqliteDatabase(tmp_path / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    made = Newsroom(f"http://127.0.0.1:{free_port()}", database, tmp_path)
    made.fill()
    try:
        made.start()
        yield made
    finally:
        made.kill()
        database.close()


@dataclass
class Newsboat:
    """Newsboat with a configuration, a cache and a home of its own."""

    home: Path
    config: str
    urls: str = ""
    process: subprocess.Popen[bytes] | None = None
    terminal: int = -1
    shown: str = ""

    def __post_init__(self) -> None:
        self.home.mkdir(exist_ok=True)
        (self.home / "config").write_text(self.config)
        (self.home / "urls").write_text(self.urls)

    def run(self, *words: str) -> str:
        """Have it do something without a terminal; gives what it says."""
        done = subprocess.run(
            [*self._command(), "-x", *words],
            env=self._env(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def articles(self) -> list[tuple[str, str]]:
        """List headline and text of what it keeps."""
        with sqlite3.connect(self.home / "cache.db") as cache:
            return [(str(title), str(text)) for title, text in cache.execute("SELECT title, content FROM rss_item")]

    def open(self) -> None:
        """Start it in a terminal of 100 by 30 characters."""
        self.terminal, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            self._command(), env=self._env(), stdin=its, stdout=its, stderr=its, start_new_session=True
        )
        os.close(its)

    def see(self, text: str) -> None:
        """Wait until something was shown since the last key."""
        soon(lambda: text in self._read(), f"newsboat did not show {text!r} but {self.shown[-2000:]!r}")

    def press(self, keys: str) -> None:
        """Press keys once nothing moves any more."""
        while self._read(0.4, more=True):
            pass
        self.shown = ""
        os.write(self.terminal, keys.encode())

    def close(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait(20)
            os.close(self.terminal)
            self.process = None

    def _read(self, wait_s: float = 0.05, *, more: bool = False) -> str:
        """Take what it shows; with `more`, only what is new."""
        before = len(self.shown)
        while select.select([self.terminal], [], [], wait_s)[0]:
            self.shown += os.read(self.terminal, 65_536).decode(errors="replace")
        return self.shown[before:] if more else self.shown

    def _command(self) -> list[str]:
        assert NEWSBOAT
        given = {"-u": "urls", "-C": "config", "-c": "cache.db"}
        return [NEWSBOAT, *(word for flag, name in given.items() for word in (flag, str(self.home / name)))]

    def _env(self) -> Mapping[str, str]:
        return {"HOME": str(self.home), "TERM": "xterm", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}


@pytest.fixture
def newsboat(tmp_path: Path) -> Iterator[Callable[..., Newsboat]]:
    """Make newsboats; they end with the test."""
    made: list[Newsboat] = []

    def make(config: str, urls: str = "") -> Newsboat:
        made.append(Newsboat(tmp_path / f"newsboat-{len(made)}", config, urls))
        return made[-1]

    yield make
    for one in made:
        one.close()
