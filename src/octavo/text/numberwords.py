"""The words that stand with numbers in one language: scales, "dozens", "at least", per cent, dates and ages."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from octavo.text.dates import month_names
from octavo.text.spelled import spelled
from octavo.text.tokens import Token, fold

_DATA = "data/figures"
_LONGEST = 5
"""Tokens of the longest number between its joints, and of the longest phrase."""

_SPACELESS = frozenset("zh ja th lo km my".split())
_DOTTED = frozenset("de da no nb fi cs sk sl hr sr hu pl tr et lv".split())
"""Languages that write an ordinal with a full stop."""

_BOUNDS = ("least", "over", "most", "under", "about")
_HAN = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_DIGITS = frozenset({*_HAN, *_HAN_TENS})
_YEARS = range(1850, 2101)

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word, the longest first."""


def data(language: str) -> Mapping[str, Any]:
    """Read a language's file of words about figures; empty for a language without one."""
    path = files("octavo").joinpath(f"{_DATA}/{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def phrases(listed: Iterable[str]) -> Phrases:
    """Index phrases by their first word, the longest first; `_` joins the words of one."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in listed:
        words = tuple(fold(one).replace("-", "_").split("_")) if len(one) > 1 else (one,)
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(held, key=len, reverse=True)) for first, held in found.items()}


def at(tokens: Sequence[Token], here: int, known: Phrases) -> tuple[str, ...]:
    """Give the longest phrase that stands at a token, () where none does; hyphens between its words do not count."""
    return at_with_size(tokens, here, known)[0]


def at_with_size(tokens: Sequence[Token], here: int, known: Phrases) -> tuple[tuple[str, ...], int]:
    """Give the longest phrase that stands at a token and how many tokens it takes; (), 0 where none does."""
    if here < len(tokens):
        for phrase in known.get(tokens[here].key, ()):
            size = _span(tokens, here, phrase)
            if size:
                return phrase, size
    return (), 0


def _span(tokens: Sequence[Token], here: int, phrase: tuple[str, ...]) -> int:
    """Say how many tokens a phrase takes where it stands, 0 where it does not stand."""
    place = here
    for number, word in enumerate(phrase):
        if number and place < len(tokens) and tokens[place].key == "-" and word != "-":
            place += 1
        if place >= len(tokens) or tokens[place].key != word:
            return 0
        place += 1
    return place - here


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What one language says with numbers."""

    language: str
    spelled: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    scales: Mapping[str, float]
    vague: Mapping[str, tuple[tuple[tuple[str, ...], float, float], ...]]
    bounds: Phrases
    bounds_behind: Phrases
    bound_names: Mapping[tuple[str, ...], str]
    percent: Phrases
    percent_before: frozenset[str]
    points: Phrases
    ages: Phrases
    ages_before: Phrases
    clock: Phrases
    labels: frozenset[str]
    ordinals: frozenset[str]
    ordinals_before: frozenset[str]
    range: frozenset[str]
    from_: frozenset[str]
    between: frozenset[str]
    weak: frozenset[str]
    joint: str
    months: frozenset[str]
    currencies: Mapping[str, str]
    date_marks: frozenset[str]
    known: frozenset[str]
    """Every word of the data, for cutting scripts without spaces."""
    starts: frozenset[str]
    hints: frozenset[str]
    weak_hints: frozenset[str]
    """Words of which one stands in every text with a number in words, and those that mostly mean something else."""
    spaceless: bool = False
    dotted: bool = False

    def vague_at(self, tokens: Sequence[Token], here: int) -> tuple[float, float, int] | None:
        """Read "dozens", "tens of thousands": low, high, and the token behind."""
        for phrase, low, high in self.vague.get(tokens[here].key, ()):
            size = _span(tokens, here, phrase)
            if size:
                return low, high, here + size
        return None

    def scale_at(self, tokens: Sequence[Token], here: int) -> float:
        """Give what the word at a token multiplies by, 0 where it is no scale."""
        return self.scales.get(tokens[here].key, 0.0) if here < len(tokens) else 0.0

    def abbreviated(self, key: str) -> bool:
        """Say whether a scale is written short, with a full stop that ends no sentence."""
        return len(key) <= 4

    def spelled_at(self, tokens: Sequence[Token], here: int) -> tuple[float, int]:
        """Read a number in words: its value and the token behind it, `here` itself where none begins."""
        if self.spaceless:
            return _han(tokens, here)
        total, current, place, grown = 0.0, 0.0, here, False
        for _ in range(_LONGEST):
            small, last = self._small(tokens, place)
            if last > place and (not grown or (current % 100 == 0 and small < 100) or (current == 0 and small < 1000)):
                current, place, grown = current + small, last, True
            elif not grown or not self.scale_at(tokens, place):
                break
            while grown and (scale := self.scale_at(tokens, place)) and len(tokens[place].key) > 1:
                place += 1
                current, total = (current * scale, total) if scale <= 100 else (0.0, total + max(1.0, current) * scale)
            joint = place < len(tokens) and tokens[place].key in {self.joint, "-"}
            after = self._small(tokens, place + joint)
            if after[1] == place + joint or (current % 100 != 0 and total == 0) or not (current >= 100 or total):
                break
            place += joint
        return total + current, place if grown else here

    def _small(self, tokens: Sequence[Token], here: int) -> tuple[float, int]:
        if here >= len(tokens):
            return 0.0, here
        for words, value in self.spelled.get(tokens[here].key, ()):
            size = _span(tokens, here, words)
            if size:
                return float(value), here + size
        return 0.0, here

    def bound_of(self, tokens: Sequence[Token], first: int, last: int) -> tuple[str, int]:
        """Say how the words around a number qualify it (a value of Bound) and how many tokens before it do so."""
        found, reach, longest = "", 0, 0
        for back in range(min(_LONGEST, first), 0, -1):
            phrase = at(tokens, first - back, self.bounds)
            if len(phrase) > longest and _span(tokens, first - back, phrase) == back:
                found, reach, longest = self.bound_names[phrase], back, len(phrase)
        phrase = at(tokens, last, self.bounds_behind)
        if phrase and not found:
            found = self.bound_names[phrase]
        return found, reach

    def percent_at(self, tokens: Sequence[Token], here: int) -> int:
        """Say how many tokens behind a number mean per cent."""
        if here < len(tokens) and tokens[here].key in {"%", "٪"}:
            return 1
        phrase = at(tokens, here, self.percent)
        return _span(tokens, here, phrase) if phrase else 0

    def points_at(self, tokens: Sequence[Token], here: int) -> int:
        """Say how many tokens behind a number mean percentage points."""
        phrase = at(tokens, here, self.points)
        return _span(tokens, here, phrase) if phrase else 0

    def clock_at(self, tokens: Sequence[Token], here: int) -> bool:
        """Say whether what follows makes a number a time of day."""
        return bool(at(tokens, here, self.clock))

    def is_age(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell an age: "aged 34", "34-year-old", "Corrigan, 34,"."""
        place = last + (last < len(tokens) and tokens[last].key == "-")
        if at(tokens, place, self.ages) and at(tokens, place, self.ages) != ("age",):
            return True
        ends = last >= len(tokens) or not tokens[last].key[0].isalpha() or tokens[last].key in self.range
        if ends and self._behind(tokens, first, self.ages_before):
            return True
        value = tokens[first]
        enclosed = (
            first > 0
            and last < len(tokens)
            and tokens[first - 1].key in {",", "("}
            and tokens[last].key in {",", ")", "."}
        )
        named = first > 1 and tokens[first - 2].capital and not tokens[first - 2].digits
        return bool(enclosed and named and value.digits and value.key.isdecimal() and len(value.key) <= 2)

    def _behind(self, tokens: Sequence[Token], first: int, known: Phrases) -> bool:
        """Say whether a phrase ends just before a token."""
        return any(
            _span(tokens, first - back, phrase) == back
            for back in range(1, min(_LONGEST, first + 1))
            for phrase in known.get(tokens[first - back].key, ())
        )

    def is_date(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Tell a day, a year: beside a month's name, with 年 or 月 behind, or four digits that count nothing."""
        token = tokens[first]
        if not token.digits and not self.spaceless:
            return False
        after = tokens[last].key if last < len(tokens) else ""
        before = tokens[first - 1].key if first else ""
        if after in self.date_marks and (self.spaceless or last < len(tokens)):
            return True
        digits = token.key
        if not digits.isdecimal() or last - first > 1:
            return False
        value = int(digits)
        year = len(digits) == 4 and value in _YEARS
        if value <= 31 or year:
            near = [
                before,
                after,
                tokens[first - 2].key if first > 1 else "",
                tokens[last + 1].key if last + 1 < len(tokens) else "",
            ]
            joints = {"de", "of", "del", ",", ".", "the", "st", "th"}
            if near[0] in self.months or near[1] in self.months:
                return True
            if (near[0] in joints and near[2] in self.months) or (
                near[1] in joints and near[3] in self.months and near[3] != "may"
            ):
                return True
        return year


def _han(tokens: Sequence[Token], here: int) -> tuple[float, int]:
    """Read a number in Chinese characters: 十七, 二十三, 三千五百."""
    total, current, place = 0.0, -1.0, here
    while place < len(tokens):
        key = tokens[place].key
        if key in _HAN and current < 0:
            current = float(_HAN[key])
        elif key in _HAN_TENS:
            total, current = total + max(1.0, current) * _HAN_TENS[key], -1.0
        else:
            break
        place += 1
    return total + max(0.0, current), place


def _table(language: str, extra: Mapping[str, int]) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    found: dict[str, dict[tuple[str, ...], int]] = {}
    listed = {tuple(fold(word) for word in words): value for words, value in spelled(language).items() if value}
    listed.update({tuple(fold(word).split("_")): value for word, value in extra.items()})
    for words, value in listed.items():
        found.setdefault(words[0], {})[words] = value
    return {first: tuple(sorted(held.items(), key=lambda pair: -len(pair[0]))) for first, held in found.items()}


@cache
def number_words(language: str) -> NumberWords:
    """Gather a language's words once."""
    held = data(language)
    table = held.get("numerals", {})

    def listed(name: str) -> list[str]:
        return str(table.get(name, "")).split()

    def words(name: str) -> frozenset[str]:
        return frozenset(map(fold, listed(name)))

    spaceless = language in _SPACELESS
    numbers = {} if spaceless else _table(language, table.get("words", {}))
    vague = _vague(table.get("vague", {}))
    small = {first for first, many in numbers.items() if any(value == 1 for _, value in many)}
    hints = {first for first in numbers if first not in small | words("weak")}
    hints |= {parts[-1] for many in vague.values() for parts, _, _ in many}
    return NumberWords(
        language=language,
        spelled=numbers,
        scales={fold(word): float(value) for word, value in table.get("scales", {}).items()},
        vague=vague,
        bounds=phrases(word for name in _BOUNDS for word in listed(name)),
        bounds_behind=phrases(word for name in _BOUNDS for word in listed(f"{name}_behind")),
        bound_names=_bound_names({name: [*listed(name), *listed(f"{name}_behind")] for name in _BOUNDS}),
        percent=phrases(listed("percent")),
        percent_before=words("percent_before"),
        points=phrases(listed("points")),
        ages=phrases(listed("ages")),
        ages_before=phrases(listed("ages_before")),
        clock=phrases(listed("clock")),
        labels=words("labels"),
        ordinals=words("ordinals"),
        ordinals_before=words("ordinals_before"),
        range=words("range"),
        from_=words("from"),
        between=words("between"),
        weak=words("weak"),
        joint=str(table.get("joint", "")),
        months=frozenset(fold(name) for name in month_names(language) if not name.isdecimal()),
        currencies=_currencies(held.get("units", {})),
        date_marks=words("date_marks"),
        known=_known(held) if spaceless else frozenset(),
        starts=frozenset({*numbers, *vague, *(_HAN_DIGITS if spaceless else ())}),
        hints=frozenset({*_HAN_DIGITS, *(word[0] for word in vague)} if spaceless else hints),
        weak_hints=frozenset(small | words("weak")),
        spaceless=spaceless,
        dotted=language in _DOTTED,
    )


def _vague(table: Mapping[str, Sequence[float]]) -> dict[str, tuple[tuple[tuple[str, ...], float, float], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], float, float]]] = {}
    for words, (low, high) in table.items():
        parts = tuple(fold(words).split("_"))
        found.setdefault(parts[0], []).append((parts, float(low), float(high)))
    return {first: tuple(sorted(many, key=lambda one: -len(one[0]))) for first, many in found.items()}


def _bound_names(listed: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {phrase: name for name, words in listed.items() for many in phrases(words).values() for phrase in many}


def _currencies(units: Mapping[str, str]) -> dict[str, str]:
    return {fold(word): code for code, words in units.items() if code.isupper() for word in words.split()}


def _known(held: Mapping[str, Any]) -> frozenset[str]:
    found: set[str] = set()
    for table in held.values():
        for words in table.values():
            if isinstance(words, str):
                found.update(word.rstrip("*") for word in words.split())
            elif isinstance(words, dict):
                found.update(words)
    return frozenset(word for word in found if len(word) > 1)
