"""Tables: comment_marks, moderation_rules, slow_modes: what comments are held to before anybody reads them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from octavo.domain.ids import AccountId, CommentId, first_article_id
from octavo.domain.moderation import Does, Rule
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new, upsert
from octavo.store.tables import comment_marks, comments, moderation_rules, slow_modes

_OWN = "any"
"""The mark of every comment, by which those of new accounts are counted."""


def mark(tx: Transaction, comment_id: CommentId, marks: Iterable[str], now: datetime, *, new: bool) -> None:
    """Remember for a day what a comment has in common with others."""
    rows = [
        {"mark": one, "comment_id": comment_id, "at": now, "new_account": new} for one in dict.fromkeys((_OWN, *marks))
    ]
    tx.execute(insert(comment_marks), rows)


def count_marked(read: Read, marks: Sequence[str], since: datetime) -> dict[str, int]:
    """Count the comments of new accounts that have each of these marks, since a moment."""
    first = first_article_id(int(since.timestamp()))  # ids of comments are ordered by time, as those of articles are
    lately = (comment_marks.c.comment_id >= first) & (comment_marks.c.at >= since)
    mine = comment_marks.c.mark.in_(marks) & lately & comment_marks.c.new_account
    query = select(comment_marks.c.mark, func.count().label("n")).where(mine).group_by(comment_marks.c.mark)
    return {row.mark: row.n for row in read.execute(query)} if marks else {}


def count_new(read: Read, since: datetime) -> int:
    """Count the comments new accounts posted since a moment."""
    return count_marked(read, [_OWN], since).get(_OWN, 0)


def forget_marks(tx: Transaction, before: datetime) -> int:
    """Forget the marks of older comments; gives how many."""
    return tx.execute(delete(comment_marks).where(comment_marks.c.at < before)).rowcount


def shown_before(read: Read, account_id: AccountId, now: datetime, most: int) -> int:
    """Count the comments of an account, up to so many, that have been shown for some hours."""
    mine = (comments.c.account_id == account_id) & (comments.c.state == "live")
    old = mine & (comments.c.posted_at < now - timedelta(hours=3))
    return len(read.execute(select(comments.c.id).where(old).limit(most)).all())


def add_rule(tx: Transaction, rule: Rule, now: datetime) -> bool:
    """Keep a rule; False when there is one for this word or host."""
    row = {"kind": rule.kind, "pattern": rule.pattern, "does": str(rule.does), "note": rule.note, "made_at": now}
    made = insert_new(moderation_rules, ["kind", "pattern"]).returning(moderation_rules.c.id)
    return tx.execute(made, row).first() is not None


def drop_rule(tx: Transaction, number: int) -> Rule | None:
    """Take a rule back; gives what it was."""
    found = next((one for one in rules(tx) if one.id == number), None)
    tx.execute(delete(moderation_rules).where(moderation_rules.c.id == number))
    return found


def rules(read: Read) -> list[Rule]:
    """List the words and hosts that are not wanted."""
    rows = read.execute(select(moderation_rules).order_by(moderation_rules.c.kind, moderation_rules.c.pattern))
    return [Rule(row.kind, row.pattern, Does(row.does), row.note, row.id) for row in rows]


def slow(tx: Transaction, key: str, seconds: int, now: datetime) -> None:
    """Let so many seconds lie between two comments of one account somewhere; 0 ends it."""
    if seconds:
        tx.execute(upsert(slow_modes, ["seconds", "at"]), {"key": key, "seconds": seconds, "at": now})
    else:
        tx.execute(delete(slow_modes).where(slow_modes.c.key == key))


def slowed(read: Read, keys: Sequence[str]) -> int:
    """Give the seconds that must lie between two comments at a place of these names; 0 for no such rule."""
    found = read.execute(select(func.max(slow_modes.c.seconds)).where(slow_modes.c.key.in_(keys))).scalar()
    return found or 0


def slow_places(read: Read) -> list[tuple[str, int]]:
    """List where comments are slowed: (place, seconds)."""
    return [(row.key, row.seconds) for row in read.execute(select(slow_modes).order_by(slow_modes.c.key))]
