"""The words and phrases a text is about: frequent in it, rare in its language, and early.

Term frequency, position and inverse frequency in the language are the strongest plain evidence (El-Beltagy and Rafea
2009; measured here well above graph ranking); names and what stands in the headline weigh more.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from octavo.enrich.grammar import UNSEEN, likely_noun, links, stands_as_noun, tells_nouns
from octavo.enrich.nouns import bare_label, label_worth, sure_nouns
from octavo.enrich.words import Word, spaceless
from octavo.text.rarity import rarities

LONGEST = 3
"""Words in a phrase at most; names may be longer."""

_PLAIN = 5.05
"""Zipf value from which a word is too plain to begin or end a phrase: articles, pronouns, "also", "people"."""

_FADE = 250
"""Words after which a mention counts half as much as one at the beginning."""

_READ = 1200
"""Words that are read for phrases: what is first said further below labels nothing."""

_HIRAGANA = re.compile("[\u3040-\u309f]+")
"""What Japanese writes endings and small words with."""

_HEADLINE = 2.0
_MORE = 1.2
_MORE_IF_SHORT = 1.6
"""What a phrase of several words says more than its words' surprise tells; an abstract is labelled by phrases."""

_SHORT = 150
"""Words under which a text may say a thing once and mean it: an abstract, a brief."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as printed first, its key, its weight (comparable within one text) and its number of words."""

    text: str
    key: str
    weight: float
    size: int


def keyphrases(
    text: str, found: Sequence[Word], language: str, *, headline_end: int, filler: frozenset[str]
) -> list[Phrase]:
    """Rank the phrases of a text, best first; `headline_end` is the offset where the headline stops."""
    primary = language.split("-")[0]
    found = found[:_READ]
    fit = {key: _usable(word, primary, filler) for key, word in {word.key: word for word in found}.items()}
    usable = [fit[word.key] for word in found]
    short = len(found) < _SHORT
    phrases = []
    nouns = sure_nouns(found, primary)
    for key, seen in _gather(found, usable, primary, headline_end).items():
        first, last = seen.first, seen.last
        if last > first and seen.count < 2 and not (short and _alone(found, usable, first, last)):
            continue
        phrase = found[first : last + 1]
        after = found[last + 1] if last + 1 < len(found) and found[last + 1].joined else None
        weight = seen.weight * _rarity(phrase, primary) * likely_noun(phrase, primary)
        weight *= label_worth(phrase, after, nouns, primary)
        if weight <= 0.0:
            continue
        if last > first:
            weight *= _MORE_IF_SHORT if short else _MORE
        if not seen.noun and tells_nouns(primary) and phrase[0].text[0].islower():
            weight *= UNSEEN
        shown = bare_label(text[phrase[0].start : phrase[-1].end], primary)
        phrases.append(Phrase(shown, key, weight, last - first + 1))
    return sorted(phrases, key=lambda phrase: (-phrase.weight, phrase.key))


@dataclass(slots=True)
class _Seen:
    """A phrase as gathered: words first..last where it stands first, and what its places add up to."""

    first: int
    last: int
    weight: float = 0.0
    count: int = 0
    noun: bool = False


def _gather(found: Sequence[Word], usable: Sequence[bool], language: str, headline_end: int) -> dict[str, _Seen]:
    """Add up the places of every phrase."""
    joint = "" if spaceless(language) else " "
    telling = tells_nouns(language)
    gathered: dict[str, _Seen] = {}
    for first, word in enumerate(found):
        if not usable[first]:
            continue
        place = 1.0 / (1.0 + first / _FADE) * (_HEADLINE if word.start < headline_end else 1.0)
        for last in _ends(found, usable, first):
            key = word.key if last == first else joint.join(other.key for other in found[first : last + 1])
            seen = gathered.get(key)
            if seen is None:
                seen = gathered[key] = _Seen(first, last)
            seen.weight += place
            seen.count += 1
            if telling and not seen.noun:
                seen.noun = stands_as_noun(found, first, last, language)
    return gathered


def _alone(found: Sequence[Word], usable: Sequence[bool], first: int, last: int) -> bool:
    """Say whether a phrase stands between plain words or punctuation: written once, it is still one thing."""
    before = first == 0 or not found[first].joined or not usable[first - 1]
    after = last + 1 == len(found) or not found[last + 1].joined or not usable[last + 1]
    return before and after


def _ends(found: Sequence[Word], usable: Sequence[bool], first: int) -> Iterable[int]:
    yield first
    for last in range(first + 1, min(first + LONGEST, len(found))):
        if not found[last].joined:
            return
        if usable[last]:
            yield last
        elif not links(found[last].key):
            return


def _usable(word: Word, language: str, filler: frozenset[str]) -> bool:
    if len(word.key) < (2 if spaceless(language) else 3) or word.key in filler or word.key[0].isdigit():
        return False
    if word.key.endswith("'") or (language == "ja" and _HIRAGANA.fullmatch(word.key)):
        return False
    return rarities(language).zipf(word.key) < _PLAIN


def _rarity(phrase: Sequence[Word], language: str) -> float:
    """Give how surprising a phrase is: the mean surprise of its words, and more for more words."""
    zipf = rarities(language).zipf
    surprise = [max(0.2, 7.0 - zipf(word.key)) for word in phrase]
    return sum(surprise) / len(surprise) * math.sqrt(len(surprise))
