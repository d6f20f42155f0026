"""Tables: changes (what happened to articles, in order), positions (how far each follower has read)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, insert, select

from octavo.domain.ids import ArticleId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import one_at_a_time, upsert
from octavo.store.tables import changes, positions


class ChangeKind(StrEnum):
    """What happened to an article."""

    NEW = "new"
    EDITED = "edited"  # headline or text changed; the old wording is a revision


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `seq` only ever grows."""

    seq: int
    article_id: ArticleId
    kind: ChangeKind


def record(tx: Transaction, rows: Iterable[tuple[ArticleId, ChangeKind]]) -> None:
    """Note changes; the caller has asked dialect.one_at_a_time first, so that they commit in order."""
    values = [{"article_id": article_id, "kind": str(kind)} for article_id, kind in rows]
    if values:
        tx.execute(insert(changes), values)


def since(read: Read, seq: int, limit: int) -> list[Change]:
    """Give what happened after `seq`, in order."""
    query = select(changes).where(changes.c.seq > seq).order_by(changes.c.seq).limit(limit)
    return [Change(row.seq, ArticleId(row.article_id), ChangeKind(row.kind)) for row in read.execute(query)]


def before_first(read: Read, oldest: ArticleId) -> int:
    """Give the number of the change before the first of an article with this id or a larger one."""
    first = read.execute(select(func.min(changes.c.seq)).where(changes.c.article_id >= oldest)).scalar()
    return last_seq(read) if first is None else int(first) - 1


def last_seq(read: Read) -> int:
    """Give the number of the latest change; 0 before the first."""
    return read.execute(select(func.max(changes.c.seq))).scalar() or 0


def position(read: Read, name: str) -> int:
    """Tell how far the follower `name` has read; 0 at the start."""
    return read.execute(select(positions.c.seq).where(positions.c.name == name)).scalar() or 0


def all_positions(read: Read) -> dict[str, int]:
    """Tell how far each follower has read."""
    return {row.name: row.seq for row in read.execute(select(positions))}


def is_up_to_date(tx: Transaction, name: str) -> bool:
    """Tell whether the follower `name` has read every change there is; none is added by others until `tx` ends."""
    one_at_a_time(tx)
    return position(tx, name) == last_seq(tx)


def set_position(tx: Transaction, name: str, seq: int) -> None:
    """Remember how far the follower `name` has read."""
    tx.execute(upsert(positions, ["seq"]), {"name": name, "seq": seq})
