"""Tables: highlights: the passages each reader marked, with their notes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, desc, func, insert, select, update

from octavo.domain.follow import Highlight, Quote
from octavo.domain.ids import AccountId, ArticleId, HighlightId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import articles, highlights

_OF = (
    select(highlights)
    .where(highlights.c.account_id == bindparam("account"), highlights.c.article_id == bindparam("article"))
    .order_by(highlights.c.id)
)


def add(tx: Transaction, account: AccountId, one: Highlight) -> HighlightId:
    """Mark a passage; gives its number. The same passage marked again is the same, with the new note if any."""
    for known in of(tx, account, one.article_id):
        if known.quote == one.quote:
            if one.note:
                set_note(tx, account, known.id, one.note)
            return known.id
    row = {
        "account_id": account,
        "article_id": one.article_id,
        "exact": one.quote.exact,
        "prefix": one.quote.prefix,
        "suffix": one.quote.suffix,
        "start": one.quote.start,
        "note": one.note,
        "made_at": one.made_at,
    }
    return HighlightId(tx.execute(insert(highlights).returning(highlights.c.id), row).scalar_one())


def set_note(tx: Transaction, account: AccountId, one: HighlightId, note: str) -> bool:
    """Write another note; says whether the account has this highlight."""
    mine = (highlights.c.id == one) & (highlights.c.account_id == account)
    return tx.execute(update(highlights).where(mine).values(note=note)).rowcount > 0


def set_gone(tx: Transaction, account: AccountId, these: Sequence[HighlightId], text: int) -> None:
    """Say that a text, by its fingerprint, holds these passages of an account no longer."""
    mine = highlights.c.id.in_(these) & (highlights.c.account_id == account)
    tx.execute(update(highlights).where(mine).values(gone_from=text))


def remove(tx: Transaction, account: AccountId, one: HighlightId) -> bool:
    """Take a highlight away; says whether the account had it."""
    mine = (highlights.c.id == one) & (highlights.c.account_id == account)
    return tx.execute(delete(highlights).where(mine)).rowcount > 0


def get(read: Read, account: AccountId, one: HighlightId) -> Highlight | None:
    """Give one highlight of an account."""
    mine = (highlights.c.id == one) & (highlights.c.account_id == account)
    row = read.execute(select(highlights).where(mine)).first()
    return _noun(row) if row else None


def of(read: Read, account: AccountId, article: ArticleId) -> list[Highlight]:
    """List what an account marked in one article, first one first."""
    return [_noun(row) for row in read.execute(_OF, {"account": account, "article": article})]


def latest(read: Read, account: AccountId, before: HighlightId | None, limit: int) -> list[Highlight]:
    """List what an account marked, the last first, from below `before`."""
    query = select(highlights).where(highlights.c.account_id == account)
    if before is not None:
        query = query.where(highlights.c.id < before)
    return [_noun(row) for row in read.execute(query.order_by(desc(highlights.c.id)).limit(limit))]


def count(read: Read, account: AccountId) -> int:
    """Count what an account marked."""
    query = select(func.count()).select_from(highlights).where(highlights.c.account_id == account)
    return int(read.execute(query).scalar_one())


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it, the oldest first."""
    query = (
        select(highlights, articles.c.url, articles.c.headline)
        .select_from(highlights.join(articles, articles.c.id == highlights.c.article_id))
        .where(highlights.c.account_id == account)
        .order_by(highlights.c.id)
    )
    return [
        {
            "article": row.article_id,
            "url": row.url,
            "headline": row.headline,
            "passage": row.exact,
            "before": row.prefix,
            "after": row.suffix,
            "note": row.note,
            "marked": row.made_at.isoformat(),
        }
        for row in read.execute(query)
    ]


def _noun(row: Any) -> Highlight:
    quote = Quote(row.exact, row.prefix, row.suffix, row.start)
    return Highlight(HighlightId(row.id), ArticleId(row.article_id), quote, row.made_at, row.note, row.gone_from)
