"""Tables: stories, story_articles, story_redirects."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, insert, select, update

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.story import Placement, Story
from octavo.ports.database import Read, Transaction
from octavo.store import watches
from octavo.store.dialect import any_of, chunks, one_at_a_time, upsert
from octavo.store.tables import articles, publishers, stories, story_articles, story_redirects

_AT_ONCE = 1000

_ARTICLES = (
    select(story_articles.c.article_id)
    .where(story_articles.c.story_id == bindparam("story"))
    .order_by(story_articles.c.article_id.desc())
)
_REDIRECT = select(story_redirects.c.new_id).where(story_redirects.c.old_id == bindparam("id", type_=BigInteger()))
_ONE = select(stories).where(
    stories.c.id == func.coalesce(_REDIRECT.scalar_subquery(), bindparam("id", type_=BigInteger()))
)
_THESE = select(stories).where(any_of(stories.c.id))
_OF = (
    select(stories, story_articles.c.article_id)
    .select_from(story_articles.join(stories, stories.c.id == story_articles.c.story_id))
    .where(any_of(story_articles.c.article_id))
)


def place(tx: Transaction, placement: Placement, now: datetime) -> StoryId:
    """Put an article into a story, or a new one; fold stories shown to be the same into it. Gives the story.

    Doing it again changes nothing. A story that loses its last article, or is folded into another, leaves a redirect.
    What an editor holds neither loses this article nor is folded, nor is anything folded into it.
    The story given is counted when it is described (`describe`): once, however many articles a batch put into it.
    """
    one_at_a_time(tx)
    before = _story_of(tx, placement.article_id)
    if before is not None and held(tx, [before]):
        return before
    wanted = _existing(tx, placement.story_id) if placement.story_id is not None else None
    if wanted is None and before is not None and article_ids(tx, before) == [placement.article_id]:
        wanted = before
    target = wanted if wanted is not None else _open(tx, placement.article_id)
    row = {
        "article_id": placement.article_id,
        "story_id": target,
        "score": placement.score,
        "reasons": list(placement.reasons),
        "placed_at": now,
    }
    tx.execute(upsert(story_articles, ["story_id", "score", "reasons", "placed_at"]), row)
    for old in () if placement.merged and held(tx, [target]) else placement.merged:
        same = _existing(tx, old)
        if same is not None and same != target and not held(tx, [same]):
            _fold(tx, same, target)
    if before is not None and before != target and _existing(tx, before) == before:
        _leave(tx, before, target)
    return target


def held(read: Read, ids: Iterable[StoryId]) -> frozenset[StoryId]:
    """Give those of these stories that an editor holds: the machine lets articles join them, and does nothing else."""
    found: list[int] = []
    for some in chunks(dict.fromkeys(ids)):
        query = select(stories.c.id).where(stories.c.id.in_(some), stories.c.held_at.is_not(None))
        found += read.execute(query).scalars()
    return frozenset(map(StoryId, found))


def hold(tx: Transaction, story_id: StoryId, now: datetime | None) -> None:
    """Let an editor hold a story, or nobody any more (None)."""
    tx.execute(update(stories).where(stories.c.id == story_id).values(held_at=now))


def merge(tx: Transaction, old: StoryId, new: StoryId, now: datetime) -> None:
    """Fold one story into another for an editor, who holds it from then on; it is to be described anew."""
    one_at_a_time(tx)
    _fold(tx, old, new)
    hold(tx, new, now)


def split(tx: Transaction, story_id: StoryId, moved: Sequence[ArticleId], now: datetime) -> StoryId:
    """Open a story of some of another's articles for an editor, who holds both; both are to be described anew."""
    one_at_a_time(tx)
    made = _open(tx, min(moved))
    mine = (story_articles.c.story_id == story_id) & story_articles.c.article_id.in_(moved)
    tx.execute(update(story_articles).where(mine).values(story_id=made, reasons=["editor"], placed_at=now))
    _leave(tx, story_id, made)
    hold(tx, story_id, now)
    hold(tx, made, now)
    return made


def get(read: Read, story_id: StoryId) -> Story | None:
    """Give a story. One that was folded into another gives that one: its `id` then differs from the one asked for."""
    row = read.execute(_ONE, {"id": story_id}).first()
    return _noun(row) if row else None


def get_many(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, Story]:
    """Give those of these stories that there are, by id; one that was folded into another is left out."""
    found: dict[StoryId, Story] = {}
    for some in chunks(dict.fromkeys(ids)):
        found |= {StoryId(row.id): _noun(row) for row in read.execute(_THESE, {"ids": some})}
    return found


def forget(tx: Transaction, ids: Iterable[StoryId]) -> None:
    """Forget stories whose articles are gone, and the addresses that led to them."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(story_redirects).where(story_redirects.c.new_id.in_(some)))
        tx.execute(delete(stories).where(stories.c.id.in_(some)))


def article_ids(read: Read, story_id: StoryId) -> list[ArticleId]:
    """Give the articles of a story, newest first."""
    return [ArticleId(one) for one in read.execute(_ARTICLES, {"story": story_id}).scalars()]


def newest_articles(read: Read, story_ids: Iterable[StoryId], per_story: int) -> dict[StoryId, list[ArticleId]]:
    """Give the newest articles of each of these stories, newest first, at most so many of each."""
    found: dict[StoryId, list[ArticleId]] = {}
    newest_first = story_articles.c.article_id.desc()
    turn = func.row_number().over(partition_by=story_articles.c.story_id, order_by=newest_first).label("turn")
    for some in chunks(dict.fromkeys(story_ids)):
        of_these = story_articles.c.story_id.in_(some)
        ranked = select(story_articles.c.story_id, story_articles.c.article_id, turn).where(of_these).subquery()
        query = select(ranked).where(ranked.c.turn <= per_story).order_by(ranked.c.story_id, ranked.c.turn)
        for row in read.execute(query):
            found.setdefault(StoryId(row.story_id), []).append(ArticleId(row.article_id))
    return found


def stories_of(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, Story]:
    """Give the story of each of these articles that has one."""
    found: dict[ArticleId, Story] = {}
    for some in chunks(dict.fromkeys(ids)):
        found |= {ArticleId(row.article_id): _noun(row) for row in read.execute(_OF, {"ids": some})}
    return found


def story_ids_of(read: Read, ids: Iterable[ArticleId]) -> dict[ArticleId, StoryId]:
    """Give the id of the story of each of these articles that has one."""
    found: dict[ArticleId, StoryId] = {}
    for some in chunks(dict.fromkeys(ids)):
        query = select(story_articles.c.article_id, story_articles.c.story_id).where(
            story_articles.c.article_id.in_(some)
        )
        found |= {ArticleId(row.article_id): StoryId(row.story_id) for row in read.execute(query)}
    return found


def latest(read: Read, limit: int) -> list[Story]:
    """Give the stories that moved last, last one first."""
    query = select(stories).order_by(stories.c.last_at.desc(), stories.c.id.desc()).limit(limit)
    return [_noun(row) for row in read.execute(query)]


def all(read: Read) -> Iterator[Story]:  # noqa: A001 - read as stories.all
    """Give every story, oldest first."""
    after = -1
    while True:
        rows = read.execute(select(stories).where(stories.c.id > after).order_by(stories.c.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from (_noun(row) for row in rows)
        after = rows[-1].id


def describe(tx: Transaction, story_id: StoryId, *, lead: ArticleId, reports: int) -> None:
    """Count what a story holds, and let `lead`, one of its articles, speak for it with its headline and language.

    `reports` is the count of independent ones.
    """
    counts, _ = _counted(tx, story_id)
    speaks = _spoken(tx, lead)
    tx.execute(update(stories).where(stories.c.id == story_id).values(**counts, **speaks, report_count=reports))


def set_reports(tx: Transaction, story_id: StoryId, reports: int) -> None:
    """Write how many independent reports a story has, once its texts were read closely."""
    tx.execute(update(stories).where(stories.c.id == story_id).values(report_count=reports))


def _story_of(read: Read, article_id: ArticleId) -> StoryId | None:
    found = read.execute(select(story_articles.c.story_id).where(story_articles.c.article_id == article_id)).scalar()
    return None if found is None else StoryId(found)


def _existing(read: Read, story_id: StoryId) -> StoryId | None:
    """Follow the redirect of a story that was folded; None when there never was such a story."""
    found = read.execute(_ONE.with_only_columns(stories.c.id), {"id": story_id}).scalar()
    return None if found is None else StoryId(found)


def _open(tx: Transaction, article_id: ArticleId) -> StoryId:
    """Begin a story with its first article, whose id it takes (or the next that is free)."""
    story_id: int = article_id
    while _ever_was(tx, story_id):
        story_id += 1
    told = (articles.c.headline, articles.c.language, articles.c.published_at, articles.c.first_seen_at)
    first = tx.execute(select(*told).where(articles.c.id == article_id)).one()
    at = first.published_at or first.first_seen_at
    row = {
        "id": story_id,
        "headline": first.headline,
        "language": first.language,
        "first_at": at,
        "last_at": at,
        "lead_article_id": article_id,
        "article_count": 1,
        "publisher_count": 1,
        "report_count": 1,
        "countries": [],
        "languages": [],
    }
    tx.execute(insert(stories), row)
    return StoryId(story_id)


def _ever_was(read: Read, story_id: int) -> bool:
    redirected = select(story_redirects.c.old_id).where(story_redirects.c.old_id == story_id)
    now = select(stories.c.id).where(stories.c.id == story_id)
    return read.execute(redirected.union_all(now)).first() is not None


def _fold(tx: Transaction, old: StoryId, new: StoryId) -> None:
    """Move everything of `old` into `new`; every address that led to `old` leads to `new`."""
    tx.execute(update(story_articles).where(story_articles.c.story_id == old).values(story_id=new))
    tx.execute(update(story_redirects).where(story_redirects.c.new_id == old).values(new_id=new))
    watches.move_story(tx, old, new)
    tx.execute(delete(stories).where(stories.c.id == old))
    tx.execute(upsert(story_redirects, ["new_id"]), {"old_id": old, "new_id": new})


def _leave(tx: Transaction, old: StoryId, new: StoryId) -> None:
    """Count a story again that an article left for `new`; an empty one ends there."""
    counts, first = _counted(tx, old)
    if first is None:
        _fold(tx, old, new)
        return
    lead = tx.execute(select(stories.c.lead_article_id).where(stories.c.id == old)).scalar_one()
    # The first article speaks where the one that did has left.
    speaks = {} if _story_of(tx, lead) == old else _spoken(tx, first)
    tx.execute(update(stories).where(stories.c.id == old).values(**counts, **speaks))


def _spoken(tx: Transaction, lead: ArticleId) -> dict[str, Any]:
    row = tx.execute(select(articles.c.headline, articles.c.language).where(articles.c.id == lead)).one()
    return {"lead_article_id": lead, "headline": row.headline, "language": row.language}


def _counted(tx: Transaction, story_id: StoryId) -> tuple[dict[str, Any], ArticleId | None]:
    """Count what a story holds; gives its first article too, None when it holds nothing."""
    at = func.coalesce(articles.c.published_at, articles.c.first_seen_at)
    groups = (articles.c.publisher_id, publishers.c.country, articles.c.language)
    query = (
        select(
            *groups,
            func.count().label("n"),
            func.min(at).label("first_at"),
            func.max(at).label("last_at"),
            func.min(articles.c.id).label("first_id"),
        )
        .select_from(
            story_articles.join(articles, articles.c.id == story_articles.c.article_id).join(
                publishers, publishers.c.id == articles.c.publisher_id
            )
        )
        .where(story_articles.c.story_id == story_id)
        .group_by(*groups)
    )
    rows = tx.execute(query).all()
    if not rows:
        return {}, None
    counts = {
        "article_count": sum(row.n for row in rows),
        "publisher_count": len({row.publisher_id for row in rows}),
        "first_at": min(row.first_at for row in rows),
        "last_at": max(row.last_at for row in rows),
        "countries": _by_number(rows, "country"),
        "languages": _by_number(rows, "language"),
    }
    return counts, ArticleId(min(row.first_id for row in rows))


def _by_number(rows: Sequence[Any], name: str) -> list[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        if getattr(row, name):
            counts[getattr(row, name)] += row.n
    return [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _noun(row: Any) -> Story:
    return Story(
        id=StoryId(row.id),
        headline=row.headline,
        language=row.language,
        first_at=row.first_at,
        last_at=row.last_at,
        lead_article_id=ArticleId(row.lead_article_id),
        article_count=row.article_count,
        publisher_count=row.publisher_count,
        report_count=row.report_count,
        countries=tuple(row.countries),
        languages=tuple(row.languages),
    )
