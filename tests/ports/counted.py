"""Rows to write and count: what the tests of databases are about."""

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import text

from octavo.ports.database import Database, Transaction

ADD = text("INSERT INTO settings_kept (key, value) VALUES (:key, :value)")
COUNT = text("SELECT count(*) FROM settings_kept WHERE value = 'counted'")


def add(tx: Transaction, key: str) -> None:
    tx.execute(ADD, {"key": key, "value": "counted"})


def count_rows(database: Database) -> int:
    with database.read() as read:
        return int(read.execute(COUNT).scalar_one())


def write(database: Database, *keys: str) -> None:
    with database.transaction() as tx:
        for key in keys:
            add(tx, key)


def run(opened: AbstractContextManager[Any], *statements: str) -> None:
    with opened as connection:
        for one in statements:
            connection.execute(text(one))
