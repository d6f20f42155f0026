"""All tables at once, as they lie in the database: an instance moves from one kind of database to the other.

Rows are copied as they are written, without being understood: numbers, texts, bytes. So nothing is lost in reading
and writing again, and a table made tomorrow is moved tomorrow. Search indexes are not: each database has its own
kind, made anew from the articles (`pipeline/move.py`), and the worker's queue, which the tables make anew.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table, TypeDecorator, bindparam, column, func, select, table, text
from sqlalchemy.sql.expression import TableClause

from octavo.ports.database import Read, Transaction
from octavo.store.tables import metadata

AT_ONCE = 500
TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
"""Every table, those that others refer to first."""

_MODULUS = 1 << 128

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells whether two tables hold the same rows, in whatever order: how many, and the sum of their hashes."""

    rows: int = 0
    sum: int = 0

    def plus(self, rows: Sequence[Row]) -> "Mark":
        """Give the mark with these rows too."""
        total = self.sum
        for row in rows:
            said = repr(tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)).encode()
            total += int.from_bytes(hashlib.blake2b(said, digest_size=16).digest())
        return Mark(self.rows + len(rows), total % _MODULUS)


@cache
def _plain(one: Table) -> TableClause:
    """The table with the types the database knows, and none of ours, which would read and write anew."""
    kinds = [kind.impl_instance if isinstance(kind := each.type, TypeDecorator) else kind for each in one.columns]
    return table(one.name, *(column(each.name, kind) for each, kind in zip(one.columns, kinds, strict=True)))


def batches(read: Read, one: Table) -> Iterator[Sequence[Row]]:
    """Read a whole table, in the order of its key, a batch at a time."""
    plain = _plain(one)
    order = [plain.c[key.name] for key in one.primary_key.columns]
    query = select(*plain.c).order_by(*order).execution_options(yield_per=AT_ONCE)
    found = read.execute(query)
    yield from found.partitions(AT_ONCE)


def put(tx: Transaction, one: Table, rows: Sequence[Row]) -> None:
    """Write rows that `batches` gave."""
    names = [each.name for each in one.columns]
    tx.execute(_plain(one).insert(), [dict(zip(names, row, strict=True)) for row in rows])


def mark(read: Read, one: Table) -> Mark:
    """Say what a table holds, in a mark."""
    found = Mark()
    for rows in batches(read, one):
        found = found.plus(rows)
    return found


def filled(read: Read) -> list[str]:
    """Name the tables that hold anything."""
    return [one.name for one in TABLES if read.execute(select(func.count()).select_from(one).limit(1)).scalar()]


def numbered(one: Table) -> str | None:
    """Name the column whose numbers the database gives out, if there is one."""
    key = one.autoincrement_column
    return key.name if key is not None else None


def last_numbers(read: Read, dialect: str) -> dict[str, int]:
    """Tell, by table, the last number that was given out: no later row may have it, even where its row is gone."""
    if dialect == "sqlite":
        kept = read.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
        return {row.name: int(row.seq) for row in kept}
    query = text(
        "SELECT c.relname AS name, s.last_value AS seq FROM pg_sequences s"
        " JOIN pg_class q ON q.relname = s.sequencename AND q.relnamespace = to_regnamespace(quote_ident(s.schemaname))"
        " JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i')"
        " JOIN pg_class c ON c.oid = d.refobjid"
        " WHERE s.schemaname = current_schema() AND s.last_value IS NOT NULL"
    )
    return {row.name: int(row.seq) for row in read.execute(query)}


def go_on_counting(tx: Transaction, dialect: str, last: dict[str, int]) -> None:
    """Have the database give out numbers after the last of each table, and after what its rows have."""
    for one in TABLES:
        name = numbered(one)
        if name is None:
            continue
        highest = int(tx.execute(select(func.max(one.c[name]))).scalar() or 0)
        number = max(highest, last.get(one.name, 0))
        if number:
            _count_from(tx, dialect, one, number)


def _count_from(tx: Transaction, dialect: str, one: Table, number: int) -> None:
    if dialect == "postgresql":
        query = text("SELECT setval(pg_get_serial_sequence(:name, :key), :number)")
        sequence = tx.execute(
            text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": one.name, "key": numbered(one)}
        )
        if sequence.scalar() is not None:
            tx.execute(query, {"name": one.name, "key": numbered(one), "number": number})
    elif one.dialect_options["sqlite"]["autoincrement"]:
        tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": one.name})
        query = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)")
        tx.execute(query.bindparams(bindparam("name"), bindparam("number")), {"name": one.name, "number": number})
