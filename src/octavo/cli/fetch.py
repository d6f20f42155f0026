"""octavo fetch: poll feeds and bring what they hold to the front page, then exit."""

import time
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.output import as_json, as_table, stages
from octavo.pipeline.once import run_once
from octavo.store import articles as article_store
from octavo.store import pages as page_store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(fetch)


def fetch(
    context: typer.Context,
    once: Annotated[bool, typer.Option(help="Poll every feed now, due or not.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that extract side by side.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Poll what is due, fetch, extract, enrich, relate, lay out; and exit. Exit code 1 when every feed failed.

    What a worker is at meanwhile is left to that worker.
    """
    work = {"jobs": jobs} if jobs else None
    settings = load_settings(context, work=work)
    begun = time.monotonic()
    with wiring.open_tools(settings) as tools:
        with stages() as report, wiring.work_locks(settings) as locks:
            polled = run_once(tools, locks, everything=once, report=report)
        with tools.database.read() as view:
            pages = page_store.counts(view)
            reasons = page_store.refused_reasons(view)
            articles = article_store.count(view)
    outcome = {
        "feeds": polled.feeds,
        "unchanged": polled.unchanged,
        "failed": polled.failed,
        "entries": polled.entries,
        "pages": {str(state): count for state, count in pages.items()},
        "refused": dict(reasons),
        "articles": articles,
        "seconds": round(time.monotonic() - begun, 1),
    }
    if json:
        as_json(outcome)
    else:
        as_table(("", ""), [(name, value) for name, value in outcome.items() if not isinstance(value, dict)])
        as_table(("pages", ""), list(pages.items()))
        as_table(("refused because", "pages"), reasons)
    if polled.feeds and polled.failed == polled.feeds:
        raise typer.Exit(1)
