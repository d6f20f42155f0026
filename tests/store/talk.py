"""Things said, for the tests of what is kept of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from octavo.discuss.ranking import rank
from octavo.discuss.tree import path_below
from octavo.domain.account import Account, Role
from octavo.domain.comment import (
    NOBODY,
    Ballot,
    Comment,
    Venue,
    Vote,
)
from octavo.domain.ids import AccountId, CommentId
from octavo.ports.database import Database, Transaction
from octavo.store import accounts, comments, votes

from .examples import NOON


def add_people(database: Database) -> list[AccountId]:
    """Keep three readers: Ada, Bo, Cyd."""
    with database.transaction() as tx:
        made = [Account(AccountId(0), name, Role.READER, NOON) for name in ("Ada", "Bo", "Cyd")]
        return [accounts.add(tx, one, "").id for one in made]


def say(
    tx: Transaction,
    venue: Venue,
    who: AccountId | None,
    text: str = "Well.",
    *,
    below: Comment | None = None,
    **given: Any,
) -> Comment:
    comments.begin(tx)
    path = path_below(below)
    key = given.pop("client_key", "")
    made = Comment(
        CommentId(0),
        comments.open_thread(tx, venue).id,
        text,
        given.pop("at", NOON),
        who,
        parent_id=path[-1] if path else NOBODY,
        path=path,
        rank=rank(0, 0),
    )
    return comments.add(tx, replace(made, **given), key)


def vote(tx: Transaction, one: Comment, who: AccountId, value: Ballot) -> None:
    step = votes.cast_vote(tx, Vote(one.id, who, value, NOON))
    comments.count_votes(tx, {one.id: step}, rank)


def ids(found: Sequence[Comment]) -> list[CommentId]:
    return [one.id for one in found]
