"""Tables: comment_watches: who wants to be told of whatever is said in a thread."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.ids import AccountId, StoryId, ThreadId
from octavo.ports.database import Read, Transaction
from octavo.store import comments
from octavo.store.dialect import insert_new, put
from octavo.store.tables import comment_watches, threads


def add(tx: Transaction, account_id: AccountId, thread_id: ThreadId, now: datetime) -> None:
    """Watch a thread; doing it again changes nothing."""
    tx.execute(insert_new(comment_watches), {"account_id": account_id, "thread_id": thread_id, "at": now})


def remove(tx: Transaction, account_id: AccountId, thread_id: ThreadId) -> None:
    """Watch a thread no longer."""
    mine = (comment_watches.c.account_id == account_id) & (comment_watches.c.thread_id == thread_id)
    tx.execute(delete(comment_watches).where(mine))


def watching(read: Read, account_id: AccountId, of: list[ThreadId]) -> set[ThreadId]:
    """Tell which of these threads an account watches."""
    mine = (comment_watches.c.account_id == account_id) & comment_watches.c.thread_id.in_(of)
    return {ThreadId(one) for one in read.execute(select(comment_watches.c.thread_id).where(mine)).scalars()}


def watchers(read: Read, thread_id: ThreadId, limit: int) -> list[AccountId]:
    """Give who watches a thread, so many at most."""
    query = select(comment_watches.c.account_id).where(comment_watches.c.thread_id == thread_id)
    rows = read.execute(query.order_by(comment_watches.c.account_id).limit(limit)).scalars()
    return [AccountId(one) for one in rows]


def move_story(tx: Transaction, old: StoryId, new: StoryId) -> None:
    """Let what was said about a story that is folded into another stand there, and be watched there."""
    moved = comments.move_story(tx, old, new)
    if moved is None:
        return
    ended, stays = moved
    rows = tx.execute(select(comment_watches).where(comment_watches.c.thread_id == ended)).all()
    theirs = [{"account_id": row.account_id, "thread_id": stays, "at": row.at} for row in rows]
    put(tx, insert_new(comment_watches), theirs)
    tx.execute(delete(comment_watches).where(comment_watches.c.thread_id == ended))
    comments.end_thread(tx, ended)


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give all an account watches."""
    query = (
        select(comment_watches.c.at, threads.c.article_id, threads.c.story_id)
        .select_from(comment_watches.join(threads, threads.c.id == comment_watches.c.thread_id))
        .where(comment_watches.c.account_id == account_id)
        .order_by(comment_watches.c.at)
    )
    return [
        {"article_id": row.article_id, "story_id": row.story_id, "at": row.at.isoformat()}
        for row in read.execute(query)
    ]
