"""RemoteActor, Known, Post, Delivery, Arrival: what is kept of other servers that follow actors here.

An actor of ours is known by its name ("en-gb", "tag_tide"); one of theirs by its address (ActivityPub calls it its id).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import ArticleId, CommentId, StoryId


class Stance(StrEnum):
    """What editors decided on a server."""

    NONE = ""
    ALLOWED = "allowed"
    """Its people's replies are held to the rules of the discussion alone, and wait for nobody."""
    BLOCKED = "blocked"
    """Nothing is taken from it, nothing sent there."""


@dataclass(frozen=True, slots=True)
class RemoteActor:
    """Somebody at another server. `key` is their public key in PEM; `inbox` and `shared_inbox` lie at their server.

    `known_at` is when they were first heard of here, `fetched_at` when their document was last fetched.
    """

    address: str
    host: str
    handle: str
    inbox: str
    key_id: str
    key: str
    fetched_at: datetime
    shared_inbox: str = ""
    page: str = ""
    known_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call them: @name@host."""
        return f"@{self.handle}@{self.host}"

    @property
    def sent_to(self) -> str:
        """Where activities for them go: once for all at their server, where it says how."""
        return self.shared_inbox or self.inbox


@dataclass(frozen=True, slots=True)
class Known:
    """A server: what editors decided on it, and since when it takes nothing."""

    host: str
    stance: Stance = Stance.NONE
    note: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    not_before: datetime | None = None
    told: str = ""


class PostKind(StrEnum):
    """How an actor of ours told its followers of an article."""

    CREATE = "create"
    ANNOUNCE = "announce"
    """Another actor here had told of it before: this one passes that on."""


@dataclass(frozen=True, slots=True)
class Post:
    """An article as one actor of ours told of it. `shows` names what it shows: it is sent anew when that differs."""

    article_id: ArticleId
    actor: str
    kind: PostKind
    made_at: datetime
    shows: str = ""
    story_id: StoryId | None = None
    updates: int = 0
    gone: bool = False

    @property
    def first(self) -> bool:
        """Whether this actor was the first here to tell of it."""
        return self.kind is PostKind.CREATE


@dataclass(frozen=True, slots=True)
class Delivery:
    """An activity on its way to one inbox."""

    inbox: str
    host: str
    actor: str
    body: str
    due: datetime
    expires_at: datetime
    tries: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """An activity that came in and waits to be looked at: its body, where it was sent, and what it was signed with."""

    key: str
    path: str
    body: bytes
    at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    tries: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a comment was written that came from another server, and by whom."""

    comment_id: CommentId
    address: str
    page: str
    actor: str
    host: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What the actors of this instance sign with (RSA), in PEM."""

    private: str
    public: str
