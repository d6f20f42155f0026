"""Tables: source_ledger: why each source is read here, who objected, what was decided; written once for all."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select

from octavo.domain.ids import PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import source_ledger


class Kind(StrEnum):
    """What an entry says."""

    REASON = "reason"
    """Why the source is read."""
    OBJECTION = "objection"
    """Somebody objected, or asked for something."""
    DECISION = "decision"
    POLICY = "policy"
    """How much of its articles is shown."""
    REMOVAL = "removal"
    """The publisher asked not to be read here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `public` ones stand on the publisher's page, without the name of who wrote them."""

    publisher_id: PublisherId
    at: datetime
    kind: Kind
    note: str
    public: bool
    actor: str
    id: int = 0


def add(tx: Transaction, entry: Entry) -> None:
    """Write an entry."""
    row = {
        "publisher_id": entry.publisher_id,
        "at": entry.at,
        "kind": str(entry.kind),
        "note": entry.note,
        "public": entry.public,
        "actor": entry.actor,
    }
    tx.execute(insert(source_ledger), row)


def of(read: Read, publisher: PublisherId, limit: int, *, public: bool = False) -> list[Entry]:
    """List the entries of a source, the newest first; only the `public` ones, where that is asked."""
    query = select(source_ledger).where(source_ledger.c.publisher_id == publisher)
    if public:
        query = query.where(source_ledger.c.public.is_(True))
    return [_entry(row) for row in read.execute(query.order_by(source_ledger.c.id.desc()).limit(limit))]


def _entry(row: Any) -> Entry:
    publisher = PublisherId(row.publisher_id)
    return Entry(publisher, row.at, Kind(row.kind), row.note, row.public, row.actor, row.id)
