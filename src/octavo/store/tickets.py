"""Tables: tickets: what is good once and for a while: invitations, second steps, links in letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import tickets


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket, by the hash of what its holder was given. `given` is what is to be remembered with it."""

    key: bytes
    kind: str
    made_at: datetime
    expires_at: datetime
    account_id: AccountId | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 0


def add(tx: Transaction, ticket: Ticket) -> None:
    """Keep a ticket."""
    row = {
        "key": ticket.key,
        "kind": ticket.kind,
        "account_id": ticket.account_id,
        "given": dict(ticket.given),
        "made_at": ticket.made_at,
        "expires_at": ticket.expires_at,
        "tries": ticket.tries,
    }
    tx.execute(insert(tickets), row)


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give which links and second steps of an account are still good, without what would let somebody use them."""
    query = select(tickets).where(tickets.c.account_id == account_id).order_by(tickets.c.made_at)
    return [
        {"kind": row.kind, "made": row.made_at.isoformat(), "until": row.expires_at.isoformat()}
        for row in read.execute(query)
    ]


def find(read: Read, key: bytes, kind: str, now: datetime) -> Ticket | None:
    """Give a ticket that is still good."""
    good = (tickets.c.key == key) & (tickets.c.kind == kind) & (tickets.c.expires_at > now)
    row = read.execute(select(tickets).where(good)).first()
    return None if row is None else _ticket(row)


def take(tx: Transaction, key: bytes, kind: str, now: datetime) -> Ticket | None:
    """Give a ticket that is still good, and use it up."""
    found = find(tx, key, kind, now)
    gone = tx.execute(delete(tickets).where(tickets.c.key == key, tickets.c.kind == kind)).rowcount
    return found if gone else None


def tried(tx: Transaction, key: bytes) -> None:
    """Count a try that failed."""
    tx.execute(update(tickets).where(tickets.c.key == key).values(tries=tickets.c.tries + 1))


def remove(tx: Transaction, key: bytes) -> bool:
    """Take a ticket back; False when there is none."""
    return tx.execute(delete(tickets).where(tickets.c.key == key)).rowcount > 0


def of_kind(read: Read, kind: str, now: datetime, limit: int = 200) -> list[Ticket]:
    """List the tickets of a kind that are still good, the newest first."""
    query = select(tickets).where(tickets.c.kind == kind).order_by(tickets.c.made_at.desc()).limit(limit)
    return [one for row in read.execute(query) if (one := _ticket(row)).expires_at > now]


def remove_kind(tx: Transaction, kind: str) -> int:
    """Take back every ticket of a kind; gives how many."""
    return tx.execute(delete(tickets).where(tickets.c.kind == kind)).rowcount


def remove_of(tx: Transaction, account_id: AccountId) -> int:
    """Take back every ticket of an account; gives how many."""
    return tx.execute(delete(tickets).where(tickets.c.account_id == account_id)).rowcount


def forget(tx: Transaction, now: datetime) -> int:
    """Forget tickets that are good no more; gives how many."""
    return tx.execute(delete(tickets).where(tickets.c.expires_at <= now)).rowcount


def _ticket(row: Any) -> Ticket:
    account = None if row.account_id is None else AccountId(row.account_id)
    return Ticket(bytes(row.key), row.kind, row.made_at, row.expires_at, account, row.given, row.tries)
