"""What is new in a story since a reader last looked, without any model: what nothing before said."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from octavo.brief.lines import Line, lines, overlap, quote, standing
from octavo.domain.brief import Brief, BriefKind
from octavo.domain.telling import Telling

_READ = 16
"""Sentences of a new article that may be news; and all of an earlier one's, that were read before."""

_KNOWN = 0.5
"""Share of a sentence's weight that one earlier sentence holds from which it says nothing new."""

_KNOWN_APART = 0.85
"""The same for all earlier articles together."""

_STORY = 0.1


def changes(tellings: Sequence[Telling], since: datetime, now: datetime, limit: int = 4) -> Brief:
    """Choose what articles published after `since` tell that earlier ones did not, in order of time.

    `label` is the time as ISO 8601 to the minute. None where nothing is new.
    """
    language = tellings[0].language if tellings else ""
    before = [line.terms for one in tellings if one.at <= since for line in lines(one, standfirst=True)]
    known: dict[str, float] = {}
    for held in before:
        known |= held
    chosen: list[tuple[float, Line]] = []
    for one in sorted((one for one in tellings if one.at > since), key=lambda one: (one.at, one.id)):
        fresh = [(_news(line, before, known), line) for line in standing(lines(one, most=_READ))]
        for worth, line in sorted(fresh, key=lambda pair: -pair[0])[:2]:
            if worth > 0 and not any(overlap(line.terms, other.terms) >= _KNOWN for _, other in chosen):
                chosen.append((worth, line))
    kept = sorted(chosen, key=lambda pair: -pair[0])[:limit]
    kept.sort(key=lambda pair: (pair[1].telling.at, pair[1].telling.id, pair[1].number))
    spoken = tuple(quote(one.passage, one.telling, one.telling.at.isoformat(timespec="minutes")) for _, one in kept)
    return Brief(BriefKind.CHANGES, language, spoken, now)


def _news(line: Line, before: Sequence[Mapping[str, float]], known: Mapping[str, float]) -> float:
    """How much a sentence tells that was not told, 0 where it was; of the story, and not of something beside it."""
    if any(overlap(line.terms, held) >= _KNOWN for held in before):
        return 0.0
    shared = overlap(line.terms, known)
    if known and (shared >= _KNOWN_APART or shared < _STORY):
        return 0.0
    fresh = sum(weight for term, weight in line.terms.items() if term not in known)
    return fresh / (20.0 + sum(line.terms.values())) / (1 + line.number / 8)
