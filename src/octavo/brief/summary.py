"""Summary without any model: few sentences of an article or a story, chosen, in the order they are read."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from octavo.brief.lines import Line, lines, overlap, statements
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling
from octavo.relate.words import terms

READ = 40
"""Sentences of an article that are weighed; what a news text is about stands in its first ones."""

TELLINGS = 12
"""Tellings of a story that are read for its summary."""

_SAID = 0.75
_HEADED = 0.9
"""Share of a sentence's weight from which one that is chosen, or the headline, has said it."""

_AGAIN = 0.5
"""The same between outlets, that put one thing in different words."""

_ANSWERED = 0.4
"""What place is worth to an answer in an interview, which stands anywhere."""

_HALF = 2
_BEST_LENGTH = 12
_LONG = 0.15
_CENTRAL = 0.15
_OFTEN = 4
_LITTLE = 8.0
"""Measured by evals/summaries.py: sentences down an article within which one is worth half; words past which it loses,
and how much; what words that come again count, how often at most, in sentences of some weight."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a text, or several, is about: how often each word comes, and those of the headline."""

    often: Mapping[str, int]
    headed: frozenset[str]


def article_summary(telling: Telling, now: datetime, limit: int = 3) -> Brief:
    """Choose up to `limit` sentences that say most of what an article says; none where it has too little text."""
    found = lines(telling, most=READ)
    chosen = _chosen(found, _about([found], telling), terms(telling.headline, telling.language), limit)
    return Brief(BriefKind.SUMMARY, telling.language, statements(chosen), now)


def story_summary(tellings: Sequence[Telling], now: datetime, limit: int = 3) -> Brief:
    """Choose sentences of several outlets' articles on one event, none saying the same; the first telling leads.

    Only tellings in the first one's language are read, one an outlet.
    """
    if not tellings:
        return Brief(BriefKind.SUMMARY, "", (), now)
    read = _one_an_outlet(tellings)
    told = [lines(one, most=READ) for one in read]
    about = _about(told, tellings[0])
    said: dict[str, float] = {}
    chosen: list[Line] = []
    for found in told:
        best = _best_of(found, about, said)
        if best:
            chosen.append(best)
            said |= best.terms
        if len(chosen) == limit:
            break
    return Brief(BriefKind.SUMMARY, tellings[0].language, statements(chosen), now)


def weighed(found: Sequence[Line], telling: Telling) -> list[tuple[float, Line]]:
    """Give the sentences of an article that may be shown by themselves, with how well each sums it up."""
    about = _about([found], telling)
    return [(_worth(one, about), one) for one in found if _says(one) and not one.leans]


def _one_an_outlet(tellings: Sequence[Telling]) -> list[Telling]:
    kept: dict[str, Telling] = {}
    for one in tellings:
        if one.language == tellings[0].language and one.paragraphs:
            kept.setdefault(one.publisher_id, one)
    return list(kept.values())[:TELLINGS]


def _about(told: Sequence[Sequence[Line]], telling: Telling) -> _About:
    often = Counter(word for found in told for line in found for word in line.terms)
    return _About(often, frozenset(terms(telling.headline, telling.language)))


def _worth(line: Line, about: _About, said: Collection[str] = ()) -> float:
    """How well a sentence sums a text up: the first, the short, what is in the headline, what comes again."""
    fresh = {word: weight for word, weight in line.terms.items() if word not in said}
    central = sum(min(about.often[word] - 1, _OFTEN) * weight for word, weight in fresh.items())
    headed = sum(word in about.headed for word in fresh) / (len(about.headed) or 1)
    size = (len(line.passage.text.split()) + 1) / _BEST_LENGTH
    size = max(1.0, size, size**-2 if line.turn else 0.0)
    place = _ANSWERED if line.turn else 1 / (1 + line.number / _HALF)
    return place + headed + _CENTRAL * central / (sum(line.terms.values()) + _LITTLE) - _LONG * log(size)


def _chosen(found: Sequence[Line], about: _About, said: Mapping[str, float], limit: int) -> list[Line]:
    held: dict[int, Line] = {}
    fit = [one for one in found if _says(one) and overlap(one.terms, said) < _HEADED]
    opened = any(one.turn for one in fit)
    while len(held) < limit:
        left = [one for one in fit if one.number not in held and _may(one, held, opened=opened)]
        best = max(left, key=lambda one: _worth(one, about), default=None)
        if best is None:
            break
        held[best.number] = best
    return [held[number] for number in sorted(held)]


def _says(line: Line) -> bool:
    """Say whether a sentence may stand in a summary; of an interview's answers only where it is known who answers."""
    return line.shown and (line.turn is None or bool(line.speaker))


def _may(line: Line, held: Mapping[int, Line], *, opened: bool) -> bool:
    """Say whether a sentence may join: one that points back only right behind the one it points at.

    `opened` says that this is an interview, of whose introduction one sentence is enough.
    """
    if line.leans and line.number - 1 not in held:
        return False
    if not line.turn and opened and any(not other.turn for other in held.values()):
        return False
    return all(overlap(line.terms, other.terms) < _SAID for other in held.values())


def _best_of(found: Sequence[Line], about: _About, said: Mapping[str, float]) -> Line | None:
    fit = [one for one in found if _says(one) and not one.leans and overlap(one.terms, said) < _AGAIN]
    return max(fit, key=lambda one: _worth(one, about, said), default=None)
