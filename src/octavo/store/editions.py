"""Tables: editions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from octavo.domain.edition import Edition, Section, Slot
from octavo.domain.ids import ArticleId, EditionKey, StoryId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import editions


def save(tx: Transaction, edition: Edition) -> None:
    """Keep an edition; one of the same key and moment is replaced."""
    row = {
        "key": edition.key,
        "at": edition.at,
        "eight": [_slot_row(slot) for slot in edition.eight],
        "sections": [
            {"key": one.key, "title": one.title, "topic": one.topic, "slots": [_slot_row(slot) for slot in one.slots]}
            for one in edition.sections
        ],
    }
    tx.execute(upsert(editions, ["eight", "sections"]), row)


def latest(read: Read, key: EditionKey) -> Edition | None:
    """Give the newest edition of this key."""
    query = select(editions).where(editions.c.key == key).order_by(editions.c.at.desc()).limit(1)
    row = read.execute(query).first()
    if row is None:
        return None
    sections = tuple(
        Section(one["key"], one["title"], one["topic"], tuple(_slots(one["slots"]))) for one in row.sections
    )
    return Edition(EditionKey(row.key), row.at, tuple(_slots(row.eight)), sections)


def keys(read: Read) -> list[EditionKey]:
    """List the editions that were ever laid out."""
    found = read.execute(select(editions.c.key).distinct().order_by(editions.c.key)).scalars()
    return [EditionKey(key) for key in found]


def _slot_row(slot: Slot) -> dict[str, Any]:
    return {"story": slot.story_id, "article": slot.article_id, "score": slot.score, "why": list(slot.why)}


def _slots(rows: Sequence[dict[str, Any]]) -> list[Slot]:
    return [Slot(StoryId(row["story"]), ArticleId(row["article"]), row["score"], tuple(row["why"])) for row in rows]
