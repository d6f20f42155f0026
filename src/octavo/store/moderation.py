"""Tables: flags, comment_holds, moderation_acts, appeals, account_notes, comment_locks: what waits, what was done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal_column, select, union, update

from octavo.domain.comment import NOBODY
from octavo.domain.ids import AccountId, CommentId
from octavo.domain.moderation import Appeal, Flag, ModAct, ModerationAct, Waiting
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks, insert_new, upsert
from octavo.store.tables import account_notes, appeals, comment_holds, comment_locks, flags, moderation_acts

_NOTES = 5
"""Notes of readers shown with one comment."""

_DECIDED = moderation_acts.c.act.in_([literal_column(f"'{one}'") for one in (ModAct.REMOVED, ModAct.RESTORED)])
"""Written out, so that both databases see that the index on decisions fits."""


def flag(tx: Transaction, one: Flag) -> bool:
    """Take down a report; False when this reader had reported this comment."""
    row = {
        "comment_id": one.comment_id,
        "account_id": one.account_id,
        "reason": str(one.reason),
        "note": one.note,
        "at": one.at,
        "settled_at": None,
    }
    return tx.execute(insert_new(flags).returning(flags.c.comment_id), row).first() is not None


def flags_of(read: Read, comment_id: CommentId) -> int:
    """Count the readers whose report of a comment nobody has decided on."""
    mine = (flags.c.comment_id == comment_id) & flags.c.settled_at.is_(None)
    found: int = read.execute(select(func.count()).select_from(flags).where(mine)).scalar_one()
    return found


def flagged_by(read: Read, account_id: AccountId, since: datetime) -> int:
    """Count the reports somebody made since a moment."""
    mine = (flags.c.account_id == account_id) & (flags.c.at >= since)
    found: int = read.execute(select(func.count()).select_from(flags).where(mine)).scalar_one()
    return found


def hold(tx: Transaction, comment_id: CommentId, why: str, now: datetime) -> None:
    """Write down why a comment waits."""
    tx.execute(upsert(comment_holds, ["why", "at"]), {"comment_id": comment_id, "why": why, "at": now})


def waiting(read: Read, limit: int, after: CommentId = NOBODY) -> list[Waiting]:
    """List the comments that wait for a moderator, the oldest first: those that are held, and those reported."""
    open_flags = select(flags.c.comment_id).where(flags.c.settled_at.is_(None), flags.c.comment_id > after)
    held = select(comment_holds.c.comment_id).where(comment_holds.c.comment_id > after)
    both = union(open_flags, held).subquery()
    ids = read.execute(select(both.c.comment_id).order_by(both.c.comment_id).limit(limit)).scalars().all()
    return _waiting(read, [CommentId(one) for one in ids])


def count_waiting(read: Read) -> int:
    """Count the comments that wait for a moderator."""
    open_flags = select(flags.c.comment_id).where(flags.c.settled_at.is_(None))
    both = union(open_flags, select(comment_holds.c.comment_id)).subquery()
    found: int = read.execute(select(func.count()).select_from(both)).scalar_one()
    return found


def held_alike(read: Read, why: str, limit: int) -> list[CommentId]:
    """List the comments that wait for one reason, the oldest first."""
    query = select(comment_holds.c.comment_id).where(comment_holds.c.why == why).order_by(comment_holds.c.comment_id)
    return [CommentId(one) for one in read.execute(query.limit(limit)).scalars()]


def holds_by_reason(read: Read) -> list[tuple[str, int]]:
    """Count the comments that wait, by why they were held; most first."""
    n = func.count().label("n")
    query = select(comment_holds.c.why, n).group_by(comment_holds.c.why).order_by(n.desc(), comment_holds.c.why)
    return [(row.why, row.n) for row in read.execute(query)]


def settle(tx: Transaction, ids: Iterable[CommentId], now: datetime) -> None:
    """Take these comments out of the queue: their reports are answered, nothing waits."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(comment_holds).where(comment_holds.c.comment_id.in_(some)))
        open_ones = flags.c.comment_id.in_(some) & flags.c.settled_at.is_(None)
        tx.execute(update(flags).where(open_ones).values(settled_at=now))


def act(tx: Transaction, one: ModerationAct) -> int:
    """Write an act into the public log; gives its number."""
    row = {
        "at": one.at,
        "account_id": one.account_id,
        "actor": one.actor,
        "act": str(one.act),
        "subject": one.subject,
        "target_id": one.target_id,
        "reason": one.reason,
        "note": one.note,
    }
    number: int = tx.execute(insert(moderation_acts).returning(moderation_acts.c.id), row).scalar_one()
    return number


def log(read: Read, limit: int, before: int | None = None) -> list[ModerationAct]:
    """List what moderators did, the newest first."""
    query = select(moderation_acts).order_by(moderation_acts.c.id.desc()).limit(limit)
    rows = read.execute(query if before is None else query.where(moderation_acts.c.id < before))
    return [_act(row) for row in rows]


def decisions(read: Read, limit: int) -> list[tuple[CommentId, str]]:
    """List what people decided on comments, the newest first: (which, the reason it was removed for, or "")."""
    query = select(moderation_acts).where(_DECIDED).order_by(moderation_acts.c.id.desc()).limit(limit)
    return [(CommentId(int(row.subject.partition("/")[2])), row.reason) for row in read.execute(query)]


def newest_decision(read: Read) -> int:
    """Give the number of the newest decision on a comment; 0 while there is none."""
    found = read.execute(select(func.max(moderation_acts.c.id)).where(_DECIDED)).scalar()
    return found or 0


def acts_on(read: Read, account_id: AccountId, limit: int) -> list[ModerationAct]:
    """List what was done that concerns an account, the newest first."""
    mine = moderation_acts.c.target_id == account_id
    query = select(moderation_acts).where(mine).order_by(moderation_acts.c.id.desc()).limit(limit)
    return [_act(row) for row in read.execute(query)]


def get_act(read: Read, number: int) -> ModerationAct | None:
    """Give an act by its number."""
    row = read.execute(select(moderation_acts).where(moderation_acts.c.id == number)).first()
    return None if row is None else _act(row)


def appeal(tx: Transaction, act_id: int, account_id: AccountId, text: str, now: datetime) -> bool:
    """Take down an appeal; False when there was one against this act."""
    row = {
        "act_id": act_id,
        "account_id": account_id,
        "text": text,
        "at": now,
        "upheld": None,
        "note": "",
        "decided_by": "",
        "decided_at": None,
    }
    return tx.execute(insert_new(appeals, ["act_id"]).returning(appeals.c.id), row).first() is not None


def get_appeal(read: Read, number: int) -> Appeal | None:
    """Give an appeal by its number."""
    row = read.execute(select(appeals).where(appeals.c.id == number)).first()
    return None if row is None else _appeal(row)


def open_appeals(read: Read, limit: int) -> list[Appeal]:
    """List the appeals nobody has decided on, the oldest first."""
    query = select(appeals).where(appeals.c.decided_at.is_(None)).order_by(appeals.c.id).limit(limit)
    return [_appeal(row) for row in read.execute(query)]


def appeals_of(read: Read, account_id: AccountId) -> dict[int, Appeal]:
    """Give the appeals of an account, by the act each is against."""
    rows = read.execute(select(appeals).where(appeals.c.account_id == account_id))
    return {row.act_id: _appeal(row) for row in rows}


def decide(tx: Transaction, number: int, note: str, by: str, now: datetime, *, upheld: bool) -> bool:
    """Answer an appeal; False when it was answered meanwhile."""
    mine = (appeals.c.id == number) & appeals.c.decided_at.is_(None)
    values = {"upheld": upheld, "note": note, "decided_by": by, "decided_at": now}
    return tx.execute(update(appeals).where(mine).values(**values)).rowcount > 0


def add_note(tx: Transaction, account_id: AccountId, author: str, text: str, now: datetime) -> None:
    """Tell other moderators something of an account."""
    tx.execute(insert(account_notes), {"account_id": account_id, "at": now, "author": author, "text": text})


def notes_on(read: Read, account_id: AccountId, limit: int = 50) -> list[tuple[datetime, str, str]]:
    """List what moderators told each other of an account: (when, who, what), the newest first."""
    mine = select(account_notes).where(account_notes.c.account_id == account_id).order_by(account_notes.c.id.desc())
    return [(row.at, row.author, row.text) for row in read.execute(mine.limit(limit))]


def lock(tx: Transaction, comment_id: CommentId, note: str, now: datetime) -> None:
    """Let a comment take no more answers, nor anything below it."""
    tx.execute(upsert(comment_locks, ["at", "note"]), {"comment_id": comment_id, "at": now, "note": note})


def unlock(tx: Transaction, comment_id: CommentId) -> bool:
    """Let a comment take answers again; False when it did."""
    return tx.execute(delete(comment_locks).where(comment_locks.c.comment_id == comment_id)).rowcount > 0


def locked(read: Read, ids: Sequence[CommentId]) -> set[CommentId]:
    """Tell which of these comments take no more answers."""
    return {
        CommentId(one)
        for some in chunks(dict.fromkeys(ids))
        for one in read.execute(
            select(comment_locks.c.comment_id).where(comment_locks.c.comment_id.in_(some))
        ).scalars()
    }


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give what moderation keeps of an account: acts that concern it, its appeals and reports, notes on it."""
    acts: list[dict[str, Any]] = [
        {"act": str(one.act), "subject": one.subject, "reason": one.reason, "note": one.note, "at": one.at}
        for one in acts_on(read, account_id, 10_000)
    ]
    done = select(moderation_acts).where(moderation_acts.c.account_id == account_id).order_by(moderation_acts.c.id)
    acts += [
        {"act_of_yours": row.act, "subject": row.subject, "reason": row.reason, "note": row.note, "at": row.at}
        for row in read.execute(done)
    ]
    acts += [{"appeal": one.text, "at": one.at, "answer": one.note} for one in appeals_of(read, account_id).values()]
    mine = read.execute(select(flags).where(flags.c.account_id == account_id))
    acts += [{"report_of": row.comment_id, "reason": row.reason, "note": row.note, "at": row.at} for row in mine]
    return [*acts, *({"note_on_you": text, "at": at} for at, _, text in notes_on(read, account_id, 1_000))]


def _waiting(read: Read, ids: Sequence[CommentId]) -> list[Waiting]:
    why: dict[int, str] = {}
    said: dict[int, list[Any]] = {}
    for some in chunks(ids):
        rows = read.execute(select(comment_holds).where(comment_holds.c.comment_id.in_(some)))
        why |= {row.comment_id: row.why for row in rows}
        mine = flags.c.comment_id.in_(some) & flags.c.settled_at.is_(None)
        for row in read.execute(select(flags).where(mine).order_by(flags.c.at)):
            said.setdefault(row.comment_id, []).append(row)
    return [
        Waiting(
            one,
            why.get(one, ""),
            tuple(row.reason for row in said.get(one, ())),
            tuple(row.note for row in said.get(one, ()) if row.note)[:_NOTES],
        )
        for one in ids
    ]


def _act(row: Any) -> ModerationAct:
    return ModerationAct(
        at=row.at,
        actor=row.actor,
        act=ModAct(row.act),
        subject=row.subject,
        reason=row.reason,
        note=row.note,
        target_id=None if row.target_id is None else AccountId(row.target_id),
        account_id=None if row.account_id is None else AccountId(row.account_id),
        id=row.id,
    )


def _appeal(row: Any) -> Appeal:
    return Appeal(
        id=row.id,
        act_id=row.act_id,
        account_id=AccountId(row.account_id),
        text=row.text,
        at=row.at,
        upheld=row.upheld,
        note=row.note,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
