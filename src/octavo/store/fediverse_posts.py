"""Tables: fediverse_posts: which articles actors here told their followers of, and what those were shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.fediverse import Post, PostKind
from octavo.domain.ids import ArticleId, StoryId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks
from octavo.store.tables import fediverse_posts

_THERE = fediverse_posts.c.gone_at.is_(None)


def add(tx: Transaction, one: Post) -> None:
    """Remember that an actor told of an article."""
    row = {
        "article_id": one.article_id,
        "actor": one.actor,
        "kind": str(one.kind),
        "shows": one.shows,
        "story_id": one.story_id,
        "updates": 0,
        "made_at": one.made_at,
        "gone_at": None,
    }
    tx.execute(insert(fediverse_posts), row)


def of_articles(read: Read, ids: Iterable[ArticleId]) -> list[Post]:
    """List what was told of these articles, also what was taken back: that is not told again."""
    found: list[Post] = []
    for some in chunks(dict.fromkeys(ids)):
        rows = read.execute(select(fediverse_posts).where(fediverse_posts.c.article_id.in_(some)))
        found += [_noun(row) for row in rows]
    return found


def stories(read: Read, actor: str, since: datetime) -> set[StoryId]:
    """Name the stories an actor told of since then."""
    mine = (fediverse_posts.c.actor == actor) & (fediverse_posts.c.made_at >= since)
    told = select(fediverse_posts.c.story_id).where(mine, fediverse_posts.c.story_id.is_not(None))
    return {StoryId(one) for one in read.execute(told).scalars()}


def count_since(read: Read, actor: str, since: datetime) -> int:
    """Count what an actor told of since then."""
    mine = (fediverse_posts.c.actor == actor) & (fediverse_posts.c.made_at >= since)
    return int(read.execute(select(func.count()).select_from(fediverse_posts).where(mine)).scalar_one())


def count(read: Read, actor: str = "") -> int:
    """Count what is told: by one actor, or by all."""
    query = select(func.count()).select_from(fediverse_posts).where(_THERE)
    query = query.where(fediverse_posts.c.actor == actor) if actor else query
    return int(read.execute(query).scalar_one())


def newest(read: Read, actor: str, limit: int, before: ArticleId | None = None) -> list[Post]:
    """List what an actor told of, by the articles' age, the newest first."""
    query = select(fediverse_posts).where(fediverse_posts.c.actor == actor, _THERE)
    query = query.where(fediverse_posts.c.article_id < before) if before is not None else query
    return [_noun(row) for row in read.execute(query.order_by(fediverse_posts.c.article_id.desc()).limit(limit))]


def own_since(read: Read, since: datetime, limit: int) -> list[Post]:
    """List what actors told of first, not what they passed on, since then: the newest first."""
    mine = (fediverse_posts.c.made_at >= since) & (fediverse_posts.c.kind == str(PostKind.CREATE)) & _THERE
    query = select(fediverse_posts).where(mine).order_by(fediverse_posts.c.made_at.desc()).limit(limit)
    return [_noun(row) for row in read.execute(query)]


def tellers(read: Read, article_id: ArticleId) -> list[str]:
    """Name the actors that told of an article or passed it on."""
    query = select(fediverse_posts.c.actor).where(fediverse_posts.c.article_id == article_id, _THERE)
    return sorted(read.execute(query).scalars())


def reshow(tx: Transaction, one: Post, shows: str) -> None:
    """Remember what is shown of an article now."""
    mine = (fediverse_posts.c.article_id == one.article_id) & (fediverse_posts.c.actor == one.actor)
    tx.execute(update(fediverse_posts).where(mine).values(shows=shows, updates=fediverse_posts.c.updates + 1))


def take_back(tx: Transaction, article_id: ArticleId, now: datetime) -> None:
    """Remember that an article is no longer told of."""
    tx.execute(update(fediverse_posts).where(fediverse_posts.c.article_id == article_id).values(gone_at=now))


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget what was told before; gives how many."""
    return tx.execute(delete(fediverse_posts).where(fediverse_posts.c.made_at < moment)).rowcount


def _noun(row: Any) -> Post:
    story = None if row.story_id is None else StoryId(row.story_id)
    return Post(
        ArticleId(row.article_id),
        row.actor,
        PostKind(row.kind),
        row.made_at,
        row.shows,
        story,
        row.updates,
        row.gone_at is not None,
    )
