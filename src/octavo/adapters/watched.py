"""A database that tells the meter whenever the job of a thread reads or writes: whoever hangs does neither."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Executable

from octavo.ports.database import Database, Read, Transaction
from octavo.ports.meter import Meter


class Watched:
    """A database that tells the meter whenever the job of a thread reads or writes."""

    def __init__(self, database: Database, meter: Meter) -> None:
        self._database = database
        self._meter = meter

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Name the dialect."""
        return self._database.dialect

    @contextmanager
    def read(self) -> Iterator[Read]:
        """Open a view."""
        self._meter.moved()
        with self._database.read() as view:
            yield view
        self._meter.moved()

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone."""
        self._meter.moved()
        return self._database.ask(question, given)

    @property
    def near(self) -> bool:
        """Whether questions are answered at once."""
        return self._database.near

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction."""
        self._meter.moved()
        with self._database.transaction() as tx:
            yield tx
        self._meter.moved()

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
