"""The numbers a text states, in digits or words, and what each is: an amount, a date, an age, a score, a label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from octavo.text.numberwords import NumberWords, number_words
from octavo.text.tokens import Token, tokenise


class NumeralKind(StrEnum):
    """What a number in a text is; only amounts can be compared."""

    AMOUNT = "amount"
    ORDINAL = "ordinal"
    DATE = "date"
    CLOCK = "clock"
    SCORE = "score"
    AGE = "age"
    LABEL = "label"  # part of a name: Article 5, G20, a telephone number


class Bound(StrEnum):
    """How a number is qualified."""

    EXACT = ""
    ABOUT = "about"
    LEAST = "least"
    OVER = "over"
    MOST = "most"
    UNDER = "under"
    VAGUE = "vague"  # dozens, hundreds


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: `low` to `high` (equal but for ranges and "dozens"), printed to the nearest `grain`.

    `unit` is "%", "points" or an ISO 4217 currency where a sign or word beside it says so. `first` to `last` (not
    included) are the tokens it takes. `weak` marks words that mostly mean something else: "one", "un", "neuf".
    """

    start: int
    end: int
    low: float
    high: float
    grain: float
    kind: NumeralKind
    bound: Bound
    unit: str
    first: int
    last: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's tokens and the numbers among them."""

    tokens: Sequence[Token]
    numerals: tuple[Numeral, ...]


_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₽": "RUB",
    "₹": "INR",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
}
_PREFIXES = {
    "us": "USD",
    "r": "BRL",
    "c": "CAD",
    "a": "AUD",
    "au": "AUD",
    "ca": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "nt": "TWD",
}
_PREFIX = 3
"""Letters before a sign that name the currency: US$, R$, Mex$."""

_DOT_DECIMAL = frozenset("en zh ja ko th he hi ar fa ur bn ta sw ms fil".split())
"""Languages that write 1,234.5; the others write 1.234,5."""

_BOTH = frozenset({"es", "ar"})
"""Languages that write either, by country."""

_HYPHENS = frozenset("-‐‑–—−~〜～")
_HOURS = frozenset({":", "h"})
_STROKES = frozenset("/_@")
_LONGEST_ID = 7
"""Digits from which an unbroken number that counts nothing is a telephone number or the like."""

_NON_DIGIT = re.compile(r"\D")


def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Give every number of a text, in order."""
    return read(text, language).numerals


def read(text: str, language: str) -> Reading:
    """Give the tokens of a text and every number among them."""
    primary = language.lower().partition("-")[0]
    words = number_words(primary)
    tokens = tokenise(text, primary, words.known)
    found: list[Numeral] = []
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if token.digits or token.key in words.starts:
            one = _at(tokens, here, words, primary)
            if one is not None:
                one = _joined(found, one, tokens, words)
                found.append(one)
                here = max(one.last, here + 1)
                continue
        here += 1
    return Reading(tokens, tuple(found))


def _at(tokens: Sequence[Token], here: int, words: NumberWords, language: str) -> Numeral | None:
    """Read the number that begins at a token."""
    token = tokens[here]
    vague = words.vague_at(tokens, here)
    if vague:
        low, high, last = vague
        return Numeral(
            token.start, tokens[last - 1].end, low, high, 0.0, NumeralKind.AMOUNT, Bound.VAGUE, "", here, last
        )
    if token.digits:
        value, grain = _digits(token.key, language)
        last = here + 1
        kind = _label(tokens, here, words)
    else:
        value, last = words.spelled_at(tokens, here)
        if last == here:
            return None
        grain, kind = 1.0, NumeralKind.AMOUNT
        before = tokens[here - 1] if here else None
        if before and before.key in words.labels and not before.digits:
            kind = NumeralKind.LABEL
    if kind == NumeralKind.AMOUNT:
        value, grain, last = _scaled(tokens, (value, grain, last), words)
        kind = _what(tokens, here, last, words)
    unit, first, last = _unit(tokens, here, last, words)
    weak = not token.digits and last - here == 1 and (value == 1 or token.key in words.weak)
    said, reach = words.bound_of(tokens, first, last) if kind == NumeralKind.AMOUNT else ("", 0)
    start, end = tokens[first].start, tokens[last - 1].end
    return Numeral(start, end, value, value, grain, kind, Bound(said), unit, first - reach, last, weak)


def _digits(key: str, language: str) -> tuple[float, float]:
    """Read digits with their separators as a language writes them: the value, and the step it is printed to."""
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in key)
    plain = plain.replace("٫", ".;").replace("٬", "").replace("'", "").replace(";", "")
    plain = re.sub(r"\s", "", plain)
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return float(plain), _grain(plain)
    last = marks[-1]
    tail = len(plain) - plain.rindex(last) - 1
    if "٫" in key or len(set(marks)) == 2:
        decimal = last
    elif len(marks) > 1:
        decimal = ""
    elif tail == 3 and plain[0] != "0" and len(plain) <= 7:
        dotted = language in _DOT_DECIMAL
        decimal = "." if last == "." and dotted and language not in _BOTH else ""
    else:
        decimal = last
    whole, _, part = plain.partition(decimal) if decimal else (plain, "", "")
    digits = _NON_DIGIT.sub("", whole)
    part = _NON_DIGIT.sub("", part)
    return float(f"{digits or '0'}.{part or '0'}"), 10.0 ** -len(part) if part else _grain(digits)


def _grain(digits: str) -> float:
    """Give the step a whole number is printed to: 1 below a thousand, else what its noughts allow."""
    stripped = digits.rstrip("0")
    return 1.0 if len(digits) < 4 else float(10 ** (len(digits) - max(1, len(stripped))))


def _scaled(
    tokens: Sequence[Token], read_so_far: tuple[float, float, int], words: NumberWords
) -> tuple[float, float, int]:
    """Multiply by the words behind a number: million, bn, 万."""
    value, grain, last = read_so_far
    for _ in range(2):
        key = tokens[last].key if last < len(tokens) else ""
        scale = words.scale_at(tokens, last)
        if not scale:
            break
        money = last >= 2 and tokens[last - 2].key in _SIGNS
        if len(key) == 1 and key.isascii() and (tokens[last].spaced or not (money or key == "m")):
            break
        value, grain, last = value * scale, grain * scale, last + 1
        if last < len(tokens) and tokens[last].key == "." and not tokens[last].spaced and words.abbreviated(key):
            last += 1
    if last < len(tokens) and tokens[last].digits and words.spaceless and not tokens[last].spaced:
        more, fine = _digits(tokens[last].key, "zh")
        if more < value:
            value, grain, last = _scaled_tail(tokens, (value, more, fine, last + 1), words)
    return value, grain, last


def _scaled_tail(
    tokens: Sequence[Token], parts: tuple[float, float, float, int], words: NumberWords
) -> tuple[float, float, int]:
    """Add what follows a scale in Chinese and Japanese: 1万2千, 3億5000万."""
    value, more, fine, last = parts
    scale = words.scale_at(tokens, last) if last < len(tokens) else 0.0
    if scale and more * scale < value:
        return value + more * scale, fine * scale, last + 1
    return value + more, fine, last


def _label(tokens: Sequence[Token], here: int, words: NumberWords) -> NumeralKind:
    """Tell numbers that are part of a name, and ordinals: joined to letters, behind "Article" or "#", too long."""
    token = tokens[here]
    if here and _named(tokens, here, words):
        return NumeralKind.LABEL
    after = tokens[here + 1] if here + 1 < len(tokens) and not tokens[here + 1].spaced else None
    if after is not None and after.key in _STROKES and here + 2 < len(tokens) and not tokens[here + 2].spaced:
        return NumeralKind.LABEL
    if after is not None and after.key in words.ordinals:
        return NumeralKind.ORDINAL
    if here and tokens[here - 1].key in words.ordinals_before and (not token.spaced or words.spaceless):
        return NumeralKind.ORDINAL
    if token.key.count(".") > 1 and not all(len(part) == 3 for part in token.key.split(".")[1:]):
        return NumeralKind.LABEL
    if token.key.isdecimal() and (len(token.key) >= _LONGEST_ID or (token.key[0] == "0" and len(token.key) > 1)):
        return NumeralKind.LABEL
    return NumeralKind.AMOUNT


def _named(tokens: Sequence[Token], here: int, words: NumberWords) -> bool:
    """Say whether what stands before a number makes it part of a name: G20, #5, COVID-19, Article 5, no. 5."""
    token, before = tokens[here], tokens[here - 1]
    if before.key in words.labels or (before.key == "." and here > 1 and tokens[here - 2].key in words.labels):
        return True
    if token.spaced or words.spaceless:
        return False
    letters = before.key[-1:].isalpha()
    hyphen = before.key in _HYPHENS and here > 1 and _joins_letters(tokens, here, words)
    return letters or hyphen or before.key in _STROKES or before.key == "#"


def _joins_letters(tokens: Sequence[Token], here: int, words: NumberWords) -> bool:
    """Say whether a hyphen joins this number to a word: COVID-19, F-16."""
    head = tokens[here - 2]
    return not tokens[here - 1].spaced and head.key[-1:].isalpha() and not head.digits and not words.spaceless


def _what(tokens: Sequence[Token], first: int, last: int, words: NumberWords) -> NumeralKind:
    """Tell dates, clock times, ages and ordinals from amounts."""
    token = tokens[first]
    tokens[first - 1] if first else None
    tokens[last] if last < len(tokens) else None
    if words.is_date(tokens, first, last):
        return NumeralKind.DATE
    if token.digits and _is_clock(tokens, first, last, words):
        return NumeralKind.CLOCK
    if words.is_age(tokens, first, last):
        return NumeralKind.AGE
    if token.digits and words.dotted and len(token.key) < 3 and _dotted(tokens, last):
        return NumeralKind.ORDINAL
    return NumeralKind.AMOUNT


def _is_clock(tokens: Sequence[Token], first: int, last: int, words: NumberWords) -> bool:
    """Tell a time of day: digits on either side of a colon, or "p.m." and the like behind."""
    if last + 1 < len(tokens) and tokens[last].key in _HOURS and not tokens[last].spaced and _minutes(tokens[last + 1]):
        return True
    behind = first > 1 and tokens[first - 1].key in _HOURS and tokens[first - 2].digits
    return (behind and _minutes(tokens[first])) or words.clock_at(tokens, last)


def _dotted(tokens: Sequence[Token], last: int) -> bool:
    """Say whether a full stop follows at once, and more of the sentence after it: the German 5. for fifth."""
    return last + 1 < len(tokens) and tokens[last].key == "." and not tokens[last].spaced and tokens[last + 1].spaced


def _minutes(token: Token) -> bool:
    """Say whether two digits can be the minutes of a time of day, or the seconds of a race."""
    return token.digits and len(token.key.partition(".")[0]) == 2


def _unit(tokens: Sequence[Token], first: int, last: int, words: NumberWords) -> tuple[str, int, int]:
    """Find the per cent, the points or the currency beside a number, and how far the number then reaches."""
    before = tokens[first - 1].key if first else ""
    if before in _SIGNS:
        prefix = tokens[first - 2].key if first > 1 and not tokens[first - 1].spaced else ""
        letters = prefix in _PREFIXES or (before == "$" and prefix.isalpha() and len(prefix) <= _PREFIX)
        return (_PREFIXES.get(prefix, f"{prefix}$"), first - 2, last) if letters else (_SIGNS[before], first - 1, last)
    if before in words.percent_before or (before in {"%", "٪"} and not tokens[first].spaced):
        return "%", first - 1, last
    if first and words.currencies.get(before):
        return words.currencies[before], first - 1, last
    size = words.points_at(tokens, last)
    if size:
        return "points", first, last + size
    size = words.percent_at(tokens, last)
    if size:
        return "%", first, last + size
    after = tokens[last].key if last < len(tokens) else ""
    if after in _SIGNS or words.currencies.get(after):
        return _SIGNS.get(after) or words.currencies[after], first, last + 1
    return "", first, last


def _joined(found: list[Numeral], one: Numeral, tokens: Sequence[Token], words: NumberWords) -> Numeral:
    """Join two numbers to a range ("5 to 7"), or mark them as a score ("3–2") or a year ("2012-13")."""
    if not found or one.first - found[-1].last not in (1, 2):
        return one
    other = found[-1]
    mark = tokens[other.last].key
    tight = mark in _HYPHENS and one.first - other.last == 1
    if tight and other.kind == NumeralKind.DATE:
        return _as(one, NumeralKind.DATE)
    if tight and other.kind == NumeralKind.LABEL:
        return _as(one, NumeralKind.LABEL)
    if other.kind != NumeralKind.AMOUNT or one.kind not in (NumeralKind.AMOUNT, NumeralKind.AGE, NumeralKind.DATE):
        return one
    if one.first - other.last != 1 or not (tight or mark in words.range):
        return one
    opening = tokens[other.first - 1].key if other.first else ""
    if not tight and (opening in words.from_ or (mark == words.joint and opening not in words.between)):
        return one
    scale = one.low / max(1.0, _bare(one, tokens)) if one.low >= 1000 and other.low < 1000 else 1.0
    low = other.low * scale if other.low * scale < one.low else other.low
    if tight and other.low >= 100 and one.low >= 1000 and _unbroken(one, tokens):
        found[-1] = _as(other, NumeralKind.LABEL)
        return _as(one, NumeralKind.LABEL)
    if low >= one.low or (tight and tokens[one.first].spaced != tokens[other.last].spaced):
        found[-1] = _as(other, NumeralKind.SCORE)
        return _as(one, NumeralKind.SCORE)
    found.pop()
    bound = one.bound if other.bound == Bound.EXACT else other.bound
    grain = one.grain
    return Numeral(
        other.start, one.end, low, one.high, grain, one.kind, bound, one.unit or other.unit, other.first, one.last
    )


def _bare(one: Numeral, tokens: Sequence[Token]) -> float:
    key = next((token.key for token in tokens[one.first : one.last] if token.digits), "")
    return float(key) if key.isdecimal() else one.low


def _unbroken(one: Numeral, tokens: Sequence[Token]) -> bool:
    """Say whether a number stands in four or more digits that no mark parts: with a hyphen, a telephone number."""
    return one.last - one.first == 1 and len(tokens[one.first].key) >= 4 and tokens[one.first].key.isdecimal()


def _as(one: Numeral, kind: NumeralKind) -> Numeral:
    return Numeral(one.start, one.end, one.low, one.high, one.grain, kind, Bound.EXACT, one.unit, one.first, one.last)
