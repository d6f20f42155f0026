"""Webhooks in an owner's hands: make one, see what it was told, send again, pause, remove; each is written down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record
from octavo.domain.account import Person
from octavo.domain.webhook import (
    CHOSEN,
    Delivery,
    DeliveryId,
    Happening,
    HappeningKind,
    HookState,
    Webhook,
    WebhookId,
)
from octavo.errors import InputError, NoRoom, NotFound, UnusableUrl
from octavo.ports.tools import Tools
from octavo.relate.query import WORD, parse
from octavo.store import webhooks
from octavo.text.signatures import new_secret
from octavo.text.urls import absolute_url

LONGEST_NAME = 80
LONGEST_SEARCH = 300
MOST_LEAST = 1_000
LOGGED = 50
"""Messages of the log in one page."""

SHOWN = 12
"""Messages shown of each webhook where all of them are listed."""

_LONGEST = 2**53


@dataclass(frozen=True, slots=True)
class Told:
    """What a webhook was told, and which it is."""

    hook: Webhook
    messages: Sequence[Delivery]


def add(tools: Tools, person: Person | None, wanted: Webhook, kinds: Iterable[str] = ()) -> Webhook:
    """Make a webhook of `wanted`'s address, name, search and least; gives it with its secret, which nobody sees again.

    `kinds` are names of what it is told of; none means everything it can be told of. Raises NotAllowed, InputError,
    NoRoom.
    """
    who = demand(person, Act.MANAGE_WEBHOOKS)
    now, search = tools.now(), " ".join(wanted.search.split())
    made = replace(
        wanted,
        url=_url(wanted.url),
        name=" ".join(wanted.name.split())[:LONGEST_NAME],
        kinds=_kinds(kinds, searches=bool(search)),
        search=_search(search),
        least=_least(wanted.least),
        state=HookState.ON,
        made_at=now,
        secret=new_secret(),
    )
    with tools.database.transaction() as tx:
        if webhooks.count(tx) >= tools.settings.webhooks.most:
            raise NoRoom("there are as many webhooks as there may be (webhooks.most)")
        made = replace(made, id=webhooks.add(tx, made))
        record(tx, who, "webhook made", f"webhook/{made.id}", _host(made), now)
    return made


def every(tools: Tools, person: Person | None) -> list[Webhook]:
    """List the webhooks. Raises NotAllowed."""
    demand(person, Act.MANAGE_WEBHOOKS)
    with tools.database.read() as view:
        return [replace(one, secret="") for one in webhooks.all(view)]


def told(tools: Tools, person: Person | None, hook: str, before: str = "") -> Told:
    """Give what a webhook was told, the newest first. Raises NotAllowed, NotFound."""
    demand(person, Act.MANAGE_WEBHOOKS)
    with tools.database.read() as view:
        found = webhooks.get(view, WebhookId(_number(hook)))
        if found is None:
            raise NotFound("there is no such webhook")
        after = DeliveryId(_number(before)) if before else None
        return Told(replace(found, secret=""), webhooks.log(view, found.id, LOGGED, after))


def with_messages(tools: Tools, person: Person | None) -> list[Told]:
    """Give each webhook with what it was told last. Raises NotAllowed."""
    with tools.database.read() as view:
        return [Told(one, webhooks.log(view, one.id, SHOWN)) for one in every(tools, person)]


def again(tools: Tools, person: Person | None, hook: str, message: str) -> None:
    """Have a message sent once more, under the id it had. Raises NotAllowed, NotFound."""
    who = demand(person, Act.MANAGE_WEBHOOKS)
    with tools.database.transaction() as tx:
        if not webhooks.again(tx, WebhookId(_number(hook)), DeliveryId(_number(message)), tools.now()):
            raise NotFound("there is no such webhook")
        record(tx, who, "webhook message sent again", f"webhook/{hook}", message, tools.now())


def test(tools: Tools, person: Person | None, hook: str) -> None:
    """Have a webhook told that it is tested. Raises NotAllowed, NotFound."""
    demand(person, Act.MANAGE_WEBHOOKS)
    now = tools.now()
    with tools.database.transaction() as tx:
        found = webhooks.get(tx, WebhookId(_number(hook)))
        if found is None:
            raise NotFound("there is no such webhook")
        said = Happening(HappeningKind.TEST, f"test {now.isoformat()}", {"name": found.name})
        webhooks.note(tx, [(found.id, said)], now)


def set_state(tools: Tools, person: Person | None, hook: str, state: HookState) -> None:
    """Pause a webhook or turn it on again. Raises NotAllowed, NotFound."""
    who, now = demand(person, Act.MANAGE_WEBHOOKS), tools.now()
    with tools.database.transaction() as tx:
        if not webhooks.set_state(tx, WebhookId(_number(hook)), state):
            raise NotFound("there is no such webhook")
        record(tx, who, f"webhook {'resumed' if state is HookState.ON else 'paused'}", f"webhook/{hook}", "", now)


def remove(tools: Tools, person: Person | None, hook: str) -> None:
    """Forget a webhook and its log. Raises NotAllowed, NotFound."""
    who, now = demand(person, Act.MANAGE_WEBHOOKS), tools.now()
    with tools.database.transaction() as tx:
        if not webhooks.remove(tx, WebhookId(_number(hook))):
            raise NotFound("there is no such webhook")
        record(tx, who, "webhook removed", f"webhook/{hook}", "", now)


def _number(said: str) -> int:
    if not said.isdecimal() or len(said) > len(str(_LONGEST)) or int(said) >= _LONGEST:
        raise NotFound("there is no such webhook")
    return int(said)


def _url(said: str) -> str:
    try:
        url = absolute_url(said)
    except UnusableUrl as error:
        raise InputError("a webhook needs an address that begins with https:// or http://") from error
    return url.partition("#")[0]


def _host(hook: Webhook) -> str:
    """Name a webhook in the log: its whole address may hold a secret."""
    return f"{hook.name} {urlsplit(hook.url).netloc}".strip()


def _kinds(names: Iterable[str], *, searches: bool) -> tuple[HappeningKind, ...]:
    chosen = list(dict.fromkeys(names))
    known = {str(kind): kind for kind in CHOSEN}
    if any(name not in known for name in chosen):
        raise InputError("this is nothing a webhook can be told of")
    found = tuple(known[name] for name in chosen)
    if HappeningKind.SEARCH_MATCHED in found and not searches:
        raise InputError("a webhook’s search needs words; phrases, OR and a minus may stand in it")
    every_kind = tuple(kind for kind in CHOSEN if searches or kind is not HappeningKind.SEARCH_MATCHED)
    return found or every_kind


def _search(said: str) -> str:
    asked = parse(said)
    usable = not said or (bool(asked.text or asked.either) and all(part.kind == WORD for part in asked.parts))
    if not usable or len(said) > LONGEST_SEARCH:
        raise InputError("a webhook’s search needs words; phrases, OR and a minus may stand in it")
    return said


def _least(said: int) -> int:
    if not 1 <= said <= MOST_LEAST:
        raise InputError("this is no number")
    return said
