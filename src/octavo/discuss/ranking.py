"""Which comment goes first: best, new, old; an order that stays the same from page to page."""

import math
from collections.abc import Callable
from functools import lru_cache

from octavo.domain.comment import Comment, Order

WORST = 1_000_000_000
"""The rank of a comment nobody could like less; 0 would be the best."""

_Z = 1.96
"""Standard normal quantile of a 95 % interval."""


def wilson_lower(ups: int, downs: int) -> float:
    """Give the lower bound of the Wilson score interval for the share of votes that are up; 0 without votes.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22 (1927), pp. 209-212. The share at least so many of all readers would vote up, as far as
    those who did vote can tell: 1 of 1 is worth less than 90 of 100.
    """
    n = ups + downs
    if n == 0:
        return 0.0
    share, z2 = ups / n, _Z * _Z
    middle = share + z2 / (2 * n)
    margin = _Z * math.sqrt((share * (1 - share) + z2 / (4 * n)) / n)
    return max(0.0, (middle - margin) / (1 + z2 / n))


@lru_cache(maxsize=4096)
def rank(ups: int, downs: int) -> int:
    """Say where these votes put a comment among the best: a whole number, the smaller the better.

    The author stands behind what they said: that is one vote up, which nobody sees, so that a comment nobody voted on
    goes before one that was voted down.
    """
    return WORST - round(WORST * wilson_lower(ups + 1, downs))


def place_of(comment: Comment, order: Order) -> tuple[int, int]:
    """Give what comments are sorted by, the smallest first. Of equals among the best the first said goes first."""
    match order:
        case Order.BEST:
            return comment.rank, comment.id
        case Order.NEW:
            return -comment.id, 0
        case Order.OLD:
            return comment.id, 0


def sorter(order: Order) -> Callable[[Comment], tuple[int, int]]:
    """Give the key that `sorted` wants."""
    return lambda comment: place_of(comment, order)
