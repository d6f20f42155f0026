"""Tables: articles: which of them say when they were published."""

from collections.abc import Iterable

from sqlalchemy import select

from octavo.domain.ids import ArticleId
from octavo.ports.database import Read
from octavo.store.dialect import chunks
from octavo.store.tables import articles


def undated(read: Read, ids: Iterable[ArticleId]) -> set[ArticleId]:
    """Give those of these articles whose time is only when they were first seen."""
    found: set[ArticleId] = set()
    for some in chunks(dict.fromkeys(ids)):
        query = select(articles.c.id).where(articles.c.id.in_(some), articles.c.published_at.is_(None))
        found |= {ArticleId(one) for one in read.execute(query).scalars()}
    return found
