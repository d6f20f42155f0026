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


def same_scope(one: Figure, other: Figure) -> bool:
    """Say whether two figures state the same quantity of the same group, place, period and unit."""
    if one.quantity != other.quantity or one.unit != other.unit or one.step != other.step:
        return False
    if not one.known and one.language != other.language:
        return False
    if one.former or other.former or not groups_agree(one.who, other.who):
        return False
    return _agree(one.where, other.where) and periods_agree(one.period, other.period)


def groups_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two figures count the same people: a group named by one alone may be a part of the other's."""
    return one == other or bool(one & other)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


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
    left, right = _printed(one), _printed(other)
    if left.low <= right.high and right.low <= left.high:
        return Values.ROUNDED
    if {one.bound, other.bound} & {"least", "over", "most", "under"} and _borne_out(one, other):
        return Values.BOUND
    return Values.DIFFER


def _printed(one: Figure) -> Span:
    """Give the values a printed number may stand for, by its rounding and by "about"."""
    if one.bound == "vague":
        return Span(one.low, one.high)
    slack = min(one.grain / 2, _COARSEST * one.high) if one.grain != 1.0 else 0.0
    if one.bound == "about":
        slack = max(slack, _NEAR * one.high)
    return Span(one.low - slack, one.high + slack)


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
