"""Tables: mail_outbox: letters on their way, written in the transaction that is their cause."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from octavo.domain.ids import AccountId
from octavo.domain.mail import Message
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new
from octavo.store.tables import mail_outbox

SOON, WHENEVER = 0, 1
"""Ranks: somebody waits for this letter; it may come later."""

SENT, DROPPED = "sent", "dropped"


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter that waits: how often it was begun, when it is too late for it, and what was said of it last."""

    id: int
    message: Message
    due: datetime
    expires_at: datetime
    tries: int
    told: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many letters wait, since when the oldest does, and what the server said of one last."""

    count: int
    since: datetime | None
    told: str


def add(
    tx: Transaction,
    message: Message,
    now: datetime,
    expires_at: datetime,
    *,
    account_id: AccountId | None = None,
    rank: int = SOON,
) -> bool:
    """Have a letter sent; False when there was one with its key before, which then is the one.

    With `account_id` it goes when that account does.
    """
    given = asdict(message)
    row = {
        "key": given.pop("key"),
        "recipient": given.pop("to"),
        "account_id": account_id,
        "rank": rank,
        "given": given,
        "made_at": now,
        "due": now,
        "expires_at": expires_at,
        "tries": 0,
        "told": "",
        "outcome": "",
    }
    return tx.execute(insert_new(mail_outbox, ["key"]).returning(mail_outbox.c.id), row).first() is not None


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give what is known of the letters to an account; those that ended hold no address and no text any more."""
    query = select(mail_outbox).where(mail_outbox.c.account_id == account_id).order_by(mail_outbox.c.id)
    return [
        {
            "letter": row.key.partition(" ")[0],
            "to": row.recipient,
            "subject": row.given.get("subject", ""),
            "made": row.made_at.isoformat(),
            "outcome": row.outcome or "waits",
        }
        for row in read.execute(query)
    ]


def due(read: Read, now: datetime, limit: int) -> list[Queued]:
    """List the letters whose time has come, those first that somebody waits for."""
    query = (
        select(mail_outbox)
        .where(mail_outbox.c.ended_at.is_(None), mail_outbox.c.due <= now)
        .order_by(mail_outbox.c.rank, mail_outbox.c.due, mail_outbox.c.id)
        .limit(limit)
    )
    return [_noun(row) for row in read.execute(query)]


def begin(tx: Transaction, number: int, again_at: datetime) -> bool:
    """Write down that a letter is about to be handed over, and when it is tried again if nothing more is heard of it.

    False when it ended meanwhile.
    """
    waits = (mail_outbox.c.id == number) & mail_outbox.c.ended_at.is_(None)
    values = {"tries": mail_outbox.c.tries + 1, "due": again_at}
    return bool(tx.execute(update(mail_outbox).where(waits).values(**values)).rowcount)


def later(tx: Transaction, number: int, told: str) -> None:
    """Remember why a letter was not taken this time."""
    tx.execute(update(mail_outbox).where(mail_outbox.c.id == number).values(told=told))


def end(tx: Transaction, number: int, outcome: str, told: str, now: datetime) -> None:
    """Write down what became of a letter, and forget what it said and to whom."""
    values = {"outcome": outcome, "told": told, "ended_at": now, "recipient": "", "given": {}}
    tx.execute(update(mail_outbox).where(mail_outbox.c.id == number).values(**values))


def sent_since(read: Read, since: datetime) -> int:
    """Count the letters handed over since then."""
    query = select(func.count()).where(mail_outbox.c.ended_at >= since, mail_outbox.c.outcome == SENT)
    return int(read.execute(query).scalar_one())


def waiting(read: Read) -> Waiting:
    """Tell how many letters wait, and how it stands."""
    waits = mail_outbox.c.ended_at.is_(None)
    row = read.execute(
        select(func.count().label("n"), func.min(mail_outbox.c.made_at).label("since")).where(waits)
    ).one()
    last = select(mail_outbox.c.told).where(waits, mail_outbox.c.told != "").order_by(mail_outbox.c.due.desc()).limit(1)
    return Waiting(row.n, row.since, read.execute(last).scalar() or "")


def dropped_since(read: Read, since: datetime, limit: int) -> list[str]:
    """Give the reasons for which letters were given up since then, the newest first."""
    query = (
        select(mail_outbox.c.told)
        .where(mail_outbox.c.ended_at >= since, mail_outbox.c.outcome == DROPPED)
        .order_by(mail_outbox.c.ended_at.desc())
        .limit(limit)
    )
    return list(read.execute(query).scalars())


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget the letters that ended before; gives how many. What is sent under one of their keys is sent again."""
    return tx.execute(delete(mail_outbox).where(mail_outbox.c.ended_at < moment)).rowcount


def _noun(row: Any) -> Queued:
    message = Message(to=row.recipient, key=row.key, **row.given)
    return Queued(row.id, message, row.due, row.expires_at, row.tries, row.told)
