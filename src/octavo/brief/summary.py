"""Summary without any model: few sentences of an article or a story, chosen, in the order they are read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from octavo.brief.lines import Line, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.words import terms

READ = 40
"""Sentences of an article that are weighed; what a news text is about stands in its first ones."""

TELLINGS = 12
"""Tellings of a story that are read for its summary."""

_SAID = 0.75
"""Share of a sentence's weight from which the headline, or what is chosen, has said it."""

_AGAIN = 0.5
"""The same between outlets, that put one thing in different words."""


def article_summary(telling: Telling, now: datetime, limit: int = 3) -> Brief:
    """Choose up to `limit` sentences that say most of what an article says; none where it has too little text."""
    found = lines(telling, most=READ)
    weights = _weights([found], _headed(telling))
    chosen = _chosen(found, weights, terms(telling.headline, telling.language), limit)
    return Brief(BriefKind.SUMMARY, telling.language, statements(chosen), now)


def story_summary(tellings: Sequence[Telling], now: datetime, limit: int = 3) -> Brief:
    """Choose sentences of several outlets' articles on one event, none saying the same; the first telling leads.

    Only tellings in the first one's language are read, one an outlet.
    """
    if not tellings:
        return Brief(BriefKind.SUMMARY, "", (), now)
    read = _one_an_outlet(tellings)
    told = [lines(one, most=READ) for one in read]
    heads: Counter[str] = Counter()
    for one in read:
        heads.update(_headed(one))
    weights = _weights(told, heads)
    said: dict[str, float] = {}
    chosen: list[Line] = []
    for found in told:
        best = _best_of(found, weights, said)
        if best:
            chosen.append(best)
            said |= best.terms
        if len(chosen) == limit:
            break
    return Brief(BriefKind.SUMMARY, tellings[0].language, statements(chosen), now)


def _one_an_outlet(tellings: Sequence[Telling]) -> list[Telling]:
    kept: dict[str, Telling] = {}
    for one in tellings:
        if one.language == tellings[0].language and one.paragraphs:
            kept.setdefault(one.publisher_id, one)
    return list(kept.values())[:TELLINGS]


def _headed(telling: Telling) -> Counter[str]:
    """Count the words of headline and standfirst: what the outlet itself says the article is about."""
    return Counter(terms(f"{telling.headline}\n{telling.standfirst}", telling.language))


def _weights(told: Sequence[Sequence[Line]], heads: Mapping[str, float]) -> dict[str, float]:
    """How much each word says about a text: how often it comes, its surprise, whether the headline has it."""
    often: Counter[str] = Counter()
    surprise: dict[str, float] = {}
    for found in told:
        for line in found:
            often.update(line.terms.keys())
            surprise |= line.terms
    return {word: (often[word] - 0.8 + 1.0 * bool(heads.get(word))) for word in often}


def _worth(line: Line, weights: Mapping[str, float], said: Mapping[str, float]) -> float:
    """Words met once say little about a text; a long sentence is not better for being long; the first are."""
    fresh = sum(weights[word] for word in line.terms if word not in said)
    return fresh / (6 + len(line.terms)) / (1 + line.number / 6)


def _chosen(found: Sequence[Line], weights: Mapping[str, float], said: Mapping[str, float], limit: int) -> list[Line]:
    held: dict[int, Line] = {}
    told = dict(said)
    while len(held) < limit:
        open_ = [one for one in found if one.number not in held and _may(one, held, told)]
        best = max(open_, key=lambda one: _worth(one, weights, told), default=None)
        if best is None or _worth(best, weights, told) <= 0:
            break
        held[best.number] = best
        told |= best.terms
    return [held[number] for number in sorted(held)]


def _may(line: Line, held: Mapping[int, Line], said: Mapping[str, float]) -> bool:
    """Say whether a sentence may join: one that points back only right behind the one it points at."""
    if not line.shown or overlap(line.terms, said) >= _SAID:
        return False
    return not line.leans or line.number - 1 in held


def _best_of(found: Sequence[Line], weights: Mapping[str, float], said: Mapping[str, float]) -> Line | None:
    fit = [one for one in found if one.shown and not one.leans and overlap(one.terms, said) < _AGAIN]
    return max(fit, key=lambda one: _worth(one, weights, said), default=None)
