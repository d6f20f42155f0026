"""octavo trace URL: one article's whole journey; --stats: what each step costs."""

from datetime import timedelta
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table
from octavo.domain.ids import PageKey
from octavo.domain.journal import Event
from octavo.errors import InputError, NotFound, UnusableUrl
from octavo.ports.database import Read
from octavo.store import articles as article_store
from octavo.store import journal
from octavo.store import pages as page_store
from octavo.text.hashes import content_hash
from octavo.text.urls import canonical_url


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trace)


def trace(
    context: typer.Context,
    url: Annotated[str | None, typer.Argument(help="An article's or a feed's address.")] = None,
    stats: Annotated[bool, typer.Option("--stats", help="Show the share of each step instead.")] = False,
    days: Annotated[int, typer.Option(min=1, help="How far back --stats looks.")] = 30,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show everything that happened to one article, step by step, with times and reasons."""
    with wiring.open_tools(load_settings(context)) as tools, tools.database.read() as view:
        if stats:
            _show_stats(journal.stats(view, tools.now() - timedelta(days=days)), json)
            return
        if url is None:
            raise InputError("name an address, or ask for --stats")
        events = _events(view, url)
    if not events:
        raise NotFound(f"nothing is known of {url}: no feed has named it, or it was long ago")
    if json:
        as_json([{"at": one.at, "step": one.step, "outcome": one.outcome, "ms": round(one.ms, 2)} for one in events])
    else:
        as_table(
            ("when", "step", "ms", "what happened"),
            [(one.at.isoformat(timespec="milliseconds"), one.step, f"{one.ms:.1f}", one.outcome) for one in events],
        )


def _events(view: Read, url: str) -> list[Event]:
    """Gather what is known under an address: the one asked for, its canonical form, and its page's and article's."""
    subjects = {url}
    try:
        canonical = canonical_url(url)
    except UnusableUrl:
        return journal.of(view, url)
    subjects.add(canonical)
    article = article_store.by_url(view, canonical)
    page = page_store.get(view, article.page_key if article and article.page_key else PageKey(content_hash(canonical)))
    subjects |= {article.url} if article else set()
    subjects |= {page.url} if page else set()
    return sorted((event for subject in subjects for event in journal.of(view, subject)), key=lambda event: event.at)


def _show_stats(rows: list[tuple[str, int, float, float]], json: bool) -> None:
    total = sum(ms for _, _, _, ms in rows) or 1.0
    if json:
        as_json(
            [
                {"step": step, "runs": runs, "mean_ms": round(mean, 3), "share": round(ms / total, 4)}
                for step, runs, mean, ms in rows
            ]
        )
    else:
        as_table(
            ("step", "runs", "mean ms", "share"),
            [(step, runs, f"{mean:.2f}", f"{ms / total:.1%}") for step, runs, mean, ms in rows],
        )
