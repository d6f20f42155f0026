"""A database whose views and transactions are spans: how often a page or a job goes there, and for how long.

Questions of one statement are none: they take microseconds, which a span would double.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from octavo.adapters.around import Around
from octavo.ports.database import Database, Read, Transaction
from octavo.ports.tracer import Tracer


class TracedDatabase(Around):
    """A database that tells a tracer."""

    def __init__(self, database: Database, tracer: Tracer) -> None:
        super().__init__(database)
        self._tracer = tracer

    @contextmanager
    def read(self) -> Iterator[Read]:
        """Open a view."""
        with self._tracer.span("store view", db=self.dialect), self._database.read() as view:
            yield view

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction."""
        with self._tracer.span("store transaction", db=self.dialect), self._database.transaction() as tx:
            yield tx
