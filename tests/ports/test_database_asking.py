"""What is asked by one statement alone: as new as any view, written down once, refused where it would write or wait."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, delete, select, text

from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.errors import StoreBusy, StoreError
from octavo.ports.database import Database
from octavo.store import migrations_path
from octavo.store.dialect import is_listed
from octavo.store.tables import editions, settings_kept

from .counted import COUNT, write

NAMED = (
    select(settings_kept.c.key, settings_kept.c.value)
    .where(is_listed(settings_kept.c.key, "keys"), settings_kept.c.value == "counted")
    .order_by(settings_kept.c.key)
)
SINCE = select(editions.c.key).where(editions.c.at > bindparam("since"))


def named(database: Database, *keys: str) -> list[str]:
    return [row[0] for row in database.ask(NAMED, {"keys": keys})]


def test_one_statement_takes_lists_of_any_length_and_sees_what_was_just_written(database: Database) -> None:
    assert named(database, "a", "b") == []
    write(database, "a", "b", "it's", "%s ?")
    assert named(database, "b", "c", "a") == ["a", "b"]
    assert named(database, "it's", "%s ?") == ["%s ?", "it's"]
    assert named(database) == []
    with database.transaction() as tx:
        tx.execute(delete(settings_kept).where(settings_kept.c.key == "a"))
        assert named(database, "a") == ["a"], "another's transaction is not over yet"
    assert named(database, "a") == []
    assert list(database.ask(SINCE, {"since": datetime(2026, 3, 1, tzinfo=UTC)})) == []


def test_a_question_cannot_write(database: Database) -> None:
    write(database, "a")
    with pytest.raises(StoreError):
        database.ask(delete(settings_kept).returning(settings_kept.c.key), {})
    with pytest.raises(StoreError):
        database.ask(text("SELECT * FROM nothing_of_the_kind"), {})
    assert [tuple(row) for row in database.ask(COUNT, {})] == [(1,)]


def test_many_threads_ask_at_once(database: Database) -> None:
    keys = [f"key {number}" for number in range(40)]
    write(database, *keys)
    wrong: list[str] = []

    def look(mine: list[str]) -> None:
        wrong.extend(one for one in mine for _ in range(5) if named(database, one) != [one])

    threads = [threading.Thread(target=look, args=(keys[number::4],)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[SqliteDatabase]:
    made = SqliteDatabase(tmp_path / "alone.db", migrations_path())
    made.migrate()
    yield made
    made.close()


def test_a_file_that_is_held_is_not_waited_for(alone: SqliteDatabase, tmp_path: Path) -> None:
    write(alone, "a")
    assert named(alone, "a") == ["a"]
    alone.close()
    held = sqlite3.connect(tmp_path / "alone.db", isolation_level=None)
    held.execute("PRAGMA locking_mode = EXCLUSIVE")
    held.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreBusy):
            named(alone, "a")
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert named(alone, "a") == ["a"]


def test_a_server_that_was_restarted_costs_nothing_but_a_new_connection(postgres_database: PostgresDatabase) -> None:
    write(postgres_database, "a")
    ours = select(text("pg_backend_pid()"))
    [[first]] = postgres_database.ask(ours, {})
    with postgres_database.read() as view:
        view.execute(text("SELECT pg_terminate_backend(:one)"), {"one": first})
    assert named(postgres_database, "a") == ["a"]
    assert postgres_database.ask(ours, {})[0][0] != first
