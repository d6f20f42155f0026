"""What pages show of the discussion: threads, comments page by page, what is new; no table of its own.

Whatever is listed is a walk down an index, a few rows from each place: ten thousand comments make no page slower.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, bindparam, func, select, true, tuple_

from octavo.domain.account import Role
from octavo.domain.comment import (
    NOBODY,
    Comment,
    CommentState,
    Order,
    Thread,
    Venue,
    Wording,
    under_article,
    under_story,
)
from octavo.domain.ids import AccountId, ArticleId, CommentId, PublisherId, StoryId, ThreadId
from octavo.ports.database import Read
from octavo.store.dialect import OneOf, any_of, chunks
from octavo.store.keys import key_of
from octavo.store.tables import accounts, articles, comment_edits, comment_origins, comments, story_articles, threads

_LAST = (1 << 62) - 1
_OF_STORY = 40
"""Threads of one story that are read: those in which was spoken last."""

_HELD_AT_ONCE = 200

_WHO = (
    func.coalesce(accounts.c.name, comment_origins.c.name).label("name"),
    accounts.c.role,
    comment_origins.c.page.label("origin"),
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of comments goes on: after this place in its order (discuss/ranking.py)."""

    rank: int
    id: CommentId


@dataclass(frozen=True, slots=True)
class Changed:
    """A thread in which something changed, and the story that its article belongs to."""

    seq: int
    venue: Venue
    story_id: StoryId | None


def _whole() -> Select[Any]:
    """Comments with the names of those who wrote them."""
    return select(comments, *_WHO).select_from(_with_authors(comments))


def _with_authors(said: FromClause) -> FromClause:
    """Join to comments who wrote them: an account here, or somebody at another server."""
    mine = said.outerjoin(accounts, accounts.c.id == comments.c.account_id)
    return mine.outerjoin(comment_origins, comment_origins.c.comment_id == comments.c.id)


def _first_of(places: FromClause, parent: ColumnElement[Any], thread: ColumnElement[Any], order: Order) -> Select[Any]:
    """The first comments in each of some places, from a cursor on: one statement, however many places there are."""
    inner = comments.alias("inner_comments")
    query = select(inner.c.id).where(inner.c.thread_id == thread, inner.c.parent_id == parent, inner.c.listed == true())
    after_id, after_rank = bindparam("after_id", type_=BigInteger()), bindparam("after_rank", type_=BigInteger())
    match order:
        case Order.BEST:
            after = tuple_(inner.c.rank, inner.c.id) > tuple_(after_rank, after_id)
            query = query.where(after).order_by(inner.c.rank, inner.c.id)
        case Order.NEW:
            query = query.where(inner.c.id < after_id).order_by(inner.c.id.desc())
        case Order.OLD:
            query = query.where(inner.c.id > after_id).order_by(inner.c.id)
    return _these(places, query)


def _newest_of() -> Select[Any]:
    """The newest comments of some threads, wherever they stand."""
    inner = comments.alias("inner_comments")
    after_id = bindparam("after_id", type_=BigInteger())
    said = (inner.c.thread_id == threads.c.id, inner.c.state == str(CommentState.LIVE), inner.c.id < after_id)
    return _these(threads, select(inner.c.id).where(*said).order_by(inner.c.id.desc()))


def _these(places: FromClause, query: Select[Any]) -> Select[Any]:
    """The comments a query names for each of some places, a few for each, with the names of those who wrote them."""
    few = query.limit(bindparam("few", type_=BigInteger())).correlate(places).scalar_subquery()
    joined = _with_authors(places.join(comments, OneOf(comments.c.id, few)))
    return select(comments, *_WHO).select_from(joined).where(any_of(places.c.id))


_ROOTS = {one: _first_of(threads, bindparam("top", NOBODY, BigInteger()), threads.c.id, one) for one in Order}
_PARENTS = comments.alias("parents")
_REPLIES = {one: _first_of(_PARENTS, _PARENTS.c.id, _PARENTS.c.thread_id, one) for one in Order}
_NEWEST = _newest_of()
_BEGIN = {
    Order.BEST: Cursor(-1, CommentId(-1)),
    Order.NEW: Cursor(0, CommentId(_LAST)),
    Order.OLD: Cursor(0, CommentId(-1)),
}

_THESE = _whole().where(any_of(comments.c.id))
_SAID_IN = (
    select(threads)
    .select_from(story_articles.join(threads, threads.c.article_id == story_articles.c.article_id))
    .where(story_articles.c.story_id == bindparam("story"))
    .order_by(threads.c.seq.desc())
    .limit(_OF_STORY)
)
_CHANGED = (
    select(threads, story_articles.c.story_id.label("told_in"))
    .select_from(threads.outerjoin(story_articles, story_articles.c.article_id == threads.c.article_id))
    .where(threads.c.seq > bindparam("seq"))
    .order_by(threads.c.seq.desc())
    .limit(bindparam("most"))
)
_HEARD = select(func.max(threads.c.seq))


def thread_of(read: Read, venue: Venue) -> Thread | None:
    """Give the thread of an article or a story; None where nothing was ever said."""
    column = threads.c.article_id if venue.kind == "article" else threads.c.story_id
    row = read.execute(select(threads).where(column == venue.id)).first()
    return None if row is None else _thread(row)


def thread(read: Read, thread_id: ThreadId) -> Thread | None:
    """Give a thread by its id."""
    row = read.execute(select(threads).where(threads.c.id == thread_id)).first()
    return None if row is None else _thread(row)


def threads_of_story(read: Read, story_id: StoryId) -> list[Thread]:
    """Give a story's own thread and those of its articles, the story's first."""
    own = thread_of(read, under_story(story_id))
    said = [_thread(row) for row in read.execute(_SAID_IN, {"story": story_id})]
    return [own, *said] if own else said


def threads_of_articles(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, Thread]:
    """Give the threads of those of these articles that have one."""
    found: dict[ArticleId, Thread] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(select(threads).where(threads.c.article_id.in_(some))):
            found[ArticleId(row.article_id)] = _thread(row)
    return found


def roots(read: Read, of: Sequence[ThreadId], order: Order, limit: int, after: Cursor | None = None) -> list[Comment]:
    """Give the first comments of each of these threads that answer no other, from a cursor on; in no order."""
    return _listed(read, _ROOTS[order], of, order, limit, after)


def replies(
    read: Read, parents: Sequence[CommentId], order: Order, limit: int, after: Cursor | None = None
) -> list[Comment]:
    """Give the first answers to each of these comments; in no order."""
    return _listed(read, _REPLIES[order], parents, order, limit, after)


def get(read: Read, comment_id: CommentId) -> Comment | None:
    """Give a comment, whatever its state."""
    return next(iter(get_many(read, [comment_id])), None)


def get_many(read: Read, ids: Iterable[CommentId]) -> list[Comment]:
    """Give these comments, whatever their state, in this order; those that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[CommentId, Comment] = {}
    for some in chunks(wanted):
        found |= {CommentId(row.id): comment_of(row) for row in read.execute(_THESE, {"ids": some})}
    return [found[one] for one in wanted if one in found]


def newest(read: Read, of: Sequence[ThreadId], limit: int, before: CommentId | None = None) -> list[Comment]:
    """Give the newest comments of these threads that everybody sees, the newest first."""
    if not of:
        return []
    rows = read.execute(_NEWEST, {"ids": list(of), "after_id": _LAST if before is None else before, "few": limit})
    return sorted(map(comment_of, rows), key=lambda one: -one.id)[:limit]


def held(read: Read, of: Sequence[ThreadId], account_id: AccountId | None) -> list[Comment]:
    """Give the comments of these threads that wait for a moderator, the newest first: one account's, or all."""
    query = _whole().where(comments.c.thread_id.in_(of), comments.c.state == str(CommentState.HELD))
    query = query if account_id is None else query.where(comments.c.account_id == account_id)
    return [comment_of(row) for row in read.execute(query.order_by(comments.c.id.desc()).limit(_HELD_AT_ONCE))]


def posted(read: Read, account_id: AccountId, limit: int) -> list[Comment]:
    """Give what an account said last, whatever its state, the newest first."""
    query = _whole().where(comments.c.account_id == account_id).order_by(comments.c.id.desc()).limit(limit)
    return [comment_of(row) for row in read.execute(query)]


def said_since(read: Read, accounts_: Sequence[AccountId], since: datetime, limit: int) -> list[Comment]:
    """Give what these accounts said since a moment, whatever its state, the newest first."""
    found: list[Comment] = []
    for some in chunks(accounts_):
        mine = comments.c.account_id.in_(some) & (comments.c.posted_at >= since)
        query = _whole().where(mine).order_by(comments.c.id.desc()).limit(limit - len(found))
        found += [comment_of(row) for row in read.execute(query)]
    return found


def by_client_key(read: Read, account_id: AccountId, client_key: str) -> Comment | None:
    """Give the comment an account sent under this key."""
    mine = (comments.c.account_id == account_id) & (comments.c.client_key == key_of(client_key))
    row = read.execute(_whole().where(mine)).first()
    return None if row is None else comment_of(row)


def wordings(read: Read, comment_id: CommentId) -> list[Wording]:
    """Give a comment's earlier wordings, the first one first."""
    query = select(comment_edits).where(comment_edits.c.comment_id == comment_id).order_by(comment_edits.c.number)
    return [Wording(row.number, row.text, row.quote, row.until) for row in read.execute(query)]


def heard(read: Read) -> int:
    """Give the number of the last change of any thread."""
    return int(read.execute(_HEARD).scalar() or 0)


def changed(read: Read, after: int, most: int) -> list[Changed]:
    """Give the threads that changed after `after`, the last one first."""
    rows = read.execute(_CHANGED, {"seq": after, "most": most})
    return [Changed(row.seq, _thread(row).venue, None if row.told_in is None else StoryId(row.told_in)) for row in rows]


def publisher_of(read: Read, article_id: ArticleId) -> PublisherId | None:
    """Give the publisher of an article; None when there is no such article."""
    found = read.execute(select(articles.c.publisher_id).where(articles.c.id == article_id)).scalar()
    return None if found is None else PublisherId(found)


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give all an account said, with its earlier wordings."""
    query = (
        select(comments, threads.c.article_id, threads.c.story_id)
        .select_from(comments.join(threads, threads.c.id == comments.c.thread_id))
        .where(comments.c.account_id == account_id)
        .order_by(comments.c.id)
    )
    found = []
    for row in read.execute(query).all():
        earlier = wordings(read, CommentId(row.id)) if row.edits else []
        found.append(
            {
                "id": row.id,
                "article_id": row.article_id,
                "story_id": row.story_id,
                "answers": row.parent_id or None,
                "state": row.state,
                "posted_at": row.posted_at.isoformat(),
                "text": row.text,
                "quote": row.quote,
                "earlier": [{"until": one.until.isoformat(), "text": one.text, "quote": one.quote} for one in earlier],
            }
        )
    return found


def _listed(
    read: Read, statement: Select[Any], places: Sequence[int], order: Order, limit: int, after: Cursor | None
) -> list[Comment]:
    if not places:
        return []
    begin = after or _BEGIN[order]
    values = {"ids": list(places), "after_id": begin.id, "few": limit}
    if order is Order.BEST:
        values["after_rank"] = begin.rank
    return [comment_of(row) for row in read.execute(statement, values)]


def comment_of(row: Any) -> Comment:
    """Read a row; the name of its author, where the query joined it."""
    role = getattr(row, "role", None)
    return Comment(
        id=CommentId(row.id),
        thread_id=ThreadId(row.thread_id),
        text=row.text,
        posted_at=row.posted_at,
        account_id=None if row.account_id is None else AccountId(row.account_id),
        name=getattr(row, "name", None) or "",
        role=Role(role) if role else None,
        quote=row.quote,
        parent_id=CommentId(row.parent_id),
        path=tuple(CommentId(one) for one in row.path),
        state=CommentState(row.state),
        ups=row.ups,
        downs=row.downs,
        rank=row.rank,
        descendants=row.descendants,
        edits=row.edits,
        edited_at=row.edited_at,
        origin=getattr(row, "origin", None) or "",
    )


def _thread(row: Any) -> Thread:
    venue = under_story(StoryId(row.story_id)) if row.article_id is None else under_article(ArticleId(row.article_id))
    return Thread(ThreadId(row.id), venue, row.comments, row.newest_at, row.seq)
