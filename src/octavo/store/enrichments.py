"""Tables: article_hashtags, article_mentions, article_topics, embeddings, fingerprints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import and_, delete, insert, select

from octavo.domain.enrichment import Embedding, Enrichment, EntityKind, Hashtag, Mention, Topic
from octavo.domain.ids import ArticleId, PublisherId, StoryId
from octavo.domain.relation import Candidate
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import any_of, chunks, put
from octavo.store.keys import clip
from octavo.store.rows import json_blocks
from octavo.store.saving import set_languages
from octavo.store.tables import (
    article_bodies,
    article_hashtags,
    article_mentions,
    article_topics,
    articles,
    embeddings,
    fingerprints,
    publishers,
    story_articles,
)

LEAD = 1000
"""Characters of an article that relate compares."""

NAMES = 16
"""Names of an article that relate compares: the most important."""


def save_enrichments(tx: Transaction, chosen: Sequence[Enrichment]) -> None:
    """Replace what enrich added to these articles. Records no change: the step that enriches follows changes."""
    last = {one.article_id: one for one in chosen}
    for ids in chunks(last):
        for table in (article_hashtags, article_mentions, article_topics, embeddings, fingerprints):
            tx.execute(delete(table).where(table.c.article_id.in_(ids)))
    set_languages(tx, {one.article_id: one.language for one in last.values()})
    put(tx, insert(article_hashtags), [row for one in last.values() for row in _hashtag_rows(one)])
    put(tx, insert(article_mentions), [row for one in last.values() for row in _mention_rows(one)])
    put(tx, insert(article_topics), [row for one in last.values() for row in _topic_rows(one)])
    put(tx, insert(embeddings), [row for one in last.values() for row in _embedding_rows(one)])
    put(tx, insert(fingerprints), [row for one in last.values() for row in _fingerprint_rows(one)])


def save_embeddings(tx: Transaction, made: Sequence[Enrichment]) -> None:
    """Replace the vectors of these articles, and nothing else of them. Records no change."""
    for ids in chunks([one.article_id for one in made]):
        tx.execute(delete(embeddings).where(embeddings.c.article_id.in_(ids)))
    put(tx, insert(embeddings), [row for one in made for row in _embedding_rows(one)])


def without_vectors(read: Read, before: ArticleId, limit: int, model: str) -> list[ArticleId]:
    """Give the newest articles before `before` that have no vector of this model, newest first."""
    joined = articles.outerjoin(embeddings, and_(embeddings.c.article_id == articles.c.id, embeddings.c.model == model))
    query = (
        select(articles.c.id)
        .select_from(joined)
        .where(articles.c.id < before, embeddings.c.article_id.is_(None))
        .order_by(articles.c.id.desc())
        .limit(limit)
    )
    return [ArticleId(one) for one in read.execute(query).scalars()]


def hashtags_of(read: Read, article_id: ArticleId) -> list[Hashtag]:
    """Give an article's hashtags, best first."""
    return _hashtags(read, [article_id]).get(article_id, [])


def mentions_of(read: Read, article_id: ArticleId) -> list[Mention]:
    """Give every place an article names somebody or something, in order of the text."""
    query = select(article_mentions).where(article_mentions.c.article_id == article_id)
    found = [
        Mention(row.name, EntityKind(row.kind), start, end, row.key or "")
        for row in read.execute(query)
        for start, end in row.places
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.name))


def places_about(read: Read, ids: Iterable[ArticleId]) -> list[tuple[ArticleId, str, str]]:
    """List the places these articles are about, by article: (article, key, name), most important first."""
    named = article_mentions
    found: list[tuple[ArticleId, str, str]] = []
    for some in chunks(dict.fromkeys(ids)):
        mine = named.c.article_id.in_(some) & (named.c.kind == "place") & named.c.about.is_(True)
        query = select(named.c.article_id, named.c.key, named.c.name).where(mine, named.c.key.like("place/%"))
        rows = read.execute(query.order_by(named.c.article_id, named.c.rank))
        found += [(ArticleId(row.article_id), row.key, row.name) for row in rows]
    return found


def names_of(read: Read, article_id: ArticleId) -> tuple[tuple[str, str], ...]:
    """Give the names of an article that relate compares, most important first: (kind, name)."""
    return names_in(read, [article_id]).get(article_id, ())


def names_in(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, tuple[tuple[str, str], ...]]:
    """Give the same of each of these articles that names anything."""
    return {one: tuple(named.names) for some in chunks(ids) for one, named in _names(read, some).items()}


def topics_of(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, list[Topic]]:
    """Give the topics of each of these articles that has any, surest first."""
    found: dict[ArticleId, list[Topic]] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(_TOPICS, {"ids": some}):
            found.setdefault(ArticleId(row.article_id), []).append(Topic(row.code, row.score))
    for topics in found.values():
        topics.sort(key=lambda topic: (-topic.score, topic.code))
    return found


def vectors(read: Read, after: ArticleId, limit: int, model: str) -> list[tuple[ArticleId, bytes]]:
    """Give the next vectors of this model after `after` (-1 to begin), as little-endian float16."""
    query = (
        select(embeddings.c.article_id, embeddings.c.vector)
        .where(embeddings.c.article_id > after, embeddings.c.model == model)
        .order_by(embeddings.c.article_id)
        .limit(limit)
    )
    return [(ArticleId(row.article_id), bytes(row.vector)) for row in read.execute(query)]


def candidates(read: Read, ids: Iterable[ArticleId]) -> list[Candidate]:
    """Give articles as relate compares them, in this order; those unknown are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[ArticleId, Candidate] = {}
    for some in chunks(wanted):
        rows = read.execute(_CANDIDATES, {"ids": some}).all()
        hashtags, named = _hashtags(read, some), _names(read, some)
        bodies = _bodies(read, some)
        for row in rows:
            tags = tuple(one.tag for one in hashtags.get(row.id, ()))
            found[row.id] = _candidate(row, bodies.get(row.id, ""), tags, named.get(row.id, _Named()))
    return [found[one] for one in wanted if one in found]


def _candidate_query() -> Any:
    joined = (
        articles.join(publishers, publishers.c.id == articles.c.publisher_id)
        .outerjoin(embeddings, embeddings.c.article_id == articles.c.id)
        .outerjoin(fingerprints, fingerprints.c.article_id == articles.c.id)
        .outerjoin(story_articles, story_articles.c.article_id == articles.c.id)
    )
    own = "id url publisher_id headline standfirst excerpt language first_seen_at published_at source genre".split()
    return select(
        *(articles.c[name] for name in own),
        publishers.c.country,
        publishers.c.owner,
        embeddings.c.model,
        embeddings.c.vector,
        fingerprints.c.minima,
        story_articles.c.story_id,
    ).select_from(joined)


_CANDIDATES = _candidate_query().where(any_of(articles.c.id))
_BODIES = select(article_bodies).where(any_of(article_bodies.c.article_id))
_TOPICS = select(article_topics).where(any_of(article_topics.c.article_id))
_HASHTAGS = select(article_hashtags).where(any_of(article_hashtags.c.article_id))
_NAMES = (
    select(article_mentions.c.article_id, article_mentions.c.kind, article_mentions.c.name, article_mentions.c.key)
    .where(any_of(article_mentions.c.article_id), article_mentions.c.rank < NAMES)
    .order_by(article_mentions.c.article_id, article_mentions.c.rank)
)


def _candidate(row: Any, body: str, tags: tuple[str, ...], named: "_Named") -> Candidate:
    text = body or row.excerpt
    lead = " ".join(part for part in ("" if text.startswith(row.standfirst) else row.standfirst, text) if part)
    return Candidate(
        id=ArticleId(row.id),
        url=row.url,
        publisher_id=PublisherId(row.publisher_id),
        headline=row.headline,
        lead=lead[:LEAD],
        language=row.language,
        at=row.published_at or row.first_seen_at,
        dated=row.published_at is not None,
        source=row.source,
        country=row.country,
        owner=row.owner,
        genre=row.genre,
        names=tuple(named.names),
        keys=tuple(dict.fromkeys(named.keys)),
        hashtags=tags,
        fingerprint=tuple(np.frombuffer(row.minima, dtype="<u4").tolist()) if row.minima else (),
        vector=bytes(row.vector) if row.vector else b"",
        model=row.model or "",
        story_id=StoryId(row.story_id) if row.story_id is not None else None,
    )


def _bodies(read: Read, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(ids):
        for row in read.execute(_BODIES, {"ids": some}):
            found[row.article_id] = " ".join(block.text for block in json_blocks(row.blocks[:8]) if block.text)
    return found


def _hashtags(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, list[Hashtag]]:
    found: dict[ArticleId, list[Hashtag]] = {}
    for row in read.execute(_HASHTAGS, {"ids": list(ids)}):
        found.setdefault(ArticleId(row.article_id), []).append(Hashtag(row.tag, row.label, row.score))
    for tags in found.values():
        tags.sort(key=lambda one: (-one.score, one.tag))
    return found


@dataclass(slots=True)
class _Named:
    """Who and what an article names, most important first: as (kind, name), and by key where it has one."""

    names: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def _names(read: Read, ids: Sequence[ArticleId]) -> dict[ArticleId, _Named]:
    found: dict[ArticleId, _Named] = {}
    for row in read.execute(_NAMES, {"ids": list(ids)}):
        held = found.setdefault(ArticleId(row.article_id), _Named())
        held.names.append((row.kind, row.name))
        if row.key:
            held.keys.append(row.key)
    return found


def _hashtag_rows(one: Enrichment) -> list[dict[str, Any]]:
    best: dict[str, Hashtag] = {}
    for tag in one.hashtags:
        if clip(tag.tag) not in best or tag.score > best[clip(tag.tag)].score:
            best[clip(tag.tag)] = tag
    return [
        {"article_id": one.article_id, "tag": name, "label": tag.label, "score": tag.score}
        for name, tag in best.items()
    ]


def _mention_rows(one: Enrichment) -> list[dict[str, Any]]:
    """One row a name, most important first: named most often, then named first."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    keys: dict[tuple[str, str], str] = {}
    for mention in one.mentions:
        named = (str(mention.kind), mention.name)
        places.setdefault(named, []).append((mention.start, mention.end))
        keys.setdefault(named, clip(mention.key))
    about = {entity.key for entity in one.entities if entity.about}
    ranked = sorted(places.items(), key=lambda item: (-len(item[1]), min(item[1]), item[0]))
    return [
        {
            "article_id": one.article_id,
            "rank": rank,
            "kind": named[0],
            "name": named[1],
            "places": sorted(spans),
            "key": keys[named] or None,
            "about": keys[named] in about,
        }
        for rank, (named, spans) in enumerate(ranked)
    ]


def _topic_rows(one: Enrichment) -> list[dict[str, Any]]:
    best: dict[str, float] = {}
    for topic in one.topics:
        best[topic.code] = max(topic.score, best.get(topic.code, 0.0))
    return [{"article_id": one.article_id, "code": code, "score": score} for code, score in best.items()]


def _embedding_rows(one: Enrichment) -> list[dict[str, Any]]:
    if one.embedding is None:
        return []
    return [{"article_id": one.article_id, "model": one.embedding.model, "vector": stored_vector(one.embedding)}]


def stored_vector(embedding: Embedding) -> bytes:
    """Give a vector in the form it is kept in: little-endian float16."""
    if isinstance(embedding.vector, bytes):
        return embedding.vector
    return np.asarray(embedding.vector, dtype="<f2").tobytes()


def _fingerprint_rows(one: Enrichment) -> list[dict[str, Any]]:
    if not one.fingerprint:
        return []
    return [{"article_id": one.article_id, "minima": np.asarray(one.fingerprint, dtype="<u4").tobytes()}]
