"""Tables: comment_origins: where comments were written that came from other servers, and by whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select

from octavo.domain.fediverse import Origin
from octavo.domain.ids import CommentId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks
from octavo.store.keys import key_of
from octavo.store.tables import comment_origins, comments


def add(tx: Transaction, one: Origin) -> None:
    """Remember where a comment came from."""
    row = {
        "comment_id": one.comment_id,
        "key": key_of(one.address),
        "address": one.address,
        "page": one.page,
        "author": one.actor,
        "host": one.host,
        "name": one.name,
        "at": one.at,
    }
    tx.execute(insert(comment_origins), row)


def by_address(read: Read, address: str) -> Origin | None:
    """Give the comment that came from an address."""
    row = read.execute(select(comment_origins).where(comment_origins.c.key == key_of(address))).first()
    return None if row is None else _noun(row)


def by_author(read: Read, actor: str) -> list[Origin]:
    """List what somebody elsewhere said, the newest first."""
    query = select(comment_origins).where(comment_origins.c.author == actor).order_by(comment_origins.c.at.desc())
    return [_noun(row) for row in read.execute(query)]


def count_of_host(read: Read, host: str, since: datetime) -> int:
    """Count what came from a server since then."""
    lately = (comment_origins.c.host == host) & (comment_origins.c.at >= since)
    return int(read.execute(select(func.count()).select_from(comment_origins).where(lately)).scalar_one())


def held_of_host(read: Read, host: str) -> list[CommentId]:
    """List what came from a server and waits for a moderator."""
    joined = comment_origins.join(comments, comments.c.id == comment_origins.c.comment_id)
    held = (comment_origins.c.host == host) & (comments.c.state == "held")
    query = select(comment_origins.c.comment_id).select_from(joined).where(held)
    return [CommentId(one) for one in read.execute(query).scalars()]


def shown_before(read: Read, actor: str, now: datetime, most: int) -> int:
    """Count what somebody elsewhere said, up to so many, that has been shown for some hours."""
    joined = comment_origins.join(comments, comments.c.id == comment_origins.c.comment_id)
    shown = (comment_origins.c.author == actor) & (comments.c.state == "live")
    old = shown & (comments.c.posted_at < now - timedelta(hours=3))
    return len(read.execute(select(comments.c.id).select_from(joined).where(old).limit(most)).all())


def forget(tx: Transaction, ids: Iterable[CommentId]) -> None:
    """Forget where comments came from, and so who wrote them."""
    for some in chunks(dict.fromkeys(ids)):
        tx.execute(delete(comment_origins).where(comment_origins.c.comment_id.in_(some)))


def _noun(row: Any) -> Origin:
    return Origin(CommentId(row.comment_id), row.address, row.page, row.author, row.host, row.name, row.at)
