"""Ask the articles without any model: the sentences that answer a question, chosen; none where they do not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from octavo.brief.asking import Asked, Question, gives_reason, kindred, names_somebody, read_question
from octavo.brief.lines import Line, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.tellings import written_on
from octavo.text.folding import root, split, unspaced
from octavo.text.moments import find_dates
from octavo.text.numerals import numerals

TELLINGS = 160
"""Tellings that are searched for an answer."""

MOST = 3
"""Sentences of an answer."""

_LEAST = 0.5
"""Share of the question's weight that a sentence and what stands around it must hold to answer it."""

_OWN = 0.22
"""The same for the sentence itself."""

_AROUND = 0.6
"""What a word of the question counts that stands in the headline or the sentence before, not in the sentence."""

_MATTER = 0.55
"""The same for the words of the question that are no names: what it asks about them."""

_PARTLY = 0.7
"""What a sentence is worth that lacks the plain form of what is asked for: a date, a reason, a name."""

_LATE = 60
"""Sentences down an article within which one is worth half."""

_PREFIX = 5
"""Letters of a word by which it is known in longer ones: compounds, endings."""

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
    held = lines(telling, standfirst=True)
    keys = [_keys(line.passage.text) for line in held]
    head = _keys(telling.headline)
    whole = head.union(*keys)
    if any(not _has(name, whole, {}) for name in asked.names):
        return []  # it names somebody or something of whom the article says nothing
    found: list[Found] = []
    for number, line in enumerate(held):
        around = head | (keys[number - 1] if number else frozenset())
        worth = _worth(asked, line, keys[number], around)
        if worth > 0 and line.shown and not line.leans:
            found.append(Found(line, worth))
    return found


def _keys(text: str) -> frozenset[str]:
    pieces = split(text)
    pairs = {one + other for one, other in pairwise(pieces) if unspaced(one) and unspaced(other)}
    return frozenset({root(word) for word in pieces} | pairs)


def _worth(asked: Question, line: Line, keys: frozenset[str], around: frozenset[str]) -> float:
    """How well a sentence answers: what it has of the question's words, with what stands around it; 0 for not."""
    near = kindred(line.telling.language)
    own = {word for word in asked.weights if _has(word, keys, near)}
    beside = {word for word in asked.weights if word not in own and _has(word, around, near)}
    matter = {word for word in asked.weights if word not in asked.names} or set(asked.weights)
    covered = _share(asked, set(asked.weights), own, beside)
    if _share(asked, set(asked.weights), own, set()) < _OWN or covered < _LEAST:
        return 0.0
    if _share(asked, matter, own, beside) < _MATTER or not own & matter:
        return 0.0
    return covered * _fit(asked, line, keys) / (1 + line.number / _LATE)


def _share(asked: Question, of: set[str], own: set[str], beside: set[str]) -> float:
    whole = sum(asked.weights[word] for word in of)
    return sum(asked.weights[word] * (1.0 if word in own else _AROUND) for word in of & (own | beside)) / whole


def _has(word: str, keys: frozenset[str], near: Mapping[str, frozenset[str]]) -> bool:
    if word in keys or not keys.isdisjoint(near.get(word, ())):
        return True
    if len(word) < _PREFIX:
        return False
    return any(one.startswith(word) or (len(one) >= _PREFIX and word.startswith(one)) for one in keys)


def _fit(asked: Question, line: Line, keys: frozenset[str]) -> float:
    """How well a sentence has what the question asks for: a figure that is not in it, a day, a name, a reason."""
    text, telling = line.passage.text, line.telling
    if asked.kind is Asked.NUMBER:
        return (
            1.0
            if any(text[one.start : one.end].lower() not in asked.text for one in numerals(text, telling.language))
            else 0.0
        )
    if asked.kind is Asked.WHEN:
        if find_dates(text, telling.language, written_on(telling)):
            return 1.0
        return _PARTLY if numerals(text, telling.language) else 0.0
    if asked.kind is Asked.WHY:
        return 1.0 if gives_reason(text, telling.language) else _PARTLY
    if asked.kind is Asked.WHO and not names_somebody(text, telling.language, asked.names):
        return _PARTLY
    return 1.0
