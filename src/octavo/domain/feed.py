"""Feed, FeedUpdate, PollState: a URL we poll and what we know of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import FeedId, PublisherId

BY_MAIL = "newsletter:"
"""How the name of a newsletter begins, which stands where feeds have their address."""


class FeedState(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"
    RECEIVED = "received"
    """Never polled: a newsletter, whose issues come by mail."""


@dataclass(frozen=True, slots=True)
class PollState:
    """What polling a feed has taught us; `interval_s` is the present rhythm in seconds."""

    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    next_poll_at: datetime | None = None
    interval_s: int = 900
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    failures: int = 0
    last_error: str = ""
    entries_per_day: float = 0.0


@dataclass(frozen=True, slots=True)
class Feed:
    """A URL Octavo polls: RSS, Atom, JSON Feed or a news sitemap; or a newsletter. `id` is 0 until saved."""

    id: FeedId
    url: str
    publisher_id: PublisherId
    title: str = ""
    site_url: str = ""
    language: str = ""
    section: str = ""
    state: FeedState = FeedState.ACTIVE
    poll: PollState = field(default_factory=PollState)
    added_at: datetime | None = None

    @property
    def by_mail(self) -> bool:
        """Whether this is a newsletter."""
        return self.url.startswith(BY_MAIL)

    @property
    def alive(self) -> FeedState:
        """The state in which it brings entries."""
        return FeedState.RECEIVED if self.by_mail else FeedState.ACTIVE


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """What a feed document says about itself; `ttl_s` is how long it asks not to be polled, in seconds.

    `hub` is the WebSub hub that tells of changes, `topic` the address by which the feed is known there.
    """

    kind: str
    title: str = ""
    site_url: str = ""
    description: str = ""
    language: str = ""
    ttl_s: int | None = None
    hub: str = ""
    topic: str = ""
