"""Tables: articles and article_bodies, read: one, many, the latest; saving and enriching are next door."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from octavo.domain.article import Article, ArticleCard
from octavo.domain.ids import ArticleId
from octavo.domain.revision import Revision
from octavo.ports.database import Read
from octavo.store.dialect import any_of, chunks
from octavo.store.enrichments import candidates as candidates
from octavo.store.enrichments import hashtags_of as hashtags_of
from octavo.store.enrichments import mentions_of as mentions_of
from octavo.store.enrichments import names_of as names_of
from octavo.store.enrichments import save_embeddings as save_embeddings
from octavo.store.enrichments import save_enrichments as save_enrichments
from octavo.store.enrichments import topics_of as topics_of
from octavo.store.enrichments import vectors as vectors
from octavo.store.enrichments import without_vectors as without_vectors
from octavo.store.keys import key_of
from octavo.store.rows import row_article, row_card
from octavo.store.saving import save as save
from octavo.store.tables import (
    article_bodies,
    articles,
    publishers,
    revisions,
    stories,
    story_articles,
)


def get(read: Read, article_id: ArticleId) -> Article | None:
    """Give one article with its body."""
    return next(iter(get_many(read, [article_id])), None)


def get_many(read: Read, ids: Sequence[ArticleId]) -> list[Article]:
    """Give these articles with their bodies, in this order; those unknown are left out."""
    found: dict[ArticleId, Article] = {}
    for some in chunks(ids):
        found |= {article.id: article for article in _whole(read, _THESE, {"ids": some})}
    return [found[one] for one in ids if one in found]


def by_url(read: Read, url: str) -> Article | None:
    """Give the article at exactly this address."""
    return next(_whole(read, _with_body().where(articles.c.url_key == key_of(url))), None)


def by_external_id(read: Read, external_id: str) -> Article | None:
    """Give the first article that was imported under this id."""
    query = _with_body().where(articles.c.external_key == key_of(external_id)).order_by(articles.c.id).limit(1)
    return next(_whole(read, query), None)


def external_ids(read: Read) -> Iterator[tuple[ArticleId, str]]:
    """Give every article's id and the id it was imported with, "" when it was not; oldest first."""
    query = select(articles.c.id, articles.c.external_id).order_by(articles.c.id)
    for row in read.execute(query):
        yield ArticleId(row.id), row.external_id


def known_urls(read: Read, urls: Iterable[str]) -> set[str]:
    """Tell which of these addresses have an article."""
    by_key = {key_of(url): url for url in urls}
    found: set[str] = set()
    for keys in chunks(by_key):
        rows = read.execute(select(articles.c.url_key).where(articles.c.url_key.in_(keys)))
        found |= {by_key[bytes(row.url_key)] for row in rows}
    return found


def cards(read: Read, ids: Sequence[ArticleId]) -> list[ArticleCard]:
    """Give the cards of these articles, in this order; those unknown are left out."""
    found: dict[ArticleId, ArticleCard] = {}
    for some in chunks(dict.fromkeys(ids)):
        found |= {row.id: row_card(row) for row in read.execute(_CARDS, {"ids": some})}
    return [found[one] for one in ids if one in found]


def count(read: Read) -> int:
    """Count articles."""
    return int(read.execute(select(func.count()).select_from(articles)).scalar_one())


def iterate(read: Read, after_id: ArticleId, limit: int) -> list[Article]:
    """Give the next articles with their bodies after `after_id` (-1 to begin), oldest first."""
    return list(_whole(read, _with_body().where(articles.c.id > after_id).order_by(articles.c.id).limit(limit)))


def revisions_of(read: Read, article_id: ArticleId) -> list[Revision]:
    """Give an article's earlier wordings, first one first."""
    rows = read.execute(_REVISIONS, {"id": article_id})
    return [Revision(article_id, row.number, row.headline, row.text, row.seen_at) for row in rows]


def _with_body() -> Select[Any]:
    joined = articles.outerjoin(article_bodies, article_bodies.c.article_id == articles.c.id)
    return select(articles, article_bodies.c.blocks).select_from(joined)


def _whole(read: Read, query: Select[Any], values: Any = None) -> Iterator[Article]:
    for row in read.execute(query, values):
        yield row_article(row, row.blocks or ())


def _cards() -> Select[Any]:
    joined = (
        articles.join(publishers, publishers.c.id == articles.c.publisher_id)
        .outerjoin(story_articles, story_articles.c.article_id == articles.c.id)
        .outerjoin(stories, stories.c.id == story_articles.c.story_id)
    )
    columns = [articles.c[name] for name in _CARD_COLUMNS]
    return select(
        *columns,
        publishers.c.name.label("publisher_name"),
        publishers.c.country,
        publishers.c.fictional,
        story_articles.c.story_id,
        stories.c.article_count.label("story_size"),
        stories.c.publisher_count.label("story_publishers"),
    ).select_from(joined)


_CARD_COLUMNS = (
    "id headline publisher_id url language first_seen_at published_at excerpt source section genre form image "
    "complete word_count rights"
).split()

_THESE = _with_body().where(any_of(articles.c.id))
_CARDS = _cards().where(any_of(articles.c.id))
_REVISIONS = select(revisions).where(revisions.c.article_id == bindparam("id")).order_by(revisions.c.number)
