"""Tables: hub_requests, hub_topics, hub_subscribers: our WebSub hub, and who is brought which of our feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, insert, literal, select, update

from octavo.domain.websub import Asked, Subscriber
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.keys import key_of
from octavo.store.tables import hub_requests, hub_subscribers, hub_topics
from octavo.text.urls import host_of

_LIVE = hub_subscribers.c.ended_at.is_(None)
_REPLACED = ("secret", "made_at", "lease_until", "sent", "due", "tries", "failing_since", "ended_at", "told")


@dataclass(frozen=True, slots=True)
class Topic:
    """One of our feeds that somebody subscribed to: what it said, and the state of the store that was read from."""

    url: str
    mark: str = ""
    stamp: str = ""


def ask(tx: Transaction, one: Asked) -> None:
    """Have a request confirmed by its callback. One that waits for the same pair is replaced: the last word counts."""
    same = (hub_requests.c.topic == one.topic) & (hub_requests.c.callback == one.callback)
    open_ = hub_requests.c.ended_at.is_(None)
    values = {"ended_at": one.made_at, "told": "asked again", "secret": ""}
    tx.execute(update(hub_requests).where(same, open_).values(**values))
    row = {
        "mode": one.mode,
        "topic": one.topic,
        "callback": one.callback,
        "host": host_of(one.callback),
        "secret": one.secret,
        "lease_s": round(one.lease.total_seconds()),
        "made_at": one.made_at,
        "due": one.due,
        "tries": one.tries,
        "told": "",
    }
    tx.execute(insert(hub_requests), row)


def asked_of(read: Read, host: str, since: datetime) -> int:
    """Count the requests since then whose callback is at a host."""
    mine = (hub_requests.c.host == host) & (hub_requests.c.made_at >= since)
    return int(read.execute(select(func.count()).where(mine)).scalar_one())


def to_confirm(read: Read, now: datetime, limit: int) -> list[Asked]:
    """List the requests to confirm now, the oldest first."""
    ready = hub_requests.c.ended_at.is_(None) & (hub_requests.c.due <= now)
    query = select(hub_requests).where(ready).order_by(hub_requests.c.due, hub_requests.c.id).limit(limit)
    return [_asked(row) for row in read.execute(query)]


def begin_confirming(tx: Transaction, number: int, again_at: datetime) -> bool:
    """Write down that a callback is about to be asked. False: the request ended meanwhile."""
    values = {"tries": hub_requests.c.tries + 1, "due": again_at}
    waits = (hub_requests.c.id == number) & hub_requests.c.ended_at.is_(None)
    return tx.execute(update(hub_requests).where(waits).values(**values)).rowcount > 0


def end_asking(tx: Transaction, number: int, told: str, now: datetime) -> None:
    """Write down what became of a request, and forget its secret."""
    values = {"ended_at": now, "told": told, "secret": ""}
    tx.execute(update(hub_requests).where(hub_requests.c.id == number).values(**values))


def forget_requests(tx: Transaction, before: datetime) -> None:
    """Forget requests that ended before."""
    tx.execute(delete(hub_requests).where(hub_requests.c.ended_at < before))


def subscribe(tx: Transaction, one: Subscriber) -> None:
    """Bring a feed to a callback from now on; a subscription of the same pair is renewed."""
    row = {
        "pair_key": _pair(one.topic, one.callback),
        "topic_key": key_of(one.topic),
        "topic": one.topic,
        "callback": one.callback,
        "host": host_of(one.callback),
        "secret": one.secret,
        "made_at": one.made_at,
        "lease_until": one.lease_until,
        "sent": one.sent,
        "due": one.due,
        "tries": 0,
        "failing_since": None,
        "ended_at": None,
        "told": "",
    }
    tx.execute(upsert(hub_subscribers, _REPLACED, ["pair_key"]), row)


def end(tx: Transaction, ids: Iterable[int], told: str, now: datetime) -> None:
    """Bring these callbacks nothing more, for a reason."""
    values = {"ended_at": now, "told": told, "secret": ""}
    tx.execute(update(hub_subscribers).where(hub_subscribers.c.id.in_(list(ids)), _LIVE).values(**values))


def end_topic(tx: Transaction, topic: str, told: str, now: datetime) -> None:
    """Bring a feed to nobody any more, for a reason."""
    values = {"ended_at": now, "told": told, "secret": ""}
    tx.execute(update(hub_subscribers).where(hub_subscribers.c.topic_key == key_of(topic), _LIVE).values(**values))


def unsubscribe(tx: Transaction, topic: str, callback: str, now: datetime) -> None:
    """Bring a callback a feed no more, as it asked."""
    mine = hub_subscribers.c.pair_key == _pair(topic, callback)
    values = {"ended_at": now, "told": "unsubscribed", "secret": ""}
    tx.execute(update(hub_subscribers).where(mine, _LIVE).values(**values))


def end_leases(tx: Transaction, now: datetime) -> None:
    """End the subscriptions that were not renewed in time."""
    values = {"ended_at": now, "told": "not renewed", "secret": ""}
    tx.execute(update(hub_subscribers).where(hub_subscribers.c.lease_until <= now, _LIVE).values(**values))


def find(read: Read, topic: str, callback: str) -> Subscriber | None:
    """Give the subscription of a pair, ended or not."""
    row = read.execute(select(hub_subscribers).where(hub_subscribers.c.pair_key == _pair(topic, callback))).first()
    return _subscriber(row) if row else None


def count(read: Read, host: str = "") -> int:
    """Count the subscriptions that hold, all or those of callbacks at a host."""
    query = select(func.count()).select_from(hub_subscribers).where(_LIVE)
    return int(read.execute(query.where(hub_subscribers.c.host == host) if host else query).scalar_one())


def listed(read: Read, limit: int) -> list[Subscriber]:
    """List subscriptions, those that hold first, the newest first."""
    order = (hub_subscribers.c.ended_at.is_not(None), hub_subscribers.c.id.desc())
    return [_subscriber(row) for row in read.execute(select(hub_subscribers).order_by(*order).limit(limit))]


def topics(read: Read) -> list[Topic]:
    """List the feeds that somebody is brought, with what they said last."""
    wanted = select(hub_subscribers.c.topic_key, hub_subscribers.c.topic).where(_LIVE).distinct().subquery()
    query = (
        select(wanted.c.topic, hub_topics.c.mark, hub_topics.c.stamp)
        .select_from(wanted.outerjoin(hub_topics, hub_topics.c.topic_key == wanted.c.topic_key))
        .order_by(wanted.c.topic)
    )
    return [Topic(row.topic, row.mark or "", row.stamp or "") for row in read.execute(query)]


def keep_topic(tx: Transaction, topic: Topic) -> None:
    """Remember what a feed said when it was looked at."""
    row = {"topic_key": key_of(topic.url), "topic": topic.url, "mark": topic.mark, "stamp": topic.stamp}
    tx.execute(upsert(hub_topics, ["mark", "stamp"]), row)


def forget_topics(tx: Transaction) -> None:
    """Forget what feeds said that nobody is brought any more."""
    wanted = select(hub_subscribers.c.topic_key).where(_LIVE)
    tx.execute(delete(hub_topics).where(hub_topics.c.topic_key.not_in(wanted)))


def behind(read: Read, topic: str, mark: str, now: datetime, limit: int) -> list[Subscriber]:
    """List those who do not have a feed as it is now, and may be sent it now; the longest due first."""
    mine = (hub_subscribers.c.topic_key == key_of(topic)) & (hub_subscribers.c.sent != mark)
    query = (
        select(hub_subscribers)
        .where(mine, _LIVE, hub_subscribers.c.due <= now)
        .order_by(hub_subscribers.c.due, hub_subscribers.c.id)
        .limit(limit)
    )
    return [_subscriber(row) for row in read.execute(query)]


def begin(tx: Transaction, number: int, again_at: datetime) -> bool:
    """Write down that a feed is about to be sent. False: the subscription ended meanwhile."""
    values = {"tries": hub_subscribers.c.tries + 1, "due": again_at}
    return (
        tx.execute(update(hub_subscribers).where(hub_subscribers.c.id == number, _LIVE).values(**values)).rowcount > 0
    )


def sent(tx: Transaction, number: int, mark: str, now: datetime) -> None:
    """Write down that a callback has a feed as it is named by `mark`."""
    values = {"sent": mark, "tries": 0, "due": now, "failing_since": None, "told": ""}
    tx.execute(update(hub_subscribers).where(hub_subscribers.c.id == number).values(**values))


def failed(tx: Transaction, number: int, told: str, now: datetime) -> None:
    """Remember why a callback did not take a feed."""
    mine = hub_subscribers.c.id == number
    since = func.coalesce(hub_subscribers.c.failing_since, literal(now, hub_subscribers.c.failing_since.type))
    tx.execute(update(hub_subscribers).where(mine).values(told=told, failing_since=since))


def put_off(tx: Transaction, number: int, until: datetime) -> None:
    """Let a callback wait whose server was not asked, or is busy: that counts as no try."""
    values = {"due": until, "tries": hub_subscribers.c.tries - 1}
    tx.execute(update(hub_subscribers).where(hub_subscribers.c.id == number, _LIVE).values(**values))


def forget(tx: Transaction, before: datetime) -> None:
    """Forget subscriptions that ended before."""
    tx.execute(delete(hub_subscribers).where(hub_subscribers.c.ended_at < before))


def _pair(topic: str, callback: str) -> bytes:
    return key_of(f"{topic}\n{callback}")


def _asked(row: Any) -> Asked:
    mode: Literal["subscribe", "unsubscribe"] = row.mode
    return Asked(
        mode=mode,
        topic=row.topic,
        callback=row.callback,
        lease=timedelta(seconds=row.lease_s),
        made_at=row.made_at,
        due=row.due,
        secret=row.secret,
        tries=row.tries,
        id=row.id,
    )


def _subscriber(row: Any) -> Subscriber:
    return Subscriber(
        topic=row.topic,
        callback=row.callback,
        lease_until=row.lease_until,
        made_at=row.made_at,
        due=row.due,
        secret=row.secret,
        sent=row.sent,
        tries=row.tries,
        failing_since=row.failing_since,
        ended_at=row.ended_at,
        told=row.told,
        id=row.id,
    )
