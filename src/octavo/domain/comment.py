"""Comment, Thread, Venue, Vote: what readers say about an article or a story, and how it hangs together."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from octavo.domain.account import Role
from octavo.domain.ids import AccountId, ArticleId, CommentId, StoryId, ThreadId

Ballot = Literal[-1, 0, 1]
"""A vote: down, none, up."""

NOBODY = CommentId(0)
"""What a comment answers that answers no other one."""


class CommentState(StrEnum):
    """Who sees a comment, and why not everybody does."""

    LIVE = "live"
    HELD = "held"
    """Waits for a moderator: only those and its author see it."""
    REMOVED = "removed"
    """By moderators: its words are kept, for an appeal."""
    DELETED = "deleted"
    """By its author, or with their account: its words are gone."""


class Order(StrEnum):
    """Which comment goes first."""

    BEST = "best"
    NEW = "new"
    OLD = "old"


class Cause(StrEnum):
    """Why somebody is told of a comment; what comes first counts for more."""

    REPLY = "reply"
    MENTION = "mention"
    WATCHED = "watched"


@dataclass(frozen=True, slots=True)
class Venue:
    """What is talked about: an article or a story, by its id."""

    kind: Literal["article", "story"]
    id: int

    @property
    def key(self) -> str:
        """Name it in one word, such as article/123."""
        return f"{self.kind}/{self.id}"

    @property
    def article_id(self) -> ArticleId | None:
        """The article, if it is one."""
        return ArticleId(self.id) if self.kind == "article" else None

    @property
    def story_id(self) -> StoryId | None:
        """The story, if it is one."""
        return StoryId(self.id) if self.kind == "story" else None


def under_article(article_id: ArticleId) -> Venue:
    """Talk about an article."""
    return Venue("article", article_id)


def under_story(story_id: StoryId) -> Venue:
    """Talk about a story."""
    return Venue("story", story_id)


@dataclass(frozen=True, slots=True)
class Thread:
    """What is said about one venue. `comments` counts those everybody sees; `seq` grows with whatever changes here."""

    id: ThreadId
    venue: Venue
    comments: int = 0
    newest_at: datetime | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. Of a comment that is not live, readers are shown its place alone.

    `path` leads to it from its thread's first row; `parent_id` is the last of it, or NOBODY. `descendants` counts the
    comments below it that everybody sees. `rank` says where it stands among the best: the smaller the better.
    """

    id: CommentId
    thread_id: ThreadId
    text: str
    posted_at: datetime
    account_id: AccountId | None = None
    name: str = ""
    """The author's; "" when the account is gone."""
    role: Role | None = None
    """The author's, now."""
    quote: str = ""
    """A passage of the article, as it read when it was quoted."""
    parent_id: CommentId = NOBODY
    path: tuple[CommentId, ...] = ()
    state: CommentState = CommentState.LIVE
    ups: int = 0
    downs: int = 0
    rank: int = 0
    descendants: int = 0
    edits: int = 0
    edited_at: datetime | None = None
    origin: str = ""
    """The page it was written on, where it came from another server."""

    @property
    def score(self) -> int:
        """Votes up less votes down."""
        return self.ups - self.downs

    @property
    def live(self) -> bool:
        """Whether everybody sees it."""
        return self.state is CommentState.LIVE


@dataclass(frozen=True, slots=True)
class Wording:
    """An earlier wording of a comment: how it read until `until`."""

    number: int
    text: str
    quote: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """What somebody thinks of a comment."""

    comment_id: CommentId
    account_id: AccountId
    value: Ballot
    at: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """Somewhere that takes no comments: `key` is edition/KEY, publisher/ID, article/ID or story/ID."""

    key: str
    note: str
    closed_at: datetime
    account_id: AccountId | None = None
