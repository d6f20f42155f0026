"""Tables: model_spending: what each language model took on each day."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from octavo.ports.database import Read, Transaction
from octavo.ports.spending import Spent
from octavo.store.dialect import insert_new
from octavo.store.tables import model_spending


def add(tx: Transaction, more: Spent) -> None:
    """Add to what a model took on a day; what is added may be below zero."""
    key = {"day": more.day.isoformat(), "model": more.model}
    zero = {"asked": 0, "tokens_in": 0, "tokens_out": 0, "millionths": 0}
    tx.execute(insert_new(model_spending), key | zero)
    columns = model_spending.c
    query = model_spending.update().where(columns.day == key["day"], columns.model == more.model)
    tx.execute(
        query.values(
            asked=columns.asked + more.asked,
            tokens_in=columns.tokens_in + more.tokens_in,
            tokens_out=columns.tokens_out + more.tokens_out,
            millionths=columns.millionths + more.millionths,
        )
    )


def of(read: Read, day: date, model: str) -> Spent:
    """Tell what a model took on a day."""
    columns = model_spending.c
    row = read.execute(
        select(model_spending).where(columns.day == day.isoformat(), columns.model == model)
    ).one_or_none()
    return Spent(day, model) if row is None else _spent(row)


def since(read: Read, day: date) -> list[Spent]:
    """List what all models took from a day on, by day and name."""
    columns = model_spending.c
    query = select(model_spending).where(columns.day >= day.isoformat()).order_by(columns.day, columns.model)
    return [_spent(row) for row in read.execute(query)]


def _spent(row: Row[Any]) -> Spent:
    return Spent(date.fromisoformat(row.day), row.model, row.asked, row.tokens_in, row.tokens_out, row.millionths)
