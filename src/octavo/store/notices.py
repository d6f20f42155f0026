"""Tables: push_notices: what there is to tell subscriptions, and what they were told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from octavo.domain.ids import StoryId
from octavo.domain.push import Notice, NoticeKind, SubscriptionId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, insert_new, put
from octavo.store.tables import push_notices, push_subscriptions


def add(tx: Transaction, notices: Iterable[Notice], *, told_at: datetime | None = None) -> None:
    """Note what there is to tell; what its `dedupe` names was noted before stays as it is, told or not.

    `told_at` is for what a reader knows already: it is never sent.
    """
    rows = [
        {
            "subscription_id": one.subscription_id,
            "dedupe": one.dedupe,
            "kind": str(one.kind),
            "story_id": one.story_id,
            "name": one.name,
            "n": one.n,
            "at": one.at,
            "due": one.at,
            "sent_at": told_at,
            "given": dict(one.given),
        }
        for one in notices
    ]
    put(tx, insert_new(push_notices, ["subscription_id", "dedupe"]), rows)


def due(read: Read, now: datetime, limit: int) -> dict[SubscriptionId, list[Notice]]:
    """Give everything unsent of the subscriptions that have something due, oldest first; so many subscriptions."""
    waiting = push_notices.c.sent_at.is_(None)
    rests = push_subscriptions.c.not_before
    ready = (
        select(push_notices.c.subscription_id)
        .select_from(push_notices.join(push_subscriptions, push_subscriptions.c.id == push_notices.c.subscription_id))
        .where(waiting, push_notices.c.due <= now, rests.is_(None) | (rests <= now))
        .distinct()
        .limit(limit)
    )
    ids = list(read.execute(ready).scalars())
    found: dict[SubscriptionId, list[Notice]] = {}
    for some in chunks(ids):
        query = select(push_notices).where(waiting, push_notices.c.subscription_id.in_(some))
        for row in read.execute(query.order_by(push_notices.c.id)):
            found.setdefault(SubscriptionId(row.subscription_id), []).append(_noun(row))
    return found


def known(read: Read, dedupes: Sequence[str]) -> set[tuple[SubscriptionId, str]]:
    """Tell which of these were noted before, and for whom."""
    found: set[tuple[SubscriptionId, str]] = set()
    for some in chunks(dedupes):
        query = select(push_notices.c.subscription_id, push_notices.c.dedupe).where(push_notices.c.dedupe.in_(some))
        found |= {(SubscriptionId(row.subscription_id), row.dedupe) for row in read.execute(query)}
    return found


def messages_since(read: Read, one: SubscriptionId, since: datetime) -> int:
    """Count the messages a subscription was sent since then; several notices in one count once, tests never."""
    mine = (push_notices.c.subscription_id == one) & (push_notices.c.sent_at >= since)
    query = select(func.count(push_notices.c.batch.distinct())).where(mine)
    return int(read.execute(query.where(push_notices.c.kind != str(NoticeKind.TEST))).scalar_one())


def begin(tx: Transaction, ids: Sequence[int]) -> None:
    """Note that these are told by one message, before it is sent: cut off by a crash, it is made the same again."""
    tx.execute(update(push_notices).where(push_notices.c.id.in_(ids)).values(batch=max(ids)))


def hold(tx: Transaction, ids: Sequence[int], until: datetime) -> None:
    """Keep notices back until then."""
    tx.execute(update(push_notices).where(push_notices.c.id.in_(ids)).values(due=until))


def release(tx: Transaction, one: SubscriptionId, now: datetime) -> None:
    """Look again at what is held back for a subscription: its wishes have changed."""
    mine = (push_notices.c.subscription_id == one) & push_notices.c.sent_at.is_(None)
    tx.execute(update(push_notices).where(mine, push_notices.c.due > now).values(due=now))


def sent(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """Note that these were sent, all in one message."""
    tx.execute(update(push_notices).where(push_notices.c.id.in_(ids)).values(sent_at=now))


def forget_before(tx: Transaction, *, noticed: datetime, unsent: datetime) -> int:
    """Forget notices older than `noticed`, and those never sent that are older than `unsent`; gives how many."""
    old = push_notices.c.at < noticed
    stale = push_notices.c.sent_at.is_(None) & (push_notices.c.at < unsent)
    return tx.execute(delete(push_notices).where(old | stale)).rowcount


def waiting(read: Read) -> int:
    """Count what is still to be told."""
    query = select(func.count()).select_from(push_notices).where(push_notices.c.sent_at.is_(None))
    return int(read.execute(query).scalar_one())


def _noun(row: Any) -> Notice:
    return Notice(
        subscription_id=SubscriptionId(row.subscription_id),
        kind=NoticeKind(row.kind),
        dedupe=row.dedupe,
        at=row.at,
        story_id=StoryId(row.story_id),
        name=row.name,
        n=row.n,
        id=row.id,
        batch=row.batch or 0,
        given=row.given or {},
    )
