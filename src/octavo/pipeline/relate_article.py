"""article -> relations, and its placement in a story."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
import structlog

from octavo.domain.ids import ArticleId, StoryId, first_article_id
from octavo.domain.journal import Event
from octavo.domain.relation import Candidate
from octavo.domain.story import Placement
from octavo.errors import FAULTS
from octavo.pipeline.enrich_article import CONSUMER as ENRICHER
from octavo.pipeline.sync_indexes import add_vectors, fill_vector_index
from octavo.ports.database import Transaction
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.relate.article import Related, relate_article
from octavo.relate.headline import choose_lead
from octavo.relate.provenance import independent_reports
from octavo.relate.words import rarest
from octavo.store import articles as article_store
from octavo.store import changes, journal
from octavo.store import relations as relation_store
from octavo.store import stories as story_store

log = structlog.get_logger()

CONSUMER = "relate"
NEAREST = 40
BY_WORDS = 20
WORDS = 8
SPOKESMEN = 40
"""Articles of a story looked at when its headline is chosen and its reports are counted."""


AT_ONCE = 8
"""Articles related in one transaction, at most."""

HELD_S = 0.1
"""CPU seconds after which a transaction takes no more articles: readers who comment or save wait that long for it."""


def relate_changed(tools: Tools, limit: int) -> int:
    """Relate the articles enriched since the last time, earliest published first; gives how many changes were taken."""
    with tools.database.read() as view:
        position = changes.position(view, CONSUMER)
        ready = changes.position(view, ENRICHER)
        rows = [row for row in changes.since(view, position, limit) if row.seq <= ready]
        found = article_store.candidates(view, list(dict.fromkeys(row.article_id for row in rows)))
    if not rows:
        return 0
    fill_vector_index(tools, position)
    add_vectors(tools, found)
    similar = nearest_of(tools, found)
    waiting = deque(sorted(found, key=lambda one: one.at))
    candidates = {one.id: one for one in found}
    near: dict[ArticleId, Near] = {}
    while True:
        # Searched before the transaction: people write, too, and this is their turn.
        for one in islice(waiting, AT_ONCE):
            near[one.id] = near.get(one.id) or Near(similar[one.id], by_words(tools, one))
        with tools.database.transaction() as tx:
            _relate_some(tools, Known(tx, candidates), waiting, near)
            if not waiting:
                changes.set_position(tx, CONSUMER, rows[-1].seq)
        if not waiting:
            break
    tools.vector_index.heard(rows[-1].seq)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Near:
    """What was found near an article: by meaning, with the cosine; by rare words."""

    similar: dict[ArticleId, float]
    worded: Sequence[ArticleId]

    @property
    def ids(self) -> set[ArticleId]:
        """All of them."""
        return {*self.similar, *self.worded}


def _relate_some(tools: Tools, known: "Known", waiting: deque[Candidate], near: dict[ArticleId, Near]) -> None:
    """Relate the next few articles, for as long as others may well wait to write.

    Where it ends is of no consequence: cut off, the batch is taken again, and to relate an article twice is the same
    as once.
    """
    some = [each for each in waiting if each.id in near]
    known.read({one for each in some for one in near[each.id].ids})
    began, touched = time.process_time(), set()
    for one in some:
        begun = time.process_time()
        related = _related(tools, known, one, near[one.id].similar, near[one.id].worded)
        relation_store.save(known.tx, one.id, [*related.relations, *related.duplicates])
        touched.add(story_store.place(known.tx, related.placement, tools.now()))
        ms = (time.process_time() - begun) * 1000
        journal.add(known.tx, [Event(one.url, "relate_article", _told(related), tools.now(), ms)])
        waiting.popleft()
        if time.process_time() - began > HELD_S:
            break
    for story_id in touched:
        describe(known, story_id)


@dataclass(frozen=True, slots=True)
class Known:
    """The articles read for one batch, which meet each other again and again; their stories are asked for anew."""

    tx: Transaction
    candidates: dict[ArticleId, Candidate]

    def read(self, ids: Iterable[ArticleId]) -> None:
        """Read those not known yet, all at once."""
        missing = sorted(set(ids) - set(self.candidates))
        self.candidates.update((one.id, one) for one in article_store.candidates(self.tx, missing))

    def get(self, ids: Iterable[ArticleId]) -> list[Candidate]:
        """Give articles, in order of id, each with the story it is in at this moment."""
        wanted = sorted(set(ids))
        self.read(wanted)
        stories = story_store.story_ids_of(self.tx, wanted)
        known = [self.candidates[one] for one in wanted if one in self.candidates]
        return [replace(one, story_id=stories.get(one.id)) for one in known]


def _related(
    tools: Tools, known: Known, one: Candidate, similarity: dict[ArticleId, float], worded: Sequence[ArticleId]
) -> Related:
    neighbours = known.get({one.id, *similarity, *worded})
    current = next((near for near in neighbours if near.id == one.id), one)
    try:
        return relate_article(current, [near for near in neighbours if near.id != one.id], similarity, tools.now())
    except FAULTS as error:
        log.error("an article could not be related and stands alone", article=one.url, exc_info=error)
        return Related((), (), Placement(one.id, current.story_id, 1.0))


def nearest_of(tools: Tools, found: Sequence[Candidate]) -> dict[ArticleId, dict[ArticleId, float]]:
    """Find for each article those nearest in meaning in the window before and after it, with their cosine."""
    usable = [one for one in found if one.vector and one.model == tools.embedder.model]
    nearest: dict[ArticleId, dict[ArticleId, float]] = {one.id: {} for one in found}
    if not usable:
        return nearest
    vectors = np.stack([np.frombuffer(one.vector, dtype="<f2").astype(np.float32) for one in usable])
    days = timedelta(days=tools.settings.work.related_days)
    windows = [(_first_id(one.at - days), _first_id(one.at + days)) for one in usable]
    for one, near in zip(usable, tools.vector_index.nearest_each(vectors, windows, limit=NEAREST), strict=True):
        nearest[one.id] = {article_id: score for article_id, score in near if article_id != one.id}
    return nearest


def _first_id(moment: datetime) -> ArticleId:
    return first_article_id(int(moment.timestamp()))


def by_words(tools: Tools, candidate: Candidate) -> list[ArticleId]:
    """Find articles that share rare words with this one: names and places that vectors blur."""
    words = rarest(f"{candidate.headline} {candidate.lead}", candidate.language, WORDS)
    if not words:
        return []
    days = timedelta(days=tools.settings.work.related_days)
    query = SearchQuery(
        " ".join(words), limit=BY_WORDS, any_word=True, since=candidate.at - days, until=candidate.at + days
    )
    return [hit.id for hit in tools.search_index.search(query)]


def describe(known: Known, story_id: StoryId) -> None:
    """Choose the story's headline anew and count who reports it first-hand."""
    members = known.get(story_store.article_ids(known.tx, story_id)[:SPOKESMEN])
    if members:
        lead = choose_lead(members)
        story_store.describe(known.tx, story_id, lead=lead.id, reports=len(independent_reports(members)))


def _told(related: Related) -> str:
    placement = related.placement
    where = "opened a story" if placement.story_id is None else f"joined story {placement.story_id}"
    reasons = f" ({', '.join(placement.reasons)})" if placement.reasons else ""
    return f"{where}{reasons}; {len(related.relations)} related articles"
