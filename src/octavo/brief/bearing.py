"""What of a passage's words says that it answers a question; what its meaning says is in brief/nearness.py.

Words are compared by their roots, and by what counts as the same (data/briefs/kindred.toml).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from octavo.brief.asking import Asked, Question, gives_reason, kindred, names_somebody
from octavo.brief.lines import Line
from octavo.brief.measures import TIME, states
from octavo.relate.tellings import written_on
from octavo.text.folding import root, split, unspaced
from octavo.text.moments import find_dates
from octavo.text.numerals import numerals

_PREFIX = 5
"""Letters of a word by which it is known in longer ones: compounds, endings."""

_PARTLY = 0.7
"""How well a sentence fits that lacks the plain form of what is asked for: a date, a reason, a name."""

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
    def inside(self) -> frozenset[str]:
        """The roots of what is read with the sentence: its words, those of what leads to it and of the headline."""
        return self.keys | self.around | keys_of(self.own.telling.headline)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of a question's weight; see Wording. `held` are its words that are read with the sentence."""

    own: float
    beside: float
    whole: float
    matter: float
    named: float
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Shares of a question's weight, each from 0 to 1.

    In the sentence (`own`), there or `beside` it, anywhere in the article (`whole`); of its names in the article
    (`named`), of what is no name in the sentence (`matter`). Then whether the sentence has the form of what is asked
    for (`fits`) or cannot have it (`unfit`), whether it wants a number and has none (`numberless`), how far down it
    stands (`late`), and whether it is shown with the sentence before (`paired`). Whether it states a measure that is
    asked for (`measured`) or none (`unmeasured`), and is in another language than the question (`foreign`); `inside`
    is what is read with the sentence, and `nameless` counts the names that are not.
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
    measured: float
    unmeasured: float
    foreign: float
    inside: float
    nameless: float


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
    inside = beside | {word for word in whole - beside if has(word, one.inside, near)}
    matter = {word for word in own if word not in asked.names} if asked.names != asked.weights.keys() else own
    sum_of = sum(asked.weights.values()) or 1.0
    return Shares(
        own=sum(asked.weights[word] for word in own) / sum_of,
        beside=sum(asked.weights[word] for word in beside) / sum_of,
        whole=sum(asked.weights[word] for word in whole) / sum_of,
        matter=sum(asked.weights[word] for word in matter) / sum_of,
        named=len(asked.names & whole) / len(asked.names) if asked.names else 1.0,
        held=frozenset(inside),
    )


def wording(asked: Question, one: Candidate, of: Shares) -> Wording:
    """Measure what else speaks for a passage than the shares it holds."""
    fit = _fit(asked, one.own)
    language = one.own.telling.language
    dated = asked.measures >= TIME and fit == 1.0
    measured = dated or states(one.line.passage.text, language, asked.measures, asked.text)
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
        measured=float(bool(asked.measures) and measured),
        unmeasured=float(bool(asked.measures) and not measured),
        foreign=float(language.partition("-")[0] != asked.language),
        inside=sum(asked.weights[word] for word in of.held) / (sum(asked.weights.values()) or 1.0),
        nameless=float(len(asked.names - of.held)),
    )


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
