"""messages to webhooks -> their servers: signed as Standard Webhooks says, tried for days, given up with a reason.

What is promised: a message goes under one id however often it is tried, so that its receiver can tell; cut off by a
crash between sending and writing that down, it is sent again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from octavo import __version__
from octavo.domain.web import Request, Response
from octavo.domain.webhook import Delivery, Webhook, WebhookId
from octavo.errors import FetchError, Gone, HostBusy
from octavo.ports.tools import Tools
from octavo.store import webhooks
from octavo.text.signatures import signed

log = structlog.get_logger()

AT_ONCE = 50
"""Messages sent in one go."""

PAUSES = (
    timedelta(seconds=20),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long is waited after each try; after one more the message is given up."""

_BUSY = timedelta(minutes=5)
_MAX_ANSWER = 65_536
_TOLD = 400


def send_webhooks(tools: Tools) -> int:
    """Send what is due; gives how many messages were taken."""
    took = 0
    while True:
        now = tools.now()
        with tools.database.read() as view:
            hooks = {hook.id: hook for hook in webhooks.on(view)}
            waiting = webhooks.due(view, now, AT_ONCE)
        if not waiting:
            return took
        with tools.database.transaction() as tx:
            begun = [one for one in waiting if webhooks.begin(tx, one.id, now + _pause(one))]
        took += _send(tools, begun, hooks)


def _pause(one: Delivery) -> timedelta:
    return PAUSES[min(one.tries, len(PAUSES) - 1)]


def _send(tools: Tools, begun: Sequence[Delivery], hooks: Mapping[WebhookId, Webhook]) -> int:
    asked: dict[int, tuple[Request, Delivery]] = {}
    for one in begun:
        if one.webhook_id in hooks:
            request = message(one, hooks[one.webhook_id], tools.now())
            asked[id(request)] = (request, one)
    taken = 0
    for request, answer in tools.fetcher.fetch_all([request for request, _ in asked.values()]):
        one = asked[id(request)][1]
        taken += _remember(tools, hooks[one.webhook_id], one, answer)
    return taken


def message(one: Delivery, hook: Webhook, now: datetime) -> Request:
    """Write and sign a message; its id is the same for each try, its time is the try's."""
    body = json.dumps(
        {
            "type": str(one.happening.kind),
            "timestamp": one.made_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "data": one.happening.data,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "replace")
    name, at = message_id(one), int(now.timestamp())
    fields = (
        ("Content-Type", "application/json"),
        ("webhook-id", name),
        ("webhook-timestamp", str(at)),
        ("webhook-signature", signed(hook.secret, name, at, body)),
        ("X-Octavo-Version", __version__),
    )
    return Request(hook.url, max_bytes=_MAX_ANSWER, sent=body, fields=fields)


def message_id(one: Delivery) -> str:
    """Name a message for its receiver: the same for each try, another for each message of each instance."""
    named = f"{one.webhook_id} {one.id} {one.happening.key} {one.made_at.isoformat()}"
    return f"msg_{hashlib.sha256(named.encode()).hexdigest()[:27]}"


def _remember(tools: Tools, hook: Webhook, one: Delivery, answer: Response | FetchError) -> bool:
    now = tools.now()
    if isinstance(answer, Response) and 200 <= answer.status < 300:
        with tools.database.transaction() as tx:
            webhooks.taken(tx, replace(one, status=answer.status), now)
        return True
    if isinstance(answer, HostBusy) and not answer.asked:
        with tools.database.transaction() as tx:
            webhooks.put_off(tx, one.id, answer.until or now + _BUSY, str(answer)[:_TOLD])
        return False
    status, told = (answer.status, f"answered {answer.status}") if isinstance(answer, Response) else _said(answer)
    failed = replace(one, status=status, told=told)
    reason = _given_up(tools, hook, answer, told, now)
    log.info("webhook message not taken", webhook=hook.id, message=one.id, tries=one.tries + 1, said=told)
    with tools.database.transaction() as tx:
        webhooks.failed(tx, failed, now, last=bool(reason) or one.tries >= len(PAUSES))
        if reason:
            webhooks.turn_off(tx, hook.id, reason, now)
    if reason:
        log.warning("webhook turned off", webhook=hook.id, reason=reason)
    return False


def _said(error: FetchError) -> tuple[int, str]:
    return error.status or 0, str(error)[:_TOLD]


def _given_up(tools: Tools, hook: Webhook, answer: Response | FetchError, told: str, now: datetime) -> str:
    """Say why a webhook is told nothing more; "" where it is still tried."""
    if isinstance(answer, Gone):
        return "its server says that it is gone (410)"
    with tools.database.read() as view:
        kept = webhooks.get(view, hook.id)
    days = tools.settings.webhooks.days
    if kept is None or kept.failing_since is None or now - kept.failing_since < timedelta(days=days):
        return ""
    return f"nothing was taken for {days} days: {told}"
