"""The API of webhooks: other programs that are told of the news. Needs an owner's token with their scope."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from octavo.actions import webhooks
from octavo.domain.webhook import Delivery, HookState
from octavo.domain.webhook import Webhook as Hook
from octavo.serve.api.asking import Asked
from octavo.serve.api.parameters import Fields
from octavo.serve.api.schemas.webhooks import (
    MadeWebhook,
    Message,
    Messages,
    NewWebhook,
    State,
    Webhook,
    Webhooks,
)

router = APIRouter(tags=["webhooks"])

HookId = Annotated[str, Path(alias="id", pattern=r"^[0-9]{1,15}$", description="Its number, as every answer names it.")]
MessageId = Annotated[str, Path(alias="message", pattern=r"^[0-9]{1,15}$", description="The number of the message.")]


class Log(Fields):
    """A page of what a webhook was told."""

    cursor: str = Field(
        "", pattern=r"^[0-9]{0,15}$", description="`next` of the page before; empty for the first page."
    )


@router.get("/webhooks", response_model=Webhooks)
def list_webhooks(asked: Asked, query: Annotated[Fields, Query()]) -> Response:
    """List the webhooks, the oldest first."""
    found = webhooks.every(asked.site.tools, asked.person)
    return asked.list(Webhooks(items=[Webhook(**_told(one)) for one in found], next=None), query.fields, own=True)


@router.post("/webhooks", response_model=MadeWebhook, status_code=201)
def make_webhook(asked: Asked, sent: NewWebhook) -> Response:
    """Have an address told of the news. The answer holds its secret, which is shown this once."""
    tools = asked.site.tools
    wanted = Hook(sent.url, (), tools.now(), sent.name, sent.search, sent.least)
    made = webhooks.add(tools, asked.person, wanted, sent.kinds)
    response = asked.one(MadeWebhook(**_told(made), secret=made.secret), own=True)
    response.status_code = 201
    return response


@router.get("/webhooks/{id}", response_model=Webhook)
def get_webhook(asked: Asked, number: HookId, query: Annotated[Fields, Query()]) -> Response:
    """Give one webhook, without its secret."""
    return _one(asked, number, query.fields)


@router.put("/webhooks/{id}/state", response_model=Webhook)
def set_webhook_state(asked: Asked, number: HookId, sent: State) -> Response:
    """Pause a webhook, or turn it on again."""
    webhooks.set_state(asked.site.tools, asked.person, number, HookState(sent.state))
    return _one(asked, number)


@router.delete("/webhooks/{id}", status_code=204)
def remove_webhook(asked: Asked, number: HookId) -> Response:
    """Forget a webhook, and what it was told."""
    webhooks.remove(asked.site.tools, asked.person, number)
    return Response(status_code=204)


@router.post("/webhooks/{id}/test", status_code=204)
def try_webhook(asked: Asked, number: HookId) -> Response:
    """Have a webhook told that it is tested: within a minute, where a worker runs."""
    webhooks.test(asked.site.tools, asked.person, number)
    return Response(status_code=204)


@router.get("/webhooks/{id}/messages", response_model=Messages)
def webhook_messages(asked: Asked, number: HookId, query: Annotated[Log, Query()]) -> Response:
    """List what a webhook was told and what came of it, the newest first."""
    found = webhooks.told(asked.site.tools, asked.person, number, query.cursor).messages
    more = str(found[-1].id) if len(found) == webhooks.LOGGED else None
    return asked.list(Messages(items=[_message(one) for one in found], next=more), query.fields, own=True)


@router.post("/webhooks/{id}/messages/{message}/again", status_code=204)
def send_message_again(asked: Asked, number: HookId, message: MessageId) -> Response:
    """Have a message sent once more, under the id it had."""
    webhooks.again(asked.site.tools, asked.person, number, message)
    return Response(status_code=204)


def _one(asked: Asked, number: str, fields: str = "") -> Response:
    found = webhooks.told(asked.site.tools, asked.person, number).hook
    return asked.one(Webhook(**_told(found)), fields, own=True)


def _told(one: Hook) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "url": one.url,
        "kinds": [str(kind) for kind in one.kinds],
        "made": one.made_at,
        "state": str(one.state),
        "name": one.name,
        "search": one.search,
        "least": one.least,
        "reason": one.reason,
        "failing": one.failing_since,
    }


def _message(one: Delivery) -> Message:
    outcome: Any = str(one.outcome) or "waiting"
    return Message(
        id=str(one.id),
        type=str(one.happening.kind),
        made=one.made_at,
        outcome=outcome,
        data=dict(one.happening.data),
        tries=one.tries,
        due=one.due if one.ended_at is None else None,
        status=one.status,
        said=one.told,
    )
