"""Notifications: what a browser asked to be told of, when it may be disturbed, and what there is to tell it.

A subscription needs no reader: it is known by the address its browser's push service gave it, which nobody can guess.
Where its browser is signed in, it is told what its account is told as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from octavo.domain.ids import AccountId, EditionKey, StoryId

SubscriptionId = NewType("SubscriptionId", int)

_UNSAVED = SubscriptionId(0)
_NO_STORY = StoryId(0)

_MINUTES = 60


class NoticeKind(StrEnum):
    """Why somebody is told something."""

    STORY = "story"  # a story that is followed has another independent report
    MERGED = "merged"  # it was found to be one with another, and is followed there from now on
    HASHTAG = "hashtag"  # a new story under a hashtag
    PLACE = "place"  # a new story about a place
    PERSON = "person"  # a new story about a person
    ORGANISATION = "organisation"  # a new story about an organisation
    PUBLISHER = "publisher"  # a new story a publisher reports
    WORD = "word"  # a new story with a word
    REPLY = "reply"  # what an account is told besides: see domain/notification.py
    MENTION = "mention"
    WATCHED = "watched"
    DECISION = "decision"
    APPEAL = "appeal"
    LIST = "list"
    BREAKING = "breaking"  # as many independent reports in as few hours as the reader set
    TEST = "test"  # the reader asked whether notifications arrive


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent: from `begin` until `end`, in minutes after midnight of the reader's clock."""

    begin: int
    end: int

    def holds(self, minute: int) -> bool:
        """Tell whether a minute of the day lies within; hours that begin in the evening go on past midnight."""
        if self.begin <= self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end

    def over_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Tell when the quiet hours in which `now` lies are over; None when it lies in none."""
        local = now.astimezone(zone)
        minute = local.hour * _MINUTES + local.minute
        if not self.holds(minute):
            return None
        day = local.date() if minute < self.end else local.date() + timedelta(days=1)
        return _at(day, self.end, zone, now)


@dataclass(frozen=True, slots=True)
class Follow:
    """A hashtag, or a place by the key of its entity ("place/…"), and what the reader's page calls it."""

    kind: Literal[NoticeKind.HASHTAG, NoticeKind.PLACE]
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reader wants to be told. `breaking` is the least number of independent reports within `within_h` hours;
    0 for never. `zone` is an IANA time zone; `most_a_day` counts messages from midnight to midnight there."""

    edition: EditionKey
    languages: tuple[str, ...] = ()
    breaking: int = 0
    within_h: int = 6
    most_a_day: int = 10
    zone: str = "UTC"
    quiet: Quiet | None = None
    stories: tuple[StoryId, ...] = ()
    follows: tuple[Follow, ...] = ()

    def quiet_until(self, now: datetime) -> datetime | None:
        """Tell when the quiet hours in which `now` lies are over; None when it lies in none."""
        return self.quiet.over_at(now, ZoneInfo(self.zone)) if self.quiet else None

    def day_of(self, now: datetime) -> tuple[datetime, datetime]:
        """Give the two midnights of the reader's clock between which `now` lies."""
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        begin = datetime.combine(today, time(), zone).astimezone(now.tzinfo)
        return begin, _at(today + timedelta(days=1), 0, zone, now)


def _at(day: date, minute: int, zone: ZoneInfo, now: datetime) -> datetime:
    """Give the first moment after `now` at which a clock in `zone` shows this time; it does so twice in autumn."""
    shown = datetime.combine(day, time(minute // _MINUTES, minute % _MINUTES), zone)
    first = shown.astimezone(now.tzinfo)
    return first if first > now else shown.replace(fold=1).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that may be told things: where its push service takes messages, and the keys they are sealed with.

    `p256dh` and `auth` are the browser's (RFC 8291 §3.1), `server_key` the public key of the pair that speaks for this
    instance to it (RFC 8292); all three in base64url. `words` are the sentences of its edition, each with its {fields}.
    """

    endpoint: str
    p256dh: str
    auth: str
    server_key: str
    wishes: Wishes
    words: Mapping[str, str] = field(default_factory=dict)
    id: SubscriptionId = _UNSAVED
    failures: int = 0
    not_before: datetime | None = None
    account_id: AccountId | None = None
    """Whose browser it is, while they are signed in there."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell one subscription, once: `dedupe` names it. `n` is the number of independent reports.

    `batch` names the message it is told by, 0 before one was made: the greatest id among those told together. `given`
    is what a notice that is about no story needs: `path`, without the edition, and `about`, a line under it.
    """

    subscription_id: SubscriptionId
    kind: NoticeKind
    dedupe: str
    at: datetime
    story_id: StoryId = _NO_STORY
    name: str = ""
    n: int = 0
    id: int = 0
    batch: int = 0
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """The pair of keys by which push services know this instance (RFC 8292), in base64url: P-256, uncompressed."""

    public: str
    private: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way: the text, and what its push service is told (RFC 8030 §5): seconds to live, urgency, and
    the topic, by which a later message takes the place of one that was not delivered yet."""

    subscription: Subscription
    text: bytes
    topic: str
    ttl_s: int
    urgency: Literal["low", "normal", "high"] = "normal"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a message: taken; gone (the browser is no longer there); or to be tried later, `until` at best.

    `blamed` is False where the service was busy, for which no single subscription is to blame.
    """

    outcome: Literal["taken", "gone", "later"]
    told: str = ""
    until: datetime | None = None
    blamed: bool = True
