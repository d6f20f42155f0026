"""Tables: feed_hubs, brought_feeds: the hubs of the feeds we read, and what they brought until it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.feed import FeedState
from octavo.domain.ids import FeedId
from octavo.domain.websub import Brought, FeedHub, HubState
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, upsert
from octavo.store.tables import brought_feeds, feed_hubs, feeds

_THESE = select(feed_hubs).where(any_of(feed_hubs.c.feed_id))


def of(read: Read, feed_id: FeedId) -> FeedHub | None:
    """Give the hub of a feed."""
    row = read.execute(select(feed_hubs).where(feed_hubs.c.feed_id == feed_id)).first()
    return _noun(row) if row else None


def of_these(read: Read, ids: Iterable[FeedId]) -> dict[FeedId, FeedHub]:
    """Give the hub of each of these feeds that has one."""
    found: dict[FeedId, FeedHub] = {}
    for some in chunks(ids):
        found |= {FeedId(row.feed_id): _noun(row) for row in read.execute(_THESE, {"ids": some})}
    return found


def by_token(read: Read, token: str) -> FeedHub | None:
    """Give the hub whose calls end with this token, for a feed that is read; None for any other."""
    joined = feed_hubs.join(feeds, feeds.c.id == feed_hubs.c.feed_id)
    active = (feed_hubs.c.token == token) & (feeds.c.state == str(FeedState.ACTIVE))
    row = read.execute(select(feed_hubs).select_from(joined).where(active)).first()
    return _noun(row) if row else None


def save(tx: Transaction, hub: FeedHub) -> None:
    """Keep how it stands between a feed and its hub."""
    row = asdict(hub) | {"state": str(hub.state)}
    tx.execute(upsert(feed_hubs, [name for name in row if name != "feed_id"]), row)


def forget(tx: Transaction, feed_id: FeedId) -> None:
    """Forget a feed's hub: its calls are no longer answered."""
    tx.execute(delete(feed_hubs).where(feed_hubs.c.feed_id == feed_id))


def due(read: Read, now: datetime, limit: int) -> list[FeedHub]:
    """List the hubs to ask something of, of feeds that are read; the longest due first."""
    joined = feed_hubs.join(feeds, feeds.c.id == feed_hubs.c.feed_id)
    ready = (feed_hubs.c.due <= now) & (feeds.c.state == str(FeedState.ACTIVE))
    query = select(feed_hubs).select_from(joined).where(ready).order_by(feed_hubs.c.due).limit(limit)
    return [_noun(row) for row in read.execute(query)]


def missed(tx: Transaction, feed_id: FeedId) -> None:
    """Note that a poll found what the hub had not brought: it is not relied on until it brings something again."""
    tx.execute(update(feed_hubs).where(feed_hubs.c.feed_id == feed_id).values(missed=True))


def heard(tx: Transaction, feed_id: FeedId, now: datetime) -> None:
    """Note that the hub brought something."""
    tx.execute(update(feed_hubs).where(feed_hubs.c.feed_id == feed_id).values(heard_at=now, missed=False))


def listed(read: Read, limit: int) -> list[tuple[FeedHub, str]]:
    """List the hubs there are, with the address of the feed each belongs to."""
    joined = feed_hubs.join(feeds, feeds.c.id == feed_hubs.c.feed_id)
    query = select(feed_hubs, feeds.c.url).select_from(joined).order_by(feed_hubs.c.feed_id).limit(limit)
    return [(_noun(row), row.url) for row in read.execute(query)]


def bring(tx: Transaction, one: Brought, most: int) -> bool:
    """Keep what a hub brought until it is read. False where so many wait already: then the feed is to be polled."""
    waits = select(func.count()).where(brought_feeds.c.feed_id == one.feed_id)
    if int(tx.execute(waits).scalar_one()) >= most:
        return False
    row = {"feed_id": one.feed_id, "content_type": one.content_type, "body": one.body, "at": one.at}
    tx.execute(insert(brought_feeds), row)
    return True


def brought(read: Read, limit: int) -> list[Brought]:
    """List what was brought and is not read yet, in the order it came."""
    query = select(brought_feeds).order_by(brought_feeds.c.id).limit(limit)
    return [
        Brought(FeedId(row.feed_id), row.content_type, bytes(row.body), row.at, row.id) for row in read.execute(query)
    ]


def drop(tx: Transaction, numbers: Sequence[int]) -> None:
    """Forget what was brought, once it was read."""
    tx.execute(delete(brought_feeds).where(brought_feeds.c.id.in_(list(numbers))))


def _noun(row: Any) -> FeedHub:
    return FeedHub(
        feed_id=FeedId(row.feed_id),
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        state=HubState(row.state),
        due=row.due,
        tries=row.tries,
        lease_until=row.lease_until,
        heard_at=row.heard_at,
        missed=bool(row.missed),
        told=row.told,
    )
