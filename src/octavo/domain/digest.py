"""Digest: what the articles of a story say, read closely: whose reports, which numbers, who said what, what when."""

from dataclasses import dataclass
from datetime import datetime

from octavo.domain.difference import Difference
from octavo.domain.figure import LedgerRow
from octavo.domain.ids import StoryId
from octavo.domain.provenance import Provenance
from octavo.domain.quotation import Quotation
from octavo.domain.timeline import Moment

FORM = 1
"""Raised when the nouns below change so that digests kept before cannot be read any more: those are made again."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place a story is about: key and name as of its entity, the country it is in or is (ISO 3166-1, capitals).

    Latitude and longitude are degrees. `articles` counts those that are about it.
    """

    key: str
    name: str
    country: str
    latitude: float
    longitude: float
    articles: int

    @property
    def whole(self) -> bool:
        """Whether it is a whole country."""
        return self.key == f"place/{self.country}"


@dataclass(frozen=True, slots=True)
class Saga:
    """What a story is part of: the keys of the two names all its chapters are about, and the other chapters.

    `stories` are those that were known when the story was read, the earliest first.
    """

    about: tuple[str, ...]
    since: datetime
    stories: tuple[StoryId, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A story read closely. `articles` counts those read: of a long story the first and the newest."""

    articles: int
    provenance: Provenance
    ledger: tuple[LedgerRow, ...] = ()
    differences: tuple[Difference, ...] = ()
    timeline: tuple[Moment, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    places: tuple[Located, ...] = ()
    saga: Saga | None = None
