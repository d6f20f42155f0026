"""A process says that it is there, and what it counted; nobody needs to allow it."""

from datetime import datetime

from octavo.domain.vitals import ProcessKind, Vitals
from octavo.ports.tools import Tools
from octavo.store import vitals


def say(tools: Tools, kind: ProcessKind, started_at: datetime) -> None:
    """Keep what this process counted until now. Raises StoreBusy and StoreError."""
    meter = tools.meter
    said = Vitals(meter.process, kind, started_at, tools.now(), meter.figures())
    with tools.database.transaction() as tx:
        vitals.save(tx, said)


def take_leave(tools: Tools) -> None:
    """Forget this process, which ends as it should."""
    with tools.database.transaction() as tx:
        vitals.forget(tx, tools.meter.process)
