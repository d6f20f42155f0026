"""What the pages of what people are told are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.domain.follow import FollowKind
from octavo.domain.notification import Channel, Why, Wishes
from octavo.serve.fields import shown
from octavo.serve.frame import Frame


@dataclass(frozen=True, slots=True)
class Line:
    """Something a notification is about: a story by its headline, a comment by its words."""

    words: str = shown("The headline, or what the comment says; empty when it is no longer there.")
    language: str = shown("The language of these words; empty when nobody knows.")
    path: str = shown("Where it stands; empty when it is no longer there.")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody was told under one topic: several stories with one hashtag are one entry."""

    why: Why = shown("What it is about: reply, mention, watched, decision, appeal, list, story, hashtag, and so on.")
    says: str = shown("What happened: a translated sentence.")
    lines: Sequence[Line] = shown("What it is about, the newest first; not all of it.")
    more: int = shown("How many more there are than lines.")
    path: str = shown("Where it leads.")
    at: datetime = shown("When the newest of it was told.")
    unread: bool = shown("Whether it was not read yet.")
    topic: str = shown("What it is called where it is marked as read.")
    last: int = shown("The number of the newest of it: what comes later is not marked as read with it.")


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What somebody was told, the newest first."""

    template: ClassVar[str] = "pages/notices.html"
    frame: Frame = shown("What is around the content.")
    entries: Sequence[Entry] = shown("What they were told.")
    last: int = shown("The number of the newest thing; 0 for none.")
    unread: int = shown("How many entries were not read yet.")


@dataclass(frozen=True, slots=True)
class FollowWays:
    """One thing that is followed, and by which ways its follower is told of it."""

    kind: FollowKind = shown("What kind of thing it is.")
    kind_name: str = shown("The kind, in words.")
    key: str = shown("What it is known by.")
    name: str = shown("What it is called.")
    ways: Channel = shown("By which ways: site, push, digest.")


@dataclass(frozen=True, slots=True)
class NoticeWishesPage:
    """How somebody wants to be told."""

    template: ClassVar[str] = "pages/notice_wishes.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    wishes: Wishes = shown("What was chosen so far.")
    kinds: Sequence[tuple[Why, str, Channel]] = shown("(kind, what it is in words, by which ways).")
    follows: Sequence[FollowWays] = shown("What they follow, so many on one page.")
    older: str = shown("Path of the next page of those; empty when there is none.")
    fresh: bool = shown("Whether nothing was chosen so far, and the browser may offer its own time zone.")
    zones: Sequence[str] = shown("The names of the time zones there are.")
    weekdays: Sequence[str] = shown("The days of the week, Monday first.")
    hours: Sequence[str] = shown("The hours of the day, as a clock shows them.")
    quiet: tuple[str, str] = shown("When quiet hours begin and end, such as 22:00; usual ones where there are none.")
    address: str = shown("The address digests go to; empty where none was given.")
    confirmed: bool = shown("Whether that address was confirmed.")
    mail: bool = shown("Whether mail is sent from here at all.")
    push: bool = shown("Whether browsers can be notified from here.")


@dataclass(frozen=True, slots=True)
class StopPage:
    """Where a digest is stopped, by the link in it."""

    template: ClassVar[str] = "pages/stop_digest.html"
    frame: Frame = shown("What is around the content.")
    stopped: bool = shown("Whether it was stopped just now.")
    action: str = shown("The address the button sends to.")


PARTS = (Line, Entry, FollowWays)
"""What the contexts above hold."""
