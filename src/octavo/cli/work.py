"""octavo work: a worker alone."""

import os
import signal
import threading
from typing import Annotated

import structlog
import typer

from octavo import app as wiring
from octavo.cli.main import load_settings
from octavo.cli.watch import PULSE_S, beating, end_with_parent, go_on, loaded
from octavo.pipeline.watchdog import end_when_stuck
from octavo.ports.tools import Tools

log = structlog.get_logger()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(work)


def work(
    context: typer.Context,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that extract side by side.")] = None,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
    pulse: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Poll, fetch, extract, enrich, relate and lay out, until told to stop."""
    settings = load_settings(context, work={"jobs": jobs} if jobs else None)
    end_with_parent(parent)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with wiring.open_tools(settings) as opened:
        tools = wiring.watched(opened)
        engine = wiring.make_worker(tools)
        tools.meter.ask(engine.figures)
        with wiring.answer_meaning(tools):
            engine.start()
            loaded()
            for kind in ("poll_feeds", "sweep"):
                engine.ask_for(kind)
            _go_on_until(stop, tools, pulse)
        engine.stop()
    # A thread still in the middle of a job would keep the interpreter alive; what it was at is done again later.
    os._exit(0)


def _go_on_until(stop: threading.Event, tools: Tools, pulse: int | None) -> None:
    with beating(tools, "work"):
        while not stop.wait(PULSE_S):
            go_on(pulse)
            end_when_stuck(tools.meter, tools.settings.work.stuck_minutes * 60, _give_up)


def _give_up(stuck: list[str]) -> None:
    """End at once, so that whoever started this worker starts another: a thread that hangs can be woken by nothing."""
    log.error("a job got nothing done for so long that the worker ends, to be started again", jobs=", ".join(stuck))
    os._exit(70)
