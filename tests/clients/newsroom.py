"""A website with one reader and one feed, in a process of its own, on a store the test can look into."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from octavo.accounts.tokens import fever_key, new_api_token, token_key
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.account import Account, ApiToken, Role, Scope
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.feed import Feed
from octavo.domain.follow import Follow, FollowKind, SubscribedFeed
from octavo.domain.ids import AccountId, ArticleId, FeedId, PublisherId, TokenId
from octavo.domain.publisher import Publisher
from octavo.store import accounts, articles, bookmarks, feeds, follows, publishers, read_marks, sessions

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
    settings: dict[str, str] = field(default_factory=dict)

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
        self.process = subprocess.Popen(command, env=clean | settings | self.settings, cwd=self.folder)
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

    def label(self) -> None:
        """Let the newest article be about business and the tide, a hashtag that ada follows."""
        tags, topics = (Hashtag("tide", "Tide", 0.9),), (Topic("04000000", 0.8),)
        with self.database.transaction() as tx:
            articles.save_enrichments(tx, [Enrichment(self.ids[0], "en", hashtags=tags, topics=topics)])
            follows.save(tx, self.account, Follow(FollowKind.HASHTAG, "tide", "Tide", self.began))

    def mark_elsewhere(self, act: str, state: str) -> None:
        """Have another app of ada's add (`a`) or remove (`r`) a state of every article."""
        fields = [("i", str(one)) for one in self.ids] + [(act, f"user/-/state/com.google/{state}")]
        told = {"Authorization": f"GoogleLogin auth={self.token}"}
        asked = urllib.request.Request(
            f"{self.address}/reader/api/0/edit-tag", urlencode(fields).encode(), told, method="POST"
        )
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
            assert answer.status == 200

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
