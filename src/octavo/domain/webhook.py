"""Webhook, Happening, Delivery: what programs are told of the news, and what came of telling them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

WebhookId = NewType("WebhookId", int)
DeliveryId = NewType("DeliveryId", int)

_NO_HOOK = WebhookId(0)
_NO_DELIVERY = DeliveryId(0)


class HappeningKind(StrEnum):
    """What a program can be told of; the `type` of a message."""

    STORY_GREW = "story.grew"  # a story has more independent reports than before
    FIGURE_CHANGED = "figure.changed"  # a toll in a story became another
    CONTRADICTION = "contradiction.found"  # two outlets, or a headline and its text, do not bear each other out
    CORRECTED = "article.corrected"  # a publisher says that it corrected or withdrew an article
    HASHTAG_SURGED = "hashtag.surged"  # a hashtag is used far more than on a usual day
    SEARCH_MATCHED = "search.matched"  # a new article answers the webhook's search
    TEST = "test"  # the owner asked whether messages arrive


CHOSEN = tuple(kind for kind in HappeningKind if kind is not HappeningKind.TEST)
"""What a webhook may be for."""


class HookState(StrEnum):
    """Whether a webhook is told anything: OFF is what this instance turned off, for a reason it kept."""

    ON = "on"
    PAUSED = "paused"
    OFF = "off"


class Outcome(StrEnum):
    """What came of a message."""

    WAITING = ""
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of things. `search` is what SEARCH_MATCHED looks for; `least` are the independent reports
    from which STORY_GREW is told. `failing_since` is when messages began to fail, None while they are taken."""

    url: str
    kinds: tuple[HappeningKind, ...]
    made_at: datetime
    name: str = ""
    search: str = ""
    least: int = 2
    state: HookState = HookState.ON
    reason: str = ""
    failing_since: datetime | None = None
    id: WebhookId = _NO_HOOK
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something to tell, once: `key` names it. `data` is what JSON can hold."""

    kind: HappeningKind
    key: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to one webhook: how often it was tried, what its server answered last (`status` 0: nothing)."""

    webhook_id: WebhookId
    happening: Happening
    made_at: datetime
    due: datetime
    tries: int = 0
    status: int = 0
    told: str = ""
    outcome: Outcome = Outcome.WAITING
    ended_at: datetime | None = None
    id: DeliveryId = _NO_DELIVERY


@dataclass(frozen=True, slots=True)
class Known:
    """What programs know of a story: its independent reports, its figures by their scope, what differs in it."""

    reports: int
    figures: Mapping[str, float] = field(default_factory=dict)
    differences: frozenset[str] = frozenset()
