"""Pins that were kept as facts become rows with the migration that made their table."""

import json
from importlib import import_module
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.edition import Pins
from octavo.domain.ids import EditionKey, StoryId
from octavo.store import facts, pins


def test_pins_kept_as_facts_are_moved(sqlite_database: SqliteDatabase, tmp_path: Path) -> None:
    with sqlite_database.transaction() as tx:
        facts.set(tx, "pins/en-gb", json.dumps({"pinned": [9, 4], "buried": [7]}))
        facts.set(tx, "pins/de-de", json.dumps({"pinned": [], "buried": []}))
        facts.set(tx, "picture_secret", "kept")
    engine = create_engine(f"sqlite:///{tmp_path / 'octavo.db'}")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        import_module("octavo.store.migrations.versions.0020_desk")._move_pins()
        assert connection.execute(text("SELECT count(*) FROM settings_kept WHERE key LIKE 'pins/%'")).scalar() == 0
    engine.dispose()
    with sqlite_database.read() as read:
        assert pins.of(read, EditionKey("en-gb")) == Pins((StoryId(9), StoryId(4)), frozenset({StoryId(7)}))
        assert pins.of(read, EditionKey("de-de")) == Pins()
        assert facts.get(read, "picture_secret") == "kept"
