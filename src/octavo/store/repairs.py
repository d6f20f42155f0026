"""Tables: repairs: what was done about publishers whose texts are read badly.

Who is queued is not kept but counted (health.py): it cannot go stale.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from octavo.domain.health import Repair
from octavo.domain.ids import PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import repairs

_REPLACED = [column.name for column in repairs.columns if column.name != "publisher_id"]


def get(read: Read, publisher: PublisherId) -> Repair:
    """Give what was done about a publisher; nothing, when nothing was."""
    row = read.execute(select(repairs).where(repairs.c.publisher_id == publisher)).first()
    return _noun(row) if row else Repair(publisher)


def all(read: Read) -> dict[PublisherId, Repair]:  # noqa: A001 - read as repairs.all
    """Give what was done about every publisher something was done about."""
    return {PublisherId(row.publisher_id): _noun(row) for row in read.execute(select(repairs))}


def settle(tx: Transaction, publisher: PublisherId, now: datetime) -> None:
    """Note the owner's word that there is nothing to repair in what was seen until now."""
    _put(tx, replace(get(tx, publisher), settled_at=now))


def note(tx: Transaction, done: Repair) -> None:
    """Note that a publisher's pages were read again; the owner's word stands."""
    _put(tx, replace(done, settled_at=get(tx, done.publisher_id).settled_at))


def _put(tx: Transaction, done: Repair) -> None:
    values = {name: getattr(done, name) for name in ("publisher_id", *_REPLACED)}
    tx.execute(upsert(repairs, _REPLACED), values)


def _noun(row: Any) -> Repair:
    return Repair(
        publisher_id=PublisherId(row.publisher_id),
        settled_at=row.settled_at,
        read_at=row.read_at,
        version=row.version,
        pages=row.pages,
        before=row.before,
        after=row.after,
    )
