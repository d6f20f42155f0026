"""Tables: notifications: what people with an account were told on the site, and what their next digest may tell."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from octavo.domain.ids import AccountId
from octavo.domain.notification import Channel, Notification, Told, Why
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new, put, upsert
from octavo.store.tables import notifications

MOST_COUNTED = 100
"""Unread topics are counted up to here: more are "99+" to anybody."""

_KEY = ["account_id", "subject"]


def add(tx: Transaction, told: Iterable[Told], now: datetime) -> None:
    """Tell people things; see Told for what happens under a subject that there is already."""
    once: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for one in told:
        if one.channels & (Channel.SITE | Channel.DIGEST):
            (again if one.again else once).append(_row(one, now))
    put(tx, insert_new(notifications, _KEY), once)
    bumped = ["why", "topic", "given", "on_site", "in_digest", "at", "read_at"]
    put(tx, upsert(notifications, bumped, _KEY), again)


def known(read: Read, account_id: AccountId, subjects: Sequence[str]) -> set[str]:
    """Tell which of these subjects an account was told of."""
    mine = (notifications.c.account_id == account_id) & notifications.c.subject.in_(subjects)
    return set(read.execute(select(notifications.c.subject).where(mine)).scalars())


def of(read: Read, account_id: AccountId, limit: int) -> list[Notification]:
    """List what an account was told on the site, the newest first."""
    query = (
        select(notifications)
        .where(notifications.c.account_id == account_id, notifications.c.on_site)
        .order_by(notifications.c.at.desc(), notifications.c.id.desc())
        .limit(limit)
    )
    return [_noun(row) for row in read.execute(query)]


def get(read: Read, account_id: AccountId, number: int) -> Notification | None:
    """Give one of an account's notifications; None for somebody else's."""
    mine = (notifications.c.id == number) & (notifications.c.account_id == account_id)
    row = read.execute(select(notifications).where(mine)).first()
    return _noun(row) if row else None


def unread(read: Read, account_id: AccountId) -> int:
    """Count the topics with something unread, up to MOST_COUNTED."""
    topics = (
        select(notifications.c.topic)
        .where(notifications.c.account_id == account_id, notifications.c.read_at.is_(None), notifications.c.on_site)
        .group_by(notifications.c.topic)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return int(read.execute(select(func.count()).select_from(topics)).scalar_one())


def read_topic(tx: Transaction, account_id: AccountId, topic: str, now: datetime, until: int = 2**62) -> int:
    """Mark what an account was told under a topic as read, up to a notification; gives how many were not."""
    mine = (notifications.c.account_id == account_id) & (notifications.c.topic == topic)
    return _read(tx, mine, now, until)


def read_all(tx: Transaction, account_id: AccountId, now: datetime, until: int) -> int:
    """Mark everything an account was told as read, up to a notification: what came later was not seen."""
    return _read(tx, notifications.c.account_id == account_id, now, until)


def _read(tx: Transaction, mine: Any, now: datetime, until: int) -> int:
    unread_ones = mine & notifications.c.read_at.is_(None) & (notifications.c.id <= until)
    return tx.execute(update(notifications).where(unread_ones).values(read_at=now)).rowcount


def for_digest(read: Read, account_id: AccountId, since: datetime, until: datetime, limit: int) -> list[Notification]:
    """List what a digest may tell an account, the newest first: from `since` until right before `until`."""
    query = (
        select(notifications)
        .where(notifications.c.account_id == account_id, notifications.c.at >= since, notifications.c.at < until)
        .where(notifications.c.in_digest)
        .order_by(notifications.c.at.desc(), notifications.c.id.desc())
        .limit(limit)
    )
    return [_noun(row) for row in read.execute(query)]


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget what people were told before; gives how many."""
    return tx.execute(delete(notifications).where(notifications.c.at < moment)).rowcount


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give all an account was told, as JSON can hold it."""
    query = select(notifications).where(notifications.c.account_id == account_id).order_by(notifications.c.at)
    return [
        {
            "why": row.why,
            "subject": row.subject,
            "given": row.given,
            "at": row.at.isoformat(),
            "read_at": row.read_at.isoformat() if row.read_at else None,
        }
        for row in read.execute(query)
    ]


def _row(one: Told, now: datetime) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "why": str(one.why),
        "subject": one.subject,
        "topic": one.topic,
        "given": dict(one.given),
        "on_site": bool(one.channels & Channel.SITE),
        "in_digest": bool(one.channels & Channel.DIGEST),
        "at": now,
        "read_at": None,
    }


def _noun(row: Any) -> Notification:
    return Notification(row.id, Why(row.why), row.subject, row.topic, row.given, row.at, row.read_at)
