"""Everything that is kept of somebody: given to them, or forgotten."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from octavo.accounts.permissions import Act, demand, demand_proof
from octavo.domain.account import Person, Role
from octavo.domain.ids import AccountId
from octavo.errors import NotAllowed
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, credentials, notifications, sessions, wishes

Export = Callable[[Read, AccountId], list[dict[str, Any]]]
Forget = Callable[[Transaction, AccountId, datetime], None]

EXPORTS: Mapping[str, Export] = {
    "notifications": notifications.export,
    "notification_wishes": wishes.export,
    "ways_in": credentials.export,
}
"""What else is kept of an account, by the name its owner sees: each gives rows, as plain values."""

FORGETS: tuple[Forget, ...] = ()
"""What is to be done before an account goes, where its rows do not simply go with it."""


def demand_fresh(tools: Tools, person: Person | None) -> Person:
    """Let somebody through who has proved a short while ago who they are. Raises SignInRequired, VerifyAgain."""
    who = demand(person, Act.OWN_ACCOUNT)
    demand_proof(who, timedelta(minutes=tools.settings.accounts.grave_minutes), tools.now())
    return who


def export(tools: Tools, person: Person | None) -> dict[str, Any]:
    """Give everything that is kept of somebody. Raises SignInRequired, VerifyAgain."""
    who, now = demand_fresh(tools, person), tools.now()
    with tools.database.read() as view:
        rest = {name: give(view, who.id) for name, give in EXPORTS.items()}
        return {"account": asdict(who.account), **sessions.export(view, who.id, now), **rest}


def leave(tools: Tools, person: Person | None) -> None:
    """Forget somebody at once. Raises VerifyAgain, NotAllowed: the last owner stays while there are others."""
    who, now = demand_fresh(tools, person), tools.now()
    with tools.database.transaction() as tx:
        last = who.account.role is Role.OWNER and accounts.count(tx, Role.OWNER) == 1
        if last and accounts.count(tx) > 1:
            raise NotAllowed("you are the last owner: make somebody else one first")
        for forget in FORGETS:
            forget(tx, who.id, now)
        accounts.remove(tx, who.id)
