"""Relation: how two articles are connected, and how surely; Candidate: an article as relate sees it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import ArticleId, PublisherId, StoryId


class RelationKind(StrEnum):
    """Why one article is worth reading beside another."""

    DUPLICATE = "duplicate"  # the same text, elsewhere
    SAME_EVENT = "same_event"
    SAME_PEOPLE = "same_people"
    SAME_PLACE = "same_place"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Relation:
    """`article_id` is connected with `other_id`; `score` in (0, 1]; `why` names what they share, for the reader."""

    article_id: ArticleId
    other_id: ArticleId
    kind: RelationKind
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article as relate sees it: light, comparable. `vector` is little-endian float16 of a unit vector, or b""."""

    id: ArticleId
    publisher_id: PublisherId
    headline: str
    lead: str
    language: str
    at: datetime
    source: str = ""
    country: str = ""
    owner: str = ""
    genre: str = "news"
    names: tuple[tuple[str, str], ...] = ()
    """(kind, canonical name) of the entities, most important first."""
    keys: tuple[str, ...] = ()
    """The keys of its entities, the same in every article and language, most important first."""
    hashtags: tuple[str, ...] = ()
    fingerprint: tuple[int, ...] = ()
    vector: bytes = b""
    model: str = ""
    story_id: StoryId | None = None
    url: str = ""
    dated: bool = True
    """Whether `at` is the publisher's word; else it is when the article was first seen."""
