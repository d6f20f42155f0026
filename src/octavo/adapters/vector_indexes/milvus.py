"""The vectors nearest to another, from a Milvus server that workers share: for more than a worker's memory holds.

The server keeps the position beside the vectors: a worker that starts fills nothing that is filled, and two that fill
it at once do the same thing twice. Vectors of each model lie in a collection of their own.
"""

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from octavo.config import MilvusSettings
from octavo.domain.ids import ArticleId
from octavo.errors import SettingsError, VectorsAway
from octavo.ports.vector_index import Vectors, Window

if TYPE_CHECKING:
    from octavo.adapters.vector_indexes.milvus_server import MilvusCollection

_END = 1 << 53
"""Above every id."""

_BYTES = 8_000_000
"""Bytes of vectors in one request: Milvus takes 64 MB."""

_MOST = 16_383
"""Vectors found for one question at most: one fewer than Milvus gives (quotaAndLimits.limits.topK)."""

_QUESTIONS = 256
"""Vectors asked about in one search."""

_ALIKE = 0.9
"""The share of what a group's windows cover together that each of them covers."""

Found = list[tuple[ArticleId, float]]


class MilvusIndex:
    """Vectors of one model in a collection of a Milvus server, Lite or cluster; safe to use from several threads.

    Nothing is asked, and the client is not imported, before it is needed: a website has no use for either. Raises
    SettingsError where there is no address or the package is not installed; every method raises VectorsAway.
    """

    def __init__(self, settings: MilvusSettings, token: str, model: str) -> None:
        if not settings.url:
            raise SettingsError("setting vector_index: milvus needs milvus.url")
        if find_spec("pymilvus") is None:
            told = "needs a package that is not installed: pip install 'octavo[milvus]'"
            raise SettingsError(f"setting vector_index: milvus {told}")
        self._settings = settings
        self._token = token
        self._name = collection_name(settings.prefix, model)
        self._lock = threading.Lock()
        self._made: MilvusCollection | None = None
        self._heard = 0

    @property
    def position(self) -> int:
        """The last change the collection has heard of, whoever told it; 0 when it must be filled from the start."""
        if not self._collection.dimensions():
            return self._heard
        self._heard = 0
        return self._collection.position()

    def heard(self, position: int) -> None:
        """Remember that every change up to `position` is in; for as long as no vector is, in this process alone."""
        if self._collection.dimensions():
            self._heard = 0
            self._collection.set_position(position)
        else:
            self._heard = position

    def update(self, ids: Sequence[ArticleId], vectors: Vectors) -> None:
        """Add or replace vectors, shape (len(ids), dimensions); of an id given twice the last counts."""
        if not ids:
            return
        rows = np.asarray(vectors, dtype=np.float32)
        last = {article_id: row for row, article_id in enumerate(ids)}
        filled = {one: row for one, row in last.items() if rows[row].any()}
        if len(filled) < len(last):
            self.remove([one for one in last if one not in filled])
        if not filled:
            return
        if not self._collection.dimensions():
            self._collection.create(rows.shape[1])
        self._check(rows.shape[1])
        keys = sorted(filled)
        at_once = max(1, _BYTES // rows[0].nbytes)
        for at in range(0, len(keys), at_once):
            some = keys[at : at + at_once]
            self._collection.put(some, rows[[filled[one] for one in some]])

    def remove(self, ids: Sequence[ArticleId]) -> None:
        """Forget vectors; unknown ids are no error."""
        if ids and self._collection.dimensions():
            self._collection.take_out(ids)

    def nearest(
        self, vector: Vectors, *, limit: int, since: ArticleId | None = None, until: ArticleId | None = None
    ) -> Found:
        """Find the `limit` nearest to `vector` with since <= id < until: best first, equal ones newest first.

        What this process wrote is found for sure; what others wrote a moment ago may not be yet, since a reader waits.
        """
        row = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        return self._nearest(row, [(since, until)], limit, "Session")[0]

    def nearest_each(self, vectors: Vectors, windows: Sequence[Window], *, limit: int) -> list[Found]:
        """Do as `nearest` for each row of `vectors` in its own window, with all that anybody wrote before.

        Questions whose windows are nearly one are asked as one search of what these cover together, for half as many
        again; where too few of those lie in a question's own window, that one is asked by itself.
        """
        return self._nearest(np.asarray(vectors, dtype=np.float32), windows, limit, "Strong")

    def close(self) -> None:
        """End the connection."""
        with self._lock:
            if self._made is not None:
                self._made.close()

    def __len__(self) -> int:
        """How many vectors are held."""
        return self._collection.count() if self._collection.dimensions() else 0

    @property
    def _collection(self) -> "MilvusCollection":
        with self._lock:
            if self._made is None:
                server = import_module("octavo.adapters.vector_indexes.milvus_server")
                self._made = server.MilvusCollection(self._settings, self._token, self._name)
            return self._made

    def _check(self, dimensions: int) -> None:
        held = self._collection.dimensions()
        if held != dimensions:
            told = f"holds vectors of {held} numbers, not of {dimensions}: drop it, and it is filled anew"
            raise VectorsAway(f"the collection {self._name} in Milvus {told}")

    def _nearest(self, queries: Vectors, windows: Sequence[Window], limit: int, consistency: str) -> list[Found]:
        limit, found = min(limit, _MOST), [Found() for _ in windows]
        bounds = [(since or 0, _END if until is None else until) for since, until in windows]
        asked = [row for row, (low, high) in enumerate(bounds) if low < high and queries[row].any()]
        if limit < 1 or not asked or not self._collection.dimensions():
            return found
        self._check(queries.shape[1])
        for group in _groups(bounds, asked):
            whole = min(bounds[one][0] for one in group), max(bounds[one][1] for one in group)
            wide = min(limit + limit // 2, _MOST) if len({bounds[one] for one in group}) > 1 else limit
            for one, near in zip(group, self._search(queries[group], whole, wide, consistency), strict=True):
                inside = [hit for hit in near if bounds[one][0] <= hit[0] < bounds[one][1]]
                if len(inside) < limit and len(near) == wide and bounds[one] != whole:
                    [inside] = self._search(queries[[one]], bounds[one], limit, consistency)
                found[one] = inside[:limit]
        return found

    def _search(self, queries: Vectors, bounds: tuple[int, int], limit: int, consistency: str) -> list[Found]:
        """Search a window; where it is open below, the row of the position may be among what is found, so one more."""
        low, high = bounds
        sides = [f"id >= {low}"] * (low > 0) + [f"id < {high}"] * (high < _END)
        found = self._collection.search(
            queries, limit=limit + (low == 0), where=" and ".join(sides), consistency=consistency
        )
        ordered = (sorted(near, key=lambda hit: (-hit[1], -hit[0])) for near in found)
        return [[(ArticleId(one), cosine) for one, cosine in near if one >= 0][:limit] for near in ordered]


def _groups(bounds: Sequence[tuple[int, int]], asked: Sequence[int]) -> Iterator[list[int]]:
    """Put questions together whose windows are nearly one."""
    group: list[int] = []
    first = last = narrowest = 0
    for one in sorted(asked, key=lambda one: bounds[one]):
        low, high = bounds[one]
        covered = max(last, high) - first
        if group and (min(narrowest, high - low) < _ALIKE * covered or len(group) == _QUESTIONS):
            yield group
            group = []
        if not group:
            first, last, narrowest = low, high, high - low
        group.append(one)
        last, narrowest = max(last, high), min(narrowest, high - low)
    if group:
        yield group


def collection_name(prefix: str, model: str) -> str:
    """Name the collection of a model's vectors: readable, and another for every other model."""
    slug = re.sub(r"[^a-z0-9]+", "_", model.lower()).strip("_")[:60]
    return f"{prefix}_{slug}_{hashlib.sha256(model.encode()).hexdigest()[:8]}"
