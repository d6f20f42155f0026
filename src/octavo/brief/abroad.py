"""A written sentence in another language than its source: names by their keys, numbers and days; else it fails."""

from collections.abc import Sequence
from datetime import date

from octavo.brief.numerics import bears, day_borne_out
from octavo.brief.reading import Read, read_sentence
from octavo.brief.sources import Line, Sources
from octavo.domain.enrichment import Mention
from octavo.enrich.entities import find_mentions
from octavo.enrich.people import people
from octavo.enrich.words import words as enrich_words
from octavo.relate.whereabouts import countries
from octavo.text.numerals import NumeralKind

_NEAR = 1
"""Sentences on either side of the main one that may hold what it lacks."""

_ANCHORS = 2
"""Names, numbers and days that must be stated for a sentence to be held to a text in another language."""


def check_abroad(text: str, language: str, sources: Sources) -> tuple[Line, ...] | None:
    """Give the passages in other languages that hold every name, number and day of a sentence; None where none do."""
    names = _keys(text, language)
    best: tuple[Line, ...] | None = None
    read: dict[date | None, Read] = {}
    for line in sources.lines:
        if line.source.words.language == language:
            continue
        written = line.source.written
        if written not in read:
            read[written] = read_sentence(text, language, written)
        stated = read[written]
        if len(names) + len(stated.numbers) + len(stated.days) < _ANCHORS or _unkeyed(stated, names, language):
            return None
        beside = (line, *(one for one in sources.near(line) if abs(one.number - line.number) <= _NEAR))
        for cited in ((line,), beside):
            if _holds(stated, names, cited) and (best is None or len(cited) < len(best)):
                best = cited
    return best


def _holds(stated: Read, names: frozenset[str], cited: Sequence[Line]) -> bool:
    if bool(stated.denials) != any(line.read.denials for line in cited) or stated.quotes:
        return False
    numbers = [number for line in cited for number in line.read.numbers]
    days = [day for line in cited for day in line.read.days]
    if not all(day_borne_out(day, days) for day in stated.days):
        return False
    for number in stated.numbers:
        if any(day.start <= number.numeral.start < day.end for day in stated.days) or number.numeral.weak:
            continue
        if number.numeral.kind is not NumeralKind.DATE and not any(bears(one, number) for one in numbers):
            return False
    held = {key for line in cited for key in _keys(line.passage.text, line.read.language)}
    return names <= held


def _keys(text: str, language: str) -> frozenset[str]:
    """The people, places and bodies of a text, by keys that all languages share."""
    return frozenset(key for key, _ in named(text, language) if key)


def named(text: str, language: str) -> list[tuple[str, Mention]]:
    """Give the people, places and bodies of a text with their keys."""
    found = find_mentions(text, enrich_words(text, language), language)
    return [(_key(one, language), one) for one in found]


def _key(one: Mention, language: str) -> str:
    key = getattr(one, "key", "")
    if key:
        return str(key)
    sound, _ = people().find(one.name, language)
    return f"person/{sound}" if sound else one.name.casefold()


def _unkeyed(stated: Read, names: frozenset[str], language: str) -> bool:
    """Say whether the sentence names something that no key stands for."""
    lands = {place for place, _ in countries(language).among(stated.tokens)}
    return not names and bool(set(stated.names) - lands)
