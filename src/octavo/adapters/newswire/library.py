"""The sample newswire as written: its publishers and articles, read from package data and checked."""

import re
import tomllib
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from octavo.adapters.newswire.pictures import SCENES
from octavo.errors import UnreadableFile

FEED_KINDS = ("rss2", "rss2-full", "rss1", "rss091", "atom", "json", "sitemap")
GENRES = ("news", "analysis", "opinion", "interview", "live", "review")
LONGEST_AGE = timedelta(days=6)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_AGE = re.compile(r"(?:(\d{1,2})d)?(?:(\d{1,2})h)?(?:(\d{1,3})m)?")
_REVISED = "=== revised ==="
_FENCE = "+++"
_LETTERS = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SampleFeed:
    """One feed that a publisher offers: its kind, its path on the publisher's host, its name."""

    kind: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class SamplePublisher:
    """One fictional publisher. `mark` says in its language that it is fictional."""

    key: str
    name: str
    language: str
    country: str
    city: str
    timezone: str
    kind: str
    owner: str
    tagline: str
    description: str
    colour: str
    path: str
    feeds: tuple[SampleFeed, ...]
    mark: str
    encoding: str = "utf-8"
    tracking: str = ""

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for HTML's `dir`."""
        return "rtl" if self.language == "ar" else "ltr"


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article as its file has it; times are relative to the start of the newswire."""

    publisher: str
    slug: str
    event: str
    title: str
    standfirst: str
    authors: tuple[str, ...]
    agency: str
    dateline: str
    section: str
    keywords: tuple[str, ...]
    genre: str
    age: timedelta
    modified_age: timedelta | None
    image: str
    image_caption: str
    correction: str
    body: str
    revise_after: timedelta | None
    revision_title: str
    revision_body: str

    @property
    def number(self) -> int:
        """A six-figure number that stays the same, as a content system would give."""
        return zlib.crc32(f"{self.publisher}/{self.slug}".encode()) % 900_000 + 100_000


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that the newswire can publish."""

    publishers: tuple[SamplePublisher, ...]
    articles: tuple[SampleArticle, ...]


def read_library() -> Library:
    """Read the newswire that ships with the package; UnreadableFile names the file that is wrong."""
    return read_library_from(files("octavo").joinpath("data", "newswire"))


def read_library_from(folder: Traversable) -> Library:
    """Read publishers.toml and articles/PUBLISHER/SLUG.md in `folder`, and check that they agree."""
    listing = folder.joinpath("publishers.toml")
    publishers = read_publishers(listing.read_text("utf-8"), "publishers.toml")
    known = {publisher.key for publisher in publishers}
    articles: list[SampleArticle] = []
    for shelf in sorted(folder.joinpath("articles").iterdir(), key=lambda entry: entry.name):
        if not shelf.is_dir():
            continue
        if shelf.name not in known:
            raise UnreadableFile(f"articles/{shelf.name}: no publisher has this key")
        articles.extend(_read_shelf(shelf))
    return Library(publishers, tuple(articles))


def read_publishers(text: str, name: str) -> tuple[SamplePublisher, ...]:
    """Publishers from the text of publishers.toml; `name` is the file's, for error messages."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFile(f"{name}: {error}") from error
    marks = tables.get("mark", {})
    publishers = tuple(_publisher(table, marks, name) for table in tables["publisher"])
    twice = [key for key, count in Counter(p.key for p in publishers).items() if count > 1]
    if twice:
        raise UnreadableFile(f"{name}: listed twice: {', '.join(twice)}")
    return publishers


def read_article(text: str, publisher: str, slug: str) -> SampleArticle:
    """One article from the text of its file; UnreadableFile names the file and what is wrong."""
    name = f"articles/{publisher}/{slug}.md"
    if not _SLUG.fullmatch(slug):
        raise UnreadableFile(f"{name}: the file name must be lowercase ascii, words joined by hyphens")
    front, body = _split(text, name)
    fields = _Fields(front, name)
    body, revised, revision = body.partition(_REVISED)
    article = SampleArticle(
        publisher=publisher,
        slug=slug,
        event=fields.take("event", ""),
        title=fields.take("title", ""),
        standfirst=fields.take("standfirst", ""),
        authors=fields.take_words("authors"),
        agency=fields.take("agency", ""),
        dateline=fields.take("dateline", ""),
        section=fields.take("section", ""),
        keywords=fields.take_words("keywords"),
        genre=fields.take("genre", "news"),
        age=fields.take_published(),
        modified_age=fields.take_span("modified_age"),
        image=fields.take("image", ""),
        image_caption=fields.take("image_caption", ""),
        correction=fields.take("correction", ""),
        body=body.strip(),
        revise_after=fields.take_span("revise_after"),
        revision_title=fields.take("revision_title", ""),
        revision_body=revision.strip(),
    )
    fields.refuse_the_rest()
    for wrong in _faults(article, revised=bool(revised)):
        raise UnreadableFile(f"{name}: {wrong}")
    return article


def read_span(text: str) -> timedelta:
    """A length of time written as in "25m", "3h20m" or "2d4h"."""
    match = _AGE.fullmatch(text)
    if not text or match is None:
        raise ValueError(f"{text!r} is not a length of time such as 25m, 3h20m or 2d4h")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def section_slug(section: str) -> str:
    """The part of an address that names a section; "news" when ASCII cannot."""
    plain = unicodedata.normalize("NFKD", section.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words) or "news"


def article_path(publisher: SamplePublisher, article: SampleArticle) -> str:
    """Where the article lives on its publisher's host; the same on every start."""
    return publisher.path.format(section=section_slug(article.section), slug=article.slug, number=article.number)


def _read_shelf(shelf: Traversable) -> list[SampleArticle]:
    names = sorted(entry.name for entry in shelf.iterdir() if entry.name.endswith(".md"))
    return [
        read_article(shelf.joinpath(name).read_text("utf-8"), shelf.name, name.removesuffix(".md")) for name in names
    ]


def _publisher(table: Mapping[str, object], marks: Mapping[str, str], name: str) -> SamplePublisher:
    where = f"{name}: {table.get('key', 'a publisher without a key')}"
    fields = _Fields(table, where)
    language = fields.require("language")
    if language not in marks:
        raise UnreadableFile(f"{where}: [mark] has no text in {language}")
    publisher = SamplePublisher(
        key=fields.require("key"),
        name=fields.require("name"),
        language=language,
        country=fields.require("country"),
        city=fields.require("city"),
        timezone=fields.require("timezone"),
        kind=fields.require("kind"),
        owner=fields.require("owner"),
        tagline=fields.require("tagline"),
        description=fields.require("description"),
        colour=fields.require("colour"),
        path=fields.require("path"),
        feeds=fields.take_feeds(),
        mark=marks[language],
        encoding=fields.take("encoding", "utf-8"),
        tracking=fields.take("tracking", ""),
    )
    fields.refuse_the_rest()
    if not _SLUG.fullmatch(publisher.key):
        raise UnreadableFile(f"{where}: the key becomes a host name: lowercase ascii and hyphens")
    try:
        ZoneInfo(publisher.timezone)
    except ZoneInfoNotFoundError as error:
        raise UnreadableFile(f"{where}: {error}") from error
    return publisher


def _split(text: str, name: str) -> tuple[dict[str, object], str]:
    opening, _, rest = text.lstrip("\ufeff").partition("\n")
    front, fence, body = rest.partition(f"\n{_FENCE}\n")
    if opening.strip() != _FENCE or not fence:
        raise UnreadableFile(f"{name}: needs TOML front matter between two lines of {_FENCE}")
    try:
        return tomllib.loads(front), body
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFile(f"{name}: {error}") from error


def _faults(article: SampleArticle, *, revised: bool) -> list[str]:
    checks = (
        (article.title, "has no title"),
        (article.body, "has no body"),
        (article.genre in GENRES, f"genre is none of {', '.join(GENRES)}"),
        (not article.image or article.image in SCENES, f"no scene is called {article.image!r}"),
        (article.age <= LONGEST_AGE, "age is more than six days"),
        (
            article.modified_age is None or article.modified_age < article.age,
            "modified_age must be shorter than age",
        ),
        (
            (article.revise_after is not None) == bool(revised or article.revision_title),
            "revise_after, and a revision_title or a revised body, go together",
        ),
        (
            article.revise_after is None or article.revise_after > -article.age,
            "revise_after comes before the article appears",
        ),
    )
    return [fault for holds, fault in checks if not holds]


class _Fields:
    """Takes values out of one TOML table, checking types, and complains about what is left."""

    __slots__ = ("_left", "_where")

    def __init__(self, table: Mapping[str, object], where: str) -> None:
        self._left = dict(table)
        self._where = where

    def take(self, key: str, default: str) -> str:
        return self._typed(key, default, str).strip()

    def require(self, key: str) -> str:
        if key not in self._left:
            raise UnreadableFile(f"{self._where}: {key} is missing")
        return self.take(key, "")

    def take_words(self, key: str) -> tuple[str, ...]:
        words: list[object] = self._typed(key, [], list)
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise UnreadableFile(f"{self._where}: {key} must be a list of texts")
        return tuple(str(word).strip() for word in words)

    def take_span(self, key: str) -> timedelta | None:
        text = self.take(key, "")
        try:
            return read_span(text) if text else None
        except ValueError as error:
            raise UnreadableFile(f"{self._where}: {key}: {error}") from error

    def take_published(self) -> timedelta:
        """`age`; or `later` as a negative age."""
        age, later = self.take_span("age"), self.take_span("later")
        if (age is None) == (later is None):
            raise UnreadableFile(f"{self._where}: give either age or later")
        return age if age is not None else -(later or timedelta())

    def take_feeds(self) -> tuple[SampleFeed, ...]:
        tables: list[object] = self._typed("feeds", [], list)
        feeds = []
        for table in tables:
            fields = _Fields(table if isinstance(table, dict) else {}, f"{self._where}: feeds")
            feed = SampleFeed(fields.require("kind"), fields.require("path"), fields.require("name"))
            if feed.kind not in FEED_KINDS:
                raise UnreadableFile(f"{self._where}: no kind of feed is called {feed.kind!r}")
            feeds.append(feed)
        if not feeds:
            raise UnreadableFile(f"{self._where}: offers no feed")
        return tuple(feeds)

    def refuse_the_rest(self) -> None:
        if self._left:
            raise UnreadableFile(f"{self._where}: unknown: {', '.join(sorted(self._left))}")

    def _typed(self, key: str, default: T, kind: type[T]) -> T:
        value = self._left.pop(key, default)
        if not isinstance(value, kind):
            raise UnreadableFile(f"{self._where}: {key} must be a {kind.__name__}")
        return value
