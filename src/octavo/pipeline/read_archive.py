"""archived pages and lines -> articles with their enrichment: the stages alone, in whatever process this is."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from octavo.actions.archive import read_line
from octavo.collect.archive import BrokenBody, decoded
from octavo.domain.article import Article
from octavo.domain.backfill import Captured
from octavo.domain.enrichment import Enrichment
from octavo.domain.page import PageSource
from octavo.domain.publisher import Publisher
from octavo.enrich.article import enrich_articles
from octavo.errors import UnusableUrl
from octavo.extract.boilerplate import PageLines
from octavo.pipeline.extract_article import extract_one
from octavo.ports.embedder import Embedder

_REASON = 80


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page to be read; `source` is without its body, which is `captured`'s, as it was sent."""

    source: PageSource
    captured: Captured


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What became of one page or line: an article with its enrichment, or the reason there is none.

    `publisher` is what a line says of it; `ms` is processor time, in milliseconds. Neither has an id yet.
    """

    article: Article | None
    enrichment: Enrichment | None = None
    reason: str = ""
    publisher: Publisher | None = None
    lines: PageLines | None = None
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages and lines that are read together, in their order."""

    pieces: tuple[ArchivedPage | bytes, ...]
    now: datetime
    max_bytes: int


@dataclass(frozen=True, slots=True)
class ReaderMaker:
    """Makes the function that reads a batch; can be sent to another machine, where the embedder is made."""

    make_embedder: Callable[[], Embedder]

    def __call__(self) -> Callable[[Batch], list[ReadArticle]]:
        """Make it."""
        embedder = self.make_embedder()
        return lambda batch: read_batch(batch, embedder)


def read_batch(batch: Batch, embedder: Embedder) -> list[ReadArticle]:
    """Decode, extract and enrich a batch, in its order."""
    found = [
        _read_line(piece, batch.now) if isinstance(piece, bytes) else _read_page(piece, batch) for piece in batch.pieces
    ]
    begun = time.process_time()
    places = [place for place, one in enumerate(found) if one.article]
    enriched = enrich_articles([one.article for one in found if one.article], embedder)
    ms = (time.process_time() - begun) * 1000 / max(1, len(places))
    for place, enrichment in zip(places, enriched, strict=True):
        found[place] = replace(found[place], enrichment=enrichment, ms=found[place].ms + ms)
    return found


def _read_page(page: ArchivedPage, batch: Batch) -> ReadArticle:
    try:
        html = decoded(page.captured, batch.max_bytes)
    except BrokenBody as error:
        return ReadArticle(None, reason=str(error))
    outcome = extract_one(replace(page.source, html=html), batch.now)
    reason = "" if outcome.article else "no article in it"
    return ReadArticle(outcome.article, reason=reason, lines=outcome.lines, ms=outcome.ms)


def _read_line(line: bytes, now: datetime) -> ReadArticle:
    try:
        article, publisher = read_line(line, now)
    except (ValueError, UnusableUrl) as error:
        # Kept short: reasons are counted, and what differs from line to line comes after the colon.
        return ReadArticle(None, reason=str(error).split(":")[0][:_REASON])
    return ReadArticle(article, publisher=publisher)
