"""How much room the database takes, and how many rows there are; no table of its own."""

from typing import Any

from sqlalchemy import BigInteger, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from octavo.ports.database import Read
from octavo.store.tables import accounts, feeds, pages, publishers, stories


class _Size(FunctionElement[int]):
    """The bytes the database takes on the disk."""

    type = BigInteger()
    inherit_cache = True
    name = "size_on_disk"


@compiles(_Size, "postgresql")
def _size_postgres(element: _Size, compiler: SQLCompiler, **kw: Any) -> str:
    return "pg_database_size(current_database())"


@compiles(_Size, "sqlite")
def _size_sqlite(element: _Size, compiler: SQLCompiler, **kw: Any) -> str:
    return "(SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())"


def size(read: Read) -> int:
    """Give the bytes the database takes."""
    return int(read.execute(select(_Size())).scalar_one())


def counts(read: Read) -> dict[str, int]:
    """Count the rows of what grows."""
    counted = {"stories": stories, "pages": pages, "publishers": publishers, "feeds": feeds, "accounts": accounts}
    numbers = [select(func.count()).select_from(table).scalar_subquery().label(name) for name, table in counted.items()]
    found = read.execute(select(*numbers)).one()
    return {name: int(getattr(found, name)) for name in counted}
