"""A database that tells the meter whenever the job of a thread reads or writes: whoever hangs does neither."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Executable

from octavo.adapters.around import Around
from octavo.ports.database import Database, Read, Transaction
from octavo.ports.meter import Meter


class Watched(Around):
    """A database that tells the meter whenever the job of a thread reads or writes."""

    def __init__(self, database: Database, meter: Meter) -> None:
        super().__init__(database)
        self._meter = meter

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

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction."""
        self._meter.moved()
        with self._database.transaction() as tx:
            yield tx
        self._meter.moved()
