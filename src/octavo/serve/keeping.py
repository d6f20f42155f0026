"""Pieces of pages, written once for all pages that have the same: {% keep name, what it depends on %}."""

from collections.abc import Callable, Hashable

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_MOST = 1500
"""Pieces in each of the two generations: some ten megabytes at most."""


class Pieces:
    """Pieces by what they were made from, in two generations: what was not asked for in one is gone after the next.

    Safe to use from many threads: each step is one operation on a dictionary, and at worst a piece is made twice.
    """

    def __init__(self, most: int = _MOST) -> None:
        self.kept = True
        """Whether anything is kept at all: tests compare pages made with and without."""
        self._most = most
        self._young: dict[Hashable, str] = {}
        self._old: dict[Hashable, str] = {}

    def give(self, key: Hashable, make: Callable[[], str]) -> str:
        """Give the piece of this key, having it made where it is not kept."""
        if not self.kept:
            return make()
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                found = make()
            if len(self._young) >= self._most:
                self._old, self._young = self._young, {}
            self._young[key] = found
        return found


class Keep(Extension):
    """The tag. Everything a piece shows must stand in its key or be the same for the life of the process.

    The time does not: a piece that says when, says so in its key. `Environment.pieces` holds what is kept.
    """

    tags = {"keep"}  # noqa: RUF012 - so says jinja2

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag."""
        line = next(parser.stream).lineno
        key = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            key.append(parser.parse_expression())
        body = parser.parse_statements(("name:endkeep",), drop_needle=True)
        call = self.call_method("_keep", [nodes.Tuple(key, "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _keep(self, key: tuple[Hashable, ...], caller: Callable[[], str]) -> str:
        pieces: Pieces = self.environment.pieces  # type: ignore[attr-defined]
        return pieces.give(key, caller)
