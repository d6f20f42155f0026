"""What each two of many articles share, added up: the products of sparse rows, with nothing but numpy."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_COMMON = 48
"""Rows that hold a term from which it is multiplied with the common ones, densely; rarer ones pair by pair."""

_AT_ONCE = 1 << 21
"""Pairs that are added up in one go, so that memory stays bounded."""


def gram(rows: Sequence[Mapping[str, float]], *, unit: bool) -> Matrix:
    """Give the n x n products of n sparse rows, each made of unit length first where asked."""
    size = len(rows)
    numbers: dict[str, int] = {}
    terms = np.array([numbers.setdefault(term, len(numbers)) for row in rows for term in row], dtype=np.int64)
    values: Matrix = np.array([value for row in rows for value in row.values()], dtype=np.float32)
    owners = np.repeat(np.arange(size), [len(row) for row in rows])
    if unit and len(values):
        lengths = np.sqrt(np.bincount(owners, values * values, size))
        values = (values / np.maximum(lengths, 1e-9)[owners]).astype(np.float32)
    order = np.argsort(terms, kind="stable")
    terms, values, owners = terms[order], values[order], owners[order]
    held = np.bincount(terms, minlength=len(numbers))
    return _common(size, terms, values, owners, held) + _rare(size, terms, values, owners, held)


def _common(
    size: int, terms: NDArray[np.int64], values: Matrix, owners: NDArray[np.int64], held: NDArray[np.int64]
) -> Matrix:
    columns = np.flatnonzero(held >= _COMMON)
    place = np.full(len(held), -1)
    place[columns] = np.arange(len(columns))
    chosen = place[terms] >= 0 if len(terms) else np.zeros(0, bool)
    dense = np.zeros((size, len(columns)), np.float32)
    dense[owners[chosen], place[terms[chosen]]] = values[chosen]
    return dense @ dense.T


def _rare(
    size: int, terms: NDArray[np.int64], values: Matrix, owners: NDArray[np.int64], held: NDArray[np.int64]
) -> Matrix:
    """Pair the holders of each rarer term: those of terms that equally many hold at once."""
    total = np.zeros(size * size, np.float64)
    for count in range(1, _COMMON):
        alike = held[terms] == count if len(terms) else np.zeros(0, bool)
        who, what = owners[alike].reshape(-1, count), values[alike].reshape(-1, count)
        step = max(1, _AT_ONCE // (count * count))
        for first in range(0, len(who), step):
            some, worth = who[first : first + step], what[first : first + step]
            pairs = (some[:, :, None] * size + some[:, None, :]).ravel()
            total += np.bincount(pairs, (worth[:, :, None] * worth[:, None, :]).ravel(), size * size)
    return total.reshape(size, size).astype(np.float32)
