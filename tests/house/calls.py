"""Who calls whom in Octavo, read from the source: enough to ask what may happen inside a block."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .tree import Module, functions, modules

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Calls:
    """The functions of some modules by qualified name, and what each of them calls."""

    modules: dict[str, Module]
    functions: dict[str, Function]
    called: dict[str, frozenset[str]]

    def reaching(self, starts: set[str]) -> set[str]:
        """Every function from which one of `starts` can be reached, these included."""
        found = set(starts)
        while True:
            more = {name for name, called in self.called.items() if called & found} - found
            if not more:
                return found
            found |= more


def read_calls(*folders: str) -> Calls:
    """Read the calls of every module below these folders. Methods are known by their class's module alone."""
    found = {module.name: module for module in modules(*folders)}
    named: dict[str, Function] = {}
    called: dict[str, frozenset[str]] = {}
    for module in found.values():
        names = imported(module)
        for function in functions(module):
            qualified = f"{module.name}.{function.name}"
            named[qualified] = function
            called[qualified] = called.get(qualified, frozenset()) | frozenset(calls_in(function, module, names))
    return Calls(found, named, called)


def imported(module: Module) -> dict[str, str]:
    """What the names a module imports from Octavo stand for, such as `article_store` for `store.articles`."""
    names = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("octavo"):
            package = (node.module or "").removeprefix("octavo").removeprefix(".")
            for alias in node.names:
                names[alias.asname or alias.name] = f"{package}.{alias.name}".removeprefix(".")
    return names


def calls_in(block: ast.AST, module: Module, names: dict[str, str]) -> Iterator[str]:
    """Qualified names of Octavo's functions that a block calls or hands on."""
    for node in ast.walk(block):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield names.get(node.id, f"{module.name}.{node.id}")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield f"{names[node.value.id]}.{node.attr}"
