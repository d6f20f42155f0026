"""Where the migrations lie, for whoever runs them (the database adapters)."""

from pathlib import Path


def migrations_path() -> Path:
    """Name the folder of Alembic migrations that build every table."""
    return Path(__file__).with_name("migrations")
