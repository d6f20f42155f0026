"""Tables: fediverse_inbox: activities that came in and wait to be looked at, and which ones were."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from octavo.domain.fediverse import Arrival
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new
from octavo.store.keys import key_of
from octavo.store.tables import fediverse_inbox


def add(tx: Transaction, one: Arrival) -> bool:
    """Keep an activity to be looked at; False for one that came before."""
    row = {
        "key": key_of(one.key),
        "path": one.path,
        "fields": dict(one.fields),
        "body": one.body,
        "at": one.at,
        "due": one.at,
        "tries": 0,
        "done_at": None,
    }
    made = insert_new(fediverse_inbox, ["key"]).returning(fediverse_inbox.c.id)
    return tx.execute(made, row).first() is not None


def waiting(read: Read) -> int:
    """Count what is to be looked at."""
    waits = fediverse_inbox.c.done_at.is_(None)
    return int(read.execute(select(func.count()).select_from(fediverse_inbox).where(waits)).scalar_one())


def due(read: Read, now: datetime, limit: int) -> list[Arrival]:
    """List what is to be looked at now, the oldest first."""
    waits = (fediverse_inbox.c.done_at.is_(None)) & (fediverse_inbox.c.due <= now)
    rows = read.execute(select(fediverse_inbox).where(waits).order_by(fediverse_inbox.c.id).limit(limit))
    return [_noun(row) for row in rows]


def later(tx: Transaction, number: int, at: datetime) -> None:
    """Look at one again at that time."""
    tried = {"due": at, "tries": fediverse_inbox.c.tries + 1}
    tx.execute(update(fediverse_inbox).where(fediverse_inbox.c.id == number).values(**tried))


def end(tx: Transaction, number: int, now: datetime) -> None:
    """Remember that one was looked at, and forget what it said."""
    done = {"done_at": now, "body": b"", "fields": {}}
    tx.execute(update(fediverse_inbox).where(fediverse_inbox.c.id == number).values(**done))


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget what came before, looked at or not; gives how many."""
    return tx.execute(delete(fediverse_inbox).where(fediverse_inbox.c.at < moment)).rowcount


def _noun(row: Any) -> Arrival:
    return Arrival("", row.path, row.body, row.at, row.fields, row.tries, row.id)
