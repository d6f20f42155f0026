"""stories -> editions."""

from collections.abc import Sequence

import structlog

from octavo.domain.edition import Pins
from octavo.domain.enrichment import Topic
from octavo.domain.ids import ArticleId, EditionKey, PublisherId
from octavo.domain.relation import Candidate
from octavo.pipeline.settle_stories import CONSUMER as SETTLER
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.relate.edition import lay_out_edition
from octavo.relate.rank import RankedInput
from octavo.store import articles as article_store
from octavo.store import changes, dating, pins, starter
from octavo.store import editions as edition_store
from octavo.store import publishers as publisher_store
from octavo.store import stories as story_store

log = structlog.get_logger()

CONSUMER = "lay_out"
"""Whose position tells up to which change the settled stories have been laid out."""

STORIES = 1500
PER_STORY = 30
TOPICS = 3
WHOLE = 8
"""Stories on top of a front page on which nothing is missing."""


def lay_out_editions(tools: Tools) -> int:
    """Lay out every edition there is something to put in; gives how many."""
    with tools.database.read() as view:
        settled, inputs = changes.position(view, SETTLER), _inputs(view)
    languages = {one.language for entry in inputs for one in entry.articles}
    done = 0
    for plan in starter.read(tools.settings.data_dir).editions.values():
        if not any(starter.reads(plan.languages, language) for language in languages):
            continue
        with tools.database.read() as view:
            before, wishes = edition_store.latest(view, plan.key), _wishes(view, plan.key)
        edition = lay_out_edition(plan, inputs, tools.now(), before=before, pins=wishes).edition
        if edition.eight:
            with tools.database.transaction() as tx:
                edition_store.save(tx, edition)
            done += 1
    with tools.database.transaction() as tx:
        changes.set_position(tx, CONSUMER, settled)
    log.info("editions laid out", editions=done)
    return done


def lay_out_first(tools: Tools) -> int:
    """Lay out editions while no front page is whole: a newcomer reads the first stories before the last are in."""
    with tools.database.read() as view:
        tops = [len(found.eight) for key in edition_store.keys(view) if (found := edition_store.latest(view, key))]
    return 0 if max(tops, default=0) >= WHOLE else lay_out_editions(tools)


def _wishes(view: Read, edition: EditionKey) -> Pins:
    """Give an editor's wishes, for the stories as they are now: one folded into another is that one."""
    said = pins.of(view, edition)
    now = {one: found.id for one in (*said.pinned, *said.buried) if (found := story_store.get(view, one))}
    return Pins(
        tuple(now[one] for one in said.pinned if one in now), frozenset(now[one] for one in said.buried if one in now)
    )


def _inputs(view: Read) -> list[RankedInput]:
    """Gather the latest stories with their newest articles and topics; fiction only while there is nothing else."""
    fictional = {publisher.id for publisher, _ in publisher_store.all(view) if publisher.fictional}
    stories = story_store.latest(view, STORIES)
    members = story_store.newest_articles(view, [story.id for story in stories], PER_STORY)
    wanted = sorted({one for ids in members.values() for one in ids})
    candidates = {one.id: one for one in article_store.candidates(view, wanted)}
    topics = article_store.topics_of(view, wanted)
    undated = frozenset(dating.undated(view, wanted))
    entries: list[RankedInput] = []
    for story in stories:
        ids = members.get(story.id, [])
        articles = tuple(candidates[one] for one in ids if one in candidates)
        if articles:
            entries.append(RankedInput(story, articles, _main_topics(ids, topics), undated.intersection(ids)))
    real = [entry for entry in entries if not _all_fictional(entry.articles, fictional)]
    return real or entries


def _all_fictional(articles: Sequence[Candidate], fictional: set[PublisherId]) -> bool:
    return all(one.publisher_id in fictional for one in articles)


def _main_topics(ids: Sequence[ArticleId], topics: dict[ArticleId, list[Topic]]) -> tuple[Topic, ...]:
    """Average the articles' topics, best first."""
    sums: dict[str, float] = {}
    for one in ids:
        for topic in topics.get(one, ()):
            sums[topic.code] = sums.get(topic.code, 0.0) + topic.score
    found = [Topic(code, total / len(ids)) for code, total in sums.items()]
    return tuple(sorted(found, key=lambda topic: -topic.score)[:TOPICS])
