"""Flag, ModerationAct, Appeal, Rule, Opinion: what is reported, what is done about it, how it is looked at again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import AccountId, CommentId


class Reason(StrEnum):
    """Why something is reported or removed."""

    SPAM = "spam"
    ABUSE = "abuse"
    HATE = "hate"
    PRIVATE = "private"
    """Tells what is somebody's own to tell."""
    FALSE = "false"
    OFF_TOPIC = "off_topic"
    ILLEGAL = "illegal"
    OTHER = "other"


class ModAct(StrEnum):
    """What moderators, and the rules in their place, do."""

    HELD = "held"
    REMOVED = "removed"
    RESTORED = "restored"
    """Shown again, or for the first time when it was held."""
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    LIMITED = "limited"
    BANNED = "banned"
    PARDONED = "pardoned"
    RULE_MADE = "rule_made"
    RULE_DROPPED = "rule_dropped"
    SLOWED = "slowed"
    UPHELD = "upheld"
    """An appeal was right: the act was taken back."""
    DENIED = "denied"


class Does(StrEnum):
    """What a rule does with a comment it fits."""

    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Flag:
    """One reader's report of one comment."""

    comment_id: CommentId
    account_id: AccountId
    reason: Reason
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ModerationAct:
    """One act, for all to see: who did it (the name they had; "" for the rules), to what, why.

    `target_id` is the account it concerns, which may appeal.
    """

    at: datetime
    actor: str
    act: ModAct
    subject: str
    reason: str = ""
    note: str = ""
    target_id: AccountId | None = None
    account_id: AccountId | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Appeal:
    """Somebody's answer to an act that concerns them, and what was decided; `upheld` is None until then."""

    id: int
    act_id: int
    account_id: AccountId
    text: str
    at: datetime
    upheld: bool | None = None
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A word, or a host of links, that is not wanted: what is done with comments that have it."""

    kind: str
    """word or host."""
    pattern: str
    does: Does
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """One comment in the queue: why it was held ("" when it was not), and what readers reported it for."""

    comment_id: CommentId
    why: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a classifier is asked about: a comment's words, and the words it stands under or answers."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a classifier thinks of a comment: how sure it is, from 0 to 1, that it is not wanted, and for which reason.

    `why` names who thinks so, as the queue and the log do: "learned", "model".
    """

    why: str
    score: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A comment moderators decided on: its words, and the reason it was removed for; "" where it is shown."""

    text: str
    reason: str = ""
