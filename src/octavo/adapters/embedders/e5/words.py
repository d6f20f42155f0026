"""Texts as numbers of pieces: SentencePiece's unigram model (Kudo 2018, arXiv:1804.10959) with XLM-R's pieces.

Of all ways to cut a text into pieces that with the highest sum of scores is taken (Viterbi). Pieces are found by their
hashes, all of a batch at once: 250,000 of them as two sorted rows take 3 MB, as a dictionary 40.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from octavo.adapters.embedders.e5.weights import Pieces

SPACE = "\u2581"
"""What stands for a space, at the start of a piece only."""

BASE = np.uint64(0x9E3779B97F4A7C15)
BACK = np.uint64(pow(int(BASE), -1, 1 << 64))
UNKNOWN = 10.0
"""How far below the worst piece a letter that is in no piece scores."""


class Words:
    """Cuts texts into pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self._read_as = pieces.read_as
        self._begin, self._end, self._unknown = pieces.begin, pieces.end, pieces.unknown
        self._floor = float(pieces.scores.min()) - UNKNOWN
        sizes = np.diff(pieces.starts)
        self._longest = int(sizes.max())
        sums, powers = _sums(pieces.texts), _powers(len(pieces.texts))
        hashes = (sums[pieces.starts[1:]] - sums[pieces.starts[:-1]]) * powers[pieces.starts[:-1]]
        hashes[self._unknown] = 0
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]
        self._scores = pieces.scores

    def cut(self, texts: Sequence[str]) -> list[list[int]]:
        """Pieces of each text, without the marks of its begin and end."""
        words = [self._words(text) for text in texts]
        known = self._cut_words(list(dict.fromkeys(word for some in words for word in some)))
        return [[piece for word in some for piece in known[word]] for some in words]

    def _words(self, text: str) -> list[str]:
        read = text.translate(self._read_as)
        if not read.startswith(" "):
            read = " " + read
        while "  " in read:
            read = read.replace("  ", " ")
        return [SPACE + word for word in read[1:].split(" ")]

    def _cut_words(self, words: list[str]) -> dict[str, list[int]]:
        """Cut each of `words`, of which no two are the same."""
        text = "".join(words)
        if not text:
            return {}
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        begins = np.cumsum(sizes) - sizes
        starts, lengths, pieces = self._found(text, np.repeat(begins + sizes, sizes) - np.arange(len(text)))
        scores = self._scores[pieces]
        owners = [*np.searchsorted(starts, begins).tolist(), len(starts)]
        within = (starts - np.repeat(begins, sizes)[starts]).tolist()
        found = list(zip(within, lengths.tolist(), scores.tolist(), pieces.tolist(), strict=True))
        return {word: self._best(len(word), found[owners[at] : owners[at + 1]]) for at, word in enumerate(words)}

    def _found(self, text: str, room: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Every piece in `text` that ends within the `room` its word leaves: where, its length, its number."""
        sums, powers = _sums(text), _powers(len(text))
        found = []
        for size in range(1, self._longest + 1):
            at = np.flatnonzero(room >= size)
            hashes = (sums[at + size] - sums[at]) * powers[at]
            place = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
            hit = self._hashes[place] == hashes
            found.append((at[hit], np.full(int(hit.sum()), size), self._order[place[hit]]))
        starts, lengths, pieces = (np.concatenate(one) for one in zip(*found, strict=True))
        order = np.lexsort((lengths, starts))
        return starts[order], lengths[order], pieces[order]

    def _best(self, size: int, found: Sequence[tuple[int, int, float, int]]) -> list[int]:
        """Cut a word of `size` letters; `found` are its pieces by where they start and how long they are."""
        best = [0.0] + [-np.inf] * size
        last = [(0, self._unknown)] * (size + 1)
        at = 0
        for start in range(size):
            while at < len(found) and found[at][0] == start:
                _, length, score, piece = found[at]
                if best[start] + score > best[start + length]:
                    best[start + length], last[start + length] = best[start] + score, (start, piece)
                at += 1
            # A letter in no piece; every letter can be left that way, so that there is a way to every place.
            if best[start] + self._floor > best[start + 1]:
                best[start + 1], last[start + 1] = best[start] + self._floor, (start, self._unknown)
        cut = []
        while size:
            size, piece = last[size]
            cut.append(piece)
        return cut[::-1]


def _sums(text: str) -> NDArray[np.uint64]:
    letters = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64) + np.uint64(1)
    letters *= np.uint64(0xD6E8FEB86659FD93)
    letters ^= letters >> np.uint64(32)
    letters *= np.uint64(0xD6E8FEB86659FD93)
    powers = np.cumprod(np.full(len(letters), BASE))
    return np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers, dtype=np.uint64)])


def _powers(count: int) -> NDArray[np.uint64]:
    """Powers of what undoes the base, for `count` places."""
    return np.cumprod(np.concatenate([[np.uint64(1)], np.full(count, BACK)]), dtype=np.uint64)[:count]
