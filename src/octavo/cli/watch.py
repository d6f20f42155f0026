"""What the processes of an instance do for those who watch over them: end with their parent, say that they go on."""

import gc
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog

from octavo import app as wiring
from octavo.actions import vitals
from octavo.domain.vitals import BEAT, ProcessKind
from octavo.errors import OctavoError
from octavo.ports.tools import Tools

log = structlog.get_logger()

POLL_S = 0.5
PULSE_S = 2.0


def end_with_parent(parent: int | None) -> None:
    """End this process soon after process `parent` is gone; does nothing without one.

    Asking for the parent's number is the one way that works on every system; a lost parent gives another number.
    """
    if parent is None:
        return
    wait = threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            wait.wait(POLL_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def loaded() -> None:
    """Have garbage looked for again, once this process has loaded what it works with, and not among that."""
    gc.freeze()
    gc.enable()


def go_on(pulse: int | None) -> None:
    """Say on a pipe that this process goes on; called by what would not be, if it did not."""
    if pulse is not None:
        with suppress(OSError):
            os.write(pulse, b".")


@contextmanager
def beating(tools: Tools, kind: ProcessKind) -> Iterator[None]:
    """Let the instance know that this process is there, and its figures; a thread of its own does."""
    tools.meter.process = wiring.process_name(kind)
    tools.meter.ask(wiring.process_figures)
    began, over = tools.now(), threading.Event()
    tools.meter.ask(lambda: {"process_start_seconds": began.timestamp()})

    def beat() -> None:
        while True:
            try:
                vitals.say(tools, kind, began)
            except OctavoError as error:
                log.warning("this process could not say that it is there", reason=str(error))
            if over.wait(BEAT.total_seconds()):
                return

    thread = threading.Thread(target=beat, name="vitals", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=2)
        with suppress(OctavoError):
            vitals.take_leave(tools)
