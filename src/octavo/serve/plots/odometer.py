"""A figure's odometer: how a toll grew, by whom each number was given, and who counts otherwise."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from octavo.serve.plots import svg
from octavo.serve.plots.axis import Clock, across_times, draw_times
from octavo.serve.plots.scale import Across, Up

_HEIGHT = 168
_TOP, _BOTTOM = 22, 132
_BEGIN, _END = 3.0, 93.0
_PART = 0.5
"""Share of the number that stands from which a smaller one, of one outlet alone, counts a part of it."""

_LEAST = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as one outlet gave it at one time."""

    at: datetime
    value: float
    outlet: str


@dataclass(frozen=True, slots=True)
class Step:
    """A number from the time it stood: what most outlets gave last, and who gave it in the meantime."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Words:
    """The picture's key in the page, its name and the heads of its table (when, number, outlet)."""

    key: str
    title: str
    description: str
    head: Sequence[str]


def whole(readings: Sequence[Reading]) -> list[Reading]:
    """Leave out numbers that count a part: below half of what stood, and given by one outlet alone.

    A toll does not fall by half; "two of them in Ilva" does not mean that two were killed.
    """
    givers = Counter(value for value, _ in {(one.value, one.outlet) for one in readings})
    kept: list[Reading] = []
    stood = 0.0
    for one in sorted(readings, key=_in_time):
        if one.value >= stood * _PART or givers[one.value] > 1:
            kept.append(one)
            stood = max(stood, one.value if givers[one.value] > 1 else 0.0)
    return kept


def steps(readings: Sequence[Reading], growing: bool) -> list[Step]:
    """Give the numbers that stood one after the other.

    A growing toll goes up to a number that most of the outlets that tell it from then on give, or exceed: one that
    others go on contradicting is another count. Any other number is what was told last.
    """
    ordered = sorted(readings, key=_in_time)
    found: list[Step] = []
    for number, one in enumerate(ordered):
        standing = found[-1].value if found else None
        if one.value != standing and (not growing or (_rises(one, standing) and _is_borne_out(one, ordered[number:]))):
            found.append(Step(one.at, one.value))
    return found


def _in_time(one: Reading) -> tuple[datetime, float, str]:
    return (one.at, one.value, one.outlet)


def _rises(one: Reading, standing: float | None) -> bool:
    return standing is None or one.value > standing


def _is_borne_out(one: Reading, later: Sequence[Reading]) -> bool:
    below = {other.outlet for other in later if other.value < one.value}
    return len({other.outlet for other in later if other.value >= one.value}) > len(below)


def draw_odometer(readings: Sequence[Reading], growing: bool, words: Words, clock: Clock) -> svg.Drawing | None:
    """Draw how a number changed; None where it did not, or was told too seldom to see it.

    A filled point is on the line, a hollow one another count. Raises nothing on empty `readings`.
    """
    kept = whole(readings) if growing else sorted(readings, key=_in_time)
    line = steps(kept, growing)
    if len(line) < 2 or len(kept) < _LEAST or kept[0].at == kept[-1].at:
        return None
    across = across_times([one.at for one in kept], clock.mirrored, _BEGIN, _END)
    up = Up(0.0, max(one.value for one in kept), _BOTTOM, _TOP)
    canvas = svg.Canvas(f"odometer-{words.key}", words.title, words.description, _HEIGHT)
    drawn = canvas.draw(
        draw_times(clock, across, _BOTTOM, _TOP),
        _line(line, across, up),
        *(_point(one, across, up, _stands(one, line), clock) for one in kept),
        *(_number(step, before, across, up, clock) for before, step in zip([line[0], *line], line, strict=False)),
    )
    rows = [[clock.full(one.at), clock.language.number(one.value), one.outlet] for one in kept]
    return svg.Drawing(drawn, words.title, words.head, rows)


def _stands(one: Reading, line: Sequence[Step]) -> bool:
    return next((step.value for step in reversed(line) if step.at <= one.at), None) == one.value


def _line(found: Sequence[Step], across: Across, up: Up) -> Markup:
    """Draw the steps: along, then up, as far as the last reading."""
    drawn = []
    ends = [*(step.at.timestamp() for step in found[1:]), across.last]
    for number, (step, end) in enumerate(zip(found, ends, strict=True)):
        here, height = across.at(step.at.timestamp()), up.at(step.value)
        if number:
            drawn.append(svg.line((here, here), (up.at(found[number - 1].value), height), "step"))
        drawn.append(svg.line((here, across.at(end)), (height, height), "step"))
    return Markup("").join(drawn)


def _point(one: Reading, across: Across, up: Up, stands: bool, clock: Clock) -> Markup:
    told = svg.element("title", f"{clock.language.number(one.value)}, {one.outlet}, {clock.full(one.at)}")
    look = "mark" if stands else "mark mark-other"
    place = svg.percent(across.at(one.at.timestamp()))
    return svg.element("circle", told, cx=place, cy=up.at(one.value), r=4.5, class_=look)


def _number(step: Step, before: Step, across: Across, up: Up, clock: Clock) -> Markup:
    """Write a number beside its step: above the line, or below where the line came down to it."""
    place, height = across.at(step.at.timestamp()), up.at(step.value)
    beside = height + 19 if step.value < before.value else height - 9
    return svg.words(clock.language.number(step.value), place, beside, "start", "value")
