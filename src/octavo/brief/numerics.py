"""Whether a number that is stated stands in a source: its value, its unit, "about" and "at least"; days likewise."""

from collections.abc import Iterable
from datetime import timedelta

from octavo.brief.reading import Number, Read
from octavo.text.moments import DAY, MONTH, WEEK, YEAR, Mention
from octavo.text.numerals import Bound, NumeralKind

_ROUGHLY = 0.08
"""The most that "about" may be away from what it rounds, as a share of it."""

_FARTHEST = 1.35
"""How many times "more than" may be passed by the number it speaks of."""

_AT_LEAST = frozenset({Bound.LEAST, Bound.OVER})
_AT_MOST = frozenset({Bound.MOST, Bound.UNDER})
_ROUGH = frozenset({Bound.ABOUT, Bound.VAGUE})
_ALONE = frozenset({NumeralKind.SCORE, NumeralKind.LABEL, NumeralKind.ORDINAL, NumeralKind.CLOCK})
_WIDTH = {DAY: 0, WEEK: 6, MONTH: 30, YEAR: 365}


def bears(held: Number, stated: Number) -> bool:
    """Say whether a number of a source bears out one that is stated: the same, or told to be rounded."""
    if not _units(held, stated):
        return False
    one, other = held.numeral, stated.numeral
    same = one.low == other.low and one.high == other.high
    if other.bound in _ROUGH:
        within = other.bound == Bound.VAGUE and other.low <= one.low and one.high <= other.high
        return same or within or (_rounded(one.low, other.low) and _rounded(one.high, other.high))
    if other.bound in _AT_LEAST:
        return (same and one.bound in _AT_LEAST) or (not one.bound and _passed(one.low, other.low))
    if other.bound in _AT_MOST:
        return (same and one.bound in _AT_MOST) or (not one.bound and _passed(other.low, one.low))
    return same and (not one.bound or one.kind in _ALONE or one.bound == Bound.VAGUE)


def _units(held: Number, stated: Number) -> bool:
    if held.unit == stated.unit:
        return True
    alone = held.numeral.kind in _ALONE or stated.numeral.kind in _ALONE
    return not stated.unit and (alone or held.numeral.kind == NumeralKind.AGE)


def _rounded(exact: float, rounded: float) -> bool:
    """Say whether one number is the other rounded to its own noughts."""
    whole = int(rounded)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    slack = step / 2 if whole == rounded else 0.5
    return abs(exact - rounded) <= min(slack, _ROUGHLY * max(abs(exact), abs(rounded)))


def _passed(exact: float, bound: float) -> bool:
    """Say whether a number is beyond a bound, and not far."""
    return bound <= exact <= _FARTHEST * bound


def same_value(held: Number, stated: Number) -> bool:
    """Say whether two numbers are printed alike, whatever their unit."""
    return held.numeral.low == stated.numeral.low and held.numeral.high == stated.numeral.high


def day_borne_out(stated: Mention, held: Iterable[Mention]) -> bool:
    """Say whether a day that is stated is one of a source, as exact or less so: "in March" for the 3rd of March."""
    return any(_covers(stated, one) for one in held)


def _covers(stated: Mention, held: Mention) -> bool:
    if _WIDTH[held.precision] > _WIDTH[stated.precision]:
        return False
    if stated.precision == YEAR:
        return stated.day.year == held.day.year
    if stated.precision == MONTH:
        return (stated.day.year, stated.day.month) == (held.day.year, held.day.month)
    return stated.day <= held.day <= stated.day + timedelta(days=_WIDTH[stated.precision])


def number_spans(sentence: Read, stated: Number) -> list[tuple[int, int]]:
    """Give where a sentence has a number that bears out a stated one."""
    return [(one.numeral.first, one.numeral.last) for one in sentence.numbers if bears(one, stated)]
