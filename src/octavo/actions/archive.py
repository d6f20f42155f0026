"""Bring articles in from a file, and give everything out again (NDJSON, one article a line)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from octavo.domain.article import Article, Block, BlockKind, Byline, Image
from octavo.domain.backfill import LeftOut
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.errors import UnusableUrl
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import publishers as publisher_store
from octavo.text.slugs import slug
from octavo.text.urls import canonical_url, host_of, publisher_host

EXCERPT = 300
MAX_LINE = 20_000_000
_MOST_HELD = 50_000_000
"""Characters of texts read and not yet saved, after which a batch is saved however few lines it has."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken: its number, from 1, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a batch of lines came to; `through` is the last line taken care of."""

    through: int
    saved: int
    known: int
    bad: tuple[BadLine, ...]


def import_lines(tools: Tools, lines: Iterable[tuple[int, bytes | LeftOut]], batch: int = 500) -> Iterator[Imported]:
    """Import numbered lines, a transaction a batch: cut off anywhere, run again, nothing is lost and nothing twice."""
    waiting: list[Article] = []
    publishers: dict[PublisherId, Publisher] = {}
    bad: list[BadLine] = []
    number = held = 0
    for number, line in lines:
        if isinstance(line, bytes) and not line.strip():
            continue
        try:
            article, publisher = read_line(line, tools.now())
        except (ValueError, UnusableUrl) as error:
            bad.append(BadLine(number, str(error)))
        else:
            waiting.append(article)
            publishers.setdefault(publisher.id, publisher)
            held += len(article.text)
        if len(waiting) + len(bad) >= batch or held >= _MOST_HELD:
            yield _save(tools, waiting, publishers, number, bad)
            waiting, bad, held = [], [], 0
    yield _save(tools, waiting, publishers, number, bad)


def _save(
    tools: Tools, articles: list[Article], publishers: dict[PublisherId, Publisher], through: int, bad: list[BadLine]
) -> Imported:
    with tools.database.transaction() as tx:
        known_publishers = publisher_store.get_many(tx, set(publishers))
        publisher_store.save(tx, [one for key, one in publishers.items() if key not in known_publishers])
        known = article_store.known_urls(tx, [article.url for article in articles])
        fresh = [article for article in articles if article.url not in known]
        article_store.save(tx, fresh)
    publishers.clear()
    return Imported(through, len(fresh), len(articles) - len(fresh), tuple(bad))


def read_line(line: bytes | LeftOut, now: datetime) -> tuple[Article, Publisher]:
    """Read one line of NDJSON. Raises ValueError or UnusableUrl with a sentence saying what is wrong with it."""
    if isinstance(line, LeftOut):
        raise ValueError(line.reason)
    if len(line) > MAX_LINE:
        raise ValueError(f"the line is {len(line)} bytes long, more than {MAX_LINE}")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    title = _text(row, "title")
    text = _text(row, "text")
    if not title and not text:
        raise ValueError("it has neither title nor text")
    external_id = _text(row, "id")
    name = _text(row, "publisher")
    url = _url(_text(row, "url"), external_id)
    host = host_of(url)
    publisher_id = PublisherId(slug(name, 80) or publisher_host(host) or "unknown")
    paragraphs = [paragraph.strip() for paragraph in text.split("\n") if paragraph.strip()]
    published = _moment(row.get("published"))
    article = Article(
        id=ArticleId(0),
        url=url,
        publisher_id=publisher_id,
        headline=" ".join((title or paragraphs[0][:120]).split()),
        language=_text(row, "language")[:35],
        first_seen_at=now,
        blocks=tuple(Block(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs),
        external_id=external_id,
        byline=Byline(", ".join(_list(row, "authors")), tuple(_list(row, "authors"))),
        section=_text(row, "section"),
        published_at=published,
        image=Image(_text(row, "image")) if _text(row, "image") else None,
        excerpt=" ".join(text.split())[:EXCERPT],
        word_count=len(text.split()),
    )
    homepage = f"https://{host}/" if host else ""
    return article, Publisher(id=publisher_id, name=name or host or "unknown", hosts=(host,), homepage=homepage)


def article_line(article: Article, publisher: str) -> dict[str, Any]:
    """Give an article as a line of export; `read_line` reads it back."""
    return {
        "id": article.external_id or str(article.id),
        "url": article.url,
        "title": article.headline,
        "text": article.text,
        "published": article.published_at.isoformat() if article.published_at else None,
        "publisher": publisher,
        "language": article.language,
        "authors": list(article.byline.people),
        "image": article.image.url if article.image else None,
        "section": article.section,
    }


def export_lines(tools: Tools, at_once: int = 200) -> Iterator[dict[str, Any]]:
    """Give out every article, oldest first."""
    after = ArticleId(-1)
    while True:
        with tools.database.read() as view:
            articles = article_store.iterate(view, after, at_once)
            names = publisher_store.get_many(view, {article.publisher_id for article in articles})
        if not articles:
            return
        for article in articles:
            publisher = names.get(article.publisher_id)
            yield article_line(article, publisher.name if publisher else "")
        after = articles[-1].id


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise ValueError(f"{name} is {type(value).__name__}, not text")
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()


def _list(row: dict[str, Any], name: str) -> list[str]:
    value = row.get(name) or []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise ValueError(f"{name} is {type(value).__name__}, not a list")
    return [str(one) for one in value if str(one).strip()]


def _url(url: str, external_id: str) -> str:
    """An article needs an address; one without gets a name that leads nowhere but is its own (RFC 6761 .invalid)."""
    if url:
        return canonical_url(url.replace("\\", ""))
    if not external_id:
        raise ValueError("it has neither url nor id")
    return canonical_url(f"http://archive.invalid/{external_id}")


def _moment(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"published is {str(value)[:60]!r}, not an ISO 8601 time") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
