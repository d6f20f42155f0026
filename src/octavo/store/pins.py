"""An editor's wishes for the front pages, kept as facts: `pins/EDITION` in settings_kept, as JSON."""

import json

from octavo.domain.edition import Pins
from octavo.domain.ids import EditionKey, StoryId
from octavo.ports.database import Read, Transaction
from octavo.store import facts


def of(read: Read, edition: EditionKey) -> Pins:
    """Give the wishes for one edition; none when nobody said any."""
    kept = facts.get(read, _name(edition))
    if not kept:
        return Pins()
    told = json.loads(kept)
    return Pins(tuple(map(StoryId, told["pinned"])), frozenset(map(StoryId, told["buried"])))


def save(tx: Transaction, edition: EditionKey, pins: Pins) -> None:
    """Keep the wishes for one edition in place of those before."""
    facts.set(tx, _name(edition), json.dumps({"pinned": list(pins.pinned), "buried": sorted(pins.buried)}))


def _name(edition: EditionKey) -> str:
    return f"pins/{edition}"
