"""Tables: vitals: what each process last said of itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select

from octavo.domain.vitals import ProcessKind, Vitals
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import vitals


def save(tx: Transaction, one: Vitals) -> None:
    """Keep what a process says of itself, in place of what it said before."""
    row = {
        "process": one.process,
        "kind": one.kind,
        "started_at": one.started_at,
        "at": one.at,
        "figures": dict(one.figures),
    }
    tx.execute(upsert(vitals, ["kind", "started_at", "at", "figures"]), row)


def all(read: Read) -> list[Vitals]:  # noqa: A001 - read as vitals.all
    """List the processes that are known of, the one heard last first."""
    query = select(vitals).order_by(vitals.c.at.desc(), vitals.c.process)
    return [Vitals(row.process, row.kind, row.started_at, row.at, row.figures) for row in read.execute(query)]


def last_heard(read: Read) -> Mapping[ProcessKind, datetime]:
    """Tell when a process of each kind was heard last."""
    query = select(vitals.c.kind, func.max(vitals.c.at).label("at")).group_by(vitals.c.kind)
    return {row.kind: row.at for row in read.execute(query)}


def forget(tx: Transaction, process: str) -> None:
    """Forget a process that ended as it should."""
    tx.execute(delete(vitals).where(vitals.c.process == process))


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget processes that have not been heard of since; gives how many."""
    return tx.execute(delete(vitals).where(vitals.c.at < moment)).rowcount
