"""What every database must do: one view at a time, all or nothing, nobody's work lost."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.ids import ArticleId
from octavo.errors import SettingsError, StoreBusy, StoreError, StoreFull, WrongSchema
from octavo.ports.database import Database
from octavo.store import changes, facts, migrations_path
from octavo.store.changes import ChangeKind
from octavo.store.dialect import one_at_a_time
from running import PATIENCE_S

from .counted import COUNT, add, count_rows, run, write

WRITES = [
    "INSERT INTO settings_kept (key, value) VALUES ('a', 'b')",
    "UPDATE settings_kept SET value = 'b'",
    "DELETE FROM settings_kept",
    "CREATE TABLE other (id INTEGER)",
    "DROP TABLE settings_kept",
]


def test_a_read_cannot_write(database: Database) -> None:
    write(database, "one")
    for statement in WRITES:
        with pytest.raises(StoreError):
            run(database.read(), statement)
    assert count_rows(database) == 1
    with database.read() as read:
        assert not hasattr(read, "writes")
    with database.transaction() as tx:
        assert tx.writes


def test_what_a_view_shows_does_not_change(database: Database) -> None:
    with database.read() as read:
        assert read.execute(COUNT).scalar_one() == 0
        write(database, "one")
        assert read.execute(COUNT).scalar_one() == 0
    assert count_rows(database) == 1


def test_a_transaction_sees_its_own_writes_and_others_only_when_it_ends(database: Database) -> None:
    with database.transaction() as tx:
        add(tx, "one")
        assert tx.execute(COUNT).scalar_one() == 1
        assert count_rows(database) == 0
    assert count_rows(database) == 1


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_what_fails_leaves_nothing_behind(database: Database, kind: type[BaseException]) -> None:
    def fail() -> None:
        with database.transaction() as tx:
            add(tx, "one")
            raise kind

    with pytest.raises(kind):
        fail()
    assert count_rows(database) == 0
    write(database, "one")
    assert count_rows(database) == 1


def test_a_statement_that_fails_takes_the_others_back(database: Database) -> None:
    with pytest.raises(StoreError, match="cannot do this"):
        write(database, "one", "two", "one")
    assert count_rows(database) == 0
    with pytest.raises(StoreError):
        run(database.transaction(), "SELECT * FROM nothing_of_the_kind")


def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(StoreError):
        run(database.transaction(), "INSERT INTO publisher_hosts (host, publisher_id, rank) VALUES ('a', 'nobody', 0)")


def test_writers_at_once_lose_nothing_and_changes_stay_in_order(database: Database) -> None:
    """A follower that reads by number meanwhile must meet every change, and in order."""
    writers, rounds = 6, 15
    start, done = threading.Barrier(writers + 1), threading.Event()
    followed: list[tuple[int, ArticleId]] = []

    def note(writer: int) -> None:
        start.wait(PATIENCE_S)
        for turn in range(rounds):
            with database.transaction() as tx:
                one_at_a_time(tx)
                changes.record(tx, [(ArticleId(writer * 1000 + turn), ChangeKind.NEW)])
                count = int(facts.get(tx, "count") or "0")
                facts.set(tx, "count", str(count + 1))
                changes.record(tx, [(ArticleId(writer * 1000 + 500 + turn), ChangeKind.EDITED)])

    def follow() -> None:
        start.wait(PATIENCE_S)
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
        for running in [pool.submit(note, number) for number in range(writers)]:
            running.result(PATIENCE_S)
        done.set()
        follower.result(PATIENCE_S)
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


COUNT_UP = """
import sys
from pathlib import Path
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.store import facts, migrations_path
from octavo.store.dialect import one_at_a_time
place = sys.argv[1]
kind, place = (PostgresDatabase, place) if "://" in place else (SqliteDatabase, Path(place))
opened = kind(place, migrations_path())
for _ in range(40):
    with opened.transaction() as tx:
        one_at_a_time(tx)
        facts.set(tx, "count", str(int(facts.get(tx, "count") or "0") + 1))
opened.close()
"""


def test_processes_that_write_at_once_lose_nothing(database: Database, tmp_path: Path) -> None:
    place = str(tmp_path / "octavo.db")
    if isinstance(database, PostgresDatabase):
        place = database._url.render_as_string(hide_password=False)
    running = [subprocess.Popen([sys.executable, "-c", COUNT_UP, place]) for _ in range(2)]
    assert [one.wait(PATIENCE_S) for one in running] == [0, 0]
    with database.read() as read:
        assert facts.get(read, "count") == "80"


def test_a_writer_that_waits_too_long_is_told_so(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    other = SqliteDatabase(tmp_path / "octavo.db", migrations_path(), busy_s=0.2)
    with sqlite_database.transaction() as tx:
        add(tx, "one")
        with pytest.raises(StoreBusy, match="held by another writer"):
            write(other, "two")
    write(other, "two")
    assert count_rows(other) == 2
    other.close()


def test_a_thread_that_waits_too_long_is_told_so(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    hasty = SqliteDatabase(tmp_path / "octavo.db", migrations_path(), busy_s=0.2)
    with hasty.transaction() as tx, ThreadPoolExecutor(1) as pool:
        add(tx, "one")
        with pytest.raises(StoreBusy, match=r"another writer for 0\.2 seconds"):
            pool.submit(write, hasty, "two").result(30)
    assert count_rows(sqlite_database) == 1
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
        count_rows(small)
    assert count_rows(small) == 0
    small.close()


def test_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    gone = PostgresDatabase(f"postgresql://u:secret@/octavo?host={tmp_path}", migrations_path(), busy_s=0.2)
    with pytest.raises(StoreBusy, match="cannot be reached") as told:
        count_rows(gone)
    assert "secret" not in str(told.value)
    gone.close()


@pytest.mark.parametrize("url", ["", "not an address", "mysql://u@h/d", "sqlite:///x"])
def test_an_address_of_another_kind_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="database_url"):
        PostgresDatabase(url, migrations_path())


def test_a_full_disk_is_said_and_loses_nothing(sqlite_database: SqliteDatabase) -> None:
    write(sqlite_database, "one")
    with sqlite_database.transaction() as tx:
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count = {pages + 4}"))
    with pytest.raises(StoreFull, match="no room left on the disk"):
        run(
            sqlite_database.transaction(), "INSERT INTO settings_kept (key, value) VALUES ('big', hex(zeroblob(99999)))"
        )
    assert count_rows(sqlite_database) == 1
    write(sqlite_database, "two")
    assert count_rows(sqlite_database) == 2


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        ("53100", StoreFull, "no room left on the disk"),
        ("40P01", StoreBusy, "held by another writer"),
        ("57P01", StoreBusy, "held by another writer"),
        ("22012", StoreError, "cannot do this: it broke"),
    ],
)
def test_what_the_server_reports_is_said_in_a_sentence(
    postgres_database: PostgresDatabase, code: str, error: type[StoreError], said: str
) -> None:
    with pytest.raises(StoreError, match=said) as told:
        run(
            postgres_database.transaction(),
            f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = 'it broke'; END $$",
        )
    assert type(told.value) is error


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may write anywhere, so it steps aside."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_that_may_not_be_written_to_is_said(sqlite_template: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "octavo.db"
        shutil.copy(sqlite_template, path)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with _as_nobody():
            database = SqliteDatabase(path, migrations_path(), busy_s=0.2)
            with pytest.raises(StoreError, match=r"may not be written to|cannot be opened"):
                write(database, "one")
            new = SqliteDatabase(path.parent / "new" / "octavo.db", migrations_path(), busy_s=0.2)
            with pytest.raises(StoreError, match=r"cannot be written: Permission denied"):
                new.migrate()
            with pytest.raises(StoreError, match=r"cannot be (written|opened)"):
                database.backup(path.parent / "copy.db")
            database.close()
            new.close()
        path.parent.chmod(0o755)


def test_a_damaged_file_and_a_file_of_another_kind_are_told_apart(tmp_path: Path) -> None:
    odd = tmp_path / "odd.db"
    odd.write_bytes(b"no database at all" * 1000)
    database = SqliteDatabase(odd, migrations_path(), busy_s=0.2)
    with pytest.raises(StoreError, match="is no Octavo database"):
        database.migrate()
    assert not SqliteDatabase.is_sound(odd)
    missing = SqliteDatabase(tmp_path / "missing" / "octavo.db", migrations_path(), busy_s=0.2)
    with pytest.raises(StoreError, match="cannot be opened"):
        count_rows(missing)
    database.close()
    missing.close()


def test_a_database_of_a_newer_octavo_is_refused_untouched(database: Database) -> None:
    run(database.transaction(), "UPDATE alembic_version SET version_num = '9999_from_the_future'")
    with pytest.raises(WrongSchema, match=r"9999_from_the_future.*upgrade Octavo"):
        database.migrate()
    with database.read() as read:
        assert read.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999_from_the_future"


def test_migrating_again_changes_nothing(database: Database) -> None:
    write(database, "one")
    database.migrate()
    assert count_rows(database) == 1


def _in_threads(work: Callable[[], None], number: int) -> None:
    with ThreadPoolExecutor(number) as pool:
        for running in [pool.submit(work) for _ in range(number)]:
            running.result(PATIENCE_S)


def test_two_may_migrate_at_once(tmp_path: Path) -> None:
    def migrate() -> None:
        mine = SqliteDatabase(tmp_path / "new" / "octavo.db", migrations_path(), busy_s=20)
        mine.migrate()
        mine.close()

    _in_threads(migrate, 3)
    made = SqliteDatabase(tmp_path / "new" / "octavo.db", migrations_path())
    assert count_rows(made) == 0
    made.close()
