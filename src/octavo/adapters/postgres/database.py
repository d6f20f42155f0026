"""PostgreSQL: engine, pool."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import OperationalError
from psycopg import errors as pg
from sqlalchemy import URL, Connection, Executable, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from octavo.adapters.sql import (
    Question,
    Reading,
    Writing,
    check_revision,
    newest_revision,
    put_for,
    revision_of,
    run_migrations,
)
from octavo.errors import SettingsError, StoreBusy, StoreError, StoreFull
from octavo.ports.database import Read, Transaction

BUSY_S = 30.0
"""Seconds to wait for a lock or a free connection."""

_MIGRATING = 0x6F637461_6D696772
"""The advisory lock's key: "octamigr" in ASCII."""

_BUSY = (
    pg.LockNotAvailable,
    pg.DeadlockDetected,
    pg.SerializationFailure,
    pg.TooManyConnections,
    pg.QueryCanceled,
    pg.AdminShutdown,
    pg.CannotConnectNow,
)
_FULL = (pg.DiskFull,)


class PostgresDatabase:
    """A server; as many writers as there are workers. Safe to use from many threads."""

    dialect: Literal["postgresql"] = "postgresql"
    near = False

    def __init__(self, url: str, migrations: Path, *, busy_s: float = BUSY_S, pool_size: int = 16) -> None:
        place = _place(url)
        self._name = place.render_as_string(hide_password=True)
        self._url = place
        self._migrations = migrations
        self._known = ""
        milliseconds = int(busy_s * 1000)
        self._options = f"-c lock_timeout={milliseconds} -c timezone=UTC"
        self._questions: dict[Executable, Question] = {}
        self._asking: list[psycopg.Connection[Any]] = []
        """Connections that wait for the next question; each is taken by one thread at a time."""
        self._engine = create_engine(
            place,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=busy_s,
            hide_parameters=True,  # what people wrote is in no log
            pool_pre_ping=True,  # a server that was restarted costs one reconnection, not an error
            connect_args={"options": self._options, "connect_timeout": 10},
        )
        # One snapshot for a whole view, as SQLite gives; and the server itself refuses writes.
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Read]:
        """Open a READ ONLY view: what it shows does not change while it is open."""
        with self._translated(), self._reading.connect() as connection, connection.begin():
            yield Reading(connection)

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone, which the server has prepared after some times; READ ONLY, as views are."""
        put = self._questions.get(question) or self._questions.setdefault(
            question, put_for(question, self._engine.dialect)
        )
        values = dict(zip(put.names, put.values(given), strict=True))
        kept = bool(self._asking)
        try:
            return self._answered(put.text, values)
        except OperationalError as error:
            if not kept:
                raise self._said(error) from error
        except psycopg.Error as error:
            raise self._said(error) from error
        # The server was restarted: what was kept is of no use any more.
        self._let_go()
        try:
            return self._answered(put.text, values)
        except psycopg.Error as error:
            raise self._said(error) from error

    def _answered(self, text: str, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        connection = self._waiting() or self._open_to_ask()
        try:
            rows = connection.execute(text.encode(), values).fetchall()
        except psycopg.Error:
            connection.close()
            raise
        self._asking.append(connection)
        return rows

    def _waiting(self) -> psycopg.Connection[Any] | None:
        try:
            return self._asking.pop()
        except IndexError:  # no look before: another thread may be quicker
            return None

    def _open_to_ask(self) -> psycopg.Connection[Any]:
        _, named = self._engine.dialect.create_connect_args(self._url)
        options = f"{self._options} -c default_transaction_read_only=on"
        return psycopg.connect(**named, options=options, connect_timeout=10, autocommit=True)

    def _let_go(self) -> None:
        while kept := self._waiting():
            kept.close()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a writing transaction. Raises StoreBusy, StoreFull."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield Writing(connection)

    def migrate(self) -> None:
        """Bring the schema up to date; one process at a time. Raises WrongSchema."""
        with self._translated():
            with self._reading.connect() as connection, connection.begin():
                current = check_revision(connection, self._migrations, self._name)
            if current == newest_revision(self._migrations):
                return
            with self._engine.connect() as connection, connection.begin():
                _lock(connection)
                check_revision(connection, self._migrations, self._name)
                run_migrations(connection, self._migrations)

    def schema(self) -> tuple[str, str]:
        """Name the schema the database has, and the one this program knows."""
        with self._translated(), self._reading.connect() as connection, connection.begin():
            return revision_of(connection) or "", self._newest()

    def _newest(self) -> str:
        self._known = self._known or newest_revision(self._migrations) or ""
        return self._known

    def backup(self, target: Path) -> None:
        """Write a consistent copy with pg_dump (custom format, for pg_restore); needs PostgreSQL's client programs."""
        place = self._url.set(drivername="postgresql", password=None).render_as_string()
        # By environment, because anyone on the machine may read a program's arguments.
        secret = {"PATH": os.defpath, "PGPASSWORD": self._url.password} if self._url.password else None
        order = ["pg_dump", "--format=custom", f"--file={target}", f"--dbname={place}"]
        try:
            done = subprocess.run(order, capture_output=True, text=True, check=False, env=secret)  # noqa: S603 (fixed words, no shell)
        except OSError as error:
            raise StoreError("pg_dump was not found: install PostgreSQL's client programs to back up") from error
        if done.returncode:
            raise StoreError(f"pg_dump could not back up {self._name}: {done.stderr.strip()[:500]}")

    def close(self) -> None:
        """Let go of every connection."""
        self._let_go()
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._ours(error) from error
        except PoolTimeout as error:
            raise StoreBusy(f"{self._name} has too many connections at once; try again") from error

    def _ours(self, error: DBAPIError) -> StoreError:
        if error.connection_invalidated and not isinstance(error.orig, (*_BUSY, *_FULL)):
            return self._away(error.orig or error)
        return self._said(error.orig or error)

    def _said(self, cause: BaseException) -> StoreError:
        if isinstance(cause, _BUSY):
            return StoreBusy(f"{self._name} is held by another writer; try again ({_first_line(cause)})")
        if isinstance(cause, _FULL):
            return StoreFull(f"no room left on the disk of {self._name}: free some space, nothing kept so far is lost")
        if type(cause) is OperationalError:
            return self._away(cause)
        return StoreError(f"{self._name} cannot do this: {_first_line(cause)}")

    def _away(self, cause: BaseException) -> StoreBusy:
        return StoreBusy(
            f"{self._name} cannot be reached: check that it runs and may be signed in to ({_first_line(cause)})"
        )


def _first_line(cause: BaseException) -> str:
    return str(cause).strip().split("\n")[0]


def _place(url: str) -> URL:
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise SettingsError("setting database_url: not an address such as postgresql://user@host/octavo") from error
    if place.get_backend_name() not in ("postgresql", "postgres"):
        raise SettingsError(f"setting database_url: {place.get_backend_name()} is not postgresql")
    return place.set(drivername="postgresql+psycopg")


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
