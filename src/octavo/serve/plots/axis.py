"""Times along a picture: round hours, days or months of the reader's zone, in the reader's language and digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from octavo.serve.languages import Language
from octavo.serve.plots import svg
from octavo.serve.plots.scale import Across

MOST = 4
"""Times that are named along a picture: their words have to stand side by side on a phone."""

_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 3, 7, 14, 28)
_ROOM = 6.0
"""Percent of the width from its ends within which the words of a time begin or end there."""

_APART = 16.0
"""Percent of the width that the words of two times need between them."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How the reader tells the time."""

    language: Language
    zone: ZoneInfo
    now: datetime

    @property
    def mirrored(self) -> bool:
        """Whether pages are read from the right."""
        return self.language.direction == "rtl"

    def name(self, moment: datetime, first: datetime, last: datetime) -> str:
        """Name a time among others: the hour where all is within a day and a half, else the day, else the month."""
        if last - first <= timedelta(hours=36):
            return self.language.clock(moment, self.zone)
        return self.language.short_day(moment.astimezone(self.zone), self.now)

    def full(self, moment: datetime) -> str:
        """Write a time in full."""
        return self.language.moment(moment, self.zone)


def round_times(first: datetime, last: datetime, zone: ZoneInfo, most: int = MOST) -> list[datetime]:
    """Give round times between two, at most `most`: hours within a day and a half, days within months, then months."""
    span = last - first
    midnight = first.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if span <= timedelta(hours=36):
        hours = next((step for step in _HOURS if span / timedelta(hours=step) < most), _HOURS[-1])
        listed = [midnight + timedelta(hours=hours * number) for number in range(1 + 60 // hours)]
    elif span <= timedelta(days=_DAYS[-1] * most):
        days = next((step for step in _DAYS if span / timedelta(days=step) < most), _DAYS[-1])
        listed = [midnight + timedelta(days=days * number) for number in range(1, span.days // days + 2)]
    else:
        listed = _months(midnight, last, most)
    return [moment for moment in listed if first <= moment <= last][:most]


def _months(midnight: datetime, last: datetime, most: int) -> list[datetime]:
    held = (last.year - midnight.year) * 12 + last.month - midnight.month
    step = max(1, -(-held // most))
    numbers = range(midnight.month - 1 + step, midnight.month + held, step)
    return [midnight.replace(year=midnight.year + number // 12, month=number % 12 + 1, day=1) for number in numbers]


def across_times(times: Sequence[datetime], mirrored: bool, begin: float, end: float) -> Across:
    """Make the scale of these times."""
    return Across(min(times).timestamp(), max(times).timestamp(), begin, end, mirrored)


def draw_times(clock: Clock, across: Across, bottom: float, top: float) -> Markup:
    """Draw the axis: a line at `bottom`, a thin one up to `top` at each round time, the time's name below it."""
    zone = clock.zone
    first, last = datetime.fromtimestamp(across.first, zone), datetime.fromtimestamp(across.last, zone)
    drawn = [svg.line((across.turned(across.begin), across.turned(across.end)), (bottom, bottom), "axis")]
    edge: float | None = None
    for moment in round_times(first, last, zone) or [first]:
        place = across.at(moment.timestamp())
        drawn.append(svg.line((place, place), (top, bottom + 4), "grid"))
        if edge is None or abs(place - edge) >= _APART:
            drawn.append(svg.words(clock.name(moment, first, last), place, bottom + 18, _anchor(across, place), "tick"))
            edge = place
    return Markup("").join(drawn)


def _anchor(across: Across, place: float) -> str:
    """Keep the words of a time within the picture."""
    told = 100 - place if across.mirrored else place
    if told > 100 - _ROOM:
        return "end"
    return "start" if told < _ROOM else "middle"
