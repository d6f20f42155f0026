"""A database whose views and transactions are spans: how often a page or a job goes there, and for how long."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Executable

from octavo.ports.database import Database, Read, Transaction
from octavo.ports.tracer import Tracer


class TracedDatabase:
    """A database that tells a tracer."""

    def __init__(self, database: Database, tracer: Tracer) -> None:
        self._database = database
        self._tracer = tracer

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Name the dialect."""
        return self._database.dialect

    @property
    def near(self) -> bool:
        """Whether questions are answered at once."""
        return self._database.near

    @contextmanager
    def read(self) -> Iterator[Read]:
        """Open a view."""
        with self._tracer.span("store view", db=self.dialect), self._database.read() as view:
            yield view

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone: microseconds, which a span would double."""
        return self._database.ask(question, given)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction."""
        with self._tracer.span("store transaction", db=self.dialect), self._database.transaction() as tx:
            yield tx

    def migrate(self) -> None:
        """Bring the schema up to date."""
        self._database.migrate()

    def schema(self) -> tuple[str, str]:
        """Name the schema the database has, and the one this program knows."""
        return self._database.schema()

    def backup(self, target: Path) -> None:
        """Write a copy."""
        self._database.backup(target)

    def close(self) -> None:
        """Let go of every connection."""
        self._database.close()
