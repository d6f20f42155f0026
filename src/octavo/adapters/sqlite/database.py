"""SQLite: engine, pragmas, one writer."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

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
from octavo.errors import StoreBusy, StoreError, StoreFull
from octavo.ports.database import Read, Transaction

BUSY_S = 30.0
"""Seconds to wait for another writer, in this process or another."""

_LITTLE_ROOM = 1_000_000

# FULL: a commit is on the disk before it is answered, so neither kill -9 nor a power cut takes back what was
# acknowledged. NORMAL would save one fsync a commit (0.4 ms on an SSD) and lose the last commits, never the file,
# when the power fails; with work done in batches the fsync is not what costs.
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "cache_size = -16000",  # KiB a connection
    "mmap_size = 268435456",
    "journal_size_limit = 67108864",
)


class SqliteDatabase:
    """One file; readers beside one writer at a time. Safe to use from many threads and processes."""

    dialect: Literal["sqlite"] = "sqlite"
    near = True

    def __init__(self, path: Path, migrations: Path, *, busy_s: float = BUSY_S) -> None:
        self._path = path
        self._migrations = migrations
        self._known = ""
        self._busy_s = busy_s
        self._writer_lock = Lock()
        self._writer = self._engine(pool_size=1, query_only=False)
        self._readers = self._engine(pool_size=16, query_only=True)
        self._questions: dict[Executable, Question] = {}
        self._asking: list[sqlite3.Connection] = []
        """Connections that wait for the next question; each is taken by one thread at a time."""

    def _engine(self, *, pool_size: int, query_only: bool) -> Engine:
        engine = create_engine(
            f"sqlite:///{self._path}",
            hide_parameters=True,  # what people wrote is in no log
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=64 if query_only else 0,
            pool_timeout=self._busy_s,
            # isolation_level None: the driver begins nothing by itself, `begin` below does.
            connect_args={"timeout": self._busy_s, "check_same_thread": False, "isolation_level": None},
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
            _begin_log(connection)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if query_only:
                connection.execute("PRAGMA query_only = ON")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # IMMEDIATE takes the write lock at once: a transaction that starts by reading cannot fail later on it.
            connection.exec_driver_sql("BEGIN" if query_only else "BEGIN IMMEDIATE")

        return engine

    @contextmanager
    def read(self) -> Iterator[Read]:
        """Open a read-only view: what it shows does not change while it is open."""
        with self._translated(), self._readers.connect() as connection, connection.begin():
            yield Reading(connection)

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone; where something holds the file it is not waited for: StoreBusy."""
        put = self._questions.get(question) or self._questions.setdefault(
            question, put_for(question, self._readers.dialect)
        )
        connection = None
        try:
            connection = self._waiting() or self._open_to_ask()
            rows = connection.execute(put.text, put.values(given)).fetchall()
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise _ours(error, self._path) from error
        self._asking.append(connection)
        return rows

    def _waiting(self) -> sqlite3.Connection | None:
        try:
            return self._asking.pop()
        except IndexError:  # no look before: another thread may be quicker
            return None

    def _open_to_ask(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=0, check_same_thread=False, isolation_level=None)
        for pragma in (*_PRAGMAS, "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open the writing transaction; others wait their turn. Raises StoreBusy, StoreFull."""
        with self._alone() as connection:
            yield Writing(connection)

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        if not self._writer_lock.acquire(timeout=self._busy_s):
            raise StoreBusy(f"{self._path} has been held by another writer for {self._busy_s:g} seconds; try again")
        try:
            with self._translated(), self._writer.connect() as connection, connection.begin():
                yield connection
        finally:
            self._writer_lock.release()

    def migrate(self) -> None:
        """Bring the schema up to date, with a copy of the file put beside it first. Raises WrongSchema."""
        with _files(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._translated(), self._readers.connect() as connection, connection.begin():
            current = check_revision(connection, self._migrations, str(self._path))
        if current == newest_revision(self._migrations):
            return
        if current is not None:
            self.backup(self._path.with_name(f"{self._path.stem}.before-{current}.backup"))
        with self._alone() as connection:
            # Looked at again under the lock: another process may have done it meanwhile.
            check_revision(connection, self._migrations, str(self._path))
            run_migrations(connection, self._migrations)

    def schema(self) -> tuple[str, str]:
        """Name the schema the database has, and the one this program knows."""
        with self._translated(), self._readers.connect() as connection, connection.begin():
            return revision_of(connection) or "", self._newest()

    def _newest(self) -> str:
        self._known = self._known or newest_revision(self._migrations) or ""
        return self._known

    def backup(self, target: Path) -> None:
        """Write a consistent copy to `target` by way of a temporary file; readers and writers go on (online backup)."""
        partial = target.with_name(f".{target.name}.partial")
        with _files(target):
            partial.unlink(missing_ok=True)
            try:
                self._copy(partial)
                partial.replace(target)
            except sqlite3.Error as error:
                raise _ours(error, target) from error
            finally:
                partial.unlink(missing_ok=True)

    def _copy(self, partial: Path) -> None:
        source = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=self._busy_s)
        copy = sqlite3.connect(partial)
        try:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
            source.close()

    @staticmethod
    def is_sound(path: Path) -> bool:
        """Tell whether a file is a whole SQLite database (PRAGMA integrity_check); it is only read."""
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
        except sqlite3.Error:
            return False
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        while kept := self._waiting():
            kept.close()
        self._readers.dispose()
        self._writer.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _ours(error.orig or error, self._path) from error
        except PoolTimeout as error:
            raise StoreBusy(f"{self._path} has too many readers at once; try again") from error


@contextmanager
def _files(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(path) from error
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def _ours(error: BaseException, path: Path) -> StoreError:
    """Say an error of the driver in a sentence (result codes: sqlite.org/rescode.html)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(f"{path} is held by another writer; try again")
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return _full(path)
    said = {
        sqlite3.SQLITE_CORRUPT: f"is damaged ({error}): restore a backup",
        sqlite3.SQLITE_NOTADB: "is no Octavo database: check its name, or restore a backup",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that the folder exists and may be written to",
        sqlite3.SQLITE_READONLY: "may not be written to: check its owner and permissions",
    }
    return StoreError(f"{path} {said.get(code, f'cannot do this: {error}')}")


def _full(path: Path) -> StoreFull:
    return StoreFull(f"no room left on the disk for {path}: free some space, nothing kept so far is lost")


def _no_room(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _LITTLE_ROOM
    return False


def _begin_log(connection: sqlite3.Connection) -> None:
    """Use the write-ahead log. Where two begin it at once SQLite refuses one without waiting: it waits here."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")  # waits for the other as long as the connection's time-out says
            connection.execute("ROLLBACK")
        else:
            return
