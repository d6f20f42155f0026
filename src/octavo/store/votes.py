"""Tables: votes: what readers think of comments. The counts of them stand with the comments (store/comments.py)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import delete, func, select

from octavo.domain.comment import Ballot, Vote
from octavo.domain.ids import AccountId, CommentId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, upsert
from octavo.store.tables import votes

Step = tuple[int, int]
"""What a change adds to the votes up and to the votes down."""


def cast_vote(tx: Transaction, vote: Vote) -> Step:
    """Keep a vote in place of the one somebody gave before; 0 takes it back. Gives what that adds to the counts."""
    mine = (votes.c.comment_id == vote.comment_id) & (votes.c.account_id == vote.account_id)
    before = tx.execute(select(votes.c.value).where(mine)).scalar() or 0
    if before == vote.value:
        return 0, 0
    if vote.value == 0:
        tx.execute(delete(votes).where(mine))
    else:
        row = {"comment_id": vote.comment_id, "account_id": vote.account_id, "value": vote.value, "at": vote.at}
        tx.execute(upsert(votes, ["value", "at"]), row)
    return int(vote.value == 1) - int(before == 1), int(vote.value == -1) - int(before == -1)


def take_back(tx: Transaction, account_id: AccountId) -> dict[CommentId, Step]:
    """Take back every vote of an account; gives what that adds to the counts."""
    mine = votes.c.account_id == account_id
    rows = tx.execute(select(votes.c.comment_id, votes.c.value).where(mine)).all()
    tx.execute(delete(votes).where(mine))
    return {CommentId(row.comment_id): (-int(row.value == 1), -int(row.value == -1)) for row in rows}


def of(read: Read, account_id: AccountId, ids: Iterable[CommentId]) -> dict[CommentId, Ballot]:
    """Give the votes an account gave these comments."""
    found: dict[CommentId, Ballot] = {}
    for some in chunks(dict.fromkeys(ids)):
        query = select(votes.c.comment_id, votes.c.value)
        for row in read.execute(query.where(votes.c.comment_id.in_(some), votes.c.account_id == account_id)):
            found[CommentId(row.comment_id)] = cast("Ballot", row.value)
    return found


def count_since(read: Read, account_id: AccountId, since: datetime) -> int:
    """Count the comments an account voted on since then."""
    query = select(func.count()).where(votes.c.account_id == account_id, votes.c.at >= since)
    return int(read.execute(query).scalar_one())


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give all an account voted on."""
    query = select(votes).where(votes.c.account_id == account_id).order_by(votes.c.at, votes.c.comment_id)
    return [{"comment_id": row.comment_id, "value": row.value, "at": row.at.isoformat()} for row in read.execute(query)]
