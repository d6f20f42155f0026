"""octavo enrich --batch: hashtags, entities and topics of articles, as JSON."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from octavo import app as wiring
from octavo.actions.archive import read_line
from octavo.cli.batches import numbered_rows, write_lines
from octavo.cli.main import load_settings
from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment
from octavo.enrich.article import enrich_articles
from octavo.errors import UnreadableFile, UnusableUrl
from octavo.ports.embedder import Embedder

AT_ONCE = 64


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(enrich)


def enrich(
    context: typer.Context,
    batch: Annotated[Path, typer.Option(help="NDJSON, one article a line, as `octavo import` reads it.")],
    out: Annotated[Path, typer.Option(help="Where the NDJSON goes.")],
) -> None:
    """Give articles their language, hashtags, entities and topics; keeps nothing."""
    settings = load_settings(context, embedder="off")
    write_lines(out, _rows(batch, wiring.make_embedder(settings)))


def _rows(batch: Path, embedder: Embedder) -> Iterator[dict[str, Any]]:
    waiting: list[Article] = []
    for number, row in numbered_rows(batch):
        waiting.append(_article(batch, number, row))
        if len(waiting) == AT_ONCE:
            yield from _enriched(waiting, embedder)
            waiting = []
    yield from _enriched(waiting, embedder)


def _article(batch: Path, number: int, row: dict[str, Any]) -> Article:
    try:
        article, _ = read_line(json.dumps(row).encode(), wiring.clock())
    except (ValueError, UnusableUrl) as error:
        raise UnreadableFile(f"{batch} line {number}: {error}") from error
    return replace(article, external_id=str(row.get("id", number)))


def _enriched(articles: list[Article], embedder: Embedder) -> Iterator[dict[str, Any]]:
    for article, found in zip(articles, enrich_articles(articles, embedder), strict=True):
        yield enrichment_row(article.external_id, found)


def enrichment_row(article_id: str, found: Enrichment) -> dict[str, Any]:
    """The fields `octavo enrich` promises; offsets count characters of headline, newline, text."""
    return {
        "id": article_id,
        "language": found.language,
        "hashtags": [{"tag": tag.tag, "label": tag.label, "score": round(tag.score, 4)} for tag in found.hashtags],
        "entities": [
            {"name": one.name, "kind": str(one.kind), "start": one.start, "end": one.end} for one in found.mentions
        ],
        "topics": [{"code": topic.code, "score": round(topic.score, 4)} for topic in found.topics],
    }
