"""Tables: read_marks, read_watermarks: what each reader has read, as reader apps ask for it.

All of a feed up to a moment is read by one row, however many articles those are; a mark is kept only of an article that
differs from what the row says. Nobody has to catch up: what came in more than a week before the feed was subscribed to
counts as read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain, islice
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, bindparam, delete, desc, false, func, select, true, union

from octavo.domain.follow import SubscribedFeed, Watermark
from octavo.domain.ids import AccountId, ArticleId, FeedId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, put, upsert
from octavo.store.tables import articles, read_marks, read_watermarks

END = ArticleId(1 << 53)
"""Above every article's number."""

FIRST = timedelta(days=7)
"""How long before it subscribed to a feed an account finds its articles unread."""

_NARROWEST, _WIDEST = 50, 20_000
"""Articles of a feed looked at together."""

_SPARSE = 8
"""Where fewer than one of so many is unread, what is unread is found by when it came in."""

_MANY = 4
"""From so many feeds on, all articles are walked down together, as long as many of them are wanted."""

_WATERMARKS = select(read_watermarks).where(read_watermarks.c.account_id == bindparam("account"))
_KEPT_UNREAD = (
    select(articles.c.id, articles.c.feed_id, articles.c.first_seen_at)
    .select_from(read_marks.join(articles, articles.c.id == read_marks.c.article_id))
    .where(read_marks.c.account_id == bindparam("account"), read_marks.c.read == false())
)
_MARKS = select(read_marks.c.article_id, read_marks.c.read).where(
    read_marks.c.account_id == bindparam("account"), any_of(read_marks.c.article_id)
)
_EDGE = (
    select(articles.c.id)
    .where(articles.c.feed_id == bindparam("feed"), articles.c.id < bindparam("below"))
    .order_by(desc(articles.c.id))
    .limit(1)
    .offset(bindparam("most"))
)
_DOWN = (
    select(
        articles.c.id,
        articles.c.feed_id,
        articles.c.first_seen_at,
        select(read_marks.c.read)
        .where(read_marks.c.account_id == bindparam("account"), read_marks.c.article_id == articles.c.id)
        .scalar_subquery()
        .label("marked"),
    )
    .where(articles.c.id < bindparam("below"))
    .order_by(desc(articles.c.id))
    .limit(bindparam("most"))
)
_SEEN = select(articles.c.id, articles.c.feed_id, articles.c.first_seen_at).where(any_of(articles.c.id))


def unread_ids(
    read: Read, account: AccountId, feeds: Sequence[SubscribedFeed], below: ArticleId | None, limit: int
) -> list[ArticleId]:
    """List the unread articles of these feeds, newest first, from below `below`."""
    kept = sorted((one for some in _kept_unread(read, account, feeds).values() for one in some), reverse=True)
    marked = [one for one in kept if below is None or one < below]
    reached = _reached(read, account, feeds)
    found, edge = list[ArticleId](), below or END
    if len(reached) >= _MANY:
        found, edge = _together(read, account, reached, edge, limit)
    walks: list[Iterator[ArticleId]] = []
    if edge and len(found) < limit:
        window = min(_WIDEST, max(_NARROWEST, 2 * limit // max(1, len(feeds))))
        walks = [_walk(read, account, (feed, marks), (edge, window, limit)) for feed, marks in reached.items()]
    # Feed by feed no more is read than the merged list takes: a page costs the same however many there are.
    return list(islice(merge(marked, chain(found, merge(*walks, reverse=True)), reverse=True), limit))


def unread_counts(read: Read, account: AccountId, feeds: Sequence[SubscribedFeed]) -> dict[FeedId, int]:
    """Count the unread articles of each of these feeds."""
    reached = _reached(read, account, feeds)
    kept = _kept_unread(read, account, feeds)
    found: dict[FeedId, int] = {}
    for feed, marks in reached.items():
        unread = _unread(account, feed, marks, None)
        n = int(read.execute(select(func.count()).select_from(unread)).scalar_one())
        found[feed] = n + len(kept.get(feed, ()))
    return found


def read_among(
    read: Read, account: AccountId, feeds: Sequence[SubscribedFeed], ids: Iterable[ArticleId]
) -> set[ArticleId]:
    """Tell which of these articles an account has read."""
    reached = _reached(read, account, feeds)
    found: set[ArticleId] = set()
    for some in chunks(dict.fromkeys(ids)):
        marks = {row.article_id: row.read for row in read.execute(_MARKS, {"account": account, "ids": some})}
        for row in read.execute(_SEEN, {"ids": some}):
            if marks.get(row.id, _covered(reached, row)):
                found.add(ArticleId(row.id))
    return found


def mark(
    tx: Transaction, account: AccountId, feeds: Sequence[SubscribedFeed], ids: Iterable[ArticleId], *, read: bool
) -> None:
    """Mark articles as read, or as not read. Those unknown are left out."""
    reached = _reached(tx, account, feeds)
    for some in chunks(dict.fromkeys(ids)):
        rows = tx.execute(_SEEN, {"ids": some}).all()
        same = [row.id for row in rows if _covered(reached, row) is read]
        mine = (read_marks.c.account_id == account) & read_marks.c.article_id.in_(same)
        tx.execute(delete(read_marks).where(mine))
        differs = [row.id for row in rows if _covered(reached, row) is not read]
        marks = [{"account_id": account, "article_id": one, "read": read} for one in differs]
        put(tx, upsert(read_marks, ["read"]), marks)


def mark_until(tx: Transaction, account: AccountId, feeds: Iterable[FeedId], until: datetime) -> None:
    """Mark everything of these feeds as read that came in by a moment, whenever it was published."""
    wanted = list(dict.fromkeys(feeds))
    known = _watermarks(tx, account)
    further = [one for one in wanted if one in known and known[one].seen_by > until]
    for feed in wanted:
        if feed in further:
            _mark_above(tx, account, feed, known[feed], until)
        else:
            row = {"account_id": account, "feed_id": feed, "before": END, "seen_by": until}
            tx.execute(upsert(read_watermarks, ["before", "seen_by"]), row)
    for some in chunks(wanted):
        _drop_marks(tx, account, some, until, kept=[one for one in some if one in further])


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    marks = select(read_marks.c.article_id, read_marks.c.read).where(read_marks.c.account_id == account)
    found = [{"article": row.article_id, "read": row.read} for row in read.execute(marks)]
    for feed, one in sorted(_watermarks(read, account).items()):
        found.append({"feed": feed, "read_below": one.before, "here_by": one.seen_by.isoformat()})
    return found


def _mark_above(tx: Transaction, account: AccountId, feed: FeedId, old: Watermark, until: datetime) -> None:
    """Mark what a watermark leaves out, though it reaches further: it was set up to a publication."""
    if old.before >= END:
        return
    left = (articles.c.feed_id == feed) & (articles.c.id >= old.before) & (articles.c.first_seen_at <= until)
    ids = tx.execute(select(articles.c.id).where(left)).scalars().all()
    for some in chunks(ids):
        marks = [{"account_id": account, "article_id": one, "read": True} for one in some]
        put(tx, upsert(read_marks, ["read"]), marks)


def _drop_marks(
    tx: Transaction, account: AccountId, feeds: Sequence[FeedId], until: datetime, kept: Sequence[FeedId]
) -> None:
    """Forget marks that say nothing more: all the watermark covers; only the unread where the old one stays."""
    below = _of_feeds(account, [one for one in feeds if one not in kept], until)
    tx.execute(delete(read_marks).where(below))
    unread = _of_feeds(account, kept, until) & (read_marks.c.read == false())
    tx.execute(delete(read_marks).where(unread))


def _of_feeds(account: AccountId, feeds: Sequence[FeedId], until: datetime) -> ColumnElement[bool]:
    there = select(articles.c.id).where(
        articles.c.id == read_marks.c.article_id,
        articles.c.feed_id.in_(feeds),
        articles.c.first_seen_at <= until,
    )
    return (read_marks.c.account_id == account) & there.exists()


def _watermarks(read: Read, account: AccountId) -> dict[FeedId, Watermark]:
    rows = read.execute(_WATERMARKS, {"account": account})
    return {FeedId(row.feed_id): Watermark(ArticleId(row.before), row.seen_by) for row in rows}


def _reached(
    read: Read, account: AccountId, feeds: Sequence[SubscribedFeed]
) -> dict[FeedId, tuple[Watermark, Watermark]]:
    """Give how far each feed is read: by its watermark, and from before it was subscribed to."""
    known = _watermarks(read, account)
    found = {}
    for one in feeds:
        first = Watermark(END, one.since - FIRST)
        set_at = known.get(one.id, first)
        found[one.id] = (set_at if set_at.seen_by > first.seen_by else first, first)
    return found


def _covered(reached: Mapping[FeedId, Sequence[Watermark]], row: Any) -> bool:
    marks = reached.get(FeedId(row.feed_id), ()) if row.feed_id is not None else ()
    return any(one.covers(ArticleId(row.id), row.first_seen_at) for one in marks)


def _kept_unread(read: Read, account: AccountId, feeds: Sequence[SubscribedFeed]) -> dict[FeedId, list[ArticleId]]:
    """List the articles marked as unread, by feed: those that a watermark would call read."""
    reached = _reached(read, account, feeds)
    found: dict[FeedId, list[ArticleId]] = defaultdict(list)
    for row in read.execute(_KEPT_UNREAD, {"account": account}):
        if _covered(reached, row):
            found[FeedId(row.feed_id)].append(ArticleId(row.id))
    return found


def _unread(
    account: AccountId, feed: FeedId, reached: tuple[Watermark, Watermark], below: ArticleId | None
) -> Subquery:
    """Select what no watermark covers: what is above it, and what came in since; each is a walk along an index."""
    last, first = reached
    marked = select(read_marks.c.article_id).where(
        read_marks.c.account_id == account, read_marks.c.article_id == articles.c.id, read_marks.c.read == true()
    )
    mine = (articles.c.feed_id == feed) & (articles.c.first_seen_at > first.seen_by) & ~marked.exists()
    if below is not None:
        mine &= articles.c.id < below
    above = select(articles.c.id).where(articles.c.id >= last.before, mine)
    since = select(articles.c.id).where(articles.c.first_seen_at > last.seen_by, mine)
    return union(above, since).subquery("unread")


def _together(
    read: Read,
    account: AccountId,
    reached: Mapping[FeedId, Sequence[Watermark]],
    edge: ArticleId,
    limit: int,
) -> tuple[list[ArticleId], ArticleId]:
    """Walk down all articles, and give the unread ones of these feeds and how far that went: 0 for to the end.

    One question for a page, however many feeds there are. Where few of the articles are wanted, the walk ends.
    """
    found: list[ArticleId] = []
    while len(found) < limit:
        window = min(_WIDEST, max(_NARROWEST, limit - len(found)))
        rows = read.execute(_DOWN, {"account": account, "below": edge, "most": window}).all()
        some = [ArticleId(row.id) for row in rows if _is_unread(reached, row)]
        found += some
        if len(rows) < window:
            return found, ArticleId(0)
        edge = ArticleId(rows[-1].id)
        if _SPARSE * len(some) < window:
            break
    return found, edge


def _is_unread(reached: Mapping[FeedId, Sequence[Watermark]], row: Any) -> bool:
    """Tell whether an article of these feeds is above their watermarks, and has no mark."""
    marks = reached.get(row.feed_id)
    return marks is not None and not row.marked and not _covered(reached, row)


def _walk(
    read: Read,
    account: AccountId,
    of: tuple[FeedId, tuple[Watermark, Watermark]],
    asked: tuple[ArticleId, int, int],
) -> Iterator[ArticleId]:
    """Give a feed's unread articles, newest first, a window at a time; where they are few, by when they came in.

    `asked` says below which article, how many articles a window has, and how many are wanted at most.
    """
    (feed, reached), (edge, window, limit) = of, asked
    while True:
        last = read.execute(_EDGE, {"feed": feed, "below": edge, "most": window - 1}).scalar()
        least = ArticleId(0 if last is None else last)
        found = read.execute(_within(account, feed, reached, (least, edge))).scalars().all()
        yield from map(ArticleId, found)
        if last is None:
            return
        edge = least
        if _SPARSE * len(found) < window:
            break
    rest = read.execute(_newest(_unread(account, feed, reached, edge), limit))
    yield from [ArticleId(one) for one in rest.scalars()]


def _within(
    account: AccountId, feed: FeedId, reached: tuple[Watermark, Watermark], span: tuple[ArticleId, ArticleId]
) -> Select[Any]:
    """Select what is unread between two articles of a feed: a walk along the index of its numbers."""
    last, first = reached
    marked = select(read_marks.c.article_id).where(
        read_marks.c.account_id == account, read_marks.c.article_id == articles.c.id, read_marks.c.read == true()
    )
    uncovered = (articles.c.id >= last.before) | (articles.c.first_seen_at > last.seen_by)
    mine = (articles.c.feed_id == feed) & (articles.c.id >= span[0]) & (articles.c.id < span[1])
    query = select(articles.c.id).where(mine, articles.c.first_seen_at > first.seen_by, uncovered, ~marked.exists())
    return query.order_by(desc(articles.c.id))


def _newest(unread: Subquery, limit: int) -> Select[Any]:
    return select(unread.c.id).order_by(desc(unread.c.id)).limit(limit)
