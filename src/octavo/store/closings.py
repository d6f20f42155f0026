"""Tables: closings: where no comments are taken: an edition, a publisher's articles, one article, one story."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.comment import Closing
from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import closings


def close(tx: Transaction, closing: Closing) -> None:
    """Take no comments there, or say another reason."""
    row = {
        "key": closing.key,
        "note": closing.note,
        "account_id": closing.account_id,
        "closed_at": closing.closed_at,
    }
    tx.execute(upsert(closings, ["note", "account_id", "closed_at"]), row)


def reopen(tx: Transaction, key: str) -> bool:
    """Take comments there again; tells whether it was closed."""
    return tx.execute(delete(closings).where(closings.c.key == key)).rowcount > 0


def of(read: Read, keys: Iterable[str]) -> Closing | None:
    """Give the closing that holds for something under any of these keys; None where comments are taken."""
    query = select(closings).where(closings.c.key.in_(list(keys))).order_by(closings.c.key).limit(1)
    row = read.execute(query).first()
    return None if row is None else _noun(row)


def listed(read: Read) -> list[Closing]:
    """List where no comments are taken."""
    return [_noun(row) for row in read.execute(select(closings).order_by(closings.c.key))]


def _noun(row: Any) -> Closing:
    return Closing(row.key, row.note, row.closed_at, None if row.account_id is None else AccountId(row.account_id))
