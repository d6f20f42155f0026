"""Tables: lists, list_articles: what readers put together, for themselves or for whoever has its address."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, desc, func, insert, select, update

from octavo.domain.follow import Bookmark, ReadingList
from octavo.domain.ids import AccountId, ArticleId, ListId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, earlier
from octavo.store.tables import articles, list_articles, lists


def add(tx: Transaction, account: AccountId, name: str, note: str, now: datetime) -> ListId:
    """Make a list that only its owner sees; gives its number."""
    row = {"account_id": account, "name": name, "note": note, "token": None, "made_at": now, "changed_at": now}
    return ListId(tx.execute(insert(lists).returning(lists.c.id), row).scalar_one())


def describe(tx: Transaction, account: AccountId, one: ListId, name: str, note: str) -> bool:
    """Call a list something else; says whether the account has it."""
    return tx.execute(update(lists).where(_mine(account, one)).values(name=name, note=note)).rowcount > 0


def share(tx: Transaction, account: AccountId, one: ListId, token: str) -> bool:
    """Let whoever has the token see a list, nobody else with ""; says whether the account has it."""
    return tx.execute(update(lists).where(_mine(account, one)).values(token=token or None)).rowcount > 0


def remove(tx: Transaction, account: AccountId, one: ListId) -> bool:
    """Take a list apart; says whether the account had it."""
    return tx.execute(delete(lists).where(_mine(account, one))).rowcount > 0


def put_in(tx: Transaction, account: AccountId, one: ListId, article: ArticleId, now: datetime) -> bool:
    """Put an article into a list, unless it is there; says whether the account has the list, and it exists."""
    known = tx.execute(select(articles.c.id).where(articles.c.id == article)).first()
    if known is None or get(tx, account, one) is None:
        return False
    if one not in holding(tx, account, article):
        tx.execute(insert(list_articles), {"list_id": one, "article_id": article, "at": now})
        tx.execute(update(lists).where(_mine(account, one)).values(changed_at=now))
    return True


def take_out(tx: Transaction, account: AccountId, one: ListId, article: ArticleId, now: datetime) -> bool:
    """Take an article out of a list; says whether the account has the list."""
    if get(tx, account, one) is None:
        return False
    there = (list_articles.c.list_id == one) & (list_articles.c.article_id == article)
    if tx.execute(delete(list_articles).where(there)).rowcount > 0:
        tx.execute(update(lists).where(_mine(account, one)).values(changed_at=now))
    return True


def get(read: Read, account: AccountId, one: ListId) -> ReadingList | None:
    """Give one list of an account."""
    return _first(read, select(lists).where(_mine(account, one)))


def shared(read: Read, token: str) -> tuple[AccountId, ReadingList] | None:
    """Give the list that is shared under this token, and whose it is."""
    row = read.execute(select(lists).where(lists.c.token == token)).first() if token else None
    return (AccountId(row.account_id), _noun(row, _sizes(read, [row.id]))) if row else None


def of(read: Read, account: AccountId) -> list[ReadingList]:
    """List the lists of an account, the newest first."""
    query = select(lists).where(lists.c.account_id == account).order_by(desc(lists.c.account_id), desc(lists.c.id))
    rows = read.execute(query).all()
    sizes = _sizes(read, [row.id for row in rows])
    return [_noun(row, sizes) for row in rows]


def holding(read: Read, account: AccountId, article: ArticleId) -> set[ListId]:
    """Tell which lists of an account hold an article."""
    query = (
        select(lists.c.id)
        .join(list_articles, list_articles.c.list_id == lists.c.id)
        .where(lists.c.account_id == account, list_articles.c.article_id == article)
    )
    return {ListId(one) for one in read.execute(query).scalars()}


def page(read: Read, one: ListId, before: Bookmark | None, limit: int) -> list[Bookmark]:
    """List the articles of a list, the last put in first, from after `before`. Whoever asks must have got the list."""
    query = select(list_articles.c.article_id, list_articles.c.at).where(list_articles.c.list_id == one)
    if before is not None:
        query = query.where(earlier(list_articles.c.at, before.at, list_articles.c.article_id, before.article_id))
    query = query.order_by(desc(list_articles.c.at), desc(list_articles.c.article_id)).limit(limit)
    return [Bookmark(ArticleId(row.article_id), row.at) for row in read.execute(query)]


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    found = []
    for one in of(read, account):
        query = (
            select(list_articles.c.at, articles.c.id, articles.c.url, articles.c.headline)
            .select_from(list_articles.join(articles, articles.c.id == list_articles.c.article_id))
            .where(list_articles.c.list_id == one.id)
            .order_by(list_articles.c.at, list_articles.c.article_id)
        )
        held = [
            {"article": row.id, "url": row.url, "headline": row.headline, "added": row.at.isoformat()}
            for row in read.execute(query)
        ]
        made = {"name": one.name, "note": one.note, "shared": bool(one.token), "made": one.made_at.isoformat()}
        found.append(made | {"articles": held})
    return found


def _mine(account: AccountId, one: ListId) -> Any:
    return (lists.c.id == one) & (lists.c.account_id == account)


def _first(read: Read, query: Select[Any]) -> ReadingList | None:
    row = read.execute(query).first()
    return _noun(row, _sizes(read, [row.id])) if row else None


def _sizes(read: Read, ids: Iterable[int]) -> dict[int, int]:
    n = func.count().label("n")
    counted = select(list_articles.c.list_id, n).group_by(list_articles.c.list_id)
    return {
        row.list_id: row.n
        for some in chunks(ids)
        for row in read.execute(counted.where(list_articles.c.list_id.in_(some)))
    }


def _noun(row: Any, sizes: dict[int, int]) -> ReadingList:
    return ReadingList(
        ListId(row.id), row.name, row.made_at, row.changed_at, row.note, row.token or "", sizes.get(row.id, 0)
    )
