"""story -> digest: whose reports, which numbers, who said what, what happened when, what it is part of."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import structlog

from octavo.domain.digest import Digest
from octavo.domain.ids import StoryId
from octavo.domain.journal import Event
from octavo.enrich.located import locate
from octavo.errors import FAULTS
from octavo.pipeline.gather_saga import gather_saga
from octavo.pipeline.relate_article import CONSUMER as RELATER
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.relate.digest import digest_story
from octavo.store import changes, digests, enrichments, journal
from octavo.store import stories as story_store
from octavo.store.reading import DIGEST as CONSUMER
from octavo.store.tellings import of_story

log = structlog.get_logger()

_RECENT = timedelta(days=14)
"""Stories without a report for so long are read when somebody looks at them: an archive's import is not held up."""


def digest_changed(tools: Tools, limit: int) -> int:
    """Read anew the stories whose articles changed since the last time; gives how many changes were taken."""
    with tools.database.read() as view:
        ready = changes.position(view, RELATER)
        rows = [row for row in changes.since(view, changes.position(view, CONSUMER), limit) if row.seq <= ready]
        found = story_store.stories_of(view, [row.article_id for row in rows])
    if not rows:
        return 0
    recent = {story.id for story in found.values() if tools.now() - story.last_at <= _RECENT}
    digest_stories(tools, sorted(recent))
    with tools.database.transaction() as tx:
        changes.set_position(tx, CONSUMER, rows[-1].seq)
    return len(rows)


def digest_stories(tools: Tools, ids: Iterable[StoryId]) -> None:
    """Read these stories anew, each in a transaction of its own."""
    for story_id in ids:
        begun = time.process_time()
        with tools.database.read() as view:
            digest = _read(tools, view, story_id)
        if digest is None:
            continue
        ms = (time.process_time() - begun) * 1000
        with tools.database.transaction() as tx:
            story = story_store.get(tx, story_id)
            if story is None or story.id != story_id:
                continue  # it ended, or was folded into another, while it was read
            digests.save(tx, story_id, digest, tools.now())
            story_store.set_reports(tx, story_id, max(1, digest.provenance.independent))
            journal.add(tx, [Event(f"story {story_id}", "digest_story", _told(digest), tools.now(), ms)])


def _read(tools: Tools, view: Read, story_id: StoryId) -> Digest | None:
    read = of_story(view, story_id, tools.settings.quality.bar)
    if not read:
        return None
    ids = [one.id for one in read]
    about, story = enrichments.places_about(view, ids), story_store.get(view, story_id)
    try:
        digest = digest_story(read, tools.now())
        saga = gather_saga(view, story, ids) if story is not None else None
    except FAULTS as error:
        log.error("a story could not be read closely", story=story_id, exc_info=error)
        return None
    return replace(digest, places=locate(about, {one.id: one.publisher_id for one in read}), saga=saga)


def _told(digest: Digest) -> str:
    return (
        f"{digest.provenance.independent} independent reports in {digest.provenance.outlets} outlets, "
        f"{len(digest.ledger)} figures, {len(digest.differences)} differences, "
        f"{len(digest.timeline)} moments, {len(digest.quotations)} quotations" + _part_of(digest)
    )


def _part_of(digest: Digest) -> str:
    saga = digest.saga
    return f", part of {len(saga.stories) + 1} stories about {' and '.join(saga.about)}" if saga else ""
