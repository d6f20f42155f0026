"""Meaning: which articles mean what a reader's words say, in whatever language; and how near passages are to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from octavo.domain.ids import ArticleId
from octavo.ports.vector_index import Vectors

Alike = Sequence[tuple[ArticleId, float]]
"""Articles with the cosine of their vector and the question's, nearest first."""


NO_VECTORS: Vectors = np.zeros((0, 0), np.float32)


@dataclass(frozen=True, slots=True)
class Sought:
    """Words whose meaning is looked for among articles with since <= id < until; None leaves that side open."""

    words: str
    limit: int
    since: ArticleId | None = None
    until: ArticleId | None = None


class Meaning(Protocol):
    """Tells meaning. It may be away at any time: what asks it must be whole without it."""

    def alike(self, sought: Sought) -> Alike:
        """Give the nearest articles; none when nobody can tell, or not soon enough. Never raises."""
        ...

    def vectors(self, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        """Give the unit vectors of questions, then of the passages that may answer them, one a row.

        Where not all can be told soon enough, the last passages have no row; no row at all when nobody can tell.
        """
        ...


@dataclass(frozen=True, slots=True)
class NobodyToAsk:
    """The meaning of a process that has nobody to ask, and needs none."""

    def alike(self, sought: Sought) -> Alike:
        """Give nothing."""
        return ()

    def vectors(self, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        """Give no rows."""
        return NO_VECTORS
