"""Tables: fediverse_outbox: activities on their way, written in the transaction that is their cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from octavo.domain.fediverse import Delivery
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import put
from octavo.store.tables import fediverse_outbox


@dataclass(frozen=True, slots=True)
class Waits:
    """How many activities wait, and since when the one that is due first is."""

    count: int
    since: datetime | None


def add(tx: Transaction, deliveries: Iterable[Delivery]) -> None:
    """Have activities sent."""
    rows = [
        {
            "inbox": one.inbox,
            "host": one.host,
            "actor": one.actor,
            "body": one.body,
            "due": one.due,
            "expires_at": one.expires_at,
            "tries": 0,
        }
        for one in deliveries
    ]
    put(tx, fediverse_outbox.insert(), rows)


def due(read: Read, now: datetime, alone: Iterable[str], limit: int, of_one: int) -> list[Delivery]:
    """List what is to be sent now, the oldest first, so many of one server at most; nothing to hosts in `alone`."""
    query = select(fediverse_outbox).where(fediverse_outbox.c.due <= now)
    left = sorted(alone)
    query = query.where(fediverse_outbox.c.host.not_in(left)) if left else query
    place = func.row_number().over(partition_by=fediverse_outbox.c.host, order_by=fediverse_outbox.c.id).label("place")
    few = query.add_columns(place).subquery()
    rows = read.execute(select(few).where(few.c.place <= of_one).order_by(few.c.id).limit(limit))
    return [_noun(row) for row in rows]


def later(tx: Transaction, number: int, at: datetime) -> None:
    """Try one again at that time."""
    tried = {"due": at, "tries": fediverse_outbox.c.tries + 1}
    tx.execute(update(fediverse_outbox).where(fediverse_outbox.c.id == number).values(**tried))


def end(tx: Transaction, numbers: Iterable[int]) -> None:
    """Forget activities that were taken, or never will be."""
    tx.execute(delete(fediverse_outbox).where(fediverse_outbox.c.id.in_(list(numbers))))


def drop_host(tx: Transaction, host: str) -> int:
    """Forget what waits for a server; gives how many."""
    return tx.execute(delete(fediverse_outbox).where(fediverse_outbox.c.host == host)).rowcount


def drop_inbox(tx: Transaction, inbox: str) -> None:
    """Forget what waits for an inbox that is gone."""
    tx.execute(delete(fediverse_outbox).where(fediverse_outbox.c.inbox == inbox))


def drop_late(tx: Transaction, now: datetime) -> int:
    """Forget what is too old to be sent; gives how many."""
    return tx.execute(delete(fediverse_outbox).where(fediverse_outbox.c.expires_at <= now)).rowcount


def waiting(read: Read) -> Waits:
    """Tell how many activities wait."""
    row = read.execute(select(func.count().label("n"), func.min(fediverse_outbox.c.due).label("since"))).one()
    return Waits(row.n, row.since)


def _noun(row: Any) -> Delivery:
    return Delivery(row.inbox, row.host, row.actor, row.body, row.due, row.expires_at, row.tries, row.id)
