"""Move an instance from one database to another, whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import ArticleId
from octavo.errors import InputError, StoreError
from octavo.pipeline.reindex import enriched
from octavo.pipeline.search_document import search_document
from octavo.ports.database import Database, Read, Transaction
from octavo.ports.search_index import SearchIndex
from octavo.store import articles as article_store
from octavo.store import moving, vitals

AT_ONCE = 200

Report = Callable[[str, int], None]
"""Told the name of what is moved, and how many rows of it so far."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: a database, its search index, and the quality below which excerpts alone are searched."""

    database: Database
    search_index: SearchIndex
    bar: float


def move(source: Database, target: Target, now: datetime, report: Report) -> dict[str, int]:
    """Copy every table, make the search index, and compare; gives how many rows each table has.

    All of it is one transaction of the target: when anything fails, or is not the same at the end, or the power goes,
    the target is as empty as before. The source is only read. Raises InputError and StoreError.
    """
    target.database.migrate()
    _check_schema(source, target.database)
    with source.read() as view, target.database.transaction() as tx:
        _check_still(view, now)
        filled = moving.filled(tx)
        if filled:
            raise InputError(
                f"the target holds an instance already (rows in {', '.join(filled[:3])}): nothing was changed"
            )
        marks = _copy(view, tx, report)
        moving.go_on_counting(tx, target.database.dialect, moving.last_numbers(view, source.dialect))
        _index(tx, target, report)
        for table in moving.TABLES:
            if moving.mark(tx, table) != marks[table.name]:
                raise StoreError(f"table {table.name} is not the same after moving: nothing was changed")
            report(f"{table.name} compared", marks[table.name].rows)
    return {name: mark.rows for name, mark in marks.items()}


def _check_schema(source: Database, target: Database) -> None:
    ours, known = source.schema()
    if ours != known or target.schema()[0] != known:
        raise StoreError("the two databases are not of this program's schema: run octavo migrate first")


def _check_still(view: Read, now: datetime) -> None:
    """What is written to the source while it is copied would be lost."""
    heard = [one.process for one in vitals.all(view) if one.heard(now)]
    if heard:
        raise InputError(f"{heard[0]} was heard of within the last minute: stop the instance, then move it")


def _copy(view: Read, tx: Transaction, report: Report) -> dict[str, moving.Mark]:
    marks = {}
    for table in moving.TABLES:
        mark = moving.Mark()
        for rows in moving.batches(view, table):
            moving.put(tx, table, rows)
            mark = mark.plus(rows)
            report(table.name, mark.rows)
        marks[table.name] = mark
    return marks


def _index(tx: Transaction, target: Target, report: Report) -> None:
    after, done = ArticleId(-1), 0
    while found := article_store.iterate(tx, after, AT_ONCE):
        documents = [search_document(one, enriched(tx, one), target.bar) for one in found]
        target.search_index.update(tx, documents)
        after, done = found[-1].id, done + len(found)
        report("search index", done)
