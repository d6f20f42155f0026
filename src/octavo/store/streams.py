"""What reader apps page through: the articles of feeds, newest or oldest first; no table of its own.

Each feed is a walk along an index. Apps that ask what is new since a moment are told what came in since, however old it
is, and what was reworded since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, asc, desc, func, select

from octavo.domain.ids import ArticleId, FeedId, first_article_id
from octavo.ports.database import Read
from octavo.store.dialect import any_of, chunks
from octavo.store.tables import articles

EDITED = timedelta(days=30)
"""How long before the moment asked about an article may have been published whose new wording is told."""

_FOUND_IN = select(
    articles.c.id, articles.c.feed_id, articles.c.first_seen_at, articles.c.wording_at, articles.c.byline
).where(any_of(articles.c.id))


@dataclass(frozen=True, slots=True)
class Span:
    """Which articles are wanted: those between two numbers (both left out), that came in or were reworded between two
    moments (both included)."""

    below: ArticleId | None = None
    above: ArticleId | None = None
    since: datetime | None = None
    until: datetime | None = None
    oldest: bool = False

    def holds(self, one: "Arrival") -> bool:
        """Tell whether an article is among those."""
        if (self.below is not None and one.id >= self.below) or (self.above is not None and one.id <= self.above):
            return False
        if self.since is not None and max(one.first_seen_at, one.wording_at) < self.since:
            return False
        return self.until is None or one.first_seen_at <= self.until


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an article came here: by which feed, when, and when its present wording did; `byline` as printed."""

    id: ArticleId
    feed_id: FeedId | None
    first_seen_at: datetime
    wording_at: datetime
    byline: str


def of_feeds(read: Read, feeds: Iterable[FeedId], span: Span, limit: int) -> list[ArticleId]:
    """List the articles of these feeds within a span."""
    found: set[ArticleId] = set()
    for feed in feeds:
        for query in _queries(feed, span):
            found |= {ArticleId(one) for one in read.execute(query.limit(limit)).scalars()}
    return sorted(found, reverse=not span.oldest)[:limit]


def arrivals(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, Arrival]:
    """Tell how these articles came here; those unknown are left out."""
    found: dict[ArticleId, Arrival] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(_FOUND_IN, {"ids": some}):
            feed = None if row.feed_id is None else FeedId(row.feed_id)
            one = ArticleId(row.id)
            found[one] = Arrival(one, feed, row.first_seen_at, row.wording_at, row.byline)
    return found


def count(read: Read, feeds: Iterable[FeedId]) -> int:
    """Count the articles of these feeds."""
    return sum(
        int(read.execute(select(func.count()).select_from(articles).where(articles.c.feed_id == one)).scalar_one())
        for one in feeds
    )


def _queries(feed: FeedId, span: Span) -> list[Select[Any]]:
    """Ask for one feed's: where it matters since when, once along each index that can tell."""
    mine: ColumnElement[bool] = articles.c.feed_id == feed
    if span.below is not None:
        mine &= articles.c.id < span.below
    if span.above is not None:
        mine &= articles.c.id > span.above
    if span.until is not None:
        mine &= articles.c.first_seen_at <= span.until
    order = asc if span.oldest else desc
    every = select(articles.c.id).where(mine)
    if span.since is None:
        return [every.order_by(order(articles.c.id))]
    recent = articles.c.id >= first_article_id(int((span.since - EDITED).timestamp()))
    return [
        # What came in since is found by when it did, and sorted after: by its number, all of the feed would be read.
        every.where(articles.c.first_seen_at >= span.since).order_by(order(articles.c.id + 0)),
        every.where(recent, articles.c.wording_at >= span.since).order_by(order(articles.c.id)),
    ]
