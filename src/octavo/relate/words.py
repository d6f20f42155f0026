"""The terms two texts are compared by: folded, cut to a stem, weighed by how rare each is in its language."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from octavo.text.rarity import rarities

STEM = 7
"""Letters of a word that are compared: a rough stem that serves every language that puts its endings last."""

_CEILING = 7.0
"""Zipf value of the plainest words; surprise is this less the Zipf value."""

_NUMBER_WEIGHT = 4.4
_DATE_WEIGHT = 3.5
_UNSPACED_WEIGHT = 2.5
"""Surprise of a number, of one that may be a date, and of two characters of a script without spaces."""

_LIGHTEST = 1.2
"""Surprise under which a word says nothing about an event."""

_RAREST = 4.2
"""Surprise of a word that is in no list, or nearly so: where lists are large, a name."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0900-\u0963\u0971-\u0dff\u200c\u200d"
"""Marks that Python's \\w leaves out of words: accents, the vowels of India and Sri Lanka, joiners."""

_LETTER = rf"(?:[^\W_{_UNSPACED}][{_MARKS}]*+)"
_WORD = re.compile(rf"[{_UNSPACED}]+|{_LETTER}++(?:['’.,·-]{_LETTER}++)*+")
_RUN = re.compile(f"[{_UNSPACED}]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")


def terms(text: str, language: str, *, dates: bool = True) -> dict[str, float]:
    """Give the terms of a text and the surprise of each, from about 1 to 4.4; plain words are left out.

    `dates` False leaves out numbers that may be part of a date: in a headline they mark the day's round-ups, in a lead
    they tell this year's event from last year's.
    """
    found: dict[str, float] = {}
    for word in _words(text):
        weight = _weight(word, language) if dates or not (word[0].isdigit() and _dates(word)) else 0.0
        if weight >= _LIGHTEST:
            found[_stem(word)] = weight
    return found


def weighed(text: str, language: str) -> dict[str, float]:
    """Give the words of a text, whole, and the numbers of two digits and more, each with its surprise."""
    found = {word: _weight(word, language) for word in dict.fromkeys(_words(text)) if len(word) > 1}
    return {word: weight for word, weight in found.items() if weight >= _LIGHTEST}


def rare(weights: Mapping[str, float], language: str) -> frozenset[str]:
    """Give the terms that are in no list of words; none where the language has no list."""
    if not surprises(language):
        return frozenset()
    return frozenset(term for term, weight in weights.items() if weight >= _RAREST and not term[0].isdigit())


@lru_cache(maxsize=40_000)
def _weight(word: str, language: str) -> float:
    """Remembered: most words of a text are those of every other."""
    if word[0].isdigit():
        return _DATE_WEIGHT if _dates(word) else _NUMBER_WEIGHT
    return _UNSPACED_WEIGHT if _RUN.match(word) else _surprise(word, language)


@lru_cache(maxsize=40_000)
def _surprise(word: str, language: str) -> float:
    return surprises(language).of(word)


def _dates(number: str) -> bool:
    """Say whether a number looks like a day, a month or a year."""
    return len(number) < 2 or (len(number) == 2 and number < "32") or _year(number)


def _year(number: str) -> bool:
    return len(number) == 4 and number[:2] in {"19", "20"}


def numbers(text: str, *, dates: bool = True) -> frozenset[str]:
    """Give the numbers of two digits and more a text states, separators dropped, no years; `dates` as in `terms`."""
    stated = {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}
    return frozenset(
        number for number in stated if len(number) > 1 and not _year(number) and (dates or not _dates(number))
    )


def rarest(text: str, language: str, limit: int) -> list[str]:
    """List the rarest words of a text as printed there but folded, rarest first: what to search for others by."""
    found = {word: _surprise(word, language) for word in dict.fromkeys(_words(text)) if len(word) > 1}
    kept = [word for word, surprise in found.items() if surprise >= _LIGHTEST]
    return sorted(kept, key=lambda word: -found[word])[:limit]


def _words(text: str) -> Iterator[str]:
    lowered = text.lower() if text.isascii() else _ARABIC_MARKS.sub("", text.lower()).replace("’", "'")
    for word in _WORD.findall(lowered):
        if word.isascii() and word.isalnum():
            if len(word) > 1:
                yield word
        elif _RUN.match(word):
            size = 3 if "\u0e00" <= word[0] <= "\u17ff" else 2
            yield from (word[start : start + size] for start in range(max(1, len(word) - size + 1)))
        else:
            yield from (part for part in word.removesuffix("'s").replace(".", "").split("-") if len(part) > 1)


def _stem(word: str) -> str:
    if word[0].isdigit() or len(word) <= 4:
        return word
    return word[:STEM].rstrip("s") if len(word) <= STEM else word[:STEM]


class Surprises:
    """How surprising the words of one language are."""

    def __init__(self, language: str) -> None:
        self._known = rarities(language)

    def __bool__(self) -> bool:
        return bool(self._known)

    def of(self, word: str) -> float:
        """Give the surprise of a folded word: 0 for "the", 4.4 for one in no list."""
        return max(0.0, _CEILING - self._known.zipf(word))


@cache
def surprises(language: str) -> Surprises:
    """Give a language's words; without a list every word is equally surprising."""
    return Surprises(language)
