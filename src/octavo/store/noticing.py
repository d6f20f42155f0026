"""What notifications are told from: new articles with their story, hashtags and places; no table of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.ports.database import Read
from octavo.store.dialect import chunks
from octavo.store.tables import (
    article_hashtags,
    article_mentions,
    articles,
    stories,
    story_articles,
    story_redirects,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came in: its story, language and publisher, its hashtags as they were found, and the keys of the
    places, people and organisations it is about."""

    article_id: ArticleId
    story_id: StoryId
    language: str
    tags: frozenset[str]
    places: frozenset[str]
    people: frozenset[str] = frozenset()
    publisher_id: PublisherId = PublisherId("")
    words: str = ""
    """What a reader sees of it first: the headline and the standfirst."""
    organisations: frozenset[str] = frozenset()


def arrivals(read: Read, ids: Sequence[ArticleId], since: datetime) -> list[Arrival]:
    """Read the articles among these that are in a story and were published since then, in order of id."""
    found: list[Arrival] = []
    at = func.coalesce(articles.c.published_at, articles.c.first_seen_at)
    placed = articles.join(story_articles, story_articles.c.article_id == articles.c.id)
    for some in chunks(sorted(set(ids))):
        query = (
            select(
                articles.c.id,
                articles.c.language,
                articles.c.publisher_id,
                articles.c.headline,
                articles.c.standfirst,
                story_articles.c.story_id,
            )
            .select_from(placed)
            .where(articles.c.id.in_(some), at >= since)
            .order_by(articles.c.id)
        )
        rows = read.execute(query).all()
        tags, named = _tags(read, some), _named(read, some)
        nothing: set[str] = set()
        found += [
            Arrival(
                ArticleId(row.id),
                StoryId(row.story_id),
                row.language,
                frozenset(tags.get(row.id, nothing)),
                frozenset(named.get((row.id, "place"), nothing)),
                frozenset(named.get((row.id, "person"), nothing)),
                PublisherId(row.publisher_id),
                f"{row.headline}\n{row.standfirst}",
                frozenset(named.get((row.id, "organisation"), nothing)),
            )
            for row in rows
        ]
    return found


def _tags(read: Read, ids: Sequence[ArticleId]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    of = article_hashtags.c
    for row in read.execute(select(of.article_id, of.tag).where(of.article_id.in_(ids))):
        found.setdefault(row.article_id, set()).add(row.tag)
    return found


def _named(read: Read, ids: Sequence[ArticleId]) -> dict[tuple[int, str], set[str]]:
    found: dict[tuple[int, str], set[str]] = {}
    named = article_mentions.c
    query = select(named.article_id, named.kind, named.key).where(named.article_id.in_(ids))
    for row in read.execute(query.where(named.kind.in_(["place", "person", "organisation"]), named.about.is_(True))):
        found.setdefault((row.article_id, row.kind), set()).add(row.key)
    return found


def first_seen(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, datetime]:
    """Tell when this instance first saw an article of each of these stories."""
    found: dict[StoryId, datetime] = {}
    joined = story_articles.join(articles, articles.c.id == story_articles.c.article_id)
    for some in chunks(dict.fromkeys(ids)):
        query = (
            select(story_articles.c.story_id, func.min(articles.c.first_seen_at).label("at"))
            .select_from(joined)
            .where(story_articles.c.story_id.in_(some))
            .group_by(story_articles.c.story_id)
        )
        found |= {StoryId(row.story_id): row.at for row in read.execute(query)}
    return found


def seen(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, datetime]:
    """Tell when this instance first saw each of these articles."""
    found: dict[ArticleId, datetime] = {}
    for some in chunks(dict.fromkeys(ids)):
        query = select(articles.c.id, articles.c.first_seen_at).where(articles.c.id.in_(some))
        found |= {ArticleId(row.id): row.first_seen_at for row in read.execute(query)}
    return found


def former_ids(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, list[StoryId]]:
    """Give the stories that were folded into each of these."""
    found: dict[StoryId, list[StoryId]] = {}
    for some in chunks(dict.fromkeys(ids)):
        query = select(story_redirects).where(story_redirects.c.new_id.in_(some)).order_by(story_redirects.c.old_id)
        for row in read.execute(query):
            found.setdefault(StoryId(row.new_id), []).append(StoryId(row.old_id))
    return found


def widely_reported_since(read: Read, since: datetime, reports: int, limit: int) -> dict[StoryId, int]:
    """Give the stories with so many independent reports that moved since then, the last moved first, with the count."""
    query = (
        select(stories.c.id, stories.c.report_count)
        .where(stories.c.last_at >= since, stories.c.report_count >= reports)
        .order_by(stories.c.last_at.desc(), stories.c.id.desc())
        .limit(limit)
    )
    return {StoryId(row.id): row.report_count for row in read.execute(query)}


def headlines(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, list[tuple[str, str]]]:
    """Give each story's headlines as (language, headline): its own first, then its articles', the newest first.

    A story that was folded into another speaks with that one's.
    """
    found: dict[StoryId, list[tuple[str, str]]] = {}
    for one in dict.fromkeys(ids):
        to = read.execute(select(story_redirects.c.new_id).where(story_redirects.c.old_id == one)).scalar() or one
        own = read.execute(select(stories.c.language, stories.c.headline).where(stories.c.id == to)).all()
        query = (
            select(articles.c.language, articles.c.headline)
            .select_from(story_articles.join(articles, articles.c.id == story_articles.c.article_id))
            .where(story_articles.c.story_id == to)
            .order_by(story_articles.c.article_id.desc())
            .limit(_HEADLINES)
        )
        said = [(row.language, row.headline) for row in (*own, *read.execute(query))] if own else []
        if said:
            found[one] = said
    return found


_HEADLINES = 60
"""Newest articles of a story among which one in the reader's language is looked for."""
