"""VectorIndex: nearest neighbours."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from octavo.domain.ids import ArticleId

Vectors = NDArray[np.float32]
"""Rows are unit vectors."""

Window = tuple[ArticleId | None, ArticleId | None]
"""From (included) and until (not included), as ids; None leaves that side open."""


class VectorIndex(Protocol):
    """Nearest neighbours by cosine. Ids are ordered by time, so a window of time is a range of ids.

    An index is of this process, or an engine that all workers share: then another worker may have told it more, and
    each method raises VectorsAway where the engine does not answer.
    """

    @property
    def position(self) -> int:
        """The last change (store.changes) this index has heard of; 0 when it must be filled from the start."""
        ...

    def heard(self, position: int) -> None:
        """Remember that every change up to `position` is in."""
        ...

    def update(self, ids: Sequence[ArticleId], vectors: Vectors) -> None:
        """Add or replace vectors, shape (len(ids), dimensions)."""
        ...

    def remove(self, ids: Sequence[ArticleId]) -> None:
        """Forget vectors; unknown ids are no error."""
        ...

    def nearest(
        self, vector: Vectors, *, limit: int, since: ArticleId | None = None, until: ArticleId | None = None
    ) -> list[tuple[ArticleId, float]]:
        """Find the `limit` nearest to `vector` (one row) with since <= id < until: best first, with cosine."""
        ...

    def nearest_each(
        self, vectors: Vectors, windows: Sequence[Window], *, limit: int
    ) -> list[list[tuple[ArticleId, float]]]:
        """Do as `nearest` for each row of `vectors` in its own window: much cheaper than one by one."""
        ...

    def close(self) -> None:
        """Let go of what it holds open."""
        ...

    def __len__(self) -> int:
        """How many vectors are held."""
        ...
