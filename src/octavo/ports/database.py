"""Database, Read, Transaction: run SQL; hides which database it is."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import CursorResult, Executable


class Read(Protocol):
    """A connection that may only read (SQLite query_only, PostgreSQL READ ONLY), with one consistent view."""

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one SQLAlchemy Core statement. Any method may raise StoreBusy or StoreError."""
        ...


class Transaction(Read, Protocol):
    """A connection that may write; everything in it happens, or nothing does."""

    @property
    def writes(self) -> Literal[True]:
        """Tells the type checker a Transaction from a Read: a Read has no such attribute."""
        ...


class Database(Protocol):
    """One database; safe to use from many threads."""

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which SQL dialect answers, for the few adapters that care."""
        ...

    def read(self) -> AbstractContextManager[Read]:
        """Open a read-only view."""
        ...

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone, in a view of its own; values come as the driver has them.

        For what every request asks: the statement is written for the driver once, and so it must be the very same
        object each time, and no list in it may be written out (`dialect.is_listed`). Raises StoreBusy or StoreError.
        """
        ...

    @property
    def near(self) -> bool:
        """Whether `ask` is answered in this process within microseconds, never waiting: so in an event loop, too."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a writing transaction; commits on leaving, rolls back on any exception.

        Raises StoreBusy when another writer holds on too long, StoreFull when the disk is full.
        """
        ...

    def migrate(self) -> None:
        """Bring the schema up to date (after a backup, on SQLite). Raises WrongSchema when it is newer."""
        ...

    def schema(self) -> tuple[str, str]:
        """Name the schema the database has ("" when it is empty), and the one this program knows. Raises StoreError."""
        ...

    def backup(self, target: Path) -> None:
        """Write a consistent copy to `target` while others go on working."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...
