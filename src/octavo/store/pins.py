"""Tables: edition_pins: what editors let stand first on a front page, what they keep off it, and why."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from octavo.domain.edition import Pin, Pins, Stance
from octavo.domain.ids import EditionKey, StoryId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import edition_pins


def of(read: Read, edition: EditionKey) -> Pins:
    """Give the wishes for one edition, those said first before the others; none when nobody said any."""
    found = listed(read, edition)
    pinned = tuple(one.story_id for one in found if one.stance is Stance.PINNED)
    return Pins(pinned, frozenset(one.story_id for one in found if one.stance is Stance.BURIED))


def listed(read: Read, edition: EditionKey) -> list[Pin]:
    """Give the wishes for one edition with their notes, those said first before the others."""
    mine = select(edition_pins).where(edition_pins.c.edition == edition)
    rows = read.execute(mine.order_by(edition_pins.c.at, edition_pins.c.story_id))
    return [Pin(StoryId(row.story_id), Stance(row.stance), row.at, row.note) for row in rows]


def of_stories(read: Read, edition: EditionKey, stories: Sequence[StoryId]) -> dict[StoryId, Pin]:
    """Give what was said of these stories."""
    return {one.story_id: one for one in listed(read, edition) if one.story_id in set(stories)}


def decide(tx: Transaction, edition: EditionKey, pin: Pin) -> None:
    """Keep what was said of a story in place of what was said before."""
    row = {
        "edition": edition,
        "story_id": pin.story_id,
        "stance": str(pin.stance),
        "note": pin.note,
        "at": pin.at,
    }
    tx.execute(upsert(edition_pins, ["stance", "note", "at"]), row)


def release(tx: Transaction, edition: EditionKey, story: StoryId) -> bool:
    """Take back what was said of a story; False when nothing was."""
    mine = (edition_pins.c.edition == edition) & (edition_pins.c.story_id == story)
    return tx.execute(delete(edition_pins).where(mine)).rowcount > 0


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget what was said before a moment: front pages are of the day; gives how much."""
    return tx.execute(delete(edition_pins).where(edition_pins.c.at < moment)).rowcount
