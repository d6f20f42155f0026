"""Tables and migrations say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from octavo.ports.database import Database
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
