"""stories that articles came into -> the same stories settled: merged, split and put right, some minutes later."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.journal import Event
from octavo.domain.relation import Candidate
from octavo.domain.story import Placement
from octavo.errors import FAULTS
from octavo.pipeline.relate_article import CONSUMER as RELATER
from octavo.pipeline.relate_article import Known, by_words, describe, nearest_of
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.relate.recluster import Settled, settle
from octavo.store import articles as article_store
from octavo.store import changes, journal
from octavo.store import stories as story_store

log = structlog.get_logger()

CONSUMER = "settle"

AT_ONCE = 100
"""Changes taken in one round."""

PER_STORY = 60
"""Newest articles of a story that speak for it."""

MOST = 1200
"""Articles compared all with all in one round: 30 squares of 6 MB."""

LEAST = 300
"""Articles below which others of the same hours are added: what is rare is told from them."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to: how many changes were taken, and the stories that gained or lost articles."""

    changes: int
    stories: tuple[StoryId, ...] = ()

    def __bool__(self) -> bool:
        return self.changes > 0


def settle_changed(tools: Tools) -> Round:
    """Settle the stories of the articles related since the last time, one round.

    Doing it again changes nothing. What a story loses or gains is told in the journal of each article that moved.
    """
    with tools.database.read() as view:
        ready = changes.position(view, RELATER)
        rows = [row for row in changes.since(view, changes.position(view, CONSUMER), AT_ONCE) if row.seq <= ready]
        found = article_store.candidates(view, list(dict.fromkeys(row.article_id for row in rows)))
    if not rows:
        return Round(0)
    fill_vector_index(tools, ready)
    begun = time.process_time()
    near = {other for nearest in nearest_of(tools, found).values() for other in nearest}
    near |= {other for one in found for other in by_words(tools, one)}
    with tools.database.read() as view:
        gathered = _gather(view, [one.id for one in found], sorted(near, reverse=True))
        held = story_store.held(view, {one.story_id for one in gathered if one.story_id is not None})
        gathered = [one for one in gathered if one.story_id not in held]
    try:
        settled = settle(gathered)
    except FAULTS as error:
        log.error("stories could not be settled and stay as they are", exc_info=error)
        settled = ()
    ms = (time.process_time() - begun) * 1000 / max(1, len(settled))
    homes = {one.id: one.story_id for one in gathered}
    urls = {one.id: one.url for one in gathered}
    touched: set[StoryId] = set()
    with tools.database.transaction() as tx:
        known = Known(tx, {one.id: one for one in found})
        for change in settled:
            if _moved_meanwhile(tx, change, homes):
                continue
            target = _apply(known, change, tools)
            touched |= {target, *change.left}
            told = _told(change, target)
            journal.add(tx, [Event(urls[change.articles[0]], "settle_stories", told, tools.now(), ms)])
        for story_id in sorted(touched):
            if story_store.get(tx, story_id) is not None:
                describe(known, story_id)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    return Round(len(rows), tuple(sorted(touched)))


def _moved_meanwhile(view: Read, change: Settled, homes: Mapping[ArticleId, StoryId | None]) -> bool:
    """Say whether another worker, or an editor, moved one of these articles while they were compared: then it is
    another's to say."""
    now = story_store.story_ids_of(view, change.articles)
    concerned = {*now.values(), *change.folded, *((change.story_id,) if change.story_id is not None else ())}
    return any(now.get(one) != homes[one] for one in change.articles) or bool(story_store.held(view, concerned))


def _gather(view: Read, changed: Sequence[ArticleId], near: Sequence[ArticleId]) -> list[Candidate]:
    """Read the newest articles of the stories that changed, then of those near, then of the latest; so many in all."""
    wanted: dict[ArticleId, None] = {}
    for stories in (_stories(view, changed), _stories(view, near)):
        _fill(wanted, view, stories, MOST)
    if len(wanted) < LEAST:
        _fill(wanted, view, [story.id for story in story_store.latest(view, LEAST)], LEAST)
    return article_store.candidates(view, sorted(wanted))


def _stories(view: Read, ids: Sequence[ArticleId]) -> list[StoryId]:
    homes = story_store.story_ids_of(view, ids)
    return list(dict.fromkeys(homes[one] for one in ids if one in homes))


def _fill(wanted: dict[ArticleId, None], view: Read, stories: Iterable[StoryId], most: int) -> None:
    """Add whole stories while there is room; half a story would look like one to be split."""
    for ids in story_store.newest_articles(view, stories, PER_STORY).values():
        if len(wanted) + len(ids) <= most:
            wanted.update(dict.fromkeys(ids))


def _apply(known: Known, change: Settled, tools: Tools) -> StoryId:
    """Move the articles of one change; the first one opens the story where there is none, and folds those that end."""
    target = change.story_id
    for number, article_id in enumerate(change.articles):
        folded = change.folded if number == 0 else ()
        placement = Placement(article_id, target, 1.0, ("settled",), folded)
        target = story_store.place(known.tx, placement, tools.now())
    if target is None:
        raise ValueError("a change moves at least one article")
    return target


def _told(change: Settled, target: StoryId) -> str:
    """Say in a sentence what was changed and why."""
    count = len(change.articles)
    moved = f"{count} {'article' if count == 1 else 'articles'} nearer to each other than to the rest"
    parts = [f"story {target} settled: {moved}"]
    if change.folded:
        parts.append(f"merged with {', '.join(map(str, change.folded))}")
    if change.left:
        parts.append(f"split from {', '.join(map(str, change.left))}")
    return "; ".join(parts)
