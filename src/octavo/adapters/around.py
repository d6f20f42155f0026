"""A database that is another one: what stands around it adds something of its own to views and transactions."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Executable

from octavo.ports.database import Database, Read, Transaction


class Around:
    """Hands everything on to the database it stands around."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Name the dialect."""
        return self._database.dialect

    @property
    def near(self) -> bool:
        """Whether questions are answered at once."""
        return self._database.near

    def read(self) -> AbstractContextManager[Read]:
        """Open a view."""
        return self._database.read()

    def ask(self, question: Executable, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Read by one statement alone."""
        return self._database.ask(question, given)

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction."""
        return self._database.transaction()

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
