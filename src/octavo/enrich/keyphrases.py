"""The words and phrases a text is about: frequent in it, rare in its language, and early.

Term frequency, position and inverse frequency in the language are the strongest plain evidence (El-Beltagy and Rafea
2009; measured here well above graph ranking); names and what stands in the headline weigh more.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from octavo.enrich.words import Word, rarities, spaceless

LONGEST = 3
"""Words in a phrase at most; names may be longer."""

_PLAIN = 5.05
"""Zipf value from which a word is too plain to begin or end a phrase: articles, pronouns, "also", "people"."""

_FADE = 250
"""Words after which a mention counts half as much as one at the beginning."""

_HEADLINE = 2.0
_WHOLE = 0.55
"""How strongly a phrase must recur, against its words apart, to be kept whole."""


_VERB = 0.45
_VERB_ENDINGS = {
    "en": ("ed", "ing", "ly"),
    "fr": ("é", "ée", "és", "ées", "ait", "aient", "ant", "eront", "era"),
    "es": ("ó", "aba", "aban", "ando", "iendo", "mente", "aron", "ieron"),
    "pt": ("ou", "ava", "avam", "ando", "endo", "mente", "aram", "eram"),
    "it": ("ando", "endo", "mente", "ava", "avano", "arono"),
}
"""Endings of words that are seldom nouns, and what those count for."""

_NOUN_ENDINGS = ("té", "tés", "building", "king", "wedding", "speed", "seed", "ant")
"""Endings of nouns that look like those of verbs."""

_CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""


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
    usable = [_usable(word, language, filler) for word in found]
    weights: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    printed: dict[str, tuple[int, int]] = {}
    joint = "" if spaceless(language) else " "
    for first in range(len(found)):
        if not usable[first]:
            continue
        place = 1.0 / (1.0 + first / _FADE) * (_HEADLINE if found[first].start < headline_end else 1.0)
        for last in _ends(found, usable, first):
            key = joint.join(word.key for word in found[first : last + 1])
            weights[key] += place
            counts[key] += 1
            printed.setdefault(key, (first, last))
    phrases = []
    for key, (first, last) in printed.items():
        size = last - first + 1
        if size > 1 and counts[key] < 2 and found[first].start >= headline_end:
            continue
        weight = weights[key] * _rarity(found[first : last + 1], language)
        if size > 1:
            commonest = max(counts[word.key] for word in found[first : last + 1])
            if counts[key] < _WHOLE * commonest and counts[key] < 3:
                weight *= 0.6
        weight *= _nounness(found[first : last + 1], language)
        phrases.append(Phrase(text[found[first].start : found[last].end], key, weight, size))
    return sorted(phrases, key=lambda phrase: (-phrase.weight, phrase.key))


def _ends(found: Sequence[Word], usable: Sequence[bool], first: int) -> Iterable[int]:
    yield first
    for last in range(first + 1, min(first + LONGEST, len(found))):
        if not found[last].joined:
            return
        if usable[last]:
            yield last


def _usable(word: Word, language: str, filler: frozenset[str]) -> bool:
    if len(word.key) < (2 if spaceless(language) else 3) or word.key in filler or word.key[0].isdigit():
        return False
    if word.key.endswith("'"):
        return False
    return rarities(language).zipf(word.key) < _PLAIN


def _nounness(phrase: Sequence[Word], language: str) -> float:
    """Give what a phrase counts for by its form: a verb or an adverb makes a poor label, alone or at either end."""
    primary = language.split("-")[0]
    if primary in _CAPITAL_NOUNS:
        return 1.0 if phrase[-1].text[0].isupper() else _VERB
    endings = _VERB_ENDINGS.get(primary)
    if not endings:
        return 1.0
    last = phrase[-1]
    likely = last.key.endswith(endings) and not last.key.endswith(_NOUN_ENDINGS) and last.text[0].islower()
    return _VERB if likely else 1.0


def _rarity(phrase: Sequence[Word], language: str) -> float:
    """Give how surprising a phrase is: the mean surprise of its words, and more for more words."""
    zipf = rarities(language).zipf
    surprise = [max(0.2, 7.0 - zipf(word.key)) for word in phrase]
    return sum(surprise) / len(surprise) * math.sqrt(len(surprise))
