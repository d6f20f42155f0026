"""Fixtures for every test: a migrated database, on SQLite or a real PostgreSQL; tools without a network or a clock."""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from milvus import MilvusServer
from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.fetchers import seat  # noqa: F401 - makes its sockets of what is real before sockets are off
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
from postgres import PostgresServer, Reused, serving

TESTS = Path(__file__).parent
POSTGRES_OFF = os.environ.get("OCTAVO_TEST_POSTGRES", "").lower() == "off"


SHARED = ("demo", "newspaper")
"""Fixtures that start a whole Octavo for everything that looks at it."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run side by side (`make test`), keep together what shares a fixture, and begin with what takes long.

    Tests of a module stay in one process, as do all modules that look at one Octavo; the order within them is random.
    """
    shared = {item.path: name for item in items for name in SHARED if name in getattr(item, "fixturenames", ())}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    for item in items:
        own = item.path.relative_to(TESTS).as_posix()
        item.add_marker(pytest.mark.xdist_group(shared.get(item.path, own)))
    items.sort(key=lambda item: SHARED.index(shared[item.path]) if item.path in shared else 8 + (item.path not in slow))


def pytest_report_header() -> str:
    return "PostgreSQL: left out (OCTAVO_TEST_POSTGRES=off)" if POSTGRES_OFF else "PostgreSQL: from the pgserver wheel"


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Take away what a command that ran in this process set up to write logs: its stream ends with the test."""
    yield
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if type(one).__module__ != "octavo.cli.logs"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this session's own."""
    if POSTGRES_OFF:
        pytest.skip("OCTAVO_TEST_POSTGRES=off")
    with serving() as server:
        yield server


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


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A fresh SQLite database at `tmp_path / "octavo.db"`."""
    path = tmp_path / "octavo.db"
    shutil.copy(sqlite_template, path)
    made = SqliteDatabase(path, migrations_path(), busy_s=60)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer, postgres_template: str) -> Reused:
    """Migrated PostgreSQL databases, used again once they are as new."""
    return Reused(postgres_server, postgres_template)


@pytest.fixture
def postgres_database(postgres_databases: Reused) -> Iterator[PostgresDatabase]:
    """A migrated PostgreSQL database without anything of an earlier test."""
    made = PostgresDatabase(postgres_databases.server.url(postgres_databases.take()), migrations_path(), busy_s=60)
    yield made
    made.close()
    postgres_databases.give_back()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh, migrated database; the test runs once on each kind."""
    made: Database = request.getfixturevalue(f"{request.param}_database")
    return made


@pytest.fixture(scope="module")
def milvus_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    """A Milvus of this module's own; its tests have sockets enabled."""
    server = MilvusServer(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.kill()


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
