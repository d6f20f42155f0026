"""Bytes kept in PostgreSQL do as those in a folder do."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from octavo.adapters.postgres.blobs import PostgresBlobs
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.errors import InputError, NotFound, SettingsError, StoreError

from .test_blobs import CLIMBING


@pytest.fixture
def blobs(postgres_database: PostgresDatabase, tmp_path: Path) -> PostgresBlobs:
    return PostgresBlobs(tmp_path, postgres_database)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"page " * 100_000, os.urandom(100_000)], ids=["none", "nul", "pages", "noise"]
)
def test_bytes_come_back_as_they_were_given(blobs: PostgresBlobs, data: bytes) -> None:
    blobs.put("pages/ab12", b"before")
    blobs.put("pages/ab12", data)
    assert blobs.get("pages/ab12") == data


def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: PostgresBlobs) -> None:
    blobs.put("a", b"one")
    blobs.delete("a")
    blobs.delete("a")
    with pytest.raises(NotFound, match="'a'"):
        blobs.get("a")


def test_names_that_climb_out_are_refused(blobs: PostgresBlobs) -> None:
    for name in CLIMBING:
        for call in (blobs.get, blobs.delete, lambda key: blobs.put(key, b"x")):
            with pytest.raises(InputError, match="cannot name a blob"):
                call(name)


def test_a_folder_lists_its_own_and_no_other(blobs: PostgresBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.adapters.postgres.blobs._AT_ONCE", 2)
    names = [f"pages/{name}" for name in ("a", "b/c", "d-e", "f_g", "h.i")]
    for name in (*names, "page", "pages-x/a", "pagesx", "pictures/a"):
        blobs.put(name, b"<p>The same line again.</p>\n" * 10_000)
    found = list(blobs.under("pages"))
    assert [one.key for one in found] == sorted(names)
    assert all(0 < one.size < 2_000 and one.written > 1e9 for one in found)


def test_what_is_changed_is_told(blobs: PostgresBlobs, postgres_database: PostgresDatabase) -> None:
    blobs.put("a", os.urandom(5_000))
    with postgres_database.transaction() as tx:
        tx.execute(text("UPDATE kept_bytes SET data = substr(data, 1, 2000)"))
    with pytest.raises(StoreError, match="is damaged"):
        blobs.get("a")


def test_many_write_one_key_and_a_reader_meets_a_whole_one(blobs: PostgresBlobs) -> None:
    versions = [bytes([number]) * 200_000 for number in range(4)]
    blobs.put("a", versions[0])
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(blobs.put, "a", version) for version in versions]
        while not all(one.done() for one in writing):
            assert blobs.get("a") in versions
        for one in writing:
            one.result()


def test_sqlite_keeps_bytes_in_a_folder(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="leave it at 'disk'"):
        PostgresBlobs(tmp_path, sqlite_database)
