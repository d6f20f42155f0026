"""Tables: headline_translations: headlines in other languages, made ahead for lists; "" where none holds."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select

from octavo.domain.headline import TranslatedHeadline
from octavo.domain.ids import ArticleId, PublisherId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, put, upsert
from octavo.store.tables import articles, headline_translations

_COLUMNS = headline_translations.c
_REPLACED = ("original", "text", "made_by", "checked_by", "made_at")
_OF = select(headline_translations).where(
    any_of(_COLUMNS.article_id), _COLUMNS.language == bindparam("language"), _COLUMNS.text != ""
)
_ALL = select(headline_translations).where(any_of(_COLUMNS.article_id))


def save(tx: Transaction, made: Sequence[TranslatedHeadline]) -> None:
    """Keep what headlines became, in place of what was kept; those of articles that are gone are left out."""
    for some in chunks(made):
        ids = {one.article_id for one in some}
        there = set(tx.execute(select(articles.c.id).where(articles.c.id.in_(sorted(ids)))).scalars())
        rows = [{name.name: getattr(one, name.name) for name in _COLUMNS} for one in some if one.article_id in there]
        put(tx, upsert(headline_translations, _REPLACED), rows)


def of(read: Read, ids: Sequence[ArticleId], language: str) -> dict[ArticleId, TranslatedHeadline]:
    """Give the translations into a language that hold, of these articles."""
    found: dict[ArticleId, TranslatedHeadline] = {}
    for some in chunks(dict.fromkeys(ids)):
        rows = read.execute(_OF, {"ids": some, "language": language})
        found |= {ArticleId(row.article_id): _made(row) for row in rows}
    return found


def every(read: Read, ids: Sequence[ArticleId]) -> list[TranslatedHeadline]:
    """List what was made of these articles' headlines, in any language, whether it holds or not."""
    return [_made(row) for some in chunks(dict.fromkeys(ids)) for row in read.execute(_ALL, {"ids": some})]


def forget_publisher(tx: Transaction, publisher: PublisherId) -> None:
    """Forget the translations of a publisher's headlines."""
    mine = select(articles.c.id).where(articles.c.publisher_id == publisher)
    tx.execute(delete(headline_translations).where(_COLUMNS.article_id.in_(mine)))


def _made(row: Any) -> TranslatedHeadline:
    return TranslatedHeadline(
        ArticleId(row.article_id), row.language, row.original, row.text, row.made_by, row.checked_by, row.made_at
    )
