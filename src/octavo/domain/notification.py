"""Notification, Channel, Wishes: what somebody with an account is told, by which way, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Flag, StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from octavo.domain.follow import FollowKind
from octavo.domain.ids import AccountId, EditionKey
from octavo.domain.push import Quiet

WEEK = 7

_NONE = EditionKey("")


class Why(StrEnum):
    """Why somebody is told something."""

    REPLY = "reply"
    """Somebody answered their comment."""
    MENTION = "mention"
    """Somebody named them."""
    WATCHED = "watched"
    """Somebody said something in a thread they watch."""
    DECISION = "decision"
    """Moderators decided on something they said."""
    APPEAL = "appeal"
    """Their appeal was answered."""
    LIST = "list"
    """Somebody shared a list with them."""
    STORY = "story"
    """A story they follow has more independent reports."""
    HASHTAG = "hashtag"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    PUBLISHER = "publisher"
    WORD = "word"
    """There is a new story with something they follow."""


FOLLOWED: Mapping[FollowKind, Why] = {kind: Why(kind.value) for kind in FollowKind}
"""What somebody is told of for each kind of thing they follow."""


class Channel(Flag):
    """A way of telling; several together."""

    NONE = 0
    SITE = 1
    PUSH = 2
    DIGEST = 4


EVERYWHERE = Channel.SITE | Channel.PUSH | Channel.DIGEST

USUAL: Mapping[Why, Channel] = {
    **dict.fromkeys(Why, Channel.SITE | Channel.DIGEST),
    Why.REPLY: EVERYWHERE,
    Why.MENTION: EVERYWHERE,
    Why.WATCHED: EVERYWHERE,
    Why.STORY: EVERYWHERE,
    Why.DECISION: Channel.SITE | Channel.PUSH,
    Why.APPEAL: Channel.SITE | Channel.PUSH,
}
"""The ways used where somebody chose none: push only for what is about them, or was followed by itself."""

CHOSEN_BY_KIND = (Why.REPLY, Why.MENTION, Why.WATCHED, Why.LIST)
"""What somebody chooses the ways of for all of its kind at once. What moderators decided is always told on the site."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something somebody is to be told, once: `subject` names it among theirs, `topic` what it stands under.

    Under a subject that there is already, what `again` says counts as new once more; anything else is known already.
    """

    account_id: AccountId
    why: Why
    subject: str
    topic: str
    given: Mapping[str, Any] = field(default_factory=dict)
    channels: Channel = EVERYWHERE
    again: bool = False


@dataclass(frozen=True, slots=True)
class Notification:
    """Something somebody was told. `given` is what its sentence needs; `read_at` is None until it was read."""

    id: int
    why: Why
    subject: str
    topic: str
    given: Mapping[str, Any]
    at: datetime
    read_at: datetime | None = None


class Rhythm(StrEnum):
    """How often a digest is sent."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class DigestWishes:
    """When somebody wants a digest: at which hour of their clock, and on which day (0: Monday) if weekly."""

    rhythm: Rhythm = Rhythm.OFF
    hour: int = 7
    weekday: int = 0
    pictures: bool = False

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Give the first moment after `now` at which a digest is due; None where none is wanted.

        An hour the clock skips in spring is the one after; of one it shows twice in autumn, the first.
        """
        if self.rhythm is Rhythm.OFF:
            return None
        step = 1 if self.rhythm is Rhythm.DAILY else WEEK
        day = now.astimezone(zone).date()
        if self.rhythm is Rhythm.WEEKLY:
            day += timedelta(days=(self.weekday - day.weekday()) % WEEK)
        found = self._at(day, zone, now)
        return found if found > now else self._at(day + timedelta(days=step), zone, now)

    def _at(self, day: date, zone: ZoneInfo, now: datetime) -> datetime:
        return datetime.combine(day, time(self.hour), zone).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants to be told. `chosen` are the ways for each kind of thing; for what they follow see
    store/wishes.py. `quiet` are hours in which no push and no digest is sent."""

    edition: EditionKey = _NONE
    zone: str = "UTC"
    digest: DigestWishes = DigestWishes()
    quiet: Quiet | None = None
    chosen: Mapping[Why, Channel] = field(default_factory=dict)

    def quiet_until(self, now: datetime) -> datetime | None:
        """Tell when the quiet hours in which `now` lies are over; None when it lies in none."""
        return self.quiet.over_at(now, ZoneInfo(self.zone)) if self.quiet else None

    def channels(self, why: Why) -> Channel:
        """Give the ways for a kind of thing."""
        return self.chosen.get(why, USUAL[why])
