"""Tables: feeds."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, or_, select, update

from octavo.domain.feed import Feed, FeedState, PollState
from octavo.domain.ids import FeedId, PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import ALL, in_parts, insert_new
from octavo.store.keys import key_of
from octavo.store.tables import feeds

_CLOCK_OFF = timedelta(minutes=5)


def add(tx: Transaction, feed: Feed) -> Feed:
    """Follow a feed; one with the same address stays as it is. Gives the feed as it is kept, with its id."""
    tx.execute(insert_new(feeds, ["url_key"]), _row(feed))
    return _noun(tx.execute(select(feeds).where(feeds.c.url_key == key_of(feed.url))).one())


def get(read: Read, feed_id: FeedId) -> Feed | None:
    """Give one feed."""
    return _first(read, select(feeds).where(feeds.c.id == feed_id))


def by_url(read: Read, url: str) -> Feed | None:
    """Give the feed at exactly this address."""
    return _first(read, select(feeds).where(feeds.c.url_key == key_of(url)))


def all(read: Read) -> list[Feed]:  # noqa: A001 - read as feeds.all
    """Give every feed, oldest first."""
    return [_noun(row) for row in read.execute(select(feeds).order_by(feeds.c.id))]


def active(read: Read, parts: Collection[int] = ALL) -> list[Feed]:
    """Give every feed of these parts that is polled, oldest first."""
    return [_noun(row) for row in read.execute(_active().where(*in_parts(feeds.c.id, parts)).order_by(feeds.c.id))]


def due(read: Read, now: datetime, limit: int, parts: Collection[int] = ALL) -> list[Feed]:
    """Give the feeds of these parts to poll now, never polled ones first, then the longest overdue.

    One that was last polled in the future was so by a clock that has been set back since: it is due.
    """
    ahead = feeds.c.last_attempt_at > now + _CLOCK_OFF
    ready = or_(feeds.c.next_poll_at.is_(None), feeds.c.next_poll_at <= now, ahead)
    order = (feeds.c.next_poll_at.is_not(None), feeds.c.next_poll_at, feeds.c.id)
    wanted = _active().where(ready, *in_parts(feeds.c.id, parts))
    return [_noun(row) for row in read.execute(wanted.order_by(*order).limit(limit))]


def save_poll(tx: Transaction, feed: Feed) -> None:
    """Keep what a poll taught: its state, title and address. A new address that another feed has is not taken over."""
    row = _row(feed)
    for fixed in ("publisher_id", "section", "added_at"):
        del row[fixed]
    other = tx.execute(select(feeds.c.id).where(feeds.c.url_key == row["url_key"])).scalar()
    if other is not None and other != feed.id:
        del row["url_key"], row["url"]
    tx.execute(update(feeds).where(feeds.c.id == feed.id).values(**row))


def save_rests(tx: Transaction, rested: Sequence[Feed]) -> None:
    """Keep the state of feeds that had nothing new, and nothing else of them."""
    rows = [(feed.id, _poll_row(feed.poll)) for feed in rested]
    if rows:
        tx.execute(_REST, [{"feed": one} | {f"new_{name}": value for name, value in row.items()} for one, row in rows])


def put_off(tx: Transaction, feed: Feed) -> None:
    """Keep when a feed is polled next, and nothing else of it."""
    tx.execute(update(feeds).where(feeds.c.id == feed.id).values(next_poll_at=feed.poll.next_poll_at))


def poll_soon(tx: Transaction, feed_id: FeedId, now: datetime) -> None:
    """Have a feed polled in the next round."""
    tx.execute(update(feeds).where(feeds.c.id == feed_id).values(next_poll_at=now))


def set_state(tx: Transaction, feed_id: FeedId, state: FeedState) -> None:
    """Pause, resume or retire a feed; one that is resumed is due at once, its failures forgiven."""
    values: dict[str, Any] = {"state": str(state)}
    if state in (FeedState.ACTIVE, FeedState.RECEIVED):
        values |= {"next_poll_at": None, "failures": 0, "last_error": ""}
    tx.execute(update(feeds).where(feeds.c.id == feed_id).values(**values))


def remove(tx: Transaction, feed_id: FeedId) -> None:
    """Forget a feed and its entries; pages and articles that came from it stay."""
    tx.execute(delete(feeds).where(feeds.c.id == feed_id))


def _active() -> Select[Any]:
    return select(feeds).where(feeds.c.state == str(FeedState.ACTIVE))


def _first(read: Read, query: Select[Any]) -> Feed | None:
    row = read.execute(query).first()
    return _noun(row) if row else None


def _row(feed: Feed) -> dict[str, Any]:
    return {
        "url_key": key_of(feed.url),
        "url": feed.url,
        "publisher_id": feed.publisher_id,
        "title": feed.title,
        "site_url": feed.site_url,
        "language": feed.language,
        "section": feed.section,
        "state": str(feed.state),
        "added_at": feed.added_at,
    } | _poll_row(feed.poll)


def _poll_row(poll: PollState) -> dict[str, Any]:
    return {
        "etag": poll.etag,
        "last_modified": poll.last_modified,
        "content_hash": poll.content_hash,
        "next_poll_at": poll.next_poll_at,
        "interval_s": poll.interval_s,
        "last_attempt_at": poll.last_attempt_at,
        "last_success_at": poll.last_success_at,
        "failures": poll.failures,
        "last_error": poll.last_error,
        "entries_per_day": poll.entries_per_day,
    }


_REST = (
    update(feeds)
    .where(feeds.c.id == bindparam("feed"))
    .values({name: bindparam(f"new_{name}") for name in _poll_row(PollState())})
)


def _noun(row: Any) -> Feed:
    return Feed(
        id=FeedId(row.id),
        url=row.url,
        publisher_id=PublisherId(row.publisher_id),
        title=row.title,
        site_url=row.site_url,
        language=row.language,
        section=row.section,
        state=FeedState(row.state),
        added_at=row.added_at,
        poll=PollState(
            etag=row.etag,
            last_modified=row.last_modified,
            content_hash=row.content_hash,
            next_poll_at=row.next_poll_at,
            interval_s=row.interval_s,
            last_attempt_at=row.last_attempt_at,
            last_success_at=row.last_success_at,
            failures=row.failures,
            last_error=row.last_error,
            entries_per_day=row.entries_per_day,
        ),
    )
