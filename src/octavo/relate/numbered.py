"""Sentences that hold numbers, with what each of their words means: what figures are read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from octavo.relate.quantities import NOTHING, Meaning, Vocabulary, vocabulary
from octavo.relate.whereabouts import Countries, countries
from octavo.text.numberwords import NumberWords, number_words
from octavo.text.numerals import Numeral, NumeralKind, Reading, read
from octavo.text.rarity import Rarities, rarities
from octavo.text.tokens import Token, fold
from octavo.text.words import sentences

_LONGEST = 300
"""Tokens of the longest sentence that is read; what is longer is no sentence."""

_EARLIEST = 1850
"""The first year that a date can name; smaller numbers in dates are days."""

_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"\w+")
_HEAD = 4
"""Letters by which the words for counted people are known at a glance."""

_PLAIN = 6.2
"""Zipf value from which a word only joins others."""

ANDS = frozenset("and und et y e и та и і ve en i".split())
"""The word for "and" in each language."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of one language, gathered."""

    words: Vocabulary
    numbers: NumberWords
    places: Countries
    rarities: Rarities
    language: str

    def may_count(self, text: str) -> bool:
        """Say, quickly, whether a sentence may hold a number; "one" and "un" alone count beside deaths and the like."""
        if _DIGIT.search(text):
            return True
        numbers = self.numbers
        if numbers.spaceless:
            return not numbers.hints.isdisjoint(text)
        found = set(_WORDS.findall(fold(text)))
        if not numbers.hints.isdisjoint(found):
            return True
        return not numbers.weak_hints.isdisjoint(found) and any(word[:_HEAD] in self.words.people for word in found)

    def plain(self, word: str) -> bool:
        """Say whether a word is so common that it names no group: "in", "dans"."""
        return self.rarities.zipf(word) >= _PLAIN or word in ANDS


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that begins at `start` of a part: its tokens, their meanings, its amounts and the years it names."""

    part: int
    start: int
    text: str
    tokens: Sequence[Token]
    meanings: Sequence[Meaning]
    numerals: tuple[Numeral, ...]
    years: frozenset[int]


def reader(language: str) -> Reader:
    """Gather a language's words."""
    primary = language.lower().partition("-")[0]
    return Reader(vocabulary(primary), number_words(primary), countries(primary), rarities(primary), primary)


def read_sentences(text: str, part: int, known: Reader) -> list[Sentence]:
    """Give the sentences of a text that hold numbers."""
    found, here = [], 0
    for piece in sentences(text):
        start = text.find(piece, here)
        here = start + len(piece)
        if not known.may_count(piece):
            continue
        reading = read(piece, known.language)
        amounts = tuple(one for one in reading.numerals if one.kind == NumeralKind.AMOUNT)
        if amounts and len(reading.tokens) <= _LONGEST:
            found.append(_sentence(piece, (part, start), reading, amounts, known))
    return found


def _sentence(
    text: str, place: tuple[int, int], reading: Reading, amounts: tuple[Numeral, ...], known: Reader
) -> Sentence:
    tokens = reading.tokens
    meanings: list[Meaning] = [NOTHING] * len(tokens)
    here = 0
    while here < len(tokens):
        size = 1
        if not tokens[here].digits:
            meanings[here], size = known.words.meaning(tokens, here)
        here += size
    years = frozenset(int(one.low) for one in reading.numerals if one.kind == NumeralKind.DATE and one.low >= _EARLIEST)
    return Sentence(*place, text, tokens, meanings, amounts, years)
