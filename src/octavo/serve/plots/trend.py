"""A count a day as bars: a hashtag's trend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from octavo.serve.languages import Language
from octavo.serve.plots import svg
from octavo.serve.plots.scale import Across, Up

_TOP, _BOTTOM, _HEIGHT = 18, 92, 116
_WIDE = 0.62
"""Share of a day's room that its bar takes."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture is called and the heads of its table (day, articles), in the page's language."""

    title: str
    description: str
    head: Sequence[str]


def draw_trend(days: Sequence[tuple[date, int]], words: Words, language: Language) -> svg.Drawing | None:
    """Draw counts of days that follow one another, the last one today; None where all are 0."""
    most = max((count for _, count in days), default=0)
    if not most:
        return None
    mirrored = language.direction == "rtl"
    across = Across(0.0, float(len(days)), 0.0, 100.0, mirrored)
    up = Up(0.0, float(most), _BOTTOM, _TOP)
    peak = max(range(len(days)), key=lambda number: days[number][1])
    drawn = [_bar(number, day, count, across, up, language) for number, (day, count) in enumerate(days)]
    middle = across.at(peak + 0.5)
    canvas = svg.Canvas("trend", words.title, words.description, _HEIGHT)
    told = canvas.draw(
        *drawn,
        svg.line((0.0, 100.0), (_BOTTOM, _BOTTOM), "axis"),
        svg.words(language.number(most), middle, up.at(most) - 6, "middle", "value"),
        svg.words(_short(days[0][0], language), across.turned(0.0), _BOTTOM + 18, "start", "tick"),
        svg.words(_short(days[-1][0], language), across.turned(100.0), _BOTTOM + 18, "end", "tick"),
    )
    return svg.Drawing(
        told, words.title, words.head, [[language.day(day), language.number(count)] for day, count in days]
    )


def _bar(number: int, day: date, count: int, across: Across, up: Up, language: Language) -> Markup:
    ends = (across.at(number + (1 - _WIDE) / 2), across.at(number + (1 + _WIDE) / 2))
    top = min(up.at(count), up.at(0) - 1.0)
    told = svg.element("title", f"{language.day(day)}: {language.number(count)}")
    wide = svg.percent(abs(ends[1] - ends[0]))
    return svg.element(
        "rect", told, x=svg.percent(min(ends)), y=top, width=wide, height=round(up.at(0) - top, 1), class_="bar"
    )


def _short(day: date, language: Language) -> str:
    return language.calendar_day(day)
