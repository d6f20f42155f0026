"""Tables: audit: what those with a role did, and the command line in their place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import audit


@dataclass(frozen=True, slots=True)
class Record:
    """One act: who did it (by the name they had), to what, and the reason given."""

    at: datetime
    actor: str
    act: str
    subject: str
    note: str = ""
    account_id: AccountId | None = None
    id: int = 0
    public: bool = False
    """Whether every reader may see it, without who did it."""


def add(tx: Transaction, record: Record) -> None:
    """Write an act down."""
    row = {
        "at": record.at,
        "account_id": record.account_id,
        "actor": record.actor,
        "act": record.act,
        "subject": record.subject,
        "note": record.note,
        "public": record.public or None,
    }
    tx.execute(insert(audit), row)


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give what an account did as one with a role, the oldest first."""
    query = select(audit).where(audit.c.account_id == account_id).order_by(audit.c.id)
    return [
        {"act": row.act, "subject": row.subject, "note": row.note, "at": row.at.isoformat()}
        for row in read.execute(query)
    ]


def newest(read: Read, limit: int, before: int | None = None) -> list[Record]:
    """List acts, the newest first."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    return [_record(row) for row in read.execute(query if before is None else query.where(audit.c.id < before))]


def of_subject(read: Read, subject: str, limit: int, *, public: bool = False) -> list[Record]:
    """List what was done to one thing, the newest first; only what is `public`, where that is asked."""
    query = select(audit).where(audit.c.subject == subject)
    query = query.where(audit.c.public.is_not(None)) if public else query
    return [_record(row) for row in read.execute(query.order_by(audit.c.id.desc()).limit(limit))]


def shown(read: Read, limit: int, before: int | None = None) -> list[Record]:
    """List the acts every reader may see, the newest first."""
    query = select(audit).where(audit.c.public.is_not(None)).order_by(audit.c.id.desc()).limit(limit)
    return [_record(row) for row in read.execute(query if before is None else query.where(audit.c.id < before))]


def _record(row: Any) -> Record:
    account = None if row.account_id is None else AccountId(row.account_id)
    return Record(row.at, row.actor, row.act, row.subject, row.note, account, row.id, bool(row.public))
