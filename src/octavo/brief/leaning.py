"""Whether a sentence stands by itself, or leans on the one before it: "He said", "However"."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from octavo.text.momentwords import moment_words
from octavo.text.saying import UNSPACED, saying_words
from octavo.text.words import words

_JOINED = {"ar": "وف", "he": "ו"}
"""Letters that join "and" or "so" to the word behind them."""

_OPENING = "\"“”„«»‘’'「『([—–- \u200e\u200f"
_UNCASED = frozenset({"de"})
"""Languages in which a capital letter tells no name."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """One language's words that point back."""

    first: tuple[str, ...]
    persons: frozenset[str]
    alone: tuple[str, ...]
    stands: tuple[str, ...]
    people: tuple[str, ...]


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/briefs/leaning.toml").read_text(encoding="utf-8"))


@cache
def _leaning(language: str) -> Leaning | None:
    table = _tables().get(language)
    if table is None:
        return None

    def listed(key: str) -> list[str]:
        return [word for word in table.get(key, "").split("|") if word]

    first, alone, stands = (tuple(listed(key)) for key in ("first", "alone", "stands"))
    return Leaning(first, frozenset(listed("persons")), alone, stands, tuple(listed("people")))


def leans(sentence: str, language: str, names: Collection[str] = (), *, opening: bool = False) -> bool:
    """Say whether a sentence points back at another: its first words do, or a "he" stands in it with nobody before it.

    `opening` says that nothing stands before it: then a "he" within it can only mean what it names itself. `names` are
    lower-case words known to be names, that a person's pronoun may mean where one of them opens the sentence.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    table = _leaning(primary)
    if table is None:
        return False
    lowered = _lower(sentence).lstrip(_OPENING)
    if table.stands and lowered.startswith(table.stands):
        return False
    if primary in UNSPACED:
        return lowered.startswith((*table.first, *table.alone))
    if any(_opens(lowered, phrase) for phrase in (*table.first, *table.alone)):
        return True
    joined = _JOINED.get(primary, "")
    if joined and lowered[:1] in joined and any(_opens(lowered[1:], phrase) for phrase in table.first):
        return True
    return not opening and bool(table.persons) and _nobody_before(sentence, primary, table, names)


def _lower(text: str) -> str:
    return text.replace("İ", "i").lower()


def _opens(text: str, phrase: str) -> bool:
    if not text.startswith(phrase):
        return False
    behind = text[len(phrase) : len(phrase) + 1]
    return not (behind.isalnum() or behind in {"-", "'", "’"}) or not phrase[-1].isalnum()


def _nobody_before(sentence: str, language: str, table: Leaning, names: Collection[str]) -> bool:
    """Say whether a person's pronoun stands in a sentence before anybody it could mean."""
    saying, persons, people = saying_words(language), table.persons, table.people
    roles = (*(saying.roles if saying else ()), *people)
    moments = moment_words(language)
    calendar = {*moments.weekdays, *moments.months} if moments else set()
    for number, word in enumerate(words(sentence)):
        lowered = _lower(word)
        if lowered in persons:
            return True
        if lowered in names or lowered.startswith(roles):
            return False
        if number and word[:1].isupper() and lowered not in calendar and language not in _UNCASED:
            return False
        if number > 2 and language in _UNCASED:
            return False
    return False
