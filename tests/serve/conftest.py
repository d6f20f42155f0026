"""A site on a database of fictional articles, asked through its ASGI interface."""

import asyncio
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Picture

from octavo.actions.opening import prepare_site
from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.language_models.off import OffModel
from octavo.adapters.mailers.off import OffMailer
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.config import Settings, WebSettings
from octavo.domain.article import Article, Block, BlockKind, Byline, Image
from octavo.domain.edition import Edition, Section, Slot
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, EditionKey, FeedId, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.domain.relation import Relation, RelationKind
from octavo.domain.story import Placement
from octavo.domain.web import Response
from octavo.ports.search_index import SearchDocument
from octavo.ports.tools import Tools
from octavo.serve.asgi import make_asgi
from octavo.store import articles, editions, feeds, publishers, relations, stories
from octavo.text.slugs import short_id

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ATTACK = '<script>alert("x")</script>'
PICTURE = "https://pictures.harbour.example/quay.png"
SECRET_TAIL = "Only readers of the original learn that the lighthouse keeper wrote the ledger himself."
BODY = (
    "The harbour office of Varn said on Monday that the tide ledger had been found in a drowned archive. "
    "It lists every ship that entered the bay between 1801 and 1855, with cargo and crew.",
    "Archivists dried the ledger leaf by leaf for eleven months, and copied each of its 9,400 entries by hand.",
    f"The find settles an old quarrel between two towns about who built the first quay. {SECRET_TAIL}",
)


@dataclass
class Clock:
    """The time as the tests set it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Reader:
    """Asks a site; redirects are given back, not followed."""

    tools: Tools
    clock: Clock
    app: Any = None
    ids: dict[str, ArticleId] = field(default_factory=dict)
    story: StoryId = field(default_factory=lambda: StoryId(0))

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        return self.ask(method, path, headers)

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        fields: dict[str, Any] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """Ask with these headers (underscores stand for dashes), and a form's fields where there are some."""
        app = self.site()

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://reader.test") as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers=named, data=fields, content=content)

        return asyncio.run(ask())

    def visitor(self) -> "Visitor":
        """Come with a browser of one's own: it keeps cookies, and sends forms as this site's pages do."""
        self.site()
        return Visitor(self)

    def site(self) -> Any:
        """The site's ASGI application."""
        self.app = self.app or make_asgi(self.tools)
        return self.app


@dataclass
class Visitor:
    """A browser at a site: holds its cookies, reads the token its pages carry, sends forms from them."""

    reader: Reader
    cookies: dict[str, str] = field(default_factory=dict)
    edition: str = "en-gb"

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._taken(self.reader.ask("GET", path, self._headers() | headers))

    def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        """Send a form with the token of this session; `token=""` in `fields` leaves it out."""
        filled = {"token": self.token()} | (fields or {}) if self.cookies else (fields or {})
        own = self._headers() | {"sec_fetch_site": "same-origin"} | headers
        return self._taken(self.reader.ask("POST", path, own, filled))

    def send_file(self, path: str, name: str, content: bytes) -> httpx.Response:
        """Send a form with a file in it, as browsers do (RFC 7578)."""
        parts = [("token", "", self.token().encode()), (name, '; filename="it"', content)]
        body = b"".join(
            f'--edge\r\nContent-Disposition: form-data; name="{key}"{more}\r\n\r\n'.encode() + value + b"\r\n"
            for key, more, value in parts
        )
        own = self._headers() | {"sec_fetch_site": "same-origin", "content_type": "multipart/form-data; boundary=edge"}
        return self._taken(self.reader.ask("POST", path, own, content=body + b"--edge--\r\n"))

    def token(self) -> str:
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.get(f"/{self.edition}/account").text)
        return found[1] if found else ""

    def sign_up(self, name: str, **more: str) -> "Visitor":
        answer = self.post(f"/{self.edition}/sign-up", {"name": name, "password": "a lamp in the harbour", **more})
        assert answer.status_code == 303, answer.text
        return self

    def _headers(self) -> dict[str, str]:
        return {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}

    def _taken(self, answer: httpx.Response) -> httpx.Response:
        for said in answer.headers.get_list("set-cookie"):
            name, _, value = said.partition(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer


@dataclass
class Program:
    """Asks one reader's site."""

    reader: Reader

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        return self.reader.get(f"/api/v1{path}", method, **headers)

    def send(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Send JSON."""
        sent = {"content_type": "application/json", **headers}
        return self.reader.ask("POST", f"/api/v1{path}", sent, content=json.dumps(body).encode())

    def change(self, path: str, method: str, body: Any, **headers: str) -> httpx.Response:
        """Send JSON by another method."""
        sent = {"content_type": "application/json", **headers}
        return self.reader.ask(method, f"/api/v1{path}", sent, content=json.dumps(body).encode())

    def passage(self, article: str) -> str:
        """Words that stand in an article's text."""
        blocks: list[dict[str, Any]] = self.read(f"/articles/{article}")["blocks"]
        return next(str(one["text"]) for one in blocks if one.get("text"))[:60]

    def read(self, path: str) -> Any:
        """Read an answer that has to be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def id(self, name: str) -> str:
        """The id of an article of the tests."""
        return short_id(self.reader.ids[name])

    @property
    def story(self) -> str:
        """The id of the story of the tests."""
        return short_id(self.reader.story)

    @property
    def known(self) -> dict[str, list[str]]:
        """What leads somewhere, by the operations whose path takes it."""
        ids, of_story = [self.id(name) for name in self.reader.ids], [self.story]
        of_article = ["get_article", "related_articles", "article_revisions", "article_differences"]
        of_article += ["article_comments", "comment_on_article", "save_article", "unsave_article"]
        of_a_story = ("articles", "figures", "differences", "timeline", "quotations", "comments")
        storied = ["get_story", "comment_on_story", *(f"story_{name}" for name in of_a_story)]
        others = {"get_hashtag": ["tide"], "get_edition": ["en-gb", "ar-ae"], "get_publisher": ["harbour", "strict"]}
        return dict.fromkeys(of_article, ids) | dict.fromkeys(storied, of_story) | others


@cache
def png(width: int = 64, height: int = 48) -> bytes:
    made = io.BytesIO()
    Picture.new("RGB", (width, height), "teal").save(made, "PNG")
    return made.getvalue()


PUBLISHERS = (
    Publisher(PublisherId("harbour"), "The Harbour Example", "gb", ("en",), hosts=("harbour.example",)),
    Publisher(PublisherId("ledger"), "Ledger Example", "us", ("en",), hosts=("ledger.example",)),
    Publisher(PublisherId("wire"), f"Wire & {ATTACK}", "ie", ("en",), hosts=("wire.example",)),
    Publisher(PublisherId("invented"), "Invented Example", "gb", ("en",), fictional=True),
    Publisher(
        PublisherId("strict"), "Strict Example", "gb", ("en",), hosts=("strict.example",), policy=DisplayPolicy.HEADLINE
    ),
    Publisher(PublisherId("minara"), "المنارة", "ae", ("ar",), hosts=("minara.example",)),
)


def article(publisher: str, name: str, headline: str, hours: float, **more: Any) -> Article:
    details: dict[str, Any] = {
        "blocks": tuple(Block(BlockKind.PARAGRAPH, text) for text in BODY),
        "excerpt": BODY[0],
        "word_count": 90,
        "published_at": NOW - timedelta(hours=hours),
    }
    return Article(
        id=ArticleId(0),
        url=f"https://{publisher}.example/{name}",
        publisher_id=PublisherId(publisher),
        headline=headline,
        first_seen_at=NOW,
        **({"language": "en"} | details | more),
    )


ARTICLES = {
    "ledger": article(
        "harbour", "ledger", "Tide ledger found in drowned archive", 5, image=Image(PICTURE, alt="A quay")
    ),
    "second": article(
        "ledger", "second", "Drowned archive gives up its tide ledger", 4, byline=Byline("By Ada Quill", ("Ada Quill",))
    ),
    "copy": article("wire", "copy", "Tide ledger is found in an archive", 3),
    "attack": article(
        "wire",
        "attack",
        f"Storm {ATTACK} over the bay",
        2,
        excerpt=ATTACK,
        blocks=(Block(BlockKind.PARAGRAPH, ATTACK),),
    ),
    "sample": article("invented", "sample", "Lumen Labs opens a school of glass", 6),
    "strict": article("strict", "strict", "Strict words about the harbour", 7, image=Image(PICTURE)),
    "arabic": article(
        "minara",
        "a",
        "سجل المد والجزر",
        1,
        language="ar",
        excerpt="عُثر على السجل.",
        blocks=(Block(BlockKind.PARAGRAPH, "عُثر على السجل في الأرشيف."),),
    ),
}


def fill(database: SqliteDatabase, search: SqliteSearch) -> tuple[dict[str, ArticleId], StoryId]:
    """Write the newspaper of the tests through the store's own functions."""
    prepare_site(database)
    with database.transaction() as tx:
        publishers.save(tx, PUBLISHERS)
        feeds.add(
            tx,
            Feed(FeedId(0), "https://harbour.example/feed.xml", PublisherId("harbour"), "Harbour feed", language="en"),
        )
        saved = articles.save(tx, list(ARTICLES.values()), now=NOW)
        ids = {name: one.id for name, one in zip(ARTICLES, saved, strict=True)}
        articles.save_enrichments(
            tx,
            [
                Enrichment(
                    one.id,
                    one.language,
                    hashtags=(Hashtag("tide", "Tide", 0.9), Hashtag("archives", "Archives", 0.5)),
                    topics=(Topic("04000000", 0.8),),
                )
                for one in saved
            ],
        )
        story = stories.place(tx, Placement(ids["ledger"], None, 1.0), NOW)
        for name in ("second", "copy"):
            stories.place(tx, Placement(ids[name], story, 0.9), NOW)
        stories.describe(tx, story, lead=ids["ledger"], reports=2)
        relations.save(
            tx,
            ids["ledger"],
            [
                Relation(ids["ledger"], ids["copy"], RelationKind.DUPLICATE, 0.97),
                Relation(ids["ledger"], ids["sample"], RelationKind.BACKGROUND, 0.3, ("Varn",)),
            ],
        )
        slots = (Slot(story, ids["ledger"], 2.0, ("reports:2", "local")), Slot(StoryId(1), ArticleId(99), 1.0))
        section = Section("04000000", "Business", "04000000", (Slot(StoryId(2), ids["second"], 1.0),))
        editions.save(tx, Edition(EditionKey("en-gb"), NOW - timedelta(minutes=9), slots, (section,)))
        search.update(
            tx,
            [
                SearchDocument(one.id, one.headline, one.text, ("Tide",), one.publisher_id, one.language)
                for one in saved
            ],
        )
    return ids, story


class LaterMailer(OffMailer):
    """The mailer of a site that sends mail: no page hands a letter over, that is the worker's."""

    @property
    def on(self) -> bool:
        return True


@pytest.fixture
def make_reader(sqlite_database: SqliteDatabase, tmp_path: Path) -> Callable[..., Reader]:
    """Make readers of sites with other settings on one database."""
    search = SqliteSearch(sqlite_database)
    ids, story = fill(sqlite_database, search)
    clock = Clock()
    fetcher = RecordedFetcher({PICTURE: Response(PICTURE, 200, {"content-type": "image/png"}, png(2000, 1000))})

    def make(web: WebSettings | None = None, **more: Any) -> Reader:
        given = more.pop("settings", {})
        given["accounts"] = {"sign_up_seconds": 0, "password_memory_kib": 7_168} | given.get("accounts", {})
        settings = Settings(data_dir=tmp_path, web=web or WebSettings(), **given)
        tools: dict[str, Any] = {
            "settings": settings,
            "now": clock,
            "database": sqlite_database,
            "blobs": DiskBlobs(tmp_path / "blobs"),
            "fetcher": fetcher,
            "pusher": RecordedPusher(),
            "mailer": LaterMailer() if settings.mail.server else OffMailer(),
            "embedder": OffEmbedder(),
            "language_model": OffModel(),
            "search_index": search,
            "vector_index": ExactIndex(),
        }
        return Reader(Tools(**(tools | more)), clock, ids=ids, story=story)

    return make


@pytest.fixture
def reader(make_reader: Callable[..., Reader]) -> Reader:
    """A reader of a private instance: everything is shown in full."""
    return make_reader()


@pytest.fixture
def public_reader(make_reader: Callable[..., Reader]) -> Reader:
    """A reader of a public instance."""
    return make_reader(WebSettings(host="192.0.2.1", public_url="https://news.example"))


@pytest.fixture
def program(reader: Reader) -> Program:
    """A program at a private instance: everything is given in full."""
    return Program(reader)


@pytest.fixture
def public_program(public_reader: Reader) -> Program:
    """A program at a public instance."""
    return Program(public_reader)


@pytest.fixture
def make_program(make_reader: Callable[..., Reader]) -> Callable[..., Program]:
    """Make programs at sites with other settings."""
    return lambda *given, **more: Program(make_reader(*given, **more))
