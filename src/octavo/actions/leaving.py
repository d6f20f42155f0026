"""Everything that is kept of somebody: given to them, or forgotten."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from octavo.accounts.permissions import Act, demand, demand_proof
from octavo.actions.discussion import forget_account
from octavo.domain.account import Person, Role
from octavo.domain.ids import AccountId
from octavo.errors import NotAllowed
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import (
    accounts,
    answers_taken,
    audit,
    bookmarks,
    credentials,
    discussion,
    followed_stories,
    follows,
    highlights,
    history,
    lists,
    mail_outbox,
    moderation,
    notifications,
    preferences,
    push,
    read_marks,
    searches,
    sessions,
    subscriptions,
    tickets,
    votes,
    watches,
    wishes,
)

Export = Callable[[Read, AccountId], list[dict[str, Any]]]

EXPORTS: Mapping[str, Export] = {
    "acts": audit.export,
    "answers": answers_taken.export,
    "bookmarks": bookmarks.export,
    "browsers": push.export,
    "comments": discussion.export,
    "followed_stories": followed_stories.export,
    "follows": follows.export,
    "highlights": highlights.export,
    "history": history.export,
    "letters": mail_outbox.export,
    "links": tickets.export,
    "lists": lists.export,
    "moderation": moderation.export,
    "notifications": notifications.export,
    "notification_wishes": wishes.export,
    "preferences": preferences.export,
    "read_marks": read_marks.export,
    "saved_searches": searches.export,
    "subscriptions": subscriptions.export,
    "votes": votes.export,
    "watched_discussions": watches.export,
    "ways_in": credentials.export,
}
"""What else is kept of an account, by the name its owner sees: each gives rows, as plain values."""


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
    who = demand_fresh(tools, person)
    with tools.database.transaction() as tx:
        last = who.account.role is Role.OWNER and accounts.count(tx, Role.OWNER) == 1
        if last and accounts.count(tx) > 1:
            raise NotAllowed("you are the last owner: make somebody else one first")
        forget_account(tx, who.id)
        accounts.remove(tx, who.id)
