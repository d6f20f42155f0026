"""Meaning: which articles mean what a reader's words say, in whatever language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from octavo.domain.ids import ArticleId

Alike = Sequence[tuple[ArticleId, float]]
"""Articles with the cosine of their vector and the question's, nearest first."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Words whose meaning is looked for among articles with since <= id < until; None leaves that side open."""

    words: str
    limit: int
    since: ArticleId | None = None
    until: ArticleId | None = None


class Meaning(Protocol):
    """Finds articles by meaning. It may be away at any time: a search must be whole without it."""

    def alike(self, sought: Sought) -> Alike:
        """Give the nearest articles; none when nobody can tell, or not soon enough. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class NobodyToAsk:
    """The meaning of a process that has nobody to ask, and needs none."""

    def alike(self, sought: Sought) -> Alike:
        """Give nothing."""
        return ()
