"""A story's articles with all their words, as those stages read them that read closely; no table of its own."""

from collections.abc import Sequence
from dataclasses import replace

from octavo.domain.article import Article
from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.relation import Candidate
from octavo.domain.telling import Telling
from octavo.ports.database import Read
from octavo.store import articles, enrichments, publishers, stories

MOST = 60
"""Articles of one story that are read closely: of a longer one the first, which broke it, and the newest."""

_FIRST = 12


def of_story(read: Read, story_id: StoryId, bar: float) -> list[Telling]:
    """Give a story's articles as tellings, the earliest first, at most MOST."""
    ids = stories.article_ids(read, story_id)[::-1]
    return tellings(read, ids if len(ids) <= MOST else [*ids[:_FIRST], *ids[_FIRST - MOST :]], bar)


def tellings(read: Read, ids: Sequence[ArticleId], bar: float) -> list[Telling]:
    """Give these articles as tellings, in this order; of a text less sure than `bar` the headline alone."""
    whole = {one.id: one for one in articles.get_many(read, ids)}
    compared = {one.id: one for one in enrichments.candidates(read, list(whole))}
    names = publishers.get_many(read, [one.publisher_id for one in whole.values()])
    return [
        _compared(whole[one], compared[one], names[whole[one].publisher_id].name, bar)
        for one in ids
        if one in whole and one in compared
    ]


def words_of(read: Read, ids: Sequence[ArticleId], bar: float) -> list[Telling]:
    """Give these articles as tellings for choosing among their sentences: nothing in them that tells copies apart."""
    whole = {one.id: one for one in articles.get_many(read, ids)}
    named = enrichments.names_in(read, list(whole))
    return [_telling(whole[one], named.get(one, ()), bar) for one in ids if one in whole]


def _compared(article: Article, compared: Candidate, publisher: str, bar: float) -> Telling:
    return replace(
        _telling(article, compared.names, bar),
        publisher=publisher,
        owner=compared.owner,
        country=compared.country,
        fingerprint=compared.fingerprint,
    )


def _telling(article: Article, names: tuple[tuple[str, str], ...], bar: float) -> Telling:
    sure = article.complete >= bar
    return Telling(
        id=article.id,
        publisher_id=article.publisher_id,
        publisher="",
        language=article.language,
        at=article.time,
        headline=article.headline,
        standfirst=article.standfirst if sure else "",
        paragraphs=tuple(article.text.split("\n")) if sure and article.text else (),
        source=article.source,
        byline=article.byline.text,
        dateline=article.dateline.place,
        genre=str(article.genre),
        dated=article.published_at is not None,
        whole=sure and not article.paywalled,
        names=names,
    )
