"""What the two databases share: how a connection is wrapped, and how migrations are run."""

from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, CursorResult, Executable

from octavo.errors import WrongSchema


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


def revision_of(connection: Connection) -> str | None:
    """Name the migration the database is at; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision(migrations: Path) -> str | None:
    """Name the last migration this program knows."""
    return _scripts(_config(migrations)).get_current_head()


def check_revision(connection: Connection, migrations: Path, name: str) -> str | None:
    """Give the database's revision. Raises WrongSchema when this program does not know it."""
    current = revision_of(connection)
    scripts = _scripts(_config(migrations))
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise WrongSchema(
            f"{name} was last used by a newer Octavo (its schema is {current}, this program knows up to "
            f"{scripts.get_current_head()}): upgrade Octavo, or restore a backup made before that"
        )
    return current


def run_migrations(connection: Connection, migrations: Path) -> None:
    """Bring the schema up to date inside the connection's transaction."""
    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts(config: Config) -> ScriptDirectory:
    return ScriptDirectory.from_config(config)
