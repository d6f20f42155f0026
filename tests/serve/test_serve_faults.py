"""What readers meet when the database is away or held, and that all is well again by itself."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

import postgres
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.errors import StoreFull
from octavo.store import migrations_path

from .conftest import Reader, fill


@pytest.fixture
def own_postgres(postgres_server: postgres.PostgresServer) -> Iterator[postgres.PostgresServer]:
    """A server of this test's own, which it may stop."""
    with postgres.serving() as server:
        yield server


def control(server: postgres.PostgresServer, *words: str) -> None:
    programs = postgres._programs(server.folder)
    postgres._as_owner(server.folder, programs / "pg_ctl", "-D", server.folder / "data", *words)


def test_a_postgres_that_is_restarted_is_found_again(reader: Reader, own_postgres: postgres.PostgresServer) -> None:
    database = PostgresDatabase(own_postgres.url(), migrations_path(), busy_s=5)
    database.migrate()
    search = PostgresSearch(database)
    fill(database, search)  # type: ignore[arg-type]
    site = Reader(replace(reader.tools, database=database, search_index=search), reader.clock)
    try:
        assert site.get("/en-gb/latest").status_code == 200
        control(own_postgres, "-m", "fast", "-w", "stop")
        site.clock.now += timedelta(minutes=2)
        gone = site.get("/en-gb/latest")
        assert (gone.status_code, gone.headers["retry-after"]) == (503, "2")
        assert "database does not answer" in gone.text
        ready = site.get("/readyz")
        assert (ready.status_code, ready.text) == (503, "store: not reachable\n")
        assert site.get("/healthz").status_code == 200
        options = f"-c unix_socket_directories={own_postgres.folder} -c listen_addresses="
        control(own_postgres, "-l", str(own_postgres.folder / "log"), "-o", options, "-w", "start")
        site.clock.now += timedelta(minutes=2)
        assert site.get("/en-gb/latest").status_code == 200
        assert site.get("/readyz").status_code == 200
    finally:
        database.close()


def test_a_database_somebody_else_holds_is_read_and_written_later(reader: Reader, tmp_path: Path) -> None:
    impatient = SqliteDatabase(tmp_path / "octavo.db", migrations_path(), busy_s=0.1)
    settings = reader.tools.settings.model_copy(
        update={"accounts": reader.tools.settings.accounts.model_copy(update={"sign_up": "open"})}
    )
    site = Reader(replace(reader.tools, database=impatient, settings=settings), reader.clock)
    held = sqlite3.connect(tmp_path / "octavo.db", isolation_level=None)
    try:
        site.site()
        held.execute("BEGIN IMMEDIATE")
        assert site.get("/en-gb/latest").status_code == 200, "readers read beside a writer"
        fields = {"name": "ada", "password": "a lamp in the harbour"}
        refused = site.ask("POST", "/en-gb/sign-up", {"sec_fetch_site": "same-origin"}, fields)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        held.execute("ROLLBACK")
        done = site.ask("POST", "/en-gb/sign-up", {"sec_fetch_site": "same-origin"}, fields)
        assert done.status_code == 303
    finally:
        held.close()
        impatient.close()


def test_a_full_disk_is_said_as_what_it_is_and_readers_read_on(reader: Reader, tmp_path: Path) -> None:
    class Full(SqliteDatabase):
        """A database whose disk has no room."""

        def transaction(self) -> NoReturn:
            raise StoreFull("no room left on the disk")

    full = Full(tmp_path / "octavo.db", migrations_path())
    accounts = reader.tools.settings.accounts.model_copy(update={"sign_up": "open"})
    settings = reader.tools.settings.model_copy(update={"accounts": accounts})
    site = Reader(replace(reader.tools, database=full, settings=settings), reader.clock)
    try:
        assert site.get("/en-gb/latest").status_code == 200
        fields = {"name": "ada", "password": "a lamp in the harbour"}
        refused = site.ask("POST", "/en-gb/sign-up", {"sec_fetch_site": "same-origin"}, fields)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert "There is no room left" in refused.text
        assert "What was kept is safe" in refused.text
        assert "does not answer" not in refused.text
    finally:
        full.close()
