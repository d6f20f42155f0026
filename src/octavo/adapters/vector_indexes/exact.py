"""Nearest neighbours by brute force with numpy: the default, and the reference for the others.

Rows lie in order of id, and ids are ordered by time, so a window of time is a slice. Components are kept as int8 with
one scale a row: a quarter of float32's memory (51 MB for 10^5 vectors of 512), as fast as float32 because blocks are
widened while they are in the processor's cache, and within 0.002 of the true cosine.
"""

import threading
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from octavo.domain.ids import ArticleId
from octavo.ports.vector_index import Vectors, Window

_BLOCK = 2048
"""Rows widened at once: 4 MB of float32, inside the cache."""

_CELLS = 1 << 22
"""Cosines held at once: 16 MB."""

_END = np.iinfo(np.int64).max

_LATE = 4096
"""Late arrivals (an older id after a newer) wait here unsorted, so that each costs no copy of everything."""


class _Rows:
    """Vectors in one growing block; `sorted_by_id` says whether a window is a slice of it."""

    def __init__(self, dimensions: int, *, sorted_by_id: bool) -> None:
        self.sorted_by_id = sorted_by_id
        self.count = 0
        self.ids = np.zeros(64, dtype=np.int64)
        self.codes = np.zeros((64, dimensions), dtype=np.int8)
        self.scales = np.zeros(64, dtype=np.float32)

    def append(self, ids: NDArray[np.int64], codes: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        """Add rows at the end, growing by half when full."""
        end = self.count + len(ids)
        if end > len(self.ids):
            room = max(end, len(self.ids) * 3 // 2)
            self.ids = np.concatenate([self.ids[: self.count], np.zeros(room - self.count, dtype=np.int64)])
            grown = np.zeros((room, self.codes.shape[1]), dtype=np.int8)
            grown[: self.count] = self.codes[: self.count]
            self.codes = grown
            self.scales = np.concatenate([self.scales[: self.count], np.zeros(room - self.count, dtype=np.float32)])
        self.ids[self.count : end] = ids
        self.codes[self.count : end] = codes
        self.scales[self.count : end] = scales
        self.count = end

    def find(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the row of each id, -1 where it is not here."""
        held = self.ids[: self.count]
        if not len(held):
            return np.full(len(ids), -1, dtype=np.int64)
        order = None if self.sorted_by_id else np.argsort(held, kind="stable")
        places = np.searchsorted(held, ids, sorter=order).clip(max=len(held) - 1)
        rows = places if order is None else order[places]
        return np.where(held[rows] == ids, rows, -1).astype(np.int64)

    def scores(
        self, queries: NDArray[np.float32], low: int, high: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give the ids in [low, high) and their cosines with each query, shape (queries, ids)."""
        held = self.ids[: self.count]
        if self.sorted_by_id:
            start, stop = (int(place) for place in np.searchsorted(held, [low, high]))
            return held[start:stop], self._dot(queries, start, stop)
        inside = np.flatnonzero((held >= low) & (held < high))
        return held[inside], self._dot(queries, 0, self.count)[:, inside]

    def _dot(self, queries: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
        result = np.empty((len(queries), stop - start), dtype=np.float32)
        block = np.empty((_BLOCK, self.codes.shape[1]), dtype=np.float32)
        for first in range(start, stop, _BLOCK):
            last = min(first + _BLOCK, stop)
            wide = block[: last - first]
            np.copyto(wide, self.codes[first:last])
            result[:, first - start : last - start] = queries @ wide.T
        result *= self.scales[start:stop]
        return result


class ExactIndex:
    """Vectors in memory, searched whole; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._main: _Rows | None = None
        self._late: _Rows | None = None
        self._position = 0

    @property
    def position(self) -> int:
        """The last change this index has heard of; 0 when it must be filled from the start."""
        return self._position

    def heard(self, position: int) -> None:
        """Remember that every change up to `position` is in."""
        self._position = position

    def update(self, ids: Sequence[ArticleId], vectors: Vectors) -> None:
        """Add or replace vectors, shape (len(ids), dimensions); of an id given twice the last counts."""
        if not ids:
            return
        last = {article_id: row for row, article_id in enumerate(ids)}
        keys = np.array(sorted(last), dtype=np.int64)
        codes, scales = _encode(np.asarray(vectors, dtype=np.float32)[[last[ArticleId(int(key))] for key in keys]])
        with self._lock:
            main, late = self._open(codes.shape[1])
            fresh = np.ones(len(keys), dtype=bool)
            for rows in (main, late):
                found = rows.find(keys)
                here = found >= 0
                rows.codes[found[here]] = codes[here]
                rows.scales[found[here]] = scales[here]
                fresh &= ~here
            newest = main.ids[main.count - 1] if main.count else -1
            for rows, chosen in ((main, fresh & (keys > newest)), (late, fresh & (keys <= newest))):
                rows.append(keys[chosen], codes[chosen], scales[chosen])
            if late.count > _LATE:
                self._settle(main, late)

    def remove(self, ids: Sequence[ArticleId]) -> None:
        """Forget vectors; unknown ids are no error."""
        with self._lock:
            if self._main is None or self._late is None or not ids:
                return
            gone = np.array(ids, dtype=np.int64)
            self._settle(self._main, self._late, gone)

    def nearest(
        self, vector: Vectors, *, limit: int, since: ArticleId | None = None, until: ArticleId | None = None
    ) -> list[tuple[ArticleId, float]]:
        """Find the `limit` nearest to `vector` with since <= id < until: best first, equal ones newest first."""
        return self.nearest_each(np.asarray(vector, dtype=np.float32).reshape(1, -1), [(since, until)], limit=limit)[0]

    def nearest_each(
        self, vectors: Vectors, windows: Sequence[Window], *, limit: int
    ) -> list[list[tuple[ArticleId, float]]]:
        """Do as `nearest` for each row of `vectors` in its own window, widening what is held once for all."""
        queries = np.asarray(vectors, dtype=np.float32)
        bounds = [
            (0 if since is None else int(since), _END if until is None else int(until)) for since, until in windows
        ]
        if limit < 1 or not bounds:
            return [[] for _ in bounds]
        found: list[list[tuple[ArticleId, float]]] = [[] for _ in bounds]
        with self._lock:
            if self._main is None or self._late is None:
                return found
            for group in _groups(self._main.ids[: self._main.count], bounds):
                low, high = min(bounds[one][0] for one in group), max(bounds[one][1] for one in group)
                parts = [rows.scores(queries[group], low, high) for rows in (self._main, self._late)]
                ids = np.concatenate([part[0] for part in parts])
                cosines = np.concatenate([part[1] for part in parts], axis=1)
                for one, row in zip(group, cosines, strict=True):
                    found[one] = _best(ids, row, *bounds[one], limit)
        return found

    def close(self) -> None:
        """Do nothing: it holds nothing open."""

    def __len__(self) -> int:
        """How many vectors are held."""
        with self._lock:
            return sum(rows.count for rows in (self._main, self._late) if rows is not None)

    def _open(self, dimensions: int) -> tuple[_Rows, _Rows]:
        if self._main is None or self._late is None:
            self._main = _Rows(dimensions, sorted_by_id=True)
            self._late = _Rows(dimensions, sorted_by_id=False)
        return self._main, self._late

    def _settle(self, main: _Rows, late: _Rows, gone: NDArray[np.int64] | None = None) -> None:
        """Merge the late rows into the sorted ones, leaving out `gone`."""
        ids = np.concatenate([main.ids[: main.count], late.ids[: late.count]])
        codes = np.concatenate([main.codes[: main.count], late.codes[: late.count]])
        scales = np.concatenate([main.scales[: main.count], late.scales[: late.count]])
        order = np.argsort(ids, kind="stable")
        if gone is not None:
            order = order[~np.isin(ids[order], gone)]
        merged = _Rows(codes.shape[1], sorted_by_id=True)
        merged.append(ids[order], codes[order], scales[order])
        self._main, self._late = merged, _Rows(codes.shape[1], sorted_by_id=False)


def _groups(ids: NDArray[np.int64], bounds: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Put queries together whose windows overlap so far that each sees at most twice the rows it asked for."""
    rows = np.searchsorted(ids, np.array(bounds, dtype=np.int64))
    group: list[int] = []
    first = last = widest = 0
    for one in np.lexsort((rows[:, 1], rows[:, 0])).tolist():
        start, stop = rows[one].tolist()
        span = max(last, stop) - first
        if group and (span > 2 * max(widest, stop - start) or (len(group) + 1) * span > _CELLS):
            yield group
            group = []
        if not group:
            first, last, widest = start, stop, 0
        group.append(one)
        last, widest = max(last, stop), max(widest, stop - start)
    if group:
        yield group


def _best(
    ids: NDArray[np.int64], cosines: NDArray[np.float32], low: int, high: int, limit: int
) -> list[tuple[ArticleId, float]]:
    """Choose the `limit` highest cosines with low <= id < high, leaving out zero vectors, which are nobody's."""
    inside = np.flatnonzero((ids >= low) & (ids < high) & (cosines != 0.0))
    ids, cosines = ids[inside], cosines[inside]
    if len(ids) > limit:
        best = np.argpartition(cosines, len(cosines) - limit)[-limit:]
        ids, cosines = ids[best], cosines[best]
    order = np.lexsort((-ids, -cosines))
    return [(ArticleId(int(ids[row])), float(cosines[row])) for row in order]


def _encode(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Bring rows to unit length and quantise each with a scale of its own; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    scales = np.abs(unit).max(axis=1) / 127.0
    codes = np.divide(unit, scales[:, None], out=np.zeros_like(unit), where=scales[:, None] > 0)
    return np.rint(codes).astype(np.int8), scales.astype(np.float32)
