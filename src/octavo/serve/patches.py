"""Packed pages with patches: what is everybody's is packed once, and what is a reader's own put into it as it is.

A Zstandard frame is made of blocks (RFC 8878 §3.1.1.2), and a block that cannot be made smaller is stored as it is.
So a page is packed with noise wherever something of a reader will stand, each in a block of its own; at a request the
noise is overwritten. Nothing refers to what stands in a patch: the length of a page does not depend on what is in it.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import zstandard

from octavo.serve.stencils import Facts, Stencil, Text

LEVEL = 3
MOST_LOOKS = 6
"""Looks of one page that are kept packed: names are of few lengths, and most readers saved nothing on it."""

_TRIES = 5
"""Of two tries, each with noise of its own, hardly ever one fails: three bytes of it would have to come in the page."""


@dataclass(frozen=True, slots=True)
class Patched:
    """A packed page in parts: bytes as they are sent, and the names of the texts between."""

    parts: "tuple[bytes | str, ...]"

    def fill(self, said: Mapping[str, bytes]) -> bytes:
        """Write a page; each text has to be as long as those it was packed for."""
        return b"".join([one if isinstance(one, bytes) else said[one] for one in self.parts])


@dataclass(slots=True)
class Looks:
    """One page packed for each way it looks: the ways chosen, and how long the texts are; the newest few of them.

    It holds what is said to nobody in particular: whose page looks so it does not know. Safe to use from many threads.
    """

    _kept: "OrderedDict[tuple[object, ...], Patched | None]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, stencil: Stencil, facts: Facts, said: Mapping[str, bytes]) -> Patched | None:
        """Give the page as it looks with these facts and texts as long as these; packed now, if it has to be."""
        known = (*map(facts.get, stencil.keys), *map(len, said.values()))
        with self._lock:
            if known in self._kept:
                self._kept.move_to_end(known)
                return self._kept[known]
        made = pack(stencil.chosen(facts), said)
        with self._lock:
            self._kept[known] = made
            while len(self._kept) > MOST_LOOKS:
                self._kept.popitem(last=False)
        return made


def pack(pieces: Sequence[bytes | Text], said: Mapping[str, bytes]) -> Patched | None:
    """Pack a page for texts as long as these; None where noise was taken for a piece of it, time and again."""
    pieces = _joined(pieces)
    for _ in range(_TRIES):
        found = _packed(pieces, [one if isinstance(one, bytes) else _noise(said[one.name]) for one in pieces])
        if found is not None and _reads_back(found, pieces, said):
            return found
    return None


def _joined(pieces: Sequence[bytes | Text]) -> list[bytes | Text]:
    """Put bytes that follow one another together."""
    found: list[bytes | Text] = []
    for one in pieces:
        if isinstance(one, bytes) and found and isinstance(found[-1], bytes):
            found[-1] += one
        else:
            found.append(one)
    return found


def _noise(instead_of: bytes) -> bytes:
    return secrets.token_bytes(len(instead_of))


def _packed(pieces: Sequence[bytes | Text], whole: Sequence[bytes]) -> Patched | None:
    """Pack a page with noise in its patches; None where a patch was not stored as it is."""
    to = zstandard.ZstdCompressor(level=LEVEL).compressobj(size=sum(map(len, whole)))
    parts: list[bytes | str] = []
    for one, plain in zip(pieces, whole, strict=True):
        block = to.compress(plain) + to.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        if isinstance(one, bytes):
            parts.append(block)
        elif block.endswith(plain):
            parts += [block[: len(block) - len(plain)], one.name]
        else:
            return None
    return Patched((*parts, to.flush()))


def _reads_back(made: Patched, pieces: Sequence[bytes | Text], said: Mapping[str, bytes]) -> bool:
    """Tell whether it unpacks to the page whatever stands in the patches."""
    other = {name: _noise(words) for name, words in said.items()}
    plain = b"".join(one if isinstance(one, bytes) else other[one.name] for one in pieces)
    try:
        return zstandard.ZstdDecompressor().decompress(made.fill(other)) == plain
    except zstandard.ZstdError:
        return False
