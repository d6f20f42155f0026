"""A PostgreSQL database that a test has used is as new for the next, by emptying it or by another copy."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import postgres
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.store import migrations_path
from postgres import PostgresServer, Reused, copied

ROW = "INSERT INTO settings_kept (key, value) VALUES ('a', 'b')"
TABLES = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@pytest.fixture(scope="module")
def databases(postgres_databases: Reused) -> Iterator[Reused]:
    made = Reused(postgres_databases.server, postgres_databases.template, prefix="reused")
    yield made
    made.drop()


def use(databases: Reused, *statements: str) -> list[object]:
    """Let a test use a database: gives the first value of every statement that has one."""
    made = PostgresDatabase(databases.server.url(databases.take()), migrations_path(), busy_s=5)
    with made.transaction() as tx:
        done = [tx.execute(text(one)) for one in statements]
        found = [one.scalar() for one in done if one.returns_rows]
    made.close()
    databases.give_back()
    return found


@pytest.mark.parametrize("statement", ["SELECT 1", ROW, "SELECT nextval('feeds_id_seq')"])
def test_rows_and_numbers_are_gone_from_the_same_database(databases: Reused, statement: str) -> None:
    asked = ("SELECT count(*) FROM settings_kept", "SELECT version_num FROM alembic_version", TABLES)
    before = use(databases, *asked)
    use(databases, ROW, statement.replace("'a'", "'c'"))
    assert use(databases, *asked) == before
    assert before[0] == 0


def test_numbers_begin_anew(databases: Reused) -> None:
    number = "SELECT nextval('feeds_id_seq')"
    assert [use(databases, number), use(databases, number)] == [[1], [1]]


def test_emptying_is_enough_after_most_tests(databases: Reused) -> None:
    databases.take()
    copies = databases.copies
    for _ in range(3):
        use(databases, ROW)
    assert databases.copies == copies


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (number integer)",
        "CREATE INDEX more ON settings_kept (value)",
        "ALTER TABLE settings_kept ALTER COLUMN value SET DEFAULT 'x'",
        "DROP TABLE settings_kept",
        "CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "UPDATE alembic_version SET version_num = 'x'",
        "DELETE FROM alembic_version",
        f"{ROW}; ANALYZE",
    ],
)
def test_what_emptying_does_not_undo_has_another_copy(databases: Reused, statement: str) -> None:
    before = use(databases, TABLES, "SELECT version_num FROM alembic_version")
    copies = databases.copies + (not databases.name)
    use(databases, *statement.split("; "))
    assert use(databases, TABLES, "SELECT version_num FROM alembic_version") == before
    assert databases.copies == copies + 1


def test_who_still_holds_a_lock_is_sent_away(databases: Reused) -> None:
    held = PostgresDatabase(databases.server.url(databases.take()), migrations_path(), busy_s=5)
    with databases.server.connect(databases.name) as other:
        other.execute("BEGIN")
        other.execute(ROW)
        held.close()
        databases.give_back()
    assert use(databases, "SELECT count(*) FROM settings_kept") == [0]


def test_a_copy_of_postgres_finds_its_libraries(postgres_server: PostgresServer, tmp_path: Path) -> None:
    """Where the user that runs the server cannot reach the wheel, it is copied: with what its programs load."""
    programs = copied(postgres._programs(postgres_server.folder).parent, tmp_path / "programs") / "bin"
    said = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True, env={})
    assert "PostgreSQL" in said.stdout
