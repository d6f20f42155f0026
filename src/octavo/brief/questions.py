"""Ask the articles without any model: the passages that answer a question, chosen; none where they do not say.

How much each sign counts is fitted on questions to the sample newswire (evals/fit_ask.py).
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from octavo.brief.asking import Question, read_question
from octavo.brief.bearing import LATE, Candidate, Nearness, Sense, Wording, held, keys_of, nearness, shares, wording
from octavo.brief.lines import Line, joined, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling

TELLINGS = 160
"""Tellings that are searched for an answer."""

MOST = 3
"""Sentences of an answer."""

WEIGHED = 64
"""Passages whose meaning is looked at: those that share most words with the question."""

_SECOND = 0.5
"""Share of the best passage's likelihood from which another is given too."""

_AGAIN = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with how likely it answers, 0 to 1; whether that is enough to say so, or to show it as close."""

    line: Line
    worth: float
    sure: bool
    near: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts, in the order of its fields, and from which likelihood a passage answers, or is close."""

    base: float
    signs: tuple[float, ...]
    sure: float
    near: float

    def worth(self, signs: Sequence[float]) -> float:
        """Give the likelihood of signs."""
        return 1 / (1 + math.exp(-self.base - sum(map(float.__mul__, self.signs, signs))))


@cache
def weights(kind: str) -> Weights:
    """Read the weights of `words` alone, or of words and `meaning`."""
    table = tomllib.loads(files("octavo").joinpath("data/briefs/answering.toml").read_text(encoding="utf-8"))[kind]
    names = [one.name for one in fields(Wording)] + [f"near_{one.name}" for one in fields(Nearness)]
    signs = tuple(float(table["signs"][name]) for name in names if name in table["signs"])
    return Weights(table["base"], signs, table["sure"], table["near"])


def answer(
    question: str,
    tellings: Sequence[Telling],
    now: datetime,
    language: str,
    earlier: Sequence[str] = (),
    sense: Sense | None = None,
) -> Brief:
    """Answer a question by up to MOST passages of the articles; silent where they do not say, with what is close.

    `earlier` holds the reader's questions before this one, the last last: "and when?" goes on from it.
    """
    said = answer_among(read_question(question, language, earlier), candidates(tellings), now, sense)
    return replace(said, language=language, question=question)


def answer_among(asked: Question, among: Sequence[Candidate], now: datetime, sense: Sense | None = None) -> Brief:
    """Answer a question by passages; see `answer`."""
    found = ranked_among(asked, among, sense)
    sure = bool(found) and found[0].sure
    chosen: list[Line] = []
    for one in found:
        if one.worth < _SECOND * found[0].worth or len(chosen) == MOST or not one.near:
            break
        if all(overlap(one.line.terms, other.terms) < _AGAIN for other in chosen):
            chosen.append(one.line)
    said = statements(chosen)
    shown, near = (said, ()) if sure else ((), said)
    return Brief(BriefKind.ANSWER, asked.language, shown, now, question=asked.text, near=near)


def ranked(asked: Question, tellings: Sequence[Telling], sense: Sense | None = None) -> list[Found]:
    """Give the passages that may answer a question, the likeliest first."""
    return ranked_among(asked, candidates(tellings), sense)


def ranked_among(asked: Question, among: Sequence[Candidate], sense: Sense | None = None) -> list[Found]:
    """Rank passages; see `ranked`."""
    if not asked.weights:
        return []
    shared = weighed(asked, among)
    near = nearness(asked, [one for one, _ in shared], sense) if sense is not None and shared else []
    table = weights("meaning" if near else "words")
    found = []
    for number, (one, words) in enumerate(shared):
        signs = astuple(words) + (astuple(near[number]) if near else ())
        worth = table.worth(signs)
        found.append(Found(one.line, worth, worth >= table.sure, worth >= table.near))
    return sorted(found, key=lambda one: (-one.worth, one.line.telling.at, one.line.telling.id, one.line.number))


def weighed(asked: Question, among: Sequence[Candidate]) -> list[tuple[Candidate, Wording]]:
    """Give the passages that share most words with a question, those that are looked at closely.

    They are those in its own language, where there are any.
    """
    own = [one for one in among if one.own.telling.language.partition("-")[0] == asked.language]
    whole: dict[int, frozenset[str]] = {}
    for one in own or among:
        if one.own.telling.id not in whole:
            whole[one.own.telling.id] = held(asked, one)
    shared = [(one, shares(asked, one, whole[one.own.telling.id])) for one in own or among]
    shared.sort(
        key=lambda pair: (-2 * pair[1].beside - pair[1].whole, min(pair[0].own.number, LATE), pair[0].own.telling.id)
    )
    return [(one, wording(asked, one, of)) for one, of in shared[:WEIGHED]]


def candidates(tellings: Sequence[Telling]) -> list[Candidate]:
    """Give the passages of articles that can stand by themselves: sentences, or two of which one needs the other."""
    return [one for telling in tellings[:TELLINGS] for one in _of_telling(telling)]


def _of_telling(telling: Telling) -> list[Candidate]:
    held = lines(telling, standfirst=True)
    keys = [keys_of(line.passage.text) for line in held]
    head = keys_of(telling.headline)
    whole = head.union(*keys)
    found = []
    for number, line in enumerate(held):
        stands = line.shown and not line.leans
        shown = line if stands else joined(line, held[number - 1]) if number else None
        if shown is not None:
            before = held[number - 1].passage.text if number else f"{telling.headline}."
            around = head | (keys[number - 1] if number else frozenset())
            found.append(Candidate(shown, line, before, keys[number], around, whole))
    return found
