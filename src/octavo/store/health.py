"""How publishers' articles are read of late: counts, failures, the worst articles; no table of its own.

A publisher's newest articles are looked at, SAMPLE at most, by the index on (publisher, id): however much is kept,
one publisher costs the same.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from octavo.domain.health import Failure, Health, Tally, Week, Yardstick
from octavo.domain.ids import TIE_BITS, ArticleId, PublisherId, first_article_id
from octavo.domain.page import PageState
from octavo.ports.database import Read
from octavo.store import repairs as repair_store
from octavo.store.tables import articles, feeds, pages, publishers, repairs

SAMPLE = 200
"""Newest articles of a publisher that its shares are counted over."""

JUDGED = 30
"""Newest articles of a publisher that decide whether it is queued: it leaves soon after its articles are fine."""

WEEK = timedelta(days=7)
_END = ArticleId(1 << 53)
_FORBIDDEN, _GONE = (401, 402, 403, 407, 451), (404, 410)


def all(read: Read, now: datetime, yardstick: Yardstick) -> list[Health]:  # noqa: A001 - read as health.all
    """Give the health of every publisher that has articles or feeds, in no order; as many queries as for one."""
    return _health(read, now, yardstick, None)


def of(read: Read, publisher: PublisherId, now: datetime, yardstick: Yardstick) -> Health:
    """Give one publisher's health; all zeros when nothing of it is kept."""
    return next(iter(_health(read, now, yardstick, publisher)), Health(publisher))


def queued(read: Read, now: datetime, yardstick: Yardstick) -> list[Health]:
    """Give the publishers that wait for repair, those with the largest share of doubtful articles first."""
    waiting = [one for one in all(read, now, yardstick) if one.queued]
    return sorted(waiting, key=lambda one: (-one.judged.share(one.judged.doubtful), one.publisher_id))


def weeks(read: Read, publisher: PublisherId, now: datetime, bar: float, count: int) -> list[Week]:
    """Count a publisher's articles in each of the last `count` weeks, oldest first; empty weeks too."""
    start = now - count * WEEK
    first, width = _first_id(start), int(WEEK.total_seconds()) << TIE_BITS
    number = ((articles.c.id - first) // width).label("number")
    query = (
        select(number, func.count().label("articles"), _sum(articles.c.complete < bar).label("below"))
        .where(articles.c.publisher_id == publisher, articles.c.id >= first, articles.c.id < _first_id(now))
        .group_by(number)
    )
    counted = {int(row.number): (row.articles, row.below) for row in read.execute(query)}
    return [Week(start + week * WEEK, *counted.get(week, (0, 0))) for week in range(count)]


def failures(read: Read, publisher: PublisherId, since: datetime) -> list[tuple[Failure, int]]:
    """Count a publisher's pages that gave no article, by reason, most frequent first."""
    reason = case(
        (pages.c.reason.contains("robots.txt", autoescape=True), Failure.ROBOTS.value),
        (pages.c.status.in_(_FORBIDDEN), Failure.FORBIDDEN.value),
        (pages.c.status.in_(_GONE), Failure.GONE.value),
        (pages.c.reason.startswith("not a web page", autoescape=True), Failure.OTHER.value),
        (pages.c.blob != "", Failure.UNREAD.value),
        else_=Failure.UNREACHABLE.value,
    ).label("why")
    query = select(reason, func.count().label("n")).where(_failed(publisher, since)).group_by(reason)
    found = [(Failure(row.why), int(row.n)) for row in read.execute(query)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def worst(read: Read, publisher: PublisherId, now: datetime, yardstick: Yardstick, limit: int) -> list[ArticleId]:
    """List a publisher's recent articles below the bar, the least sure first."""
    query = (
        _newest(select(articles.c.id), _first_id(now - timedelta(days=yardstick.days)), _END, SAMPLE)
        .where(publishers.c.id == publisher, articles.c.complete < yardstick.bar)
        .order_by(articles.c.complete, articles.c.id.desc())
        .limit(limit)
    )
    return [ArticleId(row.id) for row in read.execute(query)]


def _health(read: Read, now: datetime, yardstick: Yardstick, only: PublisherId | None) -> list[Health]:
    span = timedelta(days=yardstick.days)
    since, before = _first_id(now - span), _first_id(now - 2 * span)
    recent = _tallies(read, _newest(_counts(yardstick.bar), since, _END, SAMPLE), only)
    earlier = _tallies(read, _newest(_counts(yardstick.bar), before, since, SAMPLE), only)
    judged = _tallies(read, _unsettled(_newest(_counts(yardstick.bar), since, _END, JUDGED)), only)
    known = repair_store.all(read)
    found = []
    for row in read.execute(_known(only, now - span)):
        one = judged.get(row.id, Tally())
        found.append(
            Health(
                publisher_id=PublisherId(row.id),
                recent=recent.get(row.id, Tally()),
                earlier=earlier.get(row.id, Tally()),
                judged=one,
                failed=row.failed,
                last_at=_moment(row.last),
                queued=yardstick.calls_for_repair(one.articles, one.doubtful),
                repair=known.get(PublisherId(row.id)),
            )
        )
    return found


def _known(only: PublisherId | None, since: datetime) -> Select[Any]:
    """Every publisher that has articles or feeds, with the id of its newest article and its failures."""
    last = select(func.max(articles.c.id)).where(articles.c.publisher_id == publishers.c.id).scalar_subquery()
    failed = select(func.count()).select_from(pages).where(_failed(publishers.c.id, since)).scalar_subquery()
    followed = select(feeds.c.id).where(feeds.c.publisher_id == publishers.c.id).limit(1).exists()
    query = select(publishers.c.id, last.label("last"), failed.label("failed"))
    query = query.where(or_(last.is_not(None), followed))
    return query if only is None else query.where(publishers.c.id == only)


def _newest(query: Select[Any], first: ArticleId, end: ArticleId, most: int) -> Select[Any]:
    """Narrow a query of articles to each publisher's newest `most` with an id from `first` to before `end`."""
    mine = articles.alias()
    last_of_them = (
        select(mine.c.id)
        .where(mine.c.publisher_id == publishers.c.id, mine.c.id >= first, mine.c.id < end)
        .order_by(mine.c.id.desc())
        .limit(1)
        .offset(most - 1)
        .correlate(publishers)
        .scalar_subquery()
    )
    of_publisher = and_(
        articles.c.publisher_id == publishers.c.id,
        articles.c.id >= func.coalesce(last_of_them, first),
        articles.c.id < end,
    )
    return query.select_from(publishers.join(articles, of_publisher))


def _unsettled(query: Select[Any]) -> Select[Any]:
    """Leave out what was seen before the owner said that there is nothing to repair."""
    settled = select(repairs.c.settled_at).where(repairs.c.publisher_id == publishers.c.id).scalar_subquery()
    return query.where(or_(settled.is_(None), articles.c.first_seen_at > settled))


def _counts(bar: float) -> Select[Any]:
    below = articles.c.complete < bar
    return select(
        publishers.c.id,
        func.count().label("articles"),
        _sum(below).label("below"),
        _sum(and_(below, articles.c.paywalled)).label("locked"),
        _sum(articles.c.published_at.is_(None)).label("undated"),
        _sum(and_(articles.c.people == [], articles.c.source == "")).label("unsigned"),
        _sum(articles.c.image.is_(None)).label("pictureless"),
        func.avg(articles.c.complete).label("complete"),
    ).group_by(publishers.c.id)


def _tallies(read: Read, query: Select[Any], only: PublisherId | None) -> dict[str, Tally]:
    rows = read.execute(query if only is None else query.where(publishers.c.id == only))
    return {
        row.id: Tally(
            row.articles, row.below, row.locked, row.undated, row.unsigned, row.pictureless, float(row.complete)
        )
        for row in rows
    }


def _failed(publisher: Any, since: datetime) -> ColumnElement[bool]:
    refused = pages.c.state == str(PageState.REFUSED)
    return and_(pages.c.publisher_id == publisher, refused, pages.c.first_seen_at >= since)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _first_id(moment: datetime) -> ArticleId:
    return first_article_id(int(moment.timestamp()))


def _moment(article_id: int | None) -> datetime | None:
    return None if article_id is None else datetime.fromtimestamp(article_id >> TIE_BITS, UTC)
