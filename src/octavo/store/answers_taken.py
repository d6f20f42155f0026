"""Tables: answers_taken: how many answers a model wrote for somebody, by day."""

from datetime import date
from typing import Any

from sqlalchemy import delete, select

from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import insert_new
from octavo.store.tables import answers_taken


def take(tx: Transaction, account: AccountId, day: date) -> int:
    """Count one more answer; gives how many that makes on this day."""
    key = {"account_id": account, "day": day.isoformat()}
    columns = answers_taken.c
    mine = (columns.account_id == account) & (columns.day == key["day"])
    tx.execute(insert_new(answers_taken), key | {"taken": 0})
    tx.execute(answers_taken.update().where(mine).values(taken=columns.taken + 1))
    return int(tx.execute(select(columns.taken).where(mine)).scalar_one())


def forget_before(tx: Transaction, day: date) -> None:
    """Forget the days before this one."""
    tx.execute(delete(answers_taken).where(answers_taken.c.day < day.isoformat()))


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it, the oldest first."""
    query = select(answers_taken).where(answers_taken.c.account_id == account).order_by(answers_taken.c.day)
    return [{"day": row.day, "answers": row.taken} for row in read.execute(query)]
