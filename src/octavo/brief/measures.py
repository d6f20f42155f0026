"""What a question for a measure asks for, as a height or a price, and whether a text states one."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octavo.text.numerals import Numeral, NumeralKind, numerals
from octavo.text.saying import UNSPACED, any_of

COUNT = "count"
"""The measure of what is only counted."""

TIME = frozenset({"time"})
"""What an answer to "when" states."""

_BEHIND = 28
"""Characters behind a number in which its unit stands: "2.3 million euros"."""

_BEFORE = 14
"""Characters before a number in which a unit may stand: "yüzde 41", "$ 40"."""

_AROUND = 24
"""Characters on either side of a number and its unit in which it is said which way was measured: "22 cm deep"."""

_CUT = re.compile(r"[\d,.;:!?،؛。、，؟]")
_SIDES = frozenset({"height", "depth", "width"})

_STEM = 4
_SHORT_STEM = 3
"""Letters from which a unit is the beginning of a word, in Latin script and in others; shorter ones are all of it."""

_FAR = re.compile(r"k[im]|mil|км|кіл|ми|كم|كيل|ميل|أميال|公里|千米|英里|キロ|マイル|किलो|किमी|मील|קילומטר|ק״מ|מייל")
"""Units that no height, depth or width is stated in."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OTHER_SCRIPTS = "\u0370"
_MONEY = re.compile(r"[$€£¥₴₽₹₺₩₪]")
_WIDE = re.compile(r"(?:square|cubic|kubik|quadrat|cúbic|cuadrad|carré|cube|مربع|مكعب|куб|квадрат)\w*", re.IGNORECASE)
_BARE_AGE = re.compile(r"(?<=\w,\s)\d{1,3}(?=[,.])|[\(（]\d{1,3}[\)）]")
"""An age as news writes it: "Wilf Pask, 77, …"."""


@dataclass(frozen=True, slots=True)
class _Measures:
    asks: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    units: dict[str, re.Pattern[str]]
    sides: dict[str, re.Pattern[str]]


@cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files("octavo").joinpath("data/briefs/measures.toml").read_text(encoding="utf-8"))


@cache
def _measures(language: str) -> _Measures | None:
    table = _tables().get(language)
    if table is None:
        return None
    spaced = language not in UNSPACED
    asks = [
        (any_of(phrases.split("|"), spaced=spaced), frozenset(measures.split()))
        for phrases, measures in table["asks"].items()
    ]
    units, sides = (
        {name: _units(words.split("|"), spaced) for name, words in table[part].items()} for part in ("units", "sides")
    )
    return _Measures(tuple(asks), units, sides)


def _units(words: list[str], spaced: bool) -> re.Pattern[str]:
    listed = sorted(words, key=len, reverse=True)
    if not spaced:
        return re.compile("|".join(map(re.escape, listed)))
    ends = [re.escape(one.rstrip(".")) + (r"\w*" if _is_stem(one) else r"(?!\w)") for one in listed]
    return re.compile(rf"(?<![^\W\d])(?:و|ال|ب|ل)?(?:{'|'.join(ends)})")


def _is_stem(word: str) -> bool:
    return not word.endswith(".") and len(word) >= (_STEM if word[0] < _OTHER_SCRIPTS else _SHORT_STEM)


def measures_asked(text: str, language: str) -> frozenset[str]:
    """Give what a question's answer is measured in, any of them; none where it asks for no measure."""
    known = _measures(language)
    if known is None:
        return frozenset()
    lowered = text.replace("İ", "i").lower().replace("’", "'")
    found = [(-len(match[0]), measures) for one, measures in known.asks if (match := one.search(lowered))]
    return min(found, key=lambda pair: pair[0])[1] if found else frozenset()


def states(text: str, language: str, measures: frozenset[str], besides: str = "") -> bool:
    """Say whether a text states a number in one of these measures that does not stand in `besides`, the question.

    Of a language without words for units every number counts.
    """
    known = _measures(language.lower().partition("-")[0])
    lowered = text.replace("İ", "i").lower()
    if len(lowered) != len(text):
        return True
    given = besides.lower()
    found = [one for one in numerals(text, language) if lowered[one.start : one.end] not in given]
    if known is None or COUNT in measures:
        return bool(found)
    if "age" in measures and (_BARE_AGE.search(text) or any(one.kind is NumeralKind.AGE for one in found)):
        return True
    if measures & {"time", "year"} and any(match[0] not in given for match in _YEAR.finditer(text)):
        return True
    if "share" in measures and _named_share(lowered, known):
        return True
    if "time" in measures and known.units["time"].search(lowered):
        return True
    return any(_is_in(one, lowered, measure, known) for one in found for measure in measures)


def _named_share(lowered: str, known: _Measures) -> bool:
    """Whether a share stands there that needs no figure: a third, half."""
    pattern = known.units.get("share")
    return pattern is not None and any("%" not in match[0] for match in pattern.finditer(lowered))


def _is_in(one: Numeral, lowered: str, measure: str, known: _Measures) -> bool:
    if measure == "money" and (len(one.unit) == 3 and one.unit.isupper()):  # ISO 4217
        return True
    if measure == "share" and one.unit in ("%", "points"):
        return True
    behind, before = lowered[one.end : one.end + _BEHIND], lowered[max(0, one.start - _BEFORE) : one.start]
    if measure == "money" and (_MONEY.search(before[-2:]) or _MONEY.search(behind[:2])):
        return True
    across = measure in _SIDES
    pattern = known.units.get("length" if across else {"year": "age"}.get(measure, measure))
    if pattern is None:
        return False
    match = pattern.search(behind)
    if match and not ((measure == "length" or across) and _WIDE.search(behind[: match.end()])):
        unit = one.end + match.end()
        return not across or (
            _FAR.match(match[0].lstrip("وبل")) is None and _runs(lowered, one.start, unit, measure, known)
        )
    return measure in ("share", "age", "heat") and pattern.search(before) is not None


def _runs(lowered: str, start: int, end: int, side: str, known: _Measures) -> bool:
    """Say whether what was measured from `start` to `end` of a text may run this way: the text says no other."""
    before = _CUT.split(lowered[max(0, start - _AROUND) : start])[-1]
    behind = _CUT.split(lowered[end : end + _AROUND])[0]
    named = {name for name, pattern in known.sides.items() if pattern.search(before) or pattern.search(behind)}
    return not named or side in named
