"""When two figures speak of the same thing, and whether they can both be true."""

from dataclasses import dataclass
from enum import StrEnum

from octavo.domain.figure import Figure

_NEAR = 0.1
"""How far "about" reaches, as a share of the number."""

_COARSEST = 0.06
"""The most that rounding may take from a number or add to it, as a share of it."""

_WIDEST = 3.0
"""How many times a bound may be passed by a number that bears it out."""


class Values(StrEnum):
    """How two values of one scope stand to each other."""

    SAME = "same"
    ROUNDED = "rounded"
    BOUND = "bound"  # "at least 19" and 26: both can be true
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class Span:
    """The values a figure leaves open."""

    low: float
    high: float


def periods_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two figures are of the same time: months, years and the like must not contradict each other."""
    for kind in ("m:", "y:"):
        mine = {name for name in one if name.startswith(kind)}
        theirs = {name for name in other if name.startswith(kind)}
        if mine and theirs and not mine & theirs:
            return False
    mine, theirs = ({name for name in many if ":" not in name} for many in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def values(one: Figure, other: Figure) -> Values:
    """Compare two values of one scope."""
    if one.low == other.low and one.high == other.high:
        return Values.SAME
    if _rounded(one, other):
        return Values.ROUNDED
    if {one.bound, other.bound} & {"least", "over", "most", "under"} and _borne_out(one, other):
        return Values.BOUND
    return Values.DIFFER


def _rounded(one: Figure, other: Figure) -> bool:
    """Say whether the coarser of two printed numbers is the finer, rounded, or near enough where it is "about"."""
    apart = max(one.low - other.high, other.low - one.high, 0.0)
    if not apart:
        return True
    same = one.grain == other.grain and not {one.bound, other.bound} & {"about", "vague"}
    return not same and apart <= max(_slack(one), _slack(other))


def _slack(one: Figure) -> float:
    """Give how far a number may be from what it stands for, by its rounding and by "about"."""
    slack = min(one.grain / 2, _COARSEST * one.high) if one.grain != 1.0 else 0.0
    return max(slack, _NEAR * one.high) if one.bound == "about" else slack


def _borne_out(one: Figure, other: Figure) -> bool:
    """Say whether a bound of one holds for the other, which is not far beyond it."""
    left, right = _open(one), _open(other)
    if left.low > right.high or right.low > left.high:
        return False
    low, high = sorted((one.low, other.low))
    return high <= _WIDEST * max(low, 1.0)


def _open(one: Figure) -> Span:
    if one.bound in {"least", "over"}:
        return Span(one.low, float("inf"))
    if one.bound in {"most", "under"}:
        return Span(0.0, one.high)
    return Span(one.low, one.high)
