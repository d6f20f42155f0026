"""What the pages list: ids in the order readers see them, newest first, paged by key; no table of its own.

Ids of articles are ordered by time, so "older than this one" is `id < before`.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, desc, func, select, union_all

from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.publisher import DisplayPolicy
from octavo.ports.database import Read
from octavo.store import feeds
from octavo.store.dialect import any_of, chunks, earlier
from octavo.store.facts import ROOM
from octavo.store.tables import (
    article_mentions,
    article_topics,
    articles,
    audit,
    changes,
    editions,
    hashtag_rules,
    positions,
    publishers,
    settings_kept,
    stories,
    story_articles,
)

_NAMED = 200
"""Newest mentions of an entity that its name is counted in."""

DIGEST = "digest"
"""The follower of changes that reads stories closely."""

_STAMP = select(
    select(func.max(changes.c.seq)).scalar_subquery().label("changed"),
    select(positions.c.seq).where(positions.c.name == DIGEST).scalar_subquery().label("read"),
    select(func.max(editions.c.at)).scalar_subquery().label("laid_out"),
    select(func.max(hashtag_rules.c.made_at)).scalar_subquery().label("ruled"),
    select(func.count()).select_from(hashtag_rules).scalar_subquery().label("rules"),
    select(audit.c.id)
    .where(audit.c.public.is_not(None))
    .order_by(desc(audit.c.id))
    .limit(1)
    .scalar_subquery()
    .label("acted"),
)
_DECIDED = union_all(
    select(settings_kept.c.key.label("name"), settings_kept.c.value.label("value")).where(settings_kept.c.key != ROOM),
    select(publishers.c.id, publishers.c.policy).where(publishers.c.policy.is_not(None)),
)
_PLACES = (
    select(article_mentions.c.key, article_mentions.c.name)
    .where(
        article_mentions.c.article_id == bindparam("id"),
        article_mentions.c.kind == "place",
        article_mentions.c.about.is_(True),
        article_mentions.c.key.like("place/%"),
    )
    .order_by(article_mentions.c.rank)
)

_NAMED_IN = select(article_mentions.c.key, article_mentions.c.name, article_mentions.c.rank).where(
    any_of(article_mentions.c.article_id),
    article_mentions.c.key.like("person/%") | article_mentions.c.key.like("org/%"),
)


def stamp(read: Read) -> str:
    """Name the state that pages are made from: it differs once articles, an edition, a fact, policy or rule changed.

    What follows its last slash names what people decided: facts, policies, rules and editors' public acts
    (`decisions`).
    """
    found = read.execute(_STAMP).one()
    decided = sorted(tuple(row) for row in read.execute(_DECIDED))
    digest = hashlib.sha256(repr([found.ruled, found.rules, found.acted, decided]).encode()).hexdigest()[:16]
    return f"{found.changed or 0}/{found.read or 0}/{found.laid_out or ''}/{digest}"


def decisions(stamp: str) -> str:
    """Give the part of a stamp that differs once a fact, a publisher's policy or a rule on hashtags changed."""
    return stamp.rpartition("/")[2]


def latest_ids(read: Read, languages: Sequence[str], before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List the newest articles in these languages; every language when none is named."""
    every = select(articles.c.id)
    if not languages:
        return _newest(read, every, articles.c.id, before, limit)
    # Language by language: each is a walk down an index, where IN (...) would gather and sort all there are.
    found: list[ArticleId] = []
    for language in dict.fromkeys(languages):
        found += _newest(read, every.where(articles.c.language == language), articles.c.id, before, limit)
    return sorted(found, reverse=True)[:limit]


def corrected_ids(read: Read, languages: Sequence[str], limit: int) -> list[ArticleId]:
    """List the articles in these languages that their publishers say they corrected, the last reworded first."""
    said = (articles.c.correction != "") & articles.c.language.in_(list(languages))
    query = select(articles.c.id).where(said).order_by(desc(articles.c.wording_at), desc(articles.c.id)).limit(limit)
    return [ArticleId(one) for one in read.execute(query).scalars()]


def publisher_ids(read: Read, publisher: PublisherId, before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List a publisher's newest articles."""
    return _newest(
        read, select(articles.c.id).where(articles.c.publisher_id == publisher), articles.c.id, before, limit
    )


def topic_ids(
    read: Read, topic: str, languages: Sequence[str], before: ArticleId | None, limit: int
) -> list[ArticleId]:
    """List the newest articles about an IPTC topic in these languages."""
    query = select(article_topics.c.article_id).where(article_topics.c.code == topic)
    if languages:
        query = query.join(articles, articles.c.id == article_topics.c.article_id)
        query = query.where(articles.c.language.in_(languages))
    return _newest(read, query, article_topics.c.article_id, before, limit)


def about_ids(read: Read, key: str, before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List the newest articles about an entity, in any language; those that only name it are left out."""
    named = article_mentions
    query = select(named.c.article_id).where(named.c.key == key, named.c.about.is_(True)).distinct()
    return _newest(read, query, named.c.article_id, before, limit)


def named_ids(read: Read, key: str, before: ArticleId | None, limit: int) -> list[ArticleId]:
    """List the newest articles that name an entity, in any language, be they about it or not."""
    query = select(article_mentions.c.article_id).where(article_mentions.c.key == key).distinct()
    return _newest(read, query, article_mentions.c.article_id, before, limit)


def entity_names(read: Read, key: str) -> list[str]:
    """List how the newest articles that name an entity write it, the most usual way first."""
    named = article_mentions
    newest = select(named.c.name).where(named.c.key == key).order_by(desc(named.c.article_id)).limit(_NAMED).subquery()
    query = select(newest.c.name).group_by(newest.c.name).order_by(desc(func.count()), newest.c.name)
    return [str(one) for one in read.execute(query).scalars()]


def named_in(read: Read, ids: Sequence[ArticleId], limit: int) -> list[tuple[str, str]]:
    """Give the people and organisations these articles name as (key, name): those most of them name first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(_NAMED_IN, {"ids": some}):
            found.setdefault(row.key, []).append((row.rank, row.name))
    names = {key: Counter(name for _, name in rows).most_common(1)[0][0] for key, rows in found.items()}
    first = {key: (-len(rows), min(rank for rank, _ in rows)) for key, rows in found.items()}
    return [(key, names[key]) for key in sorted(first, key=lambda key: (first[key], key))[:limit]]


def near_ids(
    read: Read, keys: Sequence[str], papers: Sequence[PublisherId], before: ArticleId | None, limit: int
) -> list[ArticleId]:
    """List the newest articles about any of these entities or by any of these publishers: a walk for each."""
    found = {one for key in keys for one in about_ids(read, key, before, limit)}
    found |= {one for paper in papers for one in publisher_ids(read, paper, before, limit)}
    return sorted(found, reverse=True)[:limit]


def entity_name(read: Read, key: str) -> str:
    """Give the name most of the newest articles that name an entity give it; "" for one that none names."""
    return next(iter(entity_names(read, key)), "")


def places_of(read: Read, article_id: ArticleId) -> list[tuple[str, str]]:
    """List the places an article is about as (key, name), most important first."""
    return list(dict.fromkeys((row.key, row.name) for row in read.execute(_PLACES, {"id": article_id})))


def about_keys(read: Read, ids: Sequence[ArticleId], keys: Sequence[str]) -> dict[ArticleId, tuple[str, ...]]:
    """Tell which of these entities each of these articles is about; of every one where no key is named."""
    found: dict[ArticleId, tuple[str, ...]] = {}
    named = article_mentions.c
    for some in chunks(dict.fromkeys(ids)):
        query = select(named.article_id, named.key).where(named.article_id.in_(some), named.about.is_(True))
        query = query.where(named.key.in_(keys)) if keys else query.where(named.key.is_not(None))
        for row in read.execute(query.order_by(named.article_id, named.rank)):
            known = found.get(row.article_id, ())
            found[ArticleId(row.article_id)] = known if row.key in known else (*known, row.key)
    return found


def about_names(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, list[tuple[str, str]]]:
    """Give whom and what each of these articles is about, as (key, name), the most important first."""
    found: dict[ArticleId, list[tuple[str, str]]] = {}
    named = article_mentions.c
    of_these = named.key.like("person/%") | named.key.like("org/%") | named.key.like("place/%")
    for some in chunks(dict.fromkeys(ids)):
        query = select(named.article_id, named.key, named.name).where(
            named.article_id.in_(some), named.about.is_(True), of_these
        )
        for row in read.execute(query.order_by(named.article_id, named.rank)):
            found.setdefault(ArticleId(row.article_id), []).append((row.key, row.name))
    return found


def story_ids(read: Read, story: StoryId, limit: int) -> list[ArticleId]:
    """List a story's articles, newest first."""
    query = select(story_articles.c.article_id).where(story_articles.c.story_id == story)
    return _newest(read, query, story_articles.c.article_id, None, limit)


def feeds_of(read: Read, publisher: PublisherId) -> list[Feed]:
    """List a publisher's feeds, oldest first."""
    return [feed for feed in feeds.all(read) if feed.publisher_id == publisher]


def publisher_names(read: Read) -> list[tuple[PublisherId, str]]:
    """List publishers that have articles, by name."""
    present = select(articles.c.publisher_id).where(articles.c.publisher_id == publishers.c.id).limit(1).exists()
    query = select(publishers.c.id, publishers.c.name).where(present).order_by(publishers.c.name)
    return [(PublisherId(row.id), row.name) for row in read.execute(query)]


def policies(read: Read) -> dict[PublisherId, DisplayPolicy]:
    """Give how much may be shown of the publishers that have a policy of their own."""
    query = select(publishers.c.id, publishers.c.policy).where(publishers.c.policy.is_not(None))
    return {PublisherId(row.id): DisplayPolicy(row.policy) for row in read.execute(query)}


def widely_reported(read: Read, limit: int) -> list[tuple[StoryId, str, datetime]]:
    """List the stories several publishers report, the last moved first: id, headline, when it moved."""
    query = (
        select(stories.c.id, stories.c.headline, stories.c.last_at)
        .where(stories.c.publisher_count > 1)
        .order_by(desc(stories.c.last_at), desc(stories.c.id))
        .limit(limit)
    )
    return [(StoryId(row.id), row.headline, row.last_at) for row in read.execute(query)]


def moved(
    read: Read, before: tuple[datetime, StoryId] | None, limit: int, publishers_at_least: int = 1
) -> list[tuple[StoryId, datetime]]:
    """List the stories so many publishers report, the last moved first, from after `before`: id, when it moved."""
    query = select(stories.c.id, stories.c.last_at)
    if publishers_at_least > 1:
        query = query.where(stories.c.publisher_count >= publishers_at_least)
    if before is not None:
        query = query.where(earlier(stories.c.last_at, before[0], stories.c.id, before[1]))
    query = query.order_by(desc(stories.c.last_at), desc(stories.c.id)).limit(limit)
    return [(StoryId(row.id), row.last_at) for row in read.execute(query)]


def article_languages(read: Read) -> list[str]:
    """List the languages articles are in, the commonest first."""
    query = select(articles.c.language).group_by(articles.c.language).order_by(desc(func.count()), articles.c.language)
    return [row.language for row in read.execute(query)]


def _newest(read: Read, query: Select[Any], key: Any, before: ArticleId | None, limit: int) -> list[ArticleId]:
    if before is not None:
        query = query.where(key < before)
    return [ArticleId(row[0]) for row in read.execute(query.order_by(desc(key)).limit(limit))]
