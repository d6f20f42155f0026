"""Tables: threads, comments, comment_edits, written: said, edited, held back; what pages read is next door.

Who writes here holds the discussion's lock (`begin`): counts add up, and ids follow the order of commits.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from octavo.domain.comment import Comment, CommentState, Thread, Venue
from octavo.domain.ids import AccountId, CommentId, StoryId, ThreadId, first_article_id
from octavo.ports.database import Transaction
from octavo.store.dialect import chunks, one_speaks_at_a_time
from octavo.store.discussion import by_client_key, comment_of, get, thread_of
from octavo.store.keys import key_of
from octavo.store.tables import comment_edits, comments, threads

_SHOWN = comments.c.state == str(CommentState.LIVE)

_BELOW = (
    update(comments)
    .where(comments.c.id == bindparam("one"))
    .values(descendants=comments.c.descendants + bindparam("more"))
)
_LIST = update(comments).values(listed=or_(_SHOWN, comments.c.descendants > 0))
_RANK = (
    update(comments)
    .where(comments.c.id == bindparam("one"))
    .values(ups=bindparam("new_ups"), downs=bindparam("new_downs"), rank=bindparam("new_rank"))
)

Rank = Callable[[int, int], int]
"""What says from votes up and down where a comment stands among the best."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many votes a comment has after some were counted."""

    id: CommentId
    ups: int
    downs: int


def begin(tx: Transaction) -> None:
    """Wait until nobody else writes comments or votes; to be called first."""
    one_speaks_at_a_time(tx)


def open_thread(tx: Transaction, venue: Venue) -> Thread:
    """Give the thread of an article or a story, which must be there; a new one where nothing was said yet."""
    found = thread_of(tx, venue)
    if found is not None:
        return found
    row = {"article_id": venue.article_id, "story_id": venue.story_id, "comments": 0, "newest_at": None, "seq": 0}
    tx.execute(insert(threads), row)
    made = thread_of(tx, venue)
    if made is None:
        raise ValueError("what was just written is there")
    return made


def add(tx: Transaction, comment: Comment, client_key: str = "") -> Comment:
    """Keep a new comment; gives it with its id, which is larger than every other's. Counts it where it is live.

    `client_key` names one sending: the comment kept under it before is given back, and nothing is added.
    """
    if client_key and comment.account_id is not None:
        known = by_client_key(tx, comment.account_id, client_key)
        if known is not None:
            return known
    made = replace(comment, id=_next_id(tx, comment.posted_at))
    row = _row(made) | {"client_key": key_of(client_key) if client_key else None, "listed": made.live}
    tx.execute(insert(comments), row)
    if made.live:
        _count(tx, {made.thread_id: 1}, dict.fromkeys(made.path, 1))
        newest = {"newest_at": made.posted_at}
        tx.execute(update(threads).where(threads.c.id == made.thread_id).values(**newest))
    found = get(tx, made.id)
    if found is None:
        raise ValueError("what was just written is there")
    return found


def reword(tx: Transaction, comment: Comment, text: str, quote: str, now: datetime) -> None:
    """Give a comment other words; those it had are kept as an earlier wording."""
    number = comment.edits + 1
    earlier = {
        "comment_id": comment.id,
        "number": number,
        "text": comment.text,
        "quote": comment.quote,
        "until": now,
    }
    tx.execute(insert(comment_edits), earlier)
    values = {"text": text, "quote": quote, "edits": number, "edited_at": now}
    tx.execute(update(comments).where(comments.c.id == comment.id).values(**values))
    _count(tx, {comment.thread_id: 0}, {})


def set_state(tx: Transaction, ids: Iterable[CommentId], state: CommentState) -> list[Comment]:
    """Let these comments be live, held, removed or deleted, and count them anew.

    Gives those that were not, as they were. Words are kept whatever the state: see `erase`.
    """
    changed: list[Comment] = []
    for some in chunks(dict.fromkeys(ids)):
        rows = tx.execute(select(comments).where(comments.c.id.in_(some), comments.c.state != str(state))).all()
        changed += [comment_of(row) for row in rows]
    for part in chunks(changed):
        mine = comments.c.id.in_([one.id for one in part])
        tx.execute(update(comments).where(mine).values(state=str(state)))
    of_threads: Counter[ThreadId] = Counter()
    of_ancestors: Counter[CommentId] = Counter()
    for one in changed:
        step = int(state is CommentState.LIVE) - int(one.live)
        of_threads[one.thread_id] += step
        of_ancestors.update(dict.fromkeys(one.path, step))
    _count(tx, of_threads, of_ancestors)
    _list(tx, (one.id for one in changed))
    return changed


def erase(tx: Transaction, ids: Iterable[CommentId]) -> None:
    """Take the words from comments, and their earlier wordings: nothing of them is kept."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(comment_edits).where(comment_edits.c.comment_id.in_(some)))
        tx.execute(update(comments).where(comments.c.id.in_(some)).values(text="", quote=""))


def count_votes(
    tx: Transaction, steps: Mapping[CommentId, tuple[int, int]], rank: Rank, *, seen: bool = False
) -> list[Counted]:
    """Add to the votes up and down of comments, and rank them anew. Where it is to be `seen` at once, pages are made
    anew; else it shows when they are."""
    found: list[Counted] = []
    of_threads: set[ThreadId] = set()
    for some in chunks(steps):
        columns = (comments.c.id, comments.c.thread_id, comments.c.ups, comments.c.downs)
        for row in tx.execute(select(*columns).where(comments.c.id.in_(some))):
            up, down = steps[CommentId(row.id)]
            found.append(Counted(CommentId(row.id), row.ups + up, row.downs + down))
            of_threads.add(ThreadId(row.thread_id))
    rows = [
        {"one": one.id, "new_ups": one.ups, "new_downs": one.downs, "new_rank": rank(one.ups, one.downs)}
        for one in found
    ]
    _many(tx, _RANK, rows)
    if seen:
        _count(tx, dict.fromkeys(of_threads, 0), {})
    return found


def forget_account(tx: Transaction, account_id: AccountId) -> list[CommentId]:
    """Take the words and the name from what an account said; the place of it stays. Gives which comments those are."""
    mine = [
        CommentId(one) for one in tx.execute(select(comments.c.id).where(comments.c.account_id == account_id)).scalars()
    ]
    set_state(tx, mine, CommentState.DELETED)
    erase(tx, mine)
    nobody = {"account_id": None, "client_key": None}
    tx.execute(update(comments).where(comments.c.account_id == account_id).values(**nobody))
    return mine


def move_story(tx: Transaction, old: StoryId, new: StoryId) -> tuple[ThreadId, ThreadId] | None:
    """Let what was said about a story that is folded into another be said about that one.

    Gives the thread that ended and the one its comments stand in now; None where nothing was said about the old one.
    """
    begin(tx)
    from_ = thread_of(tx, Venue("story", old))
    if from_ is None:
        return None
    to = open_thread(tx, Venue("story", new))
    tx.execute(update(comments).where(comments.c.thread_id == from_.id).values(thread_id=to.id))
    _count(tx, {to.id: from_.comments}, {})
    newest = max((one for one in (from_.newest_at, to.newest_at) if one), default=None)
    tx.execute(update(threads).where(threads.c.id == to.id).values(newest_at=newest))
    return from_.id, to.id


def end_thread(tx: Transaction, thread_id: ThreadId) -> None:
    """Forget an empty thread."""
    tx.execute(delete(threads).where(threads.c.id == thread_id))


def _next_id(tx: Transaction, posted_at: datetime) -> CommentId:
    last = tx.execute(select(func.max(comments.c.id))).scalar() or 0
    return CommentId(max(first_article_id(int(posted_at.timestamp())), last + 1))


def _count(tx: Transaction, of_threads: Mapping[ThreadId, int], of_ancestors: Mapping[CommentId, int]) -> None:
    """Add to what threads and comments count below them; every thread given is one that pages show anew."""
    steps = [{"one": one, "more": step} for one, step in of_ancestors.items() if step]
    _many(tx, _BELOW, steps)
    _list(tx, (CommentId(one["one"]) for one in steps))
    last = tx.execute(select(func.max(threads.c.seq))).scalar() or 0
    for number, (thread, step) in enumerate(of_threads.items(), last + 1):
        values = {"comments": threads.c.comments + step, "seq": number}
        tx.execute(update(threads).where(threads.c.id == thread).values(**values))


def _list(tx: Transaction, ids: Iterable[CommentId]) -> None:
    """Show everybody, or nobody, that these comments are there: as their state and what stands below them has it."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(_LIST.where(comments.c.id.in_(some)))


def _row(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "thread_id": comment.thread_id,
        "parent_id": comment.parent_id,
        "path": list(comment.path),
        "rank": comment.rank,
        "state": str(comment.state),
        "account_id": comment.account_id,
        "text": comment.text,
        "quote": comment.quote,
        "ups": comment.ups,
        "downs": comment.downs,
        "descendants": 0,
        "edits": 0,
        "posted_at": comment.posted_at,
        "edited_at": None,
    }


def _many(tx: Transaction, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(statement, rows)
