"""Pages with holes: written once for every reader who is signed in, and filled with what is each one's own.

While a stencil is written, templates put down a mark wherever they would show something of one reader: either a text
(their name, the token of their forms), or all the ways a piece can look and the name of the fact that chooses. A mark
begins with a secret of this process, so nothing an article says can look like one; a stencil never leaves as it is.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

Key = tuple[str | int, ...]
"""Names a fact about a reader: ("saved", 12)."""

Value = str | int
Facts = Mapping[Key, Value]
Texts = Mapping[str, str]

_HOLE = 1_000
"""Bytes a hole takes, about, with what can stand there."""

_SECRET = f"\x02{secrets.token_hex(16)}"
_TEXT, _TEXT_ENDS, _CHOICE, _NEXT, _CHOICE_ENDS = (f"{_SECRET}{one}" for one in "tuabc")
_TEXTS = re.compile(f"{_TEXT}(.*?){_TEXT_ENDS}", re.DOTALL)
_CHOICES = re.compile(f"{_CHOICE}(.*?){_CHOICE_ENDS}", re.DOTALL)


def text(name: str) -> str:
    """Mark where a text of the reader's own stands: it has no character that anything would escape."""
    return f"{_TEXT}{name}{_TEXT_ENDS}"


def choice(key: Key, ways: Mapping[Value, str]) -> Markup:
    """Mark where one of several pieces stands; the first where the fact is not known of a reader."""
    told = json.dumps([key, list(ways)], separators=(",", ":"))
    return Markup(_CHOICE + _NEXT.join((told, *ways.values())) + _CHOICE_ENDS)  # noqa: S704 (templates' own markup)


@dataclass(frozen=True, slots=True)
class Text:
    """A hole for a text."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A hole for one of several pieces."""

    key: Key
    usual: "tuple[bytes | Text, ...]"
    ways: "Mapping[Value, tuple[bytes | Text, ...]]"


@dataclass(frozen=True, slots=True)
class Stencil:
    """A page in parts: what is everybody's as bytes, and the holes between."""

    parts: "tuple[bytes | Text | Choice, ...]"
    keys: tuple[Key, ...] = field(init=False)
    """The facts it asks for, each once."""

    def __post_init__(self) -> None:
        """List the facts."""
        found = dict.fromkeys(one.key for one in self.parts if isinstance(one, Choice))
        object.__setattr__(self, "keys", tuple(found))

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return sum(len(one) if isinstance(one, bytes) else _HOLE for one in self.parts)

    def chosen(self, facts: Facts) -> "list[bytes | Text]":
        """Choose the pieces of one reader."""
        found: list[bytes | Text] = []
        for one in self.parts:
            if isinstance(one, Choice):
                value = facts.get(one.key)
                found += one.usual if value is None else one.ways[value]
            else:
                found.append(one)
        return found

    def fill(self, facts: Facts, texts: Texts) -> bytes:
        """Write the page of one reader. Raises KeyError for a text that is not given."""
        said = written(texts)
        return b"".join([one if isinstance(one, bytes) else said[one.name] for one in self.chosen(facts)])


def written(texts: Texts) -> dict[str, bytes]:
    """Write texts as they stand on a page."""
    return {name: str(escape(words)).encode() for name, words in texts.items()}


def read(page: str) -> Stencil:
    """Read a page that was written with marks. Raises ValueError where they do not pair."""
    parts: list[bytes | Text | Choice] = []
    for number, piece in enumerate(_CHOICES.split(page)):
        parts += [_choice(piece)] if number % 2 else _plain(piece)
    return Stencil(tuple(parts))


def _choice(written: str) -> Choice:
    told, *pieces = written.split(_NEXT)
    key, values = json.loads(told)
    ways = dict(zip(values, (tuple(_plain(one)) for one in pieces), strict=True))
    return Choice(tuple(key), next(iter(ways.values())), ways)


def _plain(written: str) -> list[bytes | Text]:
    parts: list[bytes | Text] = []
    for number, piece in enumerate(_TEXTS.split(written)):
        if _SECRET in piece:
            raise ValueError("a mark that has no other end")
        if number % 2 or piece:
            parts.append(Text(piece) if number % 2 else piece.encode())
    return parts
