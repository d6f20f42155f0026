"""Entry: one item exactly as a feed gave it."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import EntryId, FeedId


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file an entry carries (RSS enclosure, Atom rel=enclosure, Media RSS); `length` in bytes, 0 unknown."""

    url: str
    kind: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One item exactly as a feed gave it; HTML fields are raw and untrusted. `id` is 0 until saved.

    `guid` is the publisher's identifier, or the URL when it gives none. Dates are timezone-aware or None: an
    undated entry is never dated "now".
    """

    id: EntryId
    feed_id: FeedId
    guid: str
    url: str
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    image: str = ""
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    content_hash: str = ""
    first_seen_at: datetime | None = None
