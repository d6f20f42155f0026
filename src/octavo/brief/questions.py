"""Ask the articles without any model: the passages that answer a question, chosen; none where they do not say.

How much each sign counts is fitted on questions to the sample newswire (evals/fit_ask.py).
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from octavo.brief.asking import Question, read_question
from octavo.brief.bearing import LATE, Candidate, Shares, Wording, held, keys_of, shares, wording
from octavo.brief.lines import Line, joined, lines, overlap, statements
from octavo.brief.nearness import Closeness, Look, Nearness, Sense, closeness, look, near_headlines
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling

TELLINGS = 160
"""Tellings that are searched for an answer."""

MOST = 3
"""Sentences of an answer."""

WEIGHED = 64
"""Passages whose meaning is looked at: those that share most words with the question, under a headline near to it."""

CLOSELY = 8
"""Passages of those that are looked at closely, word by word: the likeliest."""

_HEADLINE = 10.0
"""What a headline's cosine counts beside the words a passage shares: all those of the question count three."""

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
class Weighed:
    """A passage with what of its words speaks for it."""

    passage: Candidate
    shares: Shares
    wording: Wording


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts, in the order of its fields, and from which likelihood a passage answers, or is close."""

    base: float
    signs: tuple[float, ...]
    sure: float
    near: float

    def odds(self, signs: Sequence[float]) -> float:
        """Give the log odds of signs."""
        return self.base + sum(map(float.__mul__, self.signs, signs))

    def worth(self, signs: Sequence[float]) -> float:
        """Give the likelihood of signs."""
        return 1 / (1 + math.exp(-self.odds(signs)))


SIGNS = {
    "words": [one.name for one in fields(Wording)],
    "meaning": [one.name for one in fields(Wording)] + [f"near_{one.name}" for one in fields(Nearness)],
    "close": [one.name for one in fields(Closeness)],
}
"""What is weighed: words alone; words and meaning, to choose what is looked at closely; and what is seen there."""


@cache
def weights(kind: str) -> Weights:
    """Read the weights of one kind of SIGNS."""
    table = tomllib.loads(files("octavo").joinpath("data/briefs/answering.toml").read_text(encoding="utf-8"))[kind]
    signs = tuple(float(table["signs"][name]) for name in SIGNS[kind])
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
    """Rank passages; see `ranked`. Where meaning is told, only those looked at closely are given."""
    if not asked.weights or not among:
        return []
    near = near_headlines(asked, among, sense) if sense is not None else {}
    shared = weighed(asked, among, near)
    seen = look(asked, [one.passage for one in shared], sense) if sense is not None and near else None
    if sense is None or seen is None:
        shared = weighed(asked, among) if near else shared
        signs = [astuple(one.wording) for one in shared]
        return _judged(shared, signs, weights("words"))
    rows = closest(shared, seen, near)
    chosen = [
        (one.passage, one.shares, one.wording, likely) for one, likely in ((shared[row], odds) for row, odds in rows)
    ]
    signs = [astuple(one) for one in closeness(asked, seen, chosen, [row for row, _ in rows], sense)]
    return _judged([shared[row] for row, _ in rows], signs, weights("close"))


def closest(shared: Sequence[Weighed], seen: Look, near: Mapping[str, float]) -> list[tuple[int, float]]:
    """Choose the passages to look at closely, with their log odds: rows of what was looked at."""
    table = weights("meaning")
    odds = [table.odds(meant(shared[row], seen, row, near)) for row in range(len(seen.cosines))]
    return sorted(enumerate(odds), key=lambda pair: (-pair[1], pair[0]))[:CLOSELY]


def meant(one: Weighed, seen: Look, row: int, near: Mapping[str, float]) -> tuple[float, ...]:
    """Give the signs of a passage by words and meaning."""
    headline = near[one.passage.own.telling.headline]
    return *astuple(one.wording), *astuple(Nearness(float(seen.cosines[row]), headline))


def _judged(shared: Sequence[Weighed], signs: Sequence[tuple[float, ...]], table: Weights) -> list[Found]:
    found = []
    for one, own in zip(shared, signs, strict=True):
        worth = table.worth(own)
        found.append(
            Found(one.passage.line, worth, worth >= table.sure and not one.wording.unmeasured, worth >= table.near)
        )
    found.sort(key=lambda one: (-one.sure, -one.worth, one.line.telling.at, one.line.telling.id, one.line.number))
    return found


def weighed(asked: Question, among: Sequence[Candidate], near: Mapping[str, float] | None = None) -> list[Weighed]:
    """Give the passages that share most with a question, those that are looked at.

    `near` are the cosines of headlines. Without them only those in its own language are looked at, where there are any.
    """
    own = [one for one in among if one.own.telling.language.partition("-")[0] == asked.language]
    chosen = among if near else own or among
    whole: dict[int, frozenset[str]] = {}
    for one in chosen:
        if one.own.telling.id not in whole:
            whole[one.own.telling.id] = held(asked, one)
    shared = [(one, shares(asked, one, whole[one.own.telling.id])) for one in chosen]

    def order(pair: tuple[Candidate, Shares]) -> tuple[float, int, int]:
        one, of = pair
        headline = _HEADLINE * near.get(one.own.telling.headline, 0.0) if near else 0.0
        return -2 * of.beside - of.whole - headline, min(one.own.number, LATE), one.own.telling.id

    shared.sort(key=order)
    return [Weighed(one, of, wording(asked, one, of)) for one, of in shared[:WEIGHED]]


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
        shown = line if stands else joined(held, number)
        if shown is not None:
            before = held[number - 1].passage.text if number else f"{telling.headline}."
            around = head | (keys[number - 1] if number else frozenset())
            found.append(Candidate(shown, line, before, keys[number], around, whole))
    return found
