"""All SQL is in store/, and every table is written by one module of it."""

import ast
from collections import defaultdict

from sqlalchemy import Table

from octavo.store import tables

from .tree import Module, modules

WRITES = {"insert", "insert_new", "upsert", "update", "delete"}
TABLES = {name for name, value in vars(tables).items() if isinstance(value, Table)}
NOT_FAMILIES = {"store.tables", "store.dialect", "store.columns", "store.keys", "store.schema"}

SQL_ELSEWHERE = ("src/octavo/store/", "src/octavo/adapters/", "src/octavo/ports/", "src/octavo/pipeline/jobs.py",
                 "src/octavo/pipeline/seats.py", "src/octavo/pipeline/locks.py")  # fmt: skip
"""The job engine keeps tables of its own, in a schema of its own; jobs.py, seats.py and locks.py are its only doors."""


def written_by(module: Module) -> set[str]:
    """The tables a module inserts into, updates or deletes from."""
    found = set()
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = called(node.func)
        if name in WRITES and node.args:
            found.add(last_name(node.args[0]))
        if name in WRITES and isinstance(node.func, ast.Attribute):
            found.add(last_name(node.func.value))
    return found & TABLES


def called(node: ast.expr) -> str:
    """The last name of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def last_name(node: ast.expr) -> str:
    """`tables.feeds` and `feeds` are both feeds."""
    return called(node)


def test_every_table_is_written_by_one_module() -> None:
    writers: dict[str, set[str]] = defaultdict(set)
    for module in modules("src/octavo/"):
        if module.name not in NOT_FAMILIES and "migrations" not in module.path:
            for table in written_by(module):
                writers[table].add(module.name)
    shared = {table: sorted(names) for table, names in writers.items() if len(names) > 1}
    assert shared == {}
    assert TABLES - set(writers) == set(), "tables nobody writes"
    assert {name for names in writers.values() for name in names if not name.startswith("store.")} == set()


def test_sql_is_written_in_the_store_alone() -> None:
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules("src/octavo/")
        if not module.path.startswith(SQL_ELSEWHERE)
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("sqlalchemy") for alias in node.names))
    ]
    assert found == []


def test_migrations_import_nothing_of_ours() -> None:
    """An old migration must not break when today's code changes."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules("src/octavo/store/migrations/versions/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("octavo")
    ]
    assert found == []
