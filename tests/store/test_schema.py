"""Tables and migrations say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from octavo.adapters.sql import newest_revision
from octavo.ports.database import Database
from octavo.store import migrations_path
from octavo.store.tables import metadata


def _ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, compared_to: SchemaItem | None) -> bool:
    """The tables of the adapters for search and blobs are their own, made by a migration and by nothing else."""
    table = name if kind == "table" else getattr(getattr(item, "table", None), "name", "")
    return not str(table).startswith(("search_", "kept_bytes"))


def test_tables_are_the_sum_of_the_migrations(database: Database) -> None:
    with database.read() as read:
        connection: Connection = read._connection  # type: ignore[attr-defined]
        context = MigrationContext.configure(
            connection, opts={"include_object": _ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_each_migration_is_called_as_its_file_is_and_numbers_put_them_in_order() -> None:
    """So what is newest can be told without reading them: most starts have nothing to migrate."""
    script = ScriptDirectory(str(migrations_path()))
    in_order = [one.revision for one in script.walk_revisions()][::-1]
    files = sorted(file.stem for file in (migrations_path() / "versions").glob("*.py"))
    assert files == in_order == sorted(in_order)
    assert newest_revision(migrations_path()) == script.get_current_head()
