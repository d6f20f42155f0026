"""Tables: journal: what happened to each page and article, step by step."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from octavo.domain.journal import Event
from octavo.ports.database import Read, Transaction
from octavo.store.keys import key_of
from octavo.store.tables import journal


def add(tx: Transaction, events: Sequence[Event]) -> None:
    """Note down events."""
    rows = [
        {
            "subject_key": key_of(event.subject),
            "subject": event.subject,
            "step": event.step,
            "outcome": event.outcome,
            "at": event.at,
            "ms": event.ms,
        }
        for event in events
    ]
    if rows:
        tx.execute(insert(journal), rows)


def of(read: Read, subject: str) -> list[Event]:
    """Tell everything that happened to `subject`, in order."""
    query = select(journal).where(journal.c.subject_key == key_of(subject)).order_by(journal.c.id)
    return [Event(row.subject, row.step, row.outcome, row.at, row.ms) for row in read.execute(query)]


def stats(read: Read, since: datetime) -> list[tuple[str, int, float, float]]:
    """Give (step, times run, mean ms, total ms) since then, costliest step first."""
    total = func.sum(journal.c.ms).label("total")
    query = (
        select(journal.c.step, func.count().label("n"), func.avg(journal.c.ms).label("mean"), total)
        .where(journal.c.at >= since)
        .group_by(journal.c.step)
    )
    rows = [(row.step, int(row.n), float(row.mean), float(row.total)) for row in read.execute(query)]
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget events older than `moment`; gives how many."""
    return int(tx.execute(delete(journal).where(journal.c.at < moment)).rowcount)
