"""An instance moves to the other database with everything, or not at all."""

from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from octavo.adapters.postgres.database import PostgresDatabase
from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.vitals import Vitals
from octavo.errors import InputError, StoreError
from octavo.pipeline.move import Target, move
from octavo.ports.database import Database, Read
from octavo.ports.search_index import SearchIndex, SearchQuery
from octavo.store import facts, moving, vitals
from octavo.store.tables import changes, feeds, metadata, settings_kept

from .examples import GAZETTE, NOON
from .filled import LATER, fill_everything

NOT_MOVED = {"alembic_version", "search_words", "search_kept", "search_documents", "sqlite_sequence"}
"""What a move makes anew there: the schema's name, search, and the counters, which are carried over by number."""

STAY = {"kept_bytes"}
"""Pages and pictures that lie in the database: such an instance is not moved (tests/cli/test_moving.py)."""


def index_of(database: Database) -> SearchIndex:
    return SqliteSearch(database) if database.dialect == "sqlite" else PostgresSearch(database)


def to(database: Database) -> Target:
    return Target(database, index_of(database), 0.5)


def silent(_name: str, _done: int) -> None:
    return None


@pytest.fixture(params=["to postgres", "to sqlite"])
def pair(
    request: pytest.FixtureRequest, sqlite_database: SqliteDatabase, postgres_database: PostgresDatabase
) -> tuple[Database, Database]:
    """A filled database, and an empty one of the other kind."""
    source, target = sqlite_database, postgres_database
    found: tuple[Database, Database] = (source, target) if request.param == "to postgres" else (target, source)
    fill_everything(found[0])
    return found


def everything(read: Read) -> dict[str, list[Any]]:
    return {
        table.name: sorted((tuple(row) for row in read.execute(select(table))), key=repr) for table in moving.TABLES
    }


def test_everything_moves_and_the_source_stays_as_it_was(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with source.read() as view:
        before = everything(view)
    assert [name for name, rows in before.items() if not rows] == [], "the test fills every table"
    counts = move(source, to(target), LATER, silent)
    with source.read() as view, target.read() as there:
        assert everything(view) == before
        assert everything(there) == before
    assert counts == {name: len(rows) for name, rows in before.items()}
    assert len(counts) == len(metadata.tables)


def test_no_table_is_forgotten(database: Database) -> None:
    """Whatever a migration makes is moved, or is on the short list of what is made anew."""
    with database.read() as read:
        there = set(inspect(read._connection).get_table_names())  # type: ignore[attr-defined]
    parts = {name for name in there if name.startswith("search_words_")}
    assert there - parts - NOT_MOVED - STAY == {table.name for table in moving.TABLES}


def test_what_was_found_is_found_there(pair: tuple[Database, Database]) -> None:
    source, target = pair
    move(source, to(target), LATER, silent)
    for words in ("rained", "المد"):
        assert len(index_of(target).search(SearchQuery(words, limit=10))) == 3, words


def test_numbers_go_on_after_the_last_one_given_out(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with source.transaction() as tx:
        last = tx.execute(changes.insert(), {"article_id": 1, "kind": "new"}).inserted_primary_key
        assert last is not None
        tx.execute(changes.delete().where(changes.c.seq == last[0]))
    move(source, to(target), LATER, silent)
    with target.transaction() as tx:
        made = tx.execute(changes.insert(), {"article_id": 1, "kind": "new"}).inserted_primary_key
        assert made is not None
        assert made[0] > last[0], "a number is never given out twice"
        highest = tx.execute(select(feeds.c.id).order_by(feeds.c.id.desc())).scalar() or 0
        copy = dict(tx.execute(select(feeds).limit(1)).one()._mapping)
        new = tx.execute(feeds.insert(), without_id(copy))
        assert new.inserted_primary_key is not None
        assert new.inserted_primary_key[0] > highest


def without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"} | {"url_key": b"new", "publisher_id": GAZETTE}


def test_a_database_that_holds_anything_is_refused(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with target.transaction() as tx:
        facts.set(tx, "notice", "mine")
    with pytest.raises(InputError, match="holds an instance already"):
        move(source, to(target), LATER, silent)
    with target.read() as there:
        assert moving.filled(there) == ["settings_kept"]


def test_an_instance_that_runs_is_refused(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with source.transaction() as tx:
        vitals.save(tx, Vitals("web@here:1", "web", NOON, LATER))
    with pytest.raises(InputError, match="stop the instance"):
        move(source, to(target), LATER, silent)


class Failing:
    """A search index that fails in the middle."""

    def update(self, *_: object) -> None:
        raise StoreError("no room")


def test_what_fails_leaves_nothing_behind_and_can_be_done_again(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with pytest.raises(StoreError, match="no room"):
        move(source, Target(target, Failing(), 0.5), LATER, silent)  # type: ignore[arg-type]
    with target.read() as there:
        assert moving.filled(there) == []
    assert sum(move(source, to(target), LATER, silent).values()) > 100


class Changing:
    """A search index that changes a row on the way: what is compared at the end is then not the same."""

    def update(self, tx: Any, _documents: object) -> None:
        tx.execute(settings_kept.update().values(value="changed"))


def test_what_is_not_the_same_at_the_end_is_undone(pair: tuple[Database, Database]) -> None:
    source, target = pair
    with pytest.raises(StoreError, match="settings_kept is not the same"):
        move(source, Target(target, Changing(), 0.5), LATER, silent)  # type: ignore[arg-type]
    with target.read() as there:
        assert moving.filled(there) == []


def test_a_mark_tells_rows_apart_and_not_their_order() -> None:
    rows = [(1, "a", None), (2, "b", b"x"), (3, "c", 0.5)]
    whole = moving.Mark().plus(rows)
    assert moving.Mark().plus(rows[2:]).plus(rows[:2]) == whole
    for other in (rows[:2], [*rows[:2], (3, "c", 0.25)], [*rows, rows[0]], [(1, "a", ""), *rows[1:]]):
        assert moving.Mark().plus(other) != whole
    assert moving.Mark().plus([(b"x",)]) == moving.Mark().plus([(memoryview(b"x"),)])


def test_a_new_empty_database_has_no_rows_of_its_own(database: Database) -> None:
    with database.read() as view:
        assert moving.filled(view) == []
        assert view.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
