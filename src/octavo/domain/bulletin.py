"""Bulletin: what an e-mail digest tells one reader, before it is put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from octavo.domain.article import ArticleCard
from octavo.domain.ids import AccountId, EditionKey, StoryId
from octavo.domain.notification import Rhythm, Why


@dataclass(frozen=True, slots=True)
class Item:
    """A story: how many independent reports there are of it, and the article it is shown by."""

    story_id: StoryId
    reports: int
    card: ArticleCard


@dataclass(frozen=True, slots=True)
class Section:
    """What is new with one thing that is followed, or with all stories that are; `more` stories are not among them."""

    why: Why
    key: str
    name: str
    items: Sequence[Item]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Something others did: `words` is what their comment says; `path` where it stands, below an edition's address."""

    why: Why
    name: str
    words: str
    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything one digest tells: what came up from `since` until `until`."""

    account_id: AccountId
    name: str
    address: str
    edition: EditionKey
    zone: str
    rhythm: Rhythm
    since: datetime
    until: datetime
    said: Sequence[Said]
    sections: Sequence[Section]
    pictures: bool = False

    @property
    def count(self) -> int:
        """How many stories it knows of."""
        return sum(len(one.items) + one.more for one in self.sections)
