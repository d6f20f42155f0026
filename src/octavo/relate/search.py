"""Which articles answer a question best: words weighed by rarity, and what the best finds add to them.

The index gives the articles that share words with a question; this module orders them the same way on every database.
BM25 (Robertson & Zaragoza 2009) weighs words, with how rare each is in the reader's languages in place of counts of
documents, which not every index can give; then the best finds lend the question their own words, a little (RM3,
Lavrenko & Croft 2001), and all are weighed again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from octavo.text.folding import root, split, unspaced
from octavo.text.rarity import UNKNOWN_ZIPF, rarities
from octavo.text.words import words

MOST = 14
"""Words of a question that are searched for: its rarest. Each costs the index a look through all that hold it."""

TELLING = 1.4
"""Surprise (7 less the Zipf value) from which a word says what is asked for: "who", "said" and "of" are below."""

READ = 20_000
"""Characters of a text that are weighed: more than nine articles in ten have, and a bound to the work."""

_CEILING = 7.0
_UNKNOWN = _CEILING - UNKNOWN_ZIPF
"""Surprise of a word that is in no list."""

_SATURATION = 1.2
_LENGTH_SHARE = 0.75
"""BM25's k1 and b."""

_USUAL = 500.0
"""Words of an article; longer ones count less for each word they hold."""

_HEADLINE = 2
"""How often a headline's word counts more than one of the text."""

_LENDERS = 3
"""Finds that lend words to the question."""

_LENT = 40
"""Words they lend, all together."""

_LENT_SHARE = 0.3
"""How much of the question is lent; the rest is the reader's."""

_LEAST_LENT = 1.2
"""Surprise from which a word is worth lending."""

_PAIR = 2.5
"""Surprise of two letters of a script without spaces."""


@dataclass(frozen=True, slots=True)
class Text:
    """What of a find is weighed: what a reader may see of it."""

    headline: str
    text: str


def telling(question: str, languages: Sequence[str]) -> list[str]:
    """Choose the words of a question to search for, rarest first; pairs of letters in scripts without spaces."""
    spelt = _spelt(question, tuple(languages))
    kept = [(word, surprise) for word, surprise in spelt.values() if surprise >= TELLING]
    return [word for word, _ in sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:MOST]]


def speaks(question: str, languages: Sequence[str]) -> bool:
    """Say whether a telling word of a question is a word of any of these languages, or in a script without spaces.

    Of names nobody knows, other languages and slips of the keys a model makes noise, and noise is near to something.
    """
    return any(TELLING <= surprise < _UNKNOWN for _, surprise in _spelt(question, tuple(languages)).values())


def weigh(question: str, languages: Sequence[str], texts: Sequence[Text]) -> list[float]:
    """Give how well each text answers a question, higher for better; 0.0 for none of its words."""
    known = tuple(languages)
    chosen = set(telling(question, known))
    asked = {term: surprise for term, (word, surprise) in _spelt(question, known).items() if word in chosen}
    if not asked:
        return [0.0] * len(texts)
    counted = [_count(one) for one in texts]
    first = [_worth(words, asked) for words in counted]
    best = sorted(range(len(texts)), key=lambda place: (-first[place], place))[:_LENDERS]
    lent = _lent([(texts[place], counted[place], first[place]) for place in best], known)
    whole = {term: (1.0 - _LENT_SHARE) / len(asked) * weight for term, weight in asked.items()}
    for term, weight in lent.items():
        whole[term] = whole.get(term, 0.0) + _LENT_SHARE * weight
    return [_worth(words, whole) if worth else 0.0 for words, worth in zip(counted, first, strict=True)]


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often each term stands in a text, and how long it is in words."""

    often: Mapping[str, int]
    length: int


def _count(one: Text) -> _Counted:
    often = _often(one.text[:READ])
    for term, count in _often(one.headline).items():
        often[term] = often.get(term, 0) + _HEADLINE * count
    return _Counted(often, sum(often.values()))


def _often(text: str) -> dict[str, int]:
    """Count the roots of a text's words. Where every letter is a plain one, words are counted before they are cut."""
    if not text.isascii():
        return dict(Counter(_terms(text)))
    often: dict[str, int] = {}
    for word, count in Counter(split(text)).items():
        cut = root(word)
        often[cut] = often.get(cut, 0) + count
    return often


def _terms(text: str) -> Iterator[str]:
    """Give the roots of a text's words; pairs of neighbouring letters where there are no spaces."""
    before = ""
    for word in split(text):
        letter = not word.isascii() and unspaced(word)
        if not letter:
            yield root(word)
        elif before:
            yield before + word
        before = word if letter else ""


def _worth(counted: _Counted, asked: Mapping[str, float]) -> float:
    slow = _SATURATION * (1.0 - _LENGTH_SHARE + _LENGTH_SHARE * counted.length / _USUAL)
    total = 0.0
    for term, weight in asked.items():
        often = counted.often.get(term, 0)
        total += weight * often * (_SATURATION + 1.0) / (often + slow)
    return total


def _lent(best: Sequence[tuple[Text, _Counted, float]], languages: tuple[str, ...]) -> dict[str, float]:
    """Gather the words the best finds are made of: those often in them and rare elsewhere, most telling first."""
    total = sum(worth for _, _, worth in best)
    found: dict[str, float] = {}
    surprises: dict[str, float] = {}
    for text, counted, worth in best:
        for term, (word, surprise) in _spelt(f"{text.headline}\n{text.text[:READ]}", languages).items():
            if surprise >= _LEAST_LENT and len(word) > 1 and not word.isdigit() and worth:
                surprises[term] = surprise
                share = worth / total * counted.often.get(term, 0) / counted.length
                found[term] = found.get(term, 0.0) + share * surprise * surprise
    kept = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_LENT]
    whole = sum(weight for _, weight in kept)
    return {term: weight / whole * surprises[term] for term, weight in kept}


def _spelt(text: str, languages: tuple[str, ...]) -> dict[str, tuple[str, float]]:
    """Give each term of a text, its first word as folded, and how surprising it is in its plainest form."""
    found: dict[str, tuple[str, float]] = {}
    before = ""
    for printed in words(text):
        for part in split(printed):
            letter = not part.isascii() and unspaced(part)
            pair = before + part if letter and before else ""
            before = part if letter else ""
            if letter and not pair:
                continue
            term = pair or root(part)
            surprise = _PAIR if pair else min(_surprise(printed.lower(), languages), _surprise(part, languages))
            known = found.get(term)
            found[term] = (known[0], min(known[1], surprise)) if known else (pair or part, surprise)
    return found


@lru_cache(maxsize=20_000)
def _surprise(word: str, languages: tuple[str, ...]) -> float:
    """Give the surprise of a word in the language in which it is plainest: 0 for "the", 4.4 for one in no list."""
    return max(0.0, _CEILING - max((rarities(one).zipf(word) for one in languages), default=UNKNOWN_ZIPF))
