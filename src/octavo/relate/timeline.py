"""What happened when: a story's days, read from dates in its texts, not from when they were published."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from octavo.domain.telling import Passage, Telling
from octavo.domain.timeline import Moment, Precision, Said
from octavo.relate.tellings import LONGEST, PARTS, READ, passages, voice, written_on
from octavo.relate.words import terms
from octavo.text.moments import AHEAD, DAY, PASSING, Mention, find_dates
from octavo.text.quotes import Quoted, find_quoted
from octavo.text.saying import saying_words

MOST = 15
"""Moments a timeline shows at most."""

_TELLINGS = 60
_SENTENCES = 80
"""Tellings of a story, the first, and sentences of each that are read."""

_A_DAY = 3
"""Moments of one day at most, when several outlets tell each; else the one best told."""

_RECENT = 60
"""Days from the writing beyond which a day is background: kept only when several voices give it."""

_SEVERAL = 2
_ALIKE = 0.3
_ENOUGH = 5.0
_FOREIGN = 8.0
"""Share of the lighter sentence's words that two tellings of one event share; their weight; that across languages."""

_WORDY = 3
"""Letters a sentence must have for each of its digits to tell what happened."""

_SHORTEST, _LONGEST = 24, 420
_BEST_LENGTH = 260
_UNSPACED = 2.2
"""Characters of a sentence worth showing; past the best length it loses; a Chinese character says as much as two."""

_KINDS = frozenset({"opinion", "review"})
"""Genres whose dates are the writer's own memories more often than the story's."""

_SAYING_NEAR = 32
_Value = TypeVar("_Value")
_ASKING = ("?", "？", "؟", "…", ":")


@dataclass(frozen=True, slots=True)
class _Dated:
    """One sentence with one of its dates."""

    mention: Mention
    passage: Passage
    telling: Telling
    voice: str
    terms: Mapping[str, float]
    said: Said
    alone: bool


@dataclass(slots=True)
class _Event:
    """Sentences of one day taken to tell one event."""

    held: list[_Dated] = field(default_factory=list)
    terms: dict[str, float] = field(default_factory=dict)

    def add(self, one: _Dated) -> None:
        self.held.append(one)
        self.terms |= one.terms

    @property
    def voices(self) -> int:
        return len({one.voice for one in self.held})


def timeline(tellings: Sequence[Telling], now: datetime) -> tuple[Moment, ...]:
    """Give what the texts date, in order of time, at most MOST; days that cannot be told for sure are left out."""
    dated = [one for telling in tellings[:_TELLINGS] if telling.genre not in _KINDS for one in _dated(telling)]
    dated.sort(key=_when)
    kept: list[tuple[_Event, Said]] = []
    for _, group in groupby(dated, key=_when):
        kept += _of_one_day(list(group))
    kept.sort(key=lambda pair: _rank(*pair))
    moments = [_moment(event, said, now.date()) for event, said in kept[:MOST]]
    return tuple(sorted(moments, key=lambda one: (one.day, one.precision != Precision.DAY, one.passage.article_id)))


def _when(one: _Dated) -> tuple[date, str]:
    return one.mention.day, one.mention.precision


def _rank(event: _Event, said: Said) -> tuple[int, bool, int]:
    return -event.voices, said is Said.STATED, -event.held[0].mention.day.toordinal()


@lru_cache(READ)
def _dated(telling: Telling) -> tuple[_Dated, ...]:
    """The sentences of one telling that date what they tell."""
    written = written_on(telling)
    told: date | None = None
    found: list[_Dated] = []
    quoted = {part: find_quoted(telling.part(part)[:LONGEST]) for part in telling.parts[:PARTS]}
    for number, passage in enumerate(passages(telling)):
        if number >= _SENTENCES:
            break
        mentions = [
            one
            for one in find_dates(passage.text, telling.language, written, told)
            if not _inside(passage.start + one.start, quoted[passage.part])
        ]
        days = [one for one in mentions if one.precision == DAY]
        if len(days) == 1 and days[0].aspect != PASSING:
            told = days[0].day
        events = [one for one in mentions if one.aspect != PASSING]
        if events and _showable(passage.text) and not _spoken(passage, quoted[passage.part]):
            found += _of_sentence(events, passage, telling, alone=len(mentions) == 1)
    return tuple(found)


def _inside(place: int, quoted: Sequence[Quoted]) -> bool:
    """Say whether a place is in somebody's speech: what they call yesterday need not be the paper's."""
    return any(one.start <= place < one.end for one in quoted)


def _spoken(passage: Passage, quoted: Sequence[Quoted]) -> bool:
    """Say whether a sentence is somebody's speech for the most part, or begins or ends within it."""
    over = sum(max(0, min(one.end, passage.end) - max(one.start, passage.start)) for one in quoted)
    cut = any(one.start < edge < one.end for one in quoted for edge in (passage.start, passage.end))
    return cut or over * 2 > passage.end - passage.start


def _of_sentence(events: Sequence[Mention], passage: Passage, telling: Telling, *, alone: bool) -> list[_Dated]:
    weights = terms(passage.text, telling.language, dates=False)
    mine = voice(telling)
    return [
        _Dated(one, passage, telling, mine, weights, _how(one, passage.text, telling.language), alone) for one in events
    ]


def _how(mention: Mention, text: str, language: str) -> Said:
    """Tell a day on which something was only said: a verb of saying stands right beside it."""
    if mention.aspect == AHEAD:
        return Said.ANNOUNCED
    words = saying_words(language)
    near = text[max(0, mention.start - _SAYING_NEAR) : mention.end + _SAYING_NEAR // 2].lower()
    return Said.STATED if words and words.verb.search(near) else Said.HAPPENED


def _showable(text: str) -> bool:
    wide = sum("\u3040" <= char <= "\u9fff" for char in text)
    size = len(text) + (_UNSPACED - 1) * wide
    if sum(map(str.isalpha, text)) < _WORDY * sum(map(str.isdigit, text)):
        return False  # "26 November, 14:20 · updated 14:35" tells when, and nothing of what
    return _SHORTEST <= size <= _LONGEST and not text.endswith(_ASKING)


def _of_one_day(group: Sequence[_Dated]) -> list[tuple[_Event, Said]]:
    """The events of one day that are worth telling, each with how it is told."""
    events = [event for event in _merged(group) if _credible(event)]
    several = sorted((event for event in events if event.voices >= _SEVERAL), key=lambda event: -event.voices)
    chosen = several[:_A_DAY] or [max(events, key=_told_well)] if events else []
    return [(event, _said(event)) for event in chosen]


def _merged(group: Sequence[_Dated]) -> list[_Event]:
    events: list[_Event] = []
    for one in sorted(group, key=lambda one: (not one.alone, one.said is Said.STATED, one.telling.at, one.telling.id)):
        home = max(events, key=lambda event: _likeness(event, one), default=None)
        if home is None or _likeness(home, one) < _ALIKE:
            home = _Event()
            events.append(home)
        home.add(one)
    return events


def _likeness(event: _Event, one: _Dated) -> float:
    """The greatest share of words a sentence has in common with one of an event's, 0 where it is too little to tell."""
    return max(_shared(held, one) for held in event.held[:8])


def _shared(first: _Dated, second: _Dated) -> float:
    common = first.terms.keys() & second.terms.keys()
    weight = sum(min(first.terms[term], second.terms[term]) for term in common)
    foreign = first.telling.language != second.telling.language
    if weight < (_FOREIGN if foreign else _ENOUGH):
        return 0.0
    lighter = min(sum(first.terms.values()), sum(second.terms.values()))
    return 1.0 if foreign else weight / (lighter or 1.0)


def _credible(event: _Event) -> bool:
    """Background, and what was only said that day, is kept when several voices give it."""
    if event.voices >= _SEVERAL:
        return True
    one = event.held[0]
    if all(held.mention.loose for held in event.held):
        return False
    if one.mention.precision != DAY or all(held.said is Said.STATED for held in event.held):
        return False
    return abs((one.mention.day - one.telling.at.date()).days) <= _RECENT


def _told_well(event: _Event) -> tuple[bool, bool, float]:
    best = max(event.held, key=lambda one: _worth(one, {}))
    return best.said is not Said.STATED, best.alone, _worth(best, {})


def _said(event: _Event) -> Said:
    kinds = {one.said for one in event.held}
    return next(kind for kind in (Said.HAPPENED, Said.ANNOUNCED, Said.STATED) if kind in kinds)


def _moment(event: _Event, said: Said, today: date) -> Moment:
    held = [one for one in event.held if one.said is said]
    spread = Counter(term for one in event.held for term in one.terms)
    best = max(held, key=lambda one: _worth(one, spread))
    return Moment(
        day=best.mention.day,
        precision=Precision(best.mention.precision),
        said=said,
        ahead=best.mention.day > today,
        passage=best.passage,
        publishers=_once(one.telling.publisher for one in _in_order(event.held)),
        articles=_once(one.telling.id for one in _in_order(event.held)),
        voices=event.voices,
    )


def _in_order(held: Sequence[_Dated]) -> list[_Dated]:
    return sorted(held, key=lambda one: (one.telling.at, one.telling.id))


def _once(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))


def _worth(one: _Dated, spread: Mapping[str, int]) -> float:
    """How well a sentence tells an event: words others use too, no second date, not long, near the beginning."""
    shared = sum(spread.get(term, 1) for term in one.terms) / (6 + len(one.terms))
    length = max(0, len(one.passage.text) - _BEST_LENGTH) / _BEST_LENGTH
    return shared + 0.4 * one.alone - length - 0.02 * max(0, one.passage.part)
