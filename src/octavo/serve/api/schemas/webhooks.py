"""What the API gives and takes of webhooks: who is told what, and what came of it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from octavo.serve.api.schemas.articles import Resource
from octavo.serve.api.schemas.kept import Sent
from octavo.serve.api.schemas.lists import Listed

_LINE = r"^[^\x00-\x1f\x7f]*$"

Kind = Literal[
    "story.grew",
    "figure.changed",
    "contradiction.found",
    "article.corrected",
    "hashtag.surged",
    "search.matched",
]


class Webhook(Resource):
    """An address that is told of the news."""

    id: str = Field(description="Its number here.")
    url: str = Field(description="The address that is told.")
    kinds: list[str] = Field(description="What it is told of: the `type` of its messages.")
    made: datetime = Field(description="When it was made.")
    state: Literal["on", "paused", "off"] = Field(description="Whether it is told anything; off: for a `reason`.")
    name: str = Field("", description="What it is called here.")
    search: str = Field("", description="What search.matched looks for.")
    least: int = Field(2, description="The independent reports from which story.grew is told.")
    reason: str = Field("", description="Why it was turned off by this instance.")
    failing: datetime | None = Field(None, description="Since when nothing it was sent was taken; null: all is well.")


class MadeWebhook(Webhook):
    """A webhook that was made just now."""

    secret: str = Field(description="What its messages are signed with. Nobody can look it up later.")


class Webhooks(Listed):
    """The webhooks, the oldest first."""

    items: list[Webhook] = Field(description="All of them.")


class NewWebhook(Sent):
    """A webhook to make."""

    url: str = Field(
        min_length=1, max_length=2_000, pattern=_LINE, description="The address to tell: https:// or http://."
    )
    kinds: Annotated[list[Kind], Field(max_length=6)] = Field(
        [], description="What to tell it of; empty: everything, search.matched where there is a search."
    )
    name: str = Field("", max_length=80, pattern=_LINE, description="What it is called here.")
    search: str = Field("", max_length=300, pattern=_LINE, description="Words search.matched looks for.")
    least: int = Field(2, ge=1, le=1_000, description="The independent reports from which story.grew is told.")


class State(Sent):
    """Whether a webhook is told anything."""

    state: Literal["on", "paused"] = Field(description="On, one that was turned off, too; or paused.")


class Message(Resource):
    """A message to a webhook, and what came of it."""

    id: str = Field(description="Its number here.")
    type: str = Field(description="What it tells of.")
    made: datetime = Field(description="When it was made.")
    outcome: Literal["waiting", "taken", "dropped"] = Field(description="What came of it.")
    data: dict[str, Any] = Field(description="What it tells.")
    tries: int = Field(0, description="How often it was sent.")
    due: datetime | None = Field(None, description="When it is sent next; null once it is taken or dropped.")
    status: int = Field(0, description="The status the address answered last; 0: none.")
    said: str = Field("", description="What went wrong last.")


class Messages(Listed):
    """What a webhook was told, the newest first."""

    items: list[Message] = Field(description="What is on this page.")
