"""Follow, Bookmark, Highlight, ReadMark, ReadingList, SavedSearch: what a reader with an account keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, FeedId, HighlightId, ListId, SearchId


class FollowKind(StrEnum):
    """What can be followed and muted. The key of each is what its page's address has; a word's is its folded form."""

    STORY = "story"
    HASHTAG = "hashtag"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PUBLISHER = "publisher"
    WORD = "word"


OF_ENTITY: Mapping[str, FollowKind] = MappingProxyType(
    {"person": FollowKind.PERSON, "org": FollowKind.ORGANISATION, "place": FollowKind.PLACE}
)
"""What is followed, by what the keys of entities begin with."""


def kind_of_entity(key: str) -> FollowKind:
    """Tell what is followed under the key of an entity. Raises KeyError for one that cannot be followed."""
    return OF_ENTITY[key.partition("/")[0]]


class Stance(StrEnum):
    """What a reader does with something."""

    FOLLOW = "follow"
    MUTE = "mute"


@dataclass(frozen=True, slots=True)
class Follow:
    """One thing somebody follows or mutes; `name` is what the page called it."""

    kind: FollowKind
    key: str
    name: str
    since: datetime
    stance: Stance = Stance.FOLLOW


@dataclass(frozen=True, slots=True)
class Taste:
    """More or less of something in the ranking made for one reader: `weight` from -2 to 2, never 0."""

    kind: FollowKind
    key: str
    name: str
    weight: int


MOST_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An article somebody saved: a star, to reader apps."""

    article_id: ArticleId
    at: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a text, and what stands before and after it (W3C Web Annotation, TextQuoteSelector).

    `start` is where it began, in characters of the article's text, when it was marked.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage somebody marked in an article, with a note or none.

    `gone_from` is the fingerprint of a text that was found to hold it no longer; None where none was.
    """

    id: HighlightId
    article_id: ArticleId
    quote: Quote
    made_at: datetime
    note: str = ""
    gone_from: int | None = None


@dataclass(frozen=True, slots=True)
class ReadMark:
    """An article somebody read, and when; kept only where they asked for a history."""

    article_id: ArticleId
    at: datetime


@dataclass(frozen=True, slots=True)
class Watermark:
    """All articles of a feed that were here by `seen_by` are read, save those marked otherwise.

    What came in after is not read, however old it is: nobody could have seen it. Those set by earlier versions hold
    only below `before`, up to a publication.
    """

    before: ArticleId
    seen_by: datetime

    def covers(self, article_id: ArticleId, first_seen_at: datetime) -> bool:
        """Tell whether an article is among those."""
        return article_id < self.before and first_seen_at <= self.seen_by


@dataclass(frozen=True, slots=True)
class ReadingList:
    """Articles somebody put together; `token` ends its unguessable address, "" while nobody else may see it."""

    id: ListId
    name: str
    made_at: datetime
    changed_at: datetime
    note: str = ""
    token: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search somebody keeps: `query` is its whole line, conditions included; `name` is what it is called."""

    id: SearchId
    query: str
    name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SubscribedFeed:
    """A feed as one reader's apps show it: its title and folder there, and since when it is read."""

    feed: Feed
    title: str
    folder: str
    since: datetime

    @property
    def id(self) -> FeedId:
        """The feed's."""
        return self.feed.id


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """What one reader decided on a feed: to read it or not, its title ("": the feed's own) and folder."""

    feed_id: FeedId
    wanted: bool
    since: datetime
    title: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one reader set: `shown` is the object of docs/reference/reader-settings.md, without what is muted.

    `edition_feeds`: whether apps show the feeds of the reader's edition beside those followed. `history`: whether what
    is read is remembered. `learn_from`: only what was read and saved since counts for the ranking (None: all of it).
    """

    shown: Mapping[str, Any] = field(default_factory=dict)
    history: bool = False
    edition_feeds: bool = True
    learn_from: datetime | None = None
