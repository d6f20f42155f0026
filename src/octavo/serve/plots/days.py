"""A timeline as a picture: dated events on one axis, numbered as in the list below it, those to come hollow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from markupsafe import Markup

from octavo.serve.plots import svg
from octavo.serve.plots.axis import Clock, across_times, draw_times
from octavo.serve.plots.scale import Across

_LEAST = 3
"""Different days from which a picture says more than the list."""

_FAR = 400
"""Days from the newest event from which one stands in the list alone: it would push all others together."""

_APART = 7.5
"""Percent of the width that two marks need side by side; else one stands above the other."""

_LANE = 24
_TOP, _FOOT = 16, 30
_LANES = 5
_BEGIN, _END = 4.0, 96.0


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event: its number in the list, its day, that day in words, what happened, whether it is to come."""

    number: int
    day: date
    named: str
    text: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture is called, the heads of its table (day, event), and the word for today."""

    title: str
    description: str
    head: Sequence[str]
    today: str


def draw_days(events: Sequence[Event], words: Words, clock: Clock) -> svg.Drawing | None:
    """Draw dated events; None where there are too few days to see anything."""
    newest = max((one.day for one in events), default=date.min)
    drawn = [one for one in events if (newest - one.day).days <= _FAR]
    if len({one.day for one in drawn}) < _LEAST:
        return None
    today = clock.now.astimezone(clock.zone).date()
    days = [one.day for one in drawn] + ([today] if any(one.ahead for one in drawn) else [])
    across = across_times([_noon(day, clock) for day in days], clock.mirrored, _BEGIN, _END)
    lanes = _lanes([across.at(_noon(one.day, clock).timestamp()) for one in drawn])
    bottom = _TOP + _LANE * (max(lanes) + 1)
    marks = [
        _mark(one, across, bottom - _LANE * lane - _LANE / 2, clock) for one, lane in zip(drawn, lanes, strict=True)
    ]
    canvas = svg.Canvas("days", words.title, words.description, bottom + _FOOT)
    inside = [draw_times(clock, across, bottom, _TOP), *marks]
    if today in days[len(drawn) :]:
        place = across.at(_noon(today, clock).timestamp())
        inside += [svg.line((place, place), (2, bottom), "now"), svg.words(words.today, place, 10, "middle", "tick")]
    return svg.Drawing(canvas.draw(*inside), words.title, words.head, [[one.named, one.text] for one in events])


def _noon(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, time(12), clock.zone)


def _lanes(places: Sequence[float]) -> list[int]:
    """Give each mark the lowest lane where it touches no other, the highest at last."""
    taken: list[list[float]] = []
    found = []
    for place in places:
        free = next((n for n, lane in enumerate(taken) if all(abs(place - one) >= _APART for one in lane)), len(taken))
        free = min(free, _LANES - 1)
        if free == len(taken):
            taken.append([])
        taken[free].append(place)
        found.append(free)
    return found


def _mark(one: Event, across: Across, height: float, clock: Clock) -> Markup:
    place = across.at(_noon(one.day, clock).timestamp())
    told = svg.element("title", f"{one.named}: {one.text}")
    look = "mark mark-ahead" if one.ahead else "mark"
    number = clock.language.number(one.number)
    circle = svg.element("circle", told, cx=svg.percent(place), cy=height, r=10, class_=look)
    return circle + svg.words(number, place, height + 4, "middle", "number number-ahead" if one.ahead else "number")
