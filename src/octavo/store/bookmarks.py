"""Tables: bookmarks: the articles each reader saved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, desc, func, select

from octavo.domain.follow import Bookmark
from octavo.domain.ids import AccountId, ArticleId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, earlier, insert_new, put
from octavo.store.tables import articles, bookmarks

_AMONG = select(bookmarks.c.article_id).where(
    bookmarks.c.account_id == bindparam("account"), any_of(bookmarks.c.article_id)
)


def save(tx: Transaction, account: AccountId, ids: Iterable[ArticleId], now: datetime) -> int:
    """Save articles; those saved already stay so since then, unknown ones are left out. Gives how many are new."""
    added = 0
    for some in chunks(dict.fromkeys(ids)):
        known = set(tx.execute(select(articles.c.id).where(articles.c.id.in_(some))).scalars())
        new = [one for one in some if one in known and one not in among(tx, account, some)]
        put(tx, insert_new(bookmarks), [{"account_id": account, "article_id": one, "at": now} for one in new])
        added += len(new)
    return added


def remove(tx: Transaction, account: AccountId, ids: Iterable[ArticleId]) -> int:
    """Save articles no longer; gives how many were saved."""
    gone = 0
    for some in chunks(dict.fromkeys(ids)):
        mine = (bookmarks.c.account_id == account) & bookmarks.c.article_id.in_(some)
        gone += tx.execute(delete(bookmarks).where(mine)).rowcount
    return gone


def among(read: Read, account: AccountId, ids: Iterable[ArticleId]) -> set[ArticleId]:
    """Tell which of these articles an account saved."""
    found: set[ArticleId] = set()
    for some in chunks(dict.fromkeys(ids)):
        found |= {ArticleId(one) for one in read.execute(_AMONG, {"account": account, "ids": some}).scalars()}
    return found


def latest(read: Read, account: AccountId, before: Bookmark | None, limit: int) -> list[Bookmark]:
    """List what an account saved, the last first, from after `before`."""
    query = select(bookmarks.c.article_id, bookmarks.c.at).where(bookmarks.c.account_id == account)
    if before is not None:
        query = query.where(earlier(bookmarks.c.at, before.at, bookmarks.c.article_id, before.article_id))
    query = query.order_by(desc(bookmarks.c.at), desc(bookmarks.c.article_id)).limit(limit)
    return [Bookmark(ArticleId(row.article_id), row.at) for row in read.execute(query)]


def ids(read: Read, account: AccountId, before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List the saved articles by their own time, newest first, from below `before`: as reader apps ask for stars."""
    query = select(bookmarks.c.article_id).where(bookmarks.c.account_id == account)
    if before is not None:
        query = query.where(bookmarks.c.article_id < before)
    query = query.order_by(desc(bookmarks.c.article_id)).limit(limit)
    return [ArticleId(one) for one in read.execute(query).scalars()]


def count(read: Read, account: AccountId) -> int:
    """Count what an account saved."""
    query = select(func.count()).select_from(bookmarks).where(bookmarks.c.account_id == account)
    return int(read.execute(query).scalar_one())


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it, the oldest first."""
    query = (
        select(bookmarks.c.at, articles.c.id, articles.c.url, articles.c.headline)
        .select_from(bookmarks.join(articles, articles.c.id == bookmarks.c.article_id))
        .where(bookmarks.c.account_id == account)
        .order_by(bookmarks.c.at, bookmarks.c.article_id)
    )
    return [
        {"article": row.id, "url": row.url, "headline": row.headline, "saved": row.at.isoformat()}
        for row in read.execute(query)
    ]
