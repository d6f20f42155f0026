"""octavo related, octavo stories, octavo search: what the site would show, as JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from octavo import app as wiring
from octavo.cli.batches import write_lines
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId
from octavo.errors import InputError, NotFound
from octavo.ports.database import Read
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.serve.finding import Finder, find
from octavo.store import articles as article_store
from octavo.store import relations as relation_store
from octavo.store import stories as story_store
from octavo.store.reading import article_languages

AT_ONCE = 500
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(related)
    app.command()(stories)
    app.command()(search)


def related(
    context: typer.Context,
    article: Annotated[str | None, typer.Argument(help="An article's address or id.")] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=50, help="How many at most.")] = 10,
    everything: Annotated[Path | None, typer.Option("--all", help="Write all articles' to this file.")] = None,
    json: Json = False,
) -> None:
    """Show what is related to an article, and why."""
    with wiring.open_tools(load_settings(context)) as tools:
        if everything is not None:
            write_lines(everything, _all_related(tools, limit))
            return
        if article is None:
            raise InputError("name an article by address or id, or give --all FILE")
        with tools.database.read() as view:
            found = find_article(view, article)
            relations = relation_store.of(view, found)[:limit]
            cards = {card.id: card for card in article_store.cards(view, [one.other_id for one in relations])}
    rows = [(one, cards[one.other_id]) for one in relations if one.other_id in cards]
    if json:
        as_json(
            [
                {"id": card.id, "url": card.url, "title": card.headline, "publisher": card.publisher_name,
                 "score": round(one.score, 4), "kind": str(one.kind), "why": list(one.why)}
                for one, card in rows
            ]
        )  # fmt: skip
    else:
        as_table(
            ("score", "why", "publisher", "headline"),
            [
                (f"{one.score:.2f}", f"{one.kind}: {', '.join(one.why)}", card.publisher_name, card.headline)
                for one, card in rows
            ],
        )


def find_article(view: Read, name: str) -> ArticleId:
    """Find an article by address, by id, or by the id it was imported with. Raises NotFound."""
    found = article_store.by_url(view, name) or article_store.by_external_id(view, name)
    if found is not None:
        return found.id
    if name.isdigit() and article_store.cards(view, [ArticleId(int(name))]):
        return ArticleId(int(name))
    raise NotFound(f"no article {name} is kept here: `octavo search` finds articles by their words")


def _all_related(tools: Tools, limit: int) -> Iterator[dict[str, Any]]:
    names = _external_ids(tools)
    for article_id, name in names.items():
        with tools.database.read() as view:
            relations = relation_store.of(view, article_id)[:limit]
        yield {
            "id": name,
            "related": [
                {"id": names.get(one.other_id, str(one.other_id)), "score": round(one.score, 4),
                 "why": ": ".join(part for part in (str(one.kind), ", ".join(one.why)) if part)}
                for one in relations
            ],
        }  # fmt: skip


def _external_ids(tools: Tools) -> dict[ArticleId, str]:
    """Every article's id here and the name it is known by outside: the id it came with, else its own."""
    with tools.database.read() as view:
        return {number: name or str(number) for number, name in article_store.external_ids(view)}


def stories(
    context: typer.Context,
    everything: Annotated[Path | None, typer.Option("--all", help="Write every story to this file.")] = None,
    limit: Annotated[int, typer.Option("-n", min=1, max=500, help="How many at most.")] = 20,
    json: Json = False,
) -> None:
    """Show the latest stories, largest circle of publishers first."""
    with wiring.open_tools(load_settings(context)) as tools:
        if everything is not None:
            write_lines(everything, _all_stories(tools))
            return
        with tools.database.read() as view:
            found = story_store.latest(view, limit)
    found = sorted(found, key=lambda story: (-story.publisher_count, -story.article_count))
    if json:
        as_json(
            [
                {"story": story.id, "title": story.headline, "articles": story.article_count,
                 "publishers": story.publisher_count, "reports": story.report_count, "last": story.last_at}
                for story in found
            ]
        )  # fmt: skip
    else:
        as_table(
            ("publishers", "articles", "headline"),
            [(story.publisher_count, story.article_count, story.headline) for story in found],
        )


def _all_stories(tools: Tools) -> Iterator[dict[str, Any]]:
    names = _external_ids(tools)
    with tools.database.read() as view:
        for story in story_store.all(view):
            articles = [names.get(one, str(one)) for one in story_store.article_ids(view, story.id)]
            yield {"story": str(story.id), "title": story.headline, "articles": articles}


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="Words; quote a phrase to keep it together.")],
    limit: Annotated[int, typer.Option("-n", min=1, max=200, help="How many at most.")] = 20,
    json: Json = False,
) -> None:
    """Find articles by their words. Exit code 1 when nothing is found."""
    with wiring.open_tools(load_settings(context)) as tools:
        asked = SearchQuery(" ".join(query), limit=limit)
        with tools.database.read() as view:
            languages = article_languages(view)
            hits = find(Finder(tools.search_index, view, languages, tools.settings.quality.bar), asked).hits
            cards = article_store.cards(view, [hit.id for hit in hits])
    if json:
        scores = {hit.id: hit.score for hit in hits}
        as_json([{**_card(card), "score": round(scores[card.id], 4)} for card in cards])
    else:
        as_table(
            ("published", "publisher", "headline"),
            [(card.time.date(), card.publisher_name, card.headline) for card in cards],
        )
    if not cards:
        raise typer.Exit(1)


def _card(card: ArticleCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "url": card.url,
        "title": card.headline,
        "publisher": card.publisher_name,
        "published": card.published_at,
        "language": card.language,
    }
