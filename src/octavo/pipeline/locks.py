"""What one worker does and no other: names that the database, or the system, lets go of when their holder dies."""

import fcntl
import os
import threading
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from octavo.errors import StoreBusy


class Locks:
    """Names that one worker has at a time: of one kind of job, of one part of the work. They end with its process.

    Byte ranges of a small file beside the queue (SQLite: its workers are on one machine), or advisory locks of one
    session (PostgreSQL). A server that was restarted has forgotten them: those held are taken again by the next call.
    """

    def __init__(self, url: str) -> None:
        self._place = make_url(url)
        self._held: set[str] = set()
        self._guard = threading.Lock()
        self._file = -1
        self._engine: Engine | None = None
        self._session: Connection | None = None

    def take(self, names: Iterable[str]) -> list[str]:
        """Take the names that no other job has, here or in another worker; gives those taken. Raises StoreBusy."""
        with self._guard:
            wanted = [name for name in names if name not in self._held]
            try:
                taken = self._take_file(wanted) if self._place.get_backend_name() == "sqlite" else self._take(wanted)
            except DBAPIError as error:
                self._end_session()
                raise StoreBusy("the queue's database does not answer") from error
            self._held |= set(taken)
            return taken

    def leave(self, names: Iterable[str]) -> None:
        """Let go of names."""
        with self._guard:
            mine = [name for name in names if name in self._held]
            self._held -= set(mine)
            if self._file >= 0:
                for name in mine:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _number(name))
            elif self._session is not None and mine:
                try:
                    self._session.execute(_UNLOCK, {"space": _LOCKS, "numbers": [_number(one) for one in mine]})
                except DBAPIError:
                    self._end_session()  # it is gone, and its locks with it

    def close(self) -> None:
        """Let go of everything; safe to call twice."""
        with self._guard:
            self._held.clear()
            if self._file >= 0:
                os.close(self._file)
                self._file = -1
            self._end_session()

    def _take_file(self, names: Sequence[str]) -> list[str]:
        if self._file < 0:
            self._file = os.open(f"{self._place.database}.locks", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        taken = []
        for name in names:
            with suppress(BlockingIOError, PermissionError):
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(name))
                taken.append(name)
        return taken

    def _take(self, names: Sequence[str]) -> list[str]:
        if self._session is not None:
            try:
                return self._ask(self._session, names)
            except DBAPIError:
                self._end_session()
        self._engine = self._engine or create_engine(
            self._place.set(drivername="postgresql+psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._session = self._engine.connect()
        self._ask(self._session, sorted(self._held))
        return self._ask(self._session, names)

    def _end_session(self) -> None:
        if self._session is not None:
            self._session.invalidate()
            self._session.close()
            self._session = None

    @staticmethod
    def _ask(session: Connection, names: Sequence[str]) -> list[str]:
        by_number = {_number(name): name for name in names}
        rows = session.execute(_LOCK, {"space": _LOCKS, "numbers": [*by_number]}) if names else ()
        return [by_number[number] for number, got in rows if got]


# The first half of the key of these locks: "octj" in ASCII.
_LOCKS = 0x6F63746A
_LOCK = text("SELECT number, pg_try_advisory_lock(:space, number) FROM unnest(CAST(:numbers AS int[])) AS number")
_UNLOCK = text("SELECT pg_advisory_unlock(:space, number) FROM unnest(CAST(:numbers AS int[])) AS number")


def _number(name: str) -> int:
    """Give 31 bits for a name; the few dozen there are do not meet."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF
