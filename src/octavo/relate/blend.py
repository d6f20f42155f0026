"""Finds by words and finds by meaning in one order.

The order of the words' finds stands, as reciprocal ranks (Cormack, Clarke & Büttcher 2009). Cosines are added, not
ranks: the nearest article of all may be near to nothing that was asked. One that surely means the same moves up, or
in; one that is only akin comes behind all that have the words; one that is neither is left out.
"""

from collections.abc import Collection, Mapping, Sequence

from octavo.domain.ids import ArticleId

AKIN = 0.45
"""Cosine from which an article has to do with a question; at .38 stray questions find something (evals/search.py)."""

SAME = 0.48
"""Cosine above which it says the same."""

_FLAT = 20
"""Added to ranks, so that the first is not all."""

_WEIGHT = 0.15
"""What a cosine of 1 above SAME would count: .05 is what the first find by words counts."""

MOST_ALIKE = 20
"""Finds by meaning alone that are shown."""


def akin(cosines: Mapping[ArticleId, float], known: Collection[ArticleId]) -> list[ArticleId]:
    """Choose the articles that are found by meaning alone, nearest first: akin, and not among those known."""
    near = [one for one, cosine in cosines.items() if cosine >= AKIN and one not in known]
    return sorted(near, key=lambda one: (-cosines[one], -one))


def blend(
    worded: Sequence[ArticleId], alike: Sequence[ArticleId], cosines: Mapping[ArticleId, float], before: int = 0
) -> list[ArticleId]:
    """Put finds by words, best first, and by meaning alone in one order; `before` finds stand ahead of them."""
    ranks = {one: 1.0 / (_FLAT + before + place) for place, one in enumerate(worded, 1)}
    worth = {one: ranks.get(one, 0.0) + _sameness(cosines.get(one, 0.0)) for one in (*worded, *alike)}
    return sorted(worth, key=lambda one: (-worth[one], -cosines.get(one, 0.0), -one))


def _sameness(cosine: float) -> float:
    return _WEIGHT * max(0.0, cosine - SAME)
