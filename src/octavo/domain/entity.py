"""Entity: who, what or where an article names, one identity across spellings, languages and articles."""

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a place is: country (ISO 3166-1 alpha-2, capitals) and the middle of it; a continent has neither."""

    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of an article.

    `key` is the same in every article and language ("place/703448", "org/UN", "person/fltmrslnsk"); one that begins
    with "surname/" or "other/" is how the name sounds or is written, and no identity. `name` is the English name where
    it is known, else the name as printed; `label` is what this article calls it. `salience` in (0, 1] says how much the
    article is about it, `about` whether it is, rather than only naming it.
    """

    key: str
    kind: EntityKind
    name: str
    label: str
    salience: float
    about: bool
    where: Where | None = None
