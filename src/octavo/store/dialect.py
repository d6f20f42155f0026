"""The few places where SQLite and PostgreSQL want different SQL."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, String, Table, and_, bindparam, literal, or_, select
from sqlalchemy import Insert as PlainInsert
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from octavo.ports.database import Transaction

T = TypeVar("T")
AT_ONCE = 500
"""Values in one list parameter: PostgreSQL and SQLite both take far more, but plan short lists better."""

PARTS = 16
"""Into so many parts feeds and pages fall, by feed and by host, so that workers share them out."""

ALL = range(PARTS)

_ARTICLES = 0x6F637461_77726974
"""The key of the advisory lock on articles: "octawrit" in ASCII."""

_DISCUSSION = 0x6F637461_74616C6B
"""The key of the advisory lock on the discussion: "octatalk" in ASCII."""


class _Alone(FunctionElement[int]):
    """Waits until no other transaction holds the lock whose key it is given."""

    type = Integer()
    inherit_cache = True
    name = "alone"


@compiles(_Alone, "postgresql")
def _alone_postgres(element: _Alone, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CASE WHEN pg_advisory_xact_lock({compiler.process(element.clauses, **kw)}) IS NULL THEN 0 ELSE 1 END"


@compiles(_Alone, "sqlite")
def _alone_sqlite(element: _Alone, compiler: SQLCompiler, **kw: Any) -> str:
    return "1"  # BEGIN IMMEDIATE: there is only ever one writer


_ALONE_ARTICLES = select(_Alone(literal(_ARTICLES, BigInteger())))
_ALONE_DISCUSSION = select(_Alone(literal(_DISCUSSION, BigInteger())))


def one_at_a_time(tx: Transaction) -> None:
    """Let one transaction at a time write articles, changes and stories, from here until it ends.

    On PostgreSQL sequence numbers are given out before they are committed: without this, a reader that follows
    `changes` by number could step over one that commits late, and two workers could open two stories for one event.
    """
    tx.execute(_ALONE_ARTICLES)


def one_speaks_at_a_time(tx: Transaction) -> None:
    """Let one transaction at a time write comments and votes, from here until it ends.

    So counts add up, ids follow the order of commits, and who follows threads by `seq` misses none.
    """
    tx.execute(_ALONE_DISCUSSION)


class OneOf(FunctionElement[int]):
    """Says that a column is among what a correlated subquery gives: `OneOf(column, subquery)`.

    SQLite looks up the rows of a correlated IN (SELECT …) by their key. PostgreSQL would ask the subquery again for
    each row there is, and looks them up when they are given as an array.
    """

    type = Integer()  # a Boolean would be written "… = 1" on SQLite, which then looks up nothing
    inherit_cache = True
    name = "one_of"


@compiles(OneOf, "postgresql")
def _one_of_postgres(element: OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, found = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY (ARRAY {found})"


@compiles(OneOf, "sqlite")
def _one_of_sqlite(element: OneOf, compiler: SQLCompiler, **kw: Any) -> str:
    column, found = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN {found}"


def upsert(table: Table, replaced: Iterable[str], key: Sequence[str] | None = None) -> Insert:
    """INSERT that replaces these columns where the key (default: the primary key) is there already.

    The two dialects' ON CONFLICT read the same; SQLAlchemy's PostgreSQL form compiles for SQLite too, which the
    store's tests hold it to.
    """
    statement = insert(table)
    columns = {name: statement.excluded[name] for name in replaced}
    return statement.on_conflict_do_update(index_elements=_key(table, key), set_=columns)


def insert_new(table: Table, key: Sequence[str] | None = None) -> Insert:
    """INSERT that leaves alone what is there already."""
    return insert(table).on_conflict_do_nothing(index_elements=_key(table, key))


def _key(table: Table, key: Sequence[str] | None) -> list[str]:
    return list(key) if key else [column.name for column in table.primary_key.columns]


def put(tx: Transaction, statement: PlainInsert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run an INSERT for many rows; none is fine."""
    if rows:
        tx.execute(statement, rows)


def any_of(column: ColumnElement[Any], name: str = "ids") -> ColumnElement[bool]:
    """Say that a column is one of the values given as parameter `name`, for statements that are written once.

    SQLAlchemy takes longer to put a statement together than SQLite to answer it.
    """
    return column.in_(bindparam(name, expanding=True, type_=column.type))


class _List(TypeDecorator[Sequence[Any]]):
    """Values as one parameter: an array to PostgreSQL, JSON to SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self.of) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else _json_of(tuple(value or ()))


@lru_cache(maxsize=2_000)
def _json_of(values: tuple[Any, ...]) -> str:
    """Write values as JSON; one page asks for the same ones at every request."""
    return json.dumps(values)


class _Listed(FunctionElement[int]):
    """Says that a column is among the values of a list given as one parameter."""

    type = Integer()
    inherit_cache = True
    name = "listed"


@compiles(_Listed, "postgresql")
def _listed_postgres(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:
    column, given = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY ({given})"


@compiles(_Listed, "sqlite")
def _listed_sqlite(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:
    column, given = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({given}))"  # noqa: S608 - the compiler's own words


def is_listed(column: ColumnElement[Any], name: str = "ids") -> ColumnElement[Any]:
    """Say that a column is one of the values given as parameter `name`, in a statement that has one text for any list.

    So the driver, and a server, can keep it ready; see `Database.ask`.
    """
    return _Listed(column, bindparam(name, type_=_List(column.type)))


def in_parts(column: ColumnElement[int], parts: Collection[int]) -> list[ColumnElement[bool]]:
    """Say that the number in a column falls into one of these parts; nothing where that is all of them."""
    return [] if len(parts) == PARTS else [(column % PARTS).in_(sorted(parts))]


def earlier(column: ColumnElement[Any], value: Any, key: ColumnElement[Any], last: Any) -> ColumnElement[bool]:
    """Say that a row comes before one that has `value` and the key `last`, in a list ordered by both, going down.

    The first condition lets an index be walked from there; the second cuts what is level with it.
    """
    return and_(column <= value, or_(column < value, key < last))


def chunks(values: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """Cut values into lists short enough for one IN (...)."""
    chunk: list[T] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
