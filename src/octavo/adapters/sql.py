"""What the two databases share: how a connection is wrapped, and how migrations are run.

Alembic is brought in when there is something to migrate: most starts only compare two names, and take a tenth of a
second less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect, Executable, inspect, text
from sqlalchemy.sql.compiler import SQLCompiler

from octavo.errors import WrongSchema

_KEPT_IN = "alembic_version"


class Reading:
    """A connection that may only read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run one SQLAlchemy Core statement."""
        return self._connection.execute(statement, parameters)


class Writing(Reading):
    """A connection that may write."""

    @property
    def writes(self) -> Literal[True]:
        """Tells a Transaction from a Read."""
        return True


@dataclass(frozen=True, slots=True)
class Question:
    """A statement as the driver takes it: its text, and what becomes of each value that is given with it."""

    text: str
    names: Sequence[str]
    """The values: in the order of their placeholders, where these have no names."""
    own: Mapping[str, Any]
    """Values the statement itself holds."""
    ways: Mapping[str, Any]
    """How values are written for the driver, by name; those that are not here go as they are."""

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Give the values in the order of their names."""
        own, ways = self.own, self.ways
        return [
            own[name] if name in own else ways[name](given[name]) if name in ways else given[name]
            for name in self.names
        ]


def put_for(statement: Executable, dialect: Dialect) -> Question:
    """Write a statement for the driver."""
    compiled = cast("ClauseElement", statement).compile(dialect=dialect)
    compiled = cast("SQLCompiler", compiled)
    ways = {
        name: way
        for name, bind in compiled.binds.items()
        if (way := bind.type.dialect_impl(dialect).bind_processor(dialect))
    }
    held = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    own = {name: ways[name](value) if name in ways else value for name, value in held.items()}
    return Question(compiled.string, tuple(compiled.positiontup or compiled.binds), own, ways)


def revision_of(connection: Connection) -> str | None:
    """Name the migration the database is at; None when it is empty."""
    if not inspect(connection).has_table(_KEPT_IN):
        return None
    name: str | None = connection.execute(text(f"SELECT version_num FROM {_KEPT_IN}")).scalar()  # noqa: S608 - a constant
    return name


def newest_revision(migrations: Path) -> str | None:
    """Name the last migration this program knows."""
    return max(_known(migrations), default=None)


def check_revision(connection: Connection, migrations: Path, name: str) -> str | None:
    """Give the database's revision. Raises WrongSchema when this program does not know it."""
    current = revision_of(connection)
    if current is not None and current not in _known(migrations):
        raise WrongSchema(
            f"{name} was last used by a newer Octavo (its schema is {current}, this program knows up to "
            f"{newest_revision(migrations)}): upgrade Octavo, or restore a backup made before that"
        )
    return current


def run_migrations(connection: Connection, migrations: Path) -> None:
    """Bring the schema up to date inside the connection's transaction."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    import_module("alembic.command").upgrade(config, "head")


def _known(migrations: Path) -> set[str]:
    """Name the migrations there are: each is called as its file is, and numbers put them in order."""
    return {file.stem for file in (migrations / "versions").glob("[0-9]*.py")}
