"""octavo work: a worker alone."""

import os
import signal
import threading
from typing import Annotated

import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.watch import end_with_parent


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(work)


def work(
    context: typer.Context,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that extract side by side.")] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Poll, fetch, extract, enrich, relate and lay out, until told to stop."""
    settings = load_settings(context, work={"jobs": jobs} if jobs else None)
    end_with_parent(parent)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with wiring.open_tools(settings) as tools:
        engine = wiring.make_worker(tools)
        with wiring.answer_meaning(tools):
            engine.start()
            for kind in ("poll_feeds", "sweep"):
                engine.enqueue(kind, key="")
            stop.wait()
        engine.stop()
    # A thread still in the middle of a job would keep the interpreter alive; what it was at is done again later.
    os._exit(0)
