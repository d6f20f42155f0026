"""A reader with an account, a token, and two feeds with articles in them; an app that asks in their name."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from octavo.actions import tokens
from octavo.domain.account import Person
from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, FeedId, PublisherId
from octavo.ports.search_index import SearchDocument
from octavo.serve.asgi import make_asgi
from octavo.store import accounts, articles, feeds

from .conftest import NOW, SECRET_TAIL, Reader, article

QUICK = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}}
HEADLINES = ("Crane falls", "Ferry leaves", "Gulls return", "Harbour freezes")


@dataclass
class App:
    """A reader app: asks with the fields, headers and addresses of the one it stands for."""

    reader: Reader
    name: str
    token: str
    person: Person
    feeds: list[FeedId] = field(default_factory=list)
    ids: list[ArticleId] = field(default_factory=list)
    """Of the harbour's feed, newest first; the strict paper's is `strict`."""
    strict: ArticleId = field(default_factory=lambda: ArticleId(0))
    base: str = ""

    def ask(
        self, method: str, path: str, fields: Any = None, headers: Mapping[str, str] | None = None, auth: bool = True
    ) -> httpx.Response:
        """Ask with the header Google Reader's clients send."""
        sent = {"authorization": f"GoogleLogin auth={self.token}"} if auth else {}
        return self.reader.ask(method, self.base + path, sent | dict(headers or {}), fields)

    def send(self, method: str, path: str, body: bytes, kind: str, headers: Mapping[str, str]) -> httpx.Response:
        """Ask with a body of this type."""
        self.reader.app = self.reader.app or make_asgi(self.reader.tools)

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.reader.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://reader.test") as client:
                sent = {"content-type": kind, **headers}
                return await client.request(method, self.base + path, headers=sent, content=body)

        return asyncio.run(ask())

    def get(self, path: str, **fields: Any) -> Any:
        """Ask for JSON of Google Reader's API."""
        query = f"?{urlencode(fields, doseq=True)}" if fields else ""
        answer = self.ask("GET", f"/reader/api/0/{path}{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **fields: Any) -> httpx.Response:
        """Write by Google Reader's API."""
        return self.ask("POST", f"/reader/api/0/{path}", fields)

    def unread(self) -> list[int]:
        """List what is unread."""
        found = self.get("stream/items/ids", s="user/-/state/com.google/reading-list", xt=READ, n=1000)
        return [int(one["id"]) for one in found["itemRefs"]]

    def starred(self) -> list[int]:
        """List what is starred."""
        found = self.get("stream/items/ids", s="user/-/state/com.google/starred", n=1000)
        return [int(one["id"]) for one in found["itemRefs"]]


READ = "user/-/state/com.google/read"


def fed(reader: Reader, publisher: str, headlines: tuple[str, ...], first_hours: float = 1.0) -> list[Article]:
    """Let articles come in by a feed of a publisher, the first the newest."""
    with reader.tools.database.transaction() as tx:
        feed = feeds.add(
            tx,
            Feed(
                FeedId(0),
                f"https://{publisher}.example/apps.xml",
                PublisherId(publisher),
                f"{publisher.title()} news",
                site_url=f"https://{publisher}.example/",
                language="en",
            ),
        )
        given = [
            article(publisher, f"app-{number}", text, first_hours + number, feed_id=feed.id)
            for number, text in enumerate(headlines)
        ]
        kept = articles.save(tx, given, now=NOW)
        tags = (Hashtag("tide", "Tide", 0.9),)
        articles.save_enrichments(
            tx, [Enrichment(one.id, "en", hashtags=tags, topics=(Topic("04000000", 0.8),)) for one in kept[:2]]
        )
    return kept


def came_in(app: "App", at: datetime, hours: float, name: str = "late") -> ArticleId:
    """Let one more article come in by the harbour's feed, at a moment, published so many hours before NOW."""
    late = article("harbour", name, f"Words that are {name}", hours, feed_id=app.feeds[0])
    with app.reader.tools.database.transaction() as tx:
        return articles.save(tx, [replace(late, first_seen_at=at)], now=at)[0].id


def searchable(app: "App") -> None:
    """Let the search find the harbour's articles by their headlines."""
    harbour = PublisherId("harbour")
    told = [SearchDocument(one, words, words, (), harbour, "en") for one, words in zip(app.ids, HEADLINES, strict=True)]
    with app.reader.tools.database.transaction() as tx:
        app.reader.tools.search_index.update(tx, told)


def open_app(
    make_reader: Callable[..., Reader],
    scopes: tuple[str, ...] = ("read", "write"),
    settings: dict[str, Any] | None = None,
) -> App:
    """Make a site where ada reads two feeds, and her app with a token of these scopes."""
    reader = make_reader(settings=QUICK | (settings or {}))
    reader.visitor().sign_up("ada")
    person = person_called(reader, "ada")
    made = tokens.make(reader.tools, person, "phone", scopes)
    harbour = fed(reader, "harbour", HEADLINES)
    strict = fed(reader, "strict", ("Strict words",), 9.0)
    own = [one.feed_id for one in (harbour[0], strict[0]) if one.feed_id is not None]
    reader.clock.now = NOW + timedelta(minutes=1)
    return App(reader, "ada", made.token, person, own, [one.id for one in harbour], strict[0].id)


def person_called(reader: Reader, name: str) -> Person:
    """Find who has an account by this name."""
    with reader.tools.database.read() as view:
        found = accounts.named(view, name)
    assert found is not None
    return Person(found)


def second_app(app: App, name: str = "eve") -> App:
    """Make the app of somebody else at the same site."""
    app.reader.visitor().sign_up(name)
    person = person_called(app.reader, name)
    made = tokens.make(app.reader.tools, person, "x", ("write",))
    return App(app.reader, name, made.token, person, app.feeds, app.ids, app.strict)


def body_of(answer: httpx.Response) -> Any:
    """Read JSON with the types it has."""
    return json.loads(answer.content)


__all__ = ["NOW", "SECRET_TAIL"]
