"""Tables: read_history: what readers who asked for it have read, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, desc, select

from octavo.domain.follow import ReadMark
from octavo.domain.ids import AccountId, ArticleId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, earlier, put, upsert
from octavo.store.tables import articles, read_history


def add(tx: Transaction, account: AccountId, ids: Iterable[ArticleId], now: datetime) -> None:
    """Remember that articles were read; one read before was read now."""
    for some in chunks(dict.fromkeys(ids)):
        known = tx.execute(select(articles.c.id).where(articles.c.id.in_(some))).scalars()
        put(tx, upsert(read_history, ["at"]), [{"account_id": account, "article_id": one, "at": now} for one in known])


def forget(tx: Transaction, account: AccountId, ids: Iterable[ArticleId]) -> None:
    """Forget that these articles were read."""
    for some in chunks(dict.fromkeys(ids)):
        mine = (read_history.c.account_id == account) & read_history.c.article_id.in_(some)
        tx.execute(delete(read_history).where(mine))


def forget_all(tx: Transaction, account: AccountId) -> None:
    """Forget all that an account read."""
    tx.execute(delete(read_history).where(read_history.c.account_id == account))


def latest(read: Read, account: AccountId, before: ReadMark | None, limit: int) -> list[ReadMark]:
    """List what an account read, the last first, from after `before`."""
    query = select(read_history.c.article_id, read_history.c.at).where(read_history.c.account_id == account)
    if before is not None:
        query = query.where(earlier(read_history.c.at, before.at, read_history.c.article_id, before.article_id))
    query = query.order_by(desc(read_history.c.at), desc(read_history.c.article_id)).limit(limit)
    return [ReadMark(ArticleId(row.article_id), row.at) for row in read.execute(query)]


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it, the oldest first."""
    query = (
        select(read_history.c.at, articles.c.id, articles.c.url, articles.c.headline)
        .select_from(read_history.join(articles, articles.c.id == read_history.c.article_id))
        .where(read_history.c.account_id == account)
        .order_by(read_history.c.at, read_history.c.article_id)
    )
    return [
        {"article": row.id, "url": row.url, "headline": row.headline, "read": row.at.isoformat()}
        for row in read.execute(query)
    ]
