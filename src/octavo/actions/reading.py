"""What is read: marks for reader apps, and a history for those who turned it on."""

from collections.abc import Iterable
from datetime import datetime

from octavo.accounts.permissions import Act, demand
from octavo.domain.account import Person
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, FeedId
from octavo.ports.tools import Tools
from octavo.store import history, preferences, read_marks, subscriptions


def mark(tools: Tools, person: Person | None, plan: EditionPlan, ids: Iterable[ArticleId], *, read: bool) -> None:
    """Mark articles as read or unread; `plan` is the edition whose feeds the account reads."""
    who, now, wanted = demand(person, Act.KEEP), tools.now(), list(ids)
    with tools.database.transaction() as tx:
        read_marks.mark(tx, who.id, subscriptions.of(tx, who.id, plan), wanted, read=read)
        if read and preferences.of(tx, who.id).history:
            history.add(tx, who.id, wanted, now)


def mark_until(
    tools: Tools,
    person: Person | None,
    plan: EditionPlan,
    moment: datetime | None,
    feeds: Iterable[FeedId] | None = None,
) -> None:
    """Mark as read all that came in by a moment, of these feeds or all (None); everything where no moment is named.

    However many articles those are, this writes a row for each feed. What an app was not yet given stays unread.
    """
    who, now = demand(person, Act.KEEP), tools.now()
    until = now if moment is None else min(moment, now)
    with tools.database.transaction() as tx:
        subscribed = [one.id for one in subscriptions.of(tx, who.id, plan)]
        named = set(subscribed if feeds is None else feeds)
        read_marks.mark_until(tx, who.id, [one for one in subscribed if one in named], until)


def remember(tools: Tools, person: Person | None, article: ArticleId) -> bool:
    """Remember that an article was opened, for those who turned their history on; says whether it was."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        if not preferences.of(tx, who.id).history:
            return False
        history.add(tx, who.id, [article], now)
    return True


def turn_history(tools: Tools, person: Person | None, *, on: bool) -> None:
    """Remember what is read from now on, or no longer; what was remembered is then forgotten."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        preferences.set_history(tx, who.id, on=on)
        if not on:
            history.forget_all(tx, who.id)


def forget(tools: Tools, person: Person | None, ids: Iterable[ArticleId]) -> None:
    """Forget that these articles were read."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        history.forget(tx, who.id, ids)


def forget_all(tools: Tools, person: Person | None) -> None:
    """Forget all that was read."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        history.forget_all(tx, who.id)
