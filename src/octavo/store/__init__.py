"""All SQL. One module per table family; functions take a Read or a Transaction."""

from pathlib import Path


def migrations_path() -> Path:
    """Name the folder of Alembic migrations that build every table, for whoever runs them (the database adapters)."""
    return Path(__file__).with_name("migrations")
