"""Ask the articles without any model: the sentences that answer a question, chosen; none where they do not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from octavo.brief.asking import Asked, Question, gives_reason, read_question
from octavo.brief.lines import Line, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.tellings import written_on
from octavo.text.folding import root, split, unspaced
from octavo.text.moments import find_dates

TELLINGS = 60
"""Tellings that are searched for an answer."""

MOST = 3
"""Sentences of an answer."""

_LEAST = 0.5
"""Share of the question's weight that a sentence and what stands around it must hold to answer it."""

_OWN = 0.34
"""The same for the sentence itself."""

_AROUND = 0.5
"""What a word of the question counts that stands in the headline or the sentence before, not in the sentence."""

_SECOND = 0.8
"""Share of the best sentence's worth from which another is given too."""

_AGAIN = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence with how well it answers, 0 to 1."""

    line: Line
    worth: float


def answer(
    question: str, tellings: Sequence[Telling], now: datetime, language: str, earlier: Sequence[str] = ()
) -> Brief:
    """Answer a question by up to MOST sentences of the articles; silent where they do not say.

    `earlier` holds the reader's questions before this one, the last last: "and when?" goes on from it.
    """
    asked = read_question(question, language, earlier)
    found = ranked(asked, tellings)
    chosen: list[Line] = []
    for one in found:
        if one.worth < _SECOND * found[0].worth or len(chosen) == MOST:
            break
        if all(overlap(one.line.terms, other.terms) < _AGAIN for other in chosen):
            chosen.append(one.line)
    return Brief(BriefKind.ANSWER, language, statements(chosen), now, question=question)


def ranked(asked: Question, tellings: Sequence[Telling]) -> list[Found]:
    """Give the sentences that answer a question, best first."""
    if not asked.weights:
        return []
    found = [one for telling in tellings[:TELLINGS] for one in _in_telling(asked, telling)]
    return sorted(found, key=lambda one: (-one.worth, one.line.telling.at, one.line.telling.id, one.line.number))


def _in_telling(asked: Question, telling: Telling) -> list[Found]:
    head = _keys(telling.headline)
    before: frozenset[str] = frozenset()
    found: list[Found] = []
    for line in lines(telling, standfirst=True):
        keys = _keys(line.passage.text)
        worth = _worth(asked, line, keys, head | before)
        if worth > 0 and line.shown and not line.leans:
            found.append(Found(line, worth))
        before = keys
    return found


def _keys(text: str) -> frozenset[str]:
    pieces = split(text)
    pairs = {one + other for one, other in pairwise(pieces) if unspaced(one) and unspaced(other)}
    return frozenset({root(word) for word in pieces} | pairs)


def _worth(asked: Question, line: Line, keys: frozenset[str], around: frozenset[str]) -> float:
    whole = sum(asked.weights.values())
    own = _held(asked.weights, keys) / whole
    near = _held({word: weight for word, weight in asked.weights.items() if word not in keys}, around) / whole
    covered = own + _AROUND * near
    if own < _OWN or covered < _LEAST or not _answers(asked, line, keys):
        return 0.0
    return covered


def _held(weights: Mapping[str, float], keys: frozenset[str]) -> float:
    return sum(weight for word, weight in weights.items() if word in keys)


def _answers(asked: Question, line: Line, keys: frozenset[str]) -> bool:
    """Say whether a sentence has what the question asks for: a figure that is not in it, a day, a name, a reason."""
    text, telling = line.passage.text, line.telling
    if asked.kind is Asked.NUMBER:
        return any(word.isdigit() and word not in asked.weights for word in keys)
    if asked.kind is Asked.WHEN:
        return bool(find_dates(text, telling.language, written_on(telling)))
    if asked.kind is Asked.WHY:
        return gives_reason(text, telling.language)
    return True
