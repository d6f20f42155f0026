"""Tables: webhooks, webhook_deliveries: who is told what, the messages on their way and what came of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.webhook import Delivery, DeliveryId, Happening, HappeningKind, HookState, Outcome, Webhook, WebhookId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new, put
from octavo.store.keys import CLIPPED, key_of
from octavo.store.tables import webhook_deliveries, webhooks

_OPEN = webhook_deliveries.c.ended_at.is_(None)


def add(tx: Transaction, hook: Webhook) -> WebhookId:
    """Keep a webhook with its secret; gives its id."""
    row = {
        "name": hook.name,
        "url": hook.url,
        "secret": hook.secret,
        "kinds": [str(one) for one in hook.kinds],
        "search": hook.search,
        "least": hook.least,
        "state": str(hook.state),
        "reason": hook.reason,
        "made_at": hook.made_at,
        "failing_since": hook.failing_since,
    }
    return WebhookId(tx.execute(insert(webhooks).returning(webhooks.c.id), row).scalar_one())


def get(read: Read, hook_id: WebhookId) -> Webhook | None:
    """Give one webhook."""
    row = read.execute(select(webhooks).where(webhooks.c.id == hook_id)).first()
    return _hook(row) if row else None


def all(read: Read) -> list[Webhook]:  # noqa: A001 - read as webhooks.all
    """List every webhook, the oldest first."""
    return [_hook(row) for row in read.execute(select(webhooks).order_by(webhooks.c.id))]


def on(read: Read) -> list[Webhook]:
    """List the webhooks that are told things, the oldest first."""
    query = select(webhooks).where(webhooks.c.state == str(HookState.ON)).order_by(webhooks.c.id)
    return [_hook(row) for row in read.execute(query)]


def count(read: Read) -> int:
    """Count the webhooks."""
    return int(read.execute(select(func.count()).select_from(webhooks)).scalar_one())


def set_state(tx: Transaction, hook_id: WebhookId, state: HookState, reason: str = "") -> bool:
    """Turn a webhook on or off, or pause it; one that is turned on has its failures forgiven. False: there is none."""
    values: dict[str, Any] = {"state": str(state), "reason": reason}
    if state is HookState.ON:
        values["failing_since"] = None
    return tx.execute(update(webhooks).where(webhooks.c.id == hook_id).values(**values)).rowcount > 0


def remove(tx: Transaction, hook_id: WebhookId) -> bool:
    """Forget a webhook and its messages. False: there is none."""
    return tx.execute(delete(webhooks).where(webhooks.c.id == hook_id)).rowcount > 0


def note(tx: Transaction, told: Iterable[tuple[WebhookId, Happening]], now: datetime) -> None:
    """Have webhooks told of things, each once."""
    rows = [
        {
            "webhook_id": hook,
            "key": one.key if len(one.key) <= CLIPPED else key_of(one.key).hex(),
            "kind": str(one.kind),
            "data": dict(one.data),
            "made_at": now,
            "due": now,
            "tries": 0,
            "status": 0,
            "told": "",
            "outcome": str(Outcome.WAITING),
        }
        for hook, one in told
    ]
    put(tx, insert_new(webhook_deliveries, ["webhook_id", "key"]), rows)


def due(read: Read, now: datetime, limit: int) -> list[Delivery]:
    """List the messages whose time has come, to webhooks that are on; the longest due first."""
    query = (
        select(webhook_deliveries)
        .select_from(webhook_deliveries.join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id))
        .where(_OPEN, webhook_deliveries.c.due <= now, webhooks.c.state == str(HookState.ON))
        .order_by(webhook_deliveries.c.due, webhook_deliveries.c.id)
        .limit(limit)
    )
    return [_delivery(row) for row in read.execute(query)]


def begin(tx: Transaction, delivery_id: DeliveryId, again_at: datetime) -> bool:
    """Write down that a message is about to be sent, and when again if nothing is heard. False: it ended meanwhile."""
    values = {"tries": webhook_deliveries.c.tries + 1, "due": again_at}
    waits = (webhook_deliveries.c.id == delivery_id) & _OPEN
    return tx.execute(update(webhook_deliveries).where(waits).values(**values)).rowcount > 0


def failed(tx: Transaction, one: Delivery, now: datetime, *, last: bool) -> None:
    """Remember what a server said that did not take a message; `last`: it is not tried again."""
    values: dict[str, Any] = {"status": one.status, "told": one.told}
    if last:
        values |= {"outcome": str(Outcome.DROPPED), "ended_at": now}
    tx.execute(update(webhook_deliveries).where(webhook_deliveries.c.id == one.id).values(**values))
    fresh = (webhooks.c.id == one.webhook_id) & webhooks.c.failing_since.is_(None)
    tx.execute(update(webhooks).where(fresh).values(failing_since=now))


def put_off(tx: Transaction, delivery_id: DeliveryId, until: datetime, told: str) -> None:
    """Let a message wait whose server was not asked, or is busy: that counts as no try."""
    values = {"due": until, "told": told, "tries": webhook_deliveries.c.tries - 1}
    tx.execute(update(webhook_deliveries).where(webhook_deliveries.c.id == delivery_id, _OPEN).values(**values))


def taken(tx: Transaction, one: Delivery, now: datetime) -> None:
    """Write down that a message was taken: its webhook works."""
    values = {"status": one.status, "told": "", "outcome": str(Outcome.TAKEN), "ended_at": now}
    tx.execute(update(webhook_deliveries).where(webhook_deliveries.c.id == one.id).values(**values))
    tx.execute(update(webhooks).where(webhooks.c.id == one.webhook_id).values(failing_since=None))


def turn_off(tx: Transaction, hook_id: WebhookId, reason: str, now: datetime) -> None:
    """Tell a webhook nothing more, for a reason; what waits for it is dropped."""
    set_state(tx, hook_id, HookState.OFF, reason)
    waits = (webhook_deliveries.c.webhook_id == hook_id) & _OPEN
    values = {"outcome": str(Outcome.DROPPED), "told": reason, "ended_at": now}
    tx.execute(update(webhook_deliveries).where(waits).values(**values))


def again(tx: Transaction, hook_id: WebhookId, delivery_id: DeliveryId, now: datetime) -> bool:
    """Have a message of a webhook sent once more, under the id it had. False: it has none of that number."""
    mine = (webhook_deliveries.c.id == delivery_id) & (webhook_deliveries.c.webhook_id == hook_id)
    values = {"due": now, "tries": 0, "status": 0, "told": "", "outcome": str(Outcome.WAITING), "ended_at": None}
    return tx.execute(update(webhook_deliveries).where(mine).values(**values)).rowcount > 0


def log(read: Read, hook_id: WebhookId | None, limit: int, before: DeliveryId | None = None) -> list[Delivery]:
    """List the messages of a webhook, or of all, the newest first."""
    query = select(webhook_deliveries).order_by(webhook_deliveries.c.id.desc()).limit(limit)
    if hook_id is not None:
        query = query.where(webhook_deliveries.c.webhook_id == hook_id)
    if before is not None:
        query = query.where(webhook_deliveries.c.id < before)
    return [_delivery(row) for row in read.execute(query)]


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Forget the messages that ended before; gives how many."""
    return tx.execute(delete(webhook_deliveries).where(webhook_deliveries.c.ended_at < moment)).rowcount


def _hook(row: Any) -> Webhook:
    kinds: Sequence[str] = row.kinds
    return Webhook(
        url=row.url,
        kinds=tuple(HappeningKind(one) for one in kinds),
        made_at=row.made_at,
        name=row.name,
        search=row.search,
        least=row.least,
        state=HookState(row.state),
        reason=row.reason,
        failing_since=row.failing_since,
        id=WebhookId(row.id),
        secret=row.secret,
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        webhook_id=WebhookId(row.webhook_id),
        happening=Happening(HappeningKind(row.kind), row.key, row.data),
        made_at=row.made_at,
        due=row.due,
        tries=row.tries,
        status=row.status,
        told=row.told,
        outcome=Outcome(row.outcome),
        ended_at=row.ended_at,
        id=DeliveryId(row.id),
    )
