"""What pages of moderation are given to show: the public log, one's own part, the queue, rules, accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from octavo.domain.account import Account
from octavo.domain.comment import Closing, Comment
from octavo.domain.moderation import Appeal, ModerationAct, Rule
from octavo.serve.fields import shown
from octavo.serve.frame import Frame


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of the public log, in words."""

    act: ModerationAct = shown("The act: when, by whom, to what.")
    words: str = shown("What was done.")
    reason: str = shown("Why, in words; empty where only a note says it.")
    path: str = shown("The page of what it was done to; empty where there is none.")
    appeal: Appeal | None = shown("The appeal against it, where the reader is whom it concerns.")
    appealable: bool = shown("Whether the reader may appeal against it.")


@dataclass(frozen=True, slots=True)
class Judged:
    """One comment a moderator looks at."""

    comment: Comment = shown("The comment: its state, its author's name, when it was posted.")
    html: Markup = shown("Its words, as safe HTML.")
    path: str = shown("The page of the comment.")
    author: str = shown("The moderators' page of its author; empty when the account is gone.")
    why: str = shown("Why it waits, in words; empty when it does not.")
    reasons: Sequence[str] = shown("What readers reported it for, in words.")
    notes: Sequence[str] = shown("What they wrote.")


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Where a comment is reported."""

    template: ClassVar[str] = "pages/report.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    said: Judged = shown("The comment.")
    reasons: Sequence[tuple[str, str]] = shown("(reason, in words) there are.")
    done: bool = shown("Whether it was reported.")
    back: str = shown("The page to go back to.")


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """The public log of moderation, or one reader's part of it."""

    template: ClassVar[str] = "pages/moderation.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    mine: bool = shown("Whether it lists what concerns the reader.")
    deeds: Sequence[Deed] = shown("What was done, the newest first.")
    older: str = shown("Path of the page with older ones; empty at the end.")


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What waits for a moderator."""

    template: ClassVar[str] = "pages/queue.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    count: int = shown("How many comments wait.")
    groups: Sequence[tuple[str, str, int]] = shown("(reason, in words, how many) that were held for one reason.")
    group: str = shown("The reason whose comments are shown; empty for all.")
    waiting: Sequence[Judged] = shown("The comments, the oldest first.")
    reasons: Sequence[tuple[str, str]] = shown("(reason, in words) to remove for.")
    appeals: Sequence[tuple[Appeal, Deed, str]] = shown("(appeal, the act it is against, who appeals).")
    judges: bool = shown("Whether the reader decides on appeals.")
    more: str = shown("Path of the page that goes on; empty at the end.")


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Words and hosts that are not wanted, slow mode, where comments are closed."""

    template: ClassVar[str] = "pages/rules.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    rules: Sequence[Rule] = shown("The words and hosts.")
    slow: Sequence[tuple[str, int]] = shown("(place, seconds) where comments are slowed.")
    closed: Sequence[Closing] = shown("Where no comments are taken.")
    edits: bool = shown("Whether the reader may change them.")


@dataclass(frozen=True, slots=True)
class MemberPage:
    """An account, as moderators see it."""

    template: ClassVar[str] = "pages/member.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    account: Account = shown("The account.")
    role: str = shown("What it is here, in words.")
    standing: str = shown("How it stands, in words.")
    notes: Sequence[tuple[datetime, str, str]] = shown("(when, who, what) moderators told each other.")
    deeds: Sequence[Deed] = shown("What was done that concerns it, the newest first.")
    said: Sequence[Judged] = shown("What it said last.")
    reasons: Sequence[tuple[str, str]] = shown("(reason, in words) there are.")
    acts: bool = field(default=True, metadata={"help": "Whether the reader may act on it."})


PARTS = (Deed, Judged)
