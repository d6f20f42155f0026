"""WebSub (W3C Recommendation): who asked our hub for which of our feeds, and which hubs bring us others'."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from octavo.domain.ids import FeedId

LEAST_LEASE = timedelta(minutes=5)
USUAL_LEASE = timedelta(days=10)
MOST_LEASE = timedelta(days=30)
"""How long a subscription at our hub holds: what is asked for within these bounds."""

LONGEST_SECRET = 199
"""Bytes of hub.secret: fewer than 200 (§5.1)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to our hub that waits for its callback to confirm it (verification of intent, §5.3)."""

    mode: Literal["subscribe", "unsubscribe"]
    topic: str
    callback: str
    lease: timedelta
    made_at: datetime
    due: datetime
    secret: str = field(default="", repr=False)
    tries: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A callback that our hub brings a feed to. `sent` names the wording of the feed it has, `ended_at` and `told` when
    and why it is no more brought anything."""

    topic: str
    callback: str
    lease_until: datetime
    made_at: datetime
    due: datetime
    secret: str = field(default="", repr=False)
    sent: str = ""
    tries: int = 0
    failing_since: datetime | None = None
    ended_at: datetime | None = None
    told: str = ""
    id: int = 0


class HubState(StrEnum):
    """How it stands between a feed and its hub."""

    WANTED = "wanted"  # to be asked
    ASKED = "asked"  # the hub said that it would confirm
    LIVE = "live"  # the hub confirmed, and brings what is new
    REFUSED = "refused"  # the hub said no; it is asked again a day later


@dataclass(frozen=True, slots=True)
class FeedHub:
    """The hub of one feed we read: `token` ends the address it calls, `due` is when something is to be asked of it.

    `heard_at` is when it last brought something; `missed` says that a poll found what it had not brought.
    """

    feed_id: FeedId
    hub: str
    topic: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    state: HubState = HubState.WANTED
    due: datetime | None = None
    tries: int = 0
    lease_until: datetime | None = None
    heard_at: datetime | None = None
    missed: bool = False
    told: str = ""

    def delivers(self, now: datetime) -> bool:
        """Tell whether what is new is brought, so that polling is but a look now and then."""
        held = self.lease_until is not None and self.lease_until > now
        return held and self.heard_at is not None and not self.missed


@dataclass(frozen=True, slots=True)
class Brought:
    """A feed document that a hub brought, signed as it should be, before it is read."""

    feed_id: FeedId
    content_type: str
    body: bytes
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class TopicDocument:
    """One of our feeds as it stands: its address, its bytes, and a name for what its entries say (`mark`)."""

    url: str
    media_type: str
    body: bytes
    mark: str
