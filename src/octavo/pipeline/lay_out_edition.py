"""stories -> editions."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from octavo.domain.edition import EditionPlan
from octavo.ports.tools import Tools
from octavo.relate.edition import RankedInput, lay_out_edition
from octavo.store import editions as edition_store
from octavo.store import starter
from octavo.store import stories as story_store

log = structlog.get_logger()

WINDOW = timedelta(days=7)
STORIES = 600


def lay_out_editions(tools: Tools) -> int:
    """Lay out every edition there is something to put in; gives how many."""
    now = tools.now()
    done = 0
    with tools.database.read() as view:
        languages = story_store.languages_with_articles(view)
    for plan in starter.editions().values():
        if not any(starter.reads(plan.languages, language) for language in languages):
            continue
        edition = lay_out_edition(plan, _inputs(tools, plan), now)
        if not edition.eight:
            continue
        with tools.database.transaction() as tx:
            edition_store.save(tx, edition)
        done += 1
    log.info("editions laid out", editions=done)
    return done


def _inputs(tools: Tools, plan: EditionPlan) -> Sequence[RankedInput]:
    """Gather the stories an edition may choose from: those its readers can read, of the last week or the latest."""
    raise NotImplementedError
