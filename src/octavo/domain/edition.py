"""Edition, Section, Slot: a dated front page, in order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import ArticleId, EditionKey, StoryId

LOCAL = "local"
"""The `topic` of the section that holds what is near: its place's news, and its own papers' on no matter what."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One position: the story, the article that speaks for it here, and why it stands there."""

    story_id: StoryId
    article_id: ArticleId
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition; `topic` is an IPTC Media Topic code, LOCAL, or "" for the Eight."""

    key: str
    title: str
    topic: str
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """What an edition is made from: data anyone can write (data/editions/*.toml).

    `places` are keys of entities ("place/5128581"): with them it is the edition of a place in its country. `zone` is an
    IANA time zone, "" for that of the country.
    """

    key: EditionKey
    title: str
    language: str
    country: str
    sections: tuple[Section, ...] = ()
    local_publishers: tuple[str, ...] = ()
    global_publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    local_weight: float = 1.0
    places: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Pins:
    """An editor's wishes for one edition: the stories that stand first, in order, and those that never stand there."""

    pinned: tuple[StoryId, ...] = ()
    buried: frozenset[StoryId] = frozenset()


class Stance(StrEnum):
    """What an editor decided on a story for one front page."""

    PINNED = "pinned"
    BURIED = "buried"


@dataclass(frozen=True, slots=True)
class Pin:
    """An editor's word on one story for one edition, with a note every reader may see."""

    story_id: StoryId
    stance: Stance
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that is not among the Eight, and why: "outranked:1.25" (the last one's score), "same_event:STORY",
    "saga:STORY", "buried" or "unreadable"."""

    story_id: StoryId
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A dated front page: the Eight, then sections."""

    key: EditionKey
    at: datetime
    eight: tuple[Slot, ...] = ()
    sections: tuple[Section, ...] = ()
