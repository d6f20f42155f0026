"""Nothing slow happens while a transaction is open: no network, no model, no waiting."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from .calls import calls_in, imported, read_calls
from .tree import Module, modules

SHELLS = ("src/octavo/pipeline/", "src/octavo/actions/", "src/octavo/cli/", "src/octavo/serve/", "src/octavo/app.py")
SLOW_PORTS = {"fetcher", "embedder", "language_model", "mailer"}
SLOW_METHODS = {"fetch", "fetch_all", "embed", "complete", "sleep"}


def is_slow(block: ast.AST) -> bool:
    """Tell whether a block itself calls a port that is slow, or hands one on to whatever it calls."""
    calls = [node for node in ast.walk(block) if isinstance(node, ast.Call)]
    return any(
        (isinstance(call.func, ast.Attribute) and call.func.attr in SLOW_METHODS)
        or (
            isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Attribute)
            and call.func.value.attr in SLOW_PORTS
        )
        or any(isinstance(one, ast.Attribute) and one.attr in SLOW_PORTS for one in call.args)
        for call in calls
    )


@cache
def slow() -> set[str]:
    """Every function that asks a slow port, by whatever way."""
    calls = read_calls("src/octavo/")
    return calls.reaching({name for name, function in calls.functions.items() if is_slow(function)})


def transactions(module: Module) -> Iterator[ast.With]:
    """Every `with … .transaction()` block of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.With) and any(
            isinstance(one.context_expr, ast.Call)
            and isinstance(one.context_expr.func, ast.Attribute)
            and one.context_expr.func.attr == "transaction"
            for one in node.items
        ):
            yield node


def faults(module: Module) -> Iterator[str]:
    """What a module's transactions do that they should not."""
    names = imported(module)
    for block in transactions(module):
        for statement in block.body:
            if is_slow(statement):
                yield f"{module.path}:{statement.lineno} asks a slow port"
            for called in sorted(set(calls_in(statement, module, names)) & slow()):
                yield f"{module.path}:{statement.lineno} calls {called}, which may ask one"
            if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(statement)):
                yield f"{module.path}:{statement.lineno} yields: what its caller does meanwhile nobody knows"


@pytest.mark.parametrize("module", modules(*SHELLS), ids=lambda module: module.name)
def test_no_network_or_model_call_inside_a_transaction(module: Module) -> None:
    assert list(faults(module)) == []


PLANTED = '''"""Planted."""
from octavo.collect import request
from octavo.pipeline.poll_feed import poll_feeds

def direct(tools):
    with tools.database.transaction() as tx:
        tools.fetcher.fetch(1)

def written(tools, prompt):
    with tools.database.transaction() as tx:
        tx.execute([*tools.language_model.write(prompt)])

def far(tools):
    with tools.database.transaction() as tx, open("x"):
        if tx:
            poll_feeds(tools, [])

def lazy(tools):
    with tools.database.transaction() as tx:
        yield tx

def fine(tools):
    answer = tools.fetcher.fetch(request.for_page(1, 2))
    with tools.database.transaction() as tx:
        tx.execute(answer)
'''


def test_the_rule_notices_breaches() -> None:
    found = list(faults(Module("src/octavo/actions/planted.py", PLANTED)))
    assert [one.partition(" ")[2].split()[0] for one in found] == ["asks", "asks", "calls", "yields:"]


WRITERS = ("src/octavo/pipeline/", "src/octavo/actions/", "src/octavo/adapters/")


def test_only_the_two_shells_open_a_transaction() -> None:
    """serve/ reads and commands ask an action or a step: so all writing is in two folders."""
    assert [
        f"{module.path}:{block.lineno}"
        for module in modules("src/octavo/")
        if not module.path.startswith(WRITERS)
        for block in transactions(module)
    ] == []
