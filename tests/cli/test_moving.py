"""octavo migrate --to: an instance moves to PostgreSQL and back."""

from pathlib import Path

import pytest

from postgres import PostgresServer

from .conftest import Octavo
from .stream import row, write


@pytest.fixture
def empty_postgres(postgres_server: PostgresServer) -> str:
    """The address of a database with nothing in it, not even tables."""
    name = "octavo_moved"
    postgres_server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    postgres_server.run(f"CREATE DATABASE {name}")
    return postgres_server.url(name).replace("postgresql+psycopg://", "postgresql://")


def test_there_and_back(octavo: Octavo, tmp_path: Path, empty_postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(number) for number in range(30)]
    assert octavo("import", write(tmp_path / "a.ndjson", rows)).code == 0
    before = octavo("export").out
    sqlite = (tmp_path / "octavo-data" / "octavo.sqlite").read_bytes()
    done = octavo("migrate", "--to", empty_postgres)
    assert done.code == 0, done.err
    assert "found the same there" in done.out
    assert "OCTAVO_DATABASE_URL" in done.out
    assert (tmp_path / "octavo-data" / "octavo.sqlite").read_bytes() == sqlite
    again = octavo("migrate", "--to", empty_postgres)
    assert (again.code, "holds an instance already" in again.sentence) == (2, True)
    (tmp_path / "octavo-data" / "octavo.sqlite").unlink()
    monkeypatch.setenv("OCTAVO_DATABASE_URL", empty_postgres)
    assert octavo("export").out == before
    back = octavo("migrate", "--to", "sqlite")
    assert back.code == 0, back.err
    monkeypatch.delenv("OCTAVO_DATABASE_URL")
    assert octavo("export").out == before


@pytest.mark.parametrize("to", ["mysql://x/y", "sqlite:///elsewhere.db", "nonsense"])
def test_a_place_that_is_none_is_refused(octavo: Octavo, to: str) -> None:
    done = octavo("migrate", "--to", to)
    assert done.code == 2
    assert "postgresql://" in done.sentence


def test_into_itself_is_refused(octavo: Octavo, tmp_path: Path) -> None:
    octavo("import", write(tmp_path / "a.ndjson", [row(1)]))
    done = octavo("migrate", "--to", "sqlite")
    assert (done.code, "holds an instance already" in done.sentence) == (2, True)


def test_an_instance_whose_pages_lie_in_the_database_is_refused(
    octavo: Octavo, tmp_path: Path, empty_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    octavo("import", write(tmp_path / "a.ndjson", [row(1)]))
    monkeypatch.setenv("OCTAVO_BLOBS", "database")
    monkeypatch.setenv("OCTAVO_DATABASE_URL", empty_postgres)
    done = octavo("migrate", "--to", "sqlite")
    assert (done.code, "lie in the database" in done.sentence) == (2, True)
