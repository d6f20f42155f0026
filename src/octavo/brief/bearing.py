"""What speaks for it that a sentence answers a question: shared words, and meaning where a model tells it.

Words are compared by their roots, by what counts as the same (data/briefs/kindred.toml), and by the vectors of single
words, so that "fined" is found by "penalty": each word of the question is held against the nearest in the sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from octavo.brief.asking import WORD, Asked, Question, gives_reason, kindred, names_somebody
from octavo.brief.lines import Line
from octavo.ports.vector_index import Vectors
from octavo.relate.tellings import written_on
from octavo.text.folding import root, split, unspaced
from octavo.text.moments import find_dates
from octavo.text.numerals import numerals

Sense = Callable[[Sequence[str]], Vectors]
"""Gives the unit vectors of texts, one a row; none at all when nobody can tell, or not soon enough."""

_PREFIX = 5
"""Letters of a word by which it is known in longer ones: compounds, endings."""

_STRANGE = 0.3
"""Cosine of two words up to which they have nothing to do with each other."""

_BESIDE = 0.8
"""What the meaning of a word counts that stands beside a sentence, not in it."""

_PARTLY = 0.7
"""How well a sentence fits that lacks the plain form of what is asked for: a date, a reason, a name."""

_AFTER, _BEFORE = 5, 3
"""Words behind and before a number among which stands what it counts."""

LATE = 30
"""Sentences down an article from which it is all the same."""


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer: `line` as it is shown, `own` the sentence that counts, `before` what leads to it.

    `keys` are the roots of the sentence's words, `around` those of `before`, `whole` those of its article.
    """

    line: Line
    own: Line
    before: str
    keys: frozenset[str]
    around: frozenset[str]
    whole: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence that counts."""
        return self.own.passage.text

    @cached_property
    def words(self) -> list[str]:
        """The words of that sentence as they are written."""
        return WORD.findall(self.text)

    @cached_property
    def beside(self) -> list[str]:
        """The words of the headline and of what leads to it."""
        return WORD.findall(f"{self.own.telling.headline} {self.before}")


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of a question's weight; see Wording."""

    own: float
    beside: float
    whole: float
    matter: float
    named: float


@dataclass(frozen=True, slots=True)
class Wording:
    """Shares of a question's weight, each from 0 to 1.

    In the sentence (`own`), there or `beside` it, anywhere in the article (`whole`); of its names in the article
    (`named`), of what is no name in the sentence (`matter`). Then whether the sentence has the form of what is asked
    for (`fits`) or cannot have it (`unfit`), whether it wants a number and has none (`numberless`), how far down it
    stands (`late`), and whether it is shown with the sentence before (`paired`).
    """

    own: float
    beside: float
    beside_squared: float
    whole: float
    named: float
    matter: float
    fits: float
    unfit: float
    numberless: float
    late: float
    paired: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines with the question: of the `sentence`, with what leads to it (`led`), of the `headline`, and the `best`
    in the article. Shares as in Wording, by the meaning of words: `own`, `beside`, `matter`, the `least` of any word.
    For a question that asks for a number: whether there is one (`numbered`), how near what it `counts`."""

    sentence: float
    led: float
    headline: float
    best: float
    sentence_own: float
    own: float
    beside: float
    beside_squared: float
    matter: float
    least: float
    numbered: float
    counts: float


def keys_of(text: str) -> frozenset[str]:
    """Give the roots of a text's words; of scripts without spaces its pairs of letters."""
    pieces = split(text)
    pairs = {one + other for one, other in pairwise(pieces) if unspaced(one) and unspaced(other)}
    return frozenset({root(word) for word in pieces} | pairs)


def has(word: str, keys: frozenset[str], near: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a root is among others: itself, one that counts as it, or in a longer or shorter form."""
    if word in keys or not keys.isdisjoint(near.get(word, ())):
        return True
    if len(word) < _PREFIX:
        return False
    return any(one.startswith(word) or (len(one) >= _PREFIX and word.startswith(one)) for one in keys)


def held(asked: Question, one: Candidate) -> frozenset[str]:
    """Give the words of a question that the article of a passage holds."""
    near = kindred(one.own.telling.language)
    return frozenset(word for word in asked.weights if has(word, one.whole, near))


def shares(asked: Question, one: Candidate, whole: frozenset[str]) -> Shares:
    """Measure how much of a question's words a passage holds, whose article holds `whole`."""
    near = kindred(one.own.telling.language)
    own = {word for word in whole if has(word, one.keys, near)}
    beside = own | {word for word in whole - own if has(word, one.around, near)}
    matter = {word for word in own if word not in asked.names} if asked.names != asked.weights.keys() else own
    sum_of = sum(asked.weights.values()) or 1.0
    return Shares(
        own=sum(asked.weights[word] for word in own) / sum_of,
        beside=sum(asked.weights[word] for word in beside) / sum_of,
        whole=sum(asked.weights[word] for word in whole) / sum_of,
        matter=sum(asked.weights[word] for word in matter) / sum_of,
        named=len(asked.names & whole) / len(asked.names) if asked.names else 1.0,
    )


def wording(asked: Question, one: Candidate, of: Shares) -> Wording:
    """Measure what else speaks for a passage than the shares it holds."""
    fit = _fit(asked, one.own)
    return Wording(
        own=of.own,
        beside=of.beside,
        beside_squared=of.beside**2,
        whole=of.whole,
        named=of.named,
        matter=of.matter,
        fits=float(fit == 1.0),
        unfit=float(fit == 0.0),
        numberless=float(asked.kind is Asked.NUMBER and not _numbers(asked, one.own)),
        late=min(one.own.number, LATE) / LATE,
        paired=float(one.line is not one.own),
    )


def nearness(asked: Question, found: Sequence[Candidate], sense: Sense) -> list[Nearness]:
    """Measure how near passages are to a question in meaning; none where nobody can tell."""
    heads = list(dict.fromkeys(one.own.telling.headline for one in found))
    led = [f"{one.before} {one.text}" for one in found]
    words = {word for one in found for word in (*one.words, *one.beside)} | set(asked.words.values())
    told = list(dict.fromkeys([asked.text, *heads, *(one.text for one in found), *led, *words]))
    vectors = sense(told)
    if not len(vectors):
        return []
    at = {text: row for row, text in enumerate(told)}
    cosines = vectors @ vectors[at[asked.text]]
    best: dict[int, float] = {}
    for one in found:
        best[one.own.telling.id] = max(best.get(one.own.telling.id, -1.0), float(cosines[at[one.text]]))
    meanings = _Meanings(asked, vectors, at)
    return [
        meanings.of(
            one,
            float(cosines[at[one.text]]),
            float(cosines[at[text]]),
            float(cosines[at[one.own.telling.headline]]),
            best[one.own.telling.id],
        )
        for one, text in zip(found, led, strict=True)
    ]


class _Meanings:
    """The meanings of single words, held against those of a question."""

    def __init__(self, asked: Question, vectors: Vectors, at: Mapping[str, int]) -> None:
        self._asked = asked
        self._vectors = vectors
        self._at = at
        self._sum = sum(asked.weights.values()) or 1.0
        matter = [word for word in asked.weights if word not in asked.names]
        self._matter = {word: asked.weights[word] for word in matter}

    def of(self, one: Candidate, sentence: float, led: float, headline: float, best: float) -> Nearness:
        """Measure one passage, whose cosines are given."""
        near = kindred(one.own.telling.language)
        inside, around = self._nearest(one.words), self._nearest(one.beside)
        own, beside = {}, {}
        for word in self._asked.weights:
            own[word] = 1.0 if has(word, one.keys, near) else _shown(inside.get(word, 0.0))
            there = 1.0 if has(word, one.around, near) else _shown(around.get(word, 0.0))
            beside[word] = max(own[word], _BESIDE * there)
        both = self._share(self._asked.weights, beside, self._sum)
        numbered = self._asked.kind is Asked.NUMBER and bool(_numbers(self._asked, one.own))
        mine = self._share(self._asked.weights, own, self._sum)
        plain = sum(weight for word, weight in self._asked.weights.items() if has(word, one.keys, near)) / self._sum
        return Nearness(
            sentence=sentence,
            led=led,
            headline=headline,
            best=best,
            sentence_own=sentence * plain,
            own=mine,
            beside=both,
            beside_squared=both**2,
            matter=self._share(self._matter, beside, sum(self._matter.values()) or 1.0),
            least=min(beside.values(), default=0.0),
            numbered=float(numbered),
            counts=self._counts(one, near) if numbered else 0.0,
        )

    def _nearest(self, words: Sequence[str]) -> dict[str, float]:
        """Give, for each word of the question that is written as one, its cosine with the nearest of `words`."""
        if not words:
            return {}
        rows = self._vectors[[self._at[word] for word in words]]
        return {
            key: float(np.max(rows @ self._vectors[self._at[word]])) for key, word in self._asked.words.items()
        }  # fmt: skip

    def _counts(self, one: Candidate, near: Mapping[str, frozenset[str]]) -> float:
        """Say how near the words around a number are to what a question counts."""
        best = 0.0
        places = [(match.start(), match.group()) for match in WORD.finditer(one.text)]
        for start in _numbers(self._asked, one.own):
            beside = [word for place, word in places if place >= start][:_AFTER]
            beside += [word for place, word in places if place < start][-_BEFORE:]
            keys, nearest = keys_of(" ".join(beside)), self._nearest(beside)
            best = max([best, *(1.0 if has(key, keys, near) else nearest.get(key, 0.0) for key in self._matter)])
        return best

    @staticmethod
    def _share(weights: Mapping[str, float], held: Mapping[str, float], whole: float) -> float:
        return sum(weight * held[word] for word, weight in weights.items()) / whole


def _shown(cosine: float) -> float:
    return max(0.0, (cosine - _STRANGE) / (1 - _STRANGE))


def _numbers(asked: Question, line: Line) -> list[int]:
    """Give where numbers begin in a sentence that the question does not hold itself."""
    text, given = line.passage.text, asked.text.lower()
    found = numerals(text, line.telling.language)
    return [one.start for one in found if text[one.start : one.end].lower() not in given]


def _fit(asked: Question, line: Line) -> float:
    """How well a sentence has what the question asks for: a figure that is not in it, a day, a name, a reason."""
    text, telling = line.passage.text, line.telling
    if asked.kind is Asked.NUMBER:
        return 1.0 if _numbers(asked, line) else 0.0
    if asked.kind is Asked.WHEN:
        if find_dates(text, telling.language, written_on(telling)):
            return 1.0
        return _PARTLY if numerals(text, telling.language) else 0.0
    if asked.kind is Asked.WHY:
        return 1.0 if gives_reason(text, telling.language) else _PARTLY
    if asked.kind is Asked.WHO and not names_somebody(text, telling.language, asked.names):
        return _PARTLY
    return 1.0
