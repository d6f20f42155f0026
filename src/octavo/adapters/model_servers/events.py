"""Server-sent events out of bytes as they come (WHATWG HTML §9.2.6), bounded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from octavo.errors import ModelError

MOST_IN_LINE = 1_000_000  # bytes; a line of a real answer has a few hundred
_END = re.compile(rb"\r\n|\n|\r(?=[^\n])")


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event: its kind ("" where none is said) and its lines of text, joined."""

    kind: str
    text: str


def lines(chunks: Iterable[bytes]) -> Iterator[str | None]:
    """Cut bytes into lines; None where a chunk came that was empty: nothing has come for a while.

    Raises ModelError at a line that never ends.
    """
    rest = bytearray()
    seen = 0
    for chunk in chunks:
        if not chunk:
            yield None
            continue
        rest += chunk
        begin = 0
        while end := _END.search(rest, max(begin, seen)):
            yield rest[begin : end.start()].decode("utf-8", "replace")
            begin = seen = end.end()
        del rest[:begin]
        seen = max(0, len(rest) - 1)
        if len(rest) > MOST_IN_LINE:
            raise ModelError("the model's server sends a line without an end")
    if rest:
        yield rest.rstrip(b"\r").decode("utf-8", "replace")


def events(chunks: Iterable[bytes]) -> Iterator[ServerEvent | None]:
    """Read the events of a stream; None where nothing has come for a while. An event that was cut off is none."""
    kind, said = "", list[str]()
    for line in lines(chunks):
        if line is None:
            yield None
        elif not line:
            if said:
                yield ServerEvent(kind, "\n".join(said))
            kind, said = "", []
        else:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                said.append(value)
            elif name == "event":
                kind = value
