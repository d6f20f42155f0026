"""Tables: told_stories: what programs were told of each story last."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from octavo.domain.ids import StoryId
from octavo.domain.webhook import Known
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, put, upsert
from octavo.store.tables import stories, told_stories


def get_many(read: Read, ids: Iterable[StoryId]) -> dict[StoryId, Known]:
    """Give what is known of those of these stories that anything is known of."""
    found: dict[StoryId, Known] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in read.execute(select(told_stories).where(told_stories.c.story_id.in_(some))):
            found[StoryId(row.story_id)] = Known(row.reports, row.figures, frozenset(row.differences))
    return found


def save(tx: Transaction, known: Mapping[StoryId, Known]) -> None:
    """Keep what is known of stories now; one that ended meanwhile is left out."""
    for some in chunks(known):
        there = set(tx.execute(select(stories.c.id).where(stories.c.id.in_(some))).scalars())
        rows = [
            {
                "story_id": one,
                "reports": known[one].reports,
                "figures": dict(known[one].figures),
                "differences": sorted(known[one].differences),
            }
            for one in some
            if one in there
        ]
        put(tx, upsert(told_stories, ["reports", "figures", "differences"]), rows)


def forget(tx: Transaction) -> None:
    """Forget everything: no program is told anything any more."""
    tx.execute(delete(told_stories))
