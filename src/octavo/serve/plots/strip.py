"""Coverage over time by outlet: one row an outlet, one mark an article, in the order the outlets came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from octavo.serve.plots import svg
from octavo.serve.plots.axis import Clock, across_times, draw_times
from octavo.serve.plots.scale import Across

ROWS = 16
"""Outlets that are drawn; more would be a wall of dots. The table has all of them."""

_ROW = 24
_TOP = 6
_FOOT = 28
_LABEL = 18
"""Letters of an outlet's name that fit before its row."""

_BEGIN, _END = 41.0, 97.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One article: when it came, what is it called, and how it came about: own, agency or copy."""

    at: datetime
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet's articles, the oldest first."""

    name: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture is called, and the heads of its table, in the page's language."""

    title: str
    description: str
    head: Sequence[str]
    kinds: dict[str, str]


def draw_strip(rows: Sequence[Row], words: Words, clock: Clock) -> svg.Drawing | None:
    """Draw outlets over time; None where all came at one moment or from one outlet."""
    times = [mark.at for row in rows for mark in row.marks]
    if len(rows) < 2 or min(times) == max(times):
        return None
    ordered = sorted(rows, key=lambda row: (row.marks[0].at, row.name))
    shown = ordered[:ROWS]
    across = across_times(times, clock.mirrored, _BEGIN, _END)
    bottom = _TOP + _ROW * len(shown)
    canvas = svg.Canvas("strip", words.title, words.description, bottom + _FOOT)
    drawn = [_row(row, number, across, words, clock) for number, row in enumerate(shown)]
    return svg.Drawing(
        canvas.draw(draw_times(clock, across, bottom, _TOP), *drawn),
        words.title,
        words.head,
        [_told(row, words, clock) for row in ordered],
    )


def _row(row: Row, number: int, across: Across, words: Words, clock: Clock) -> Markup:
    middle = _TOP + _ROW * number + _ROW / 2
    edges = (across.turned(across.begin), across.turned(across.end))
    label = svg.words(svg.clipped(row.name, _LABEL), across.turned(0.0), middle + 4, "start", "name")
    rail = svg.line(edges, (middle, middle), "rail")
    marks = [_mark(mark, across.at(mark.at.timestamp()), middle, words, clock) for mark in row.marks]
    return svg.element("g", label, rail, *marks, class_="row")


def _mark(mark: Mark, place: float, middle: float, words: Words, clock: Clock) -> Markup:
    told = svg.element("title", f"{words.kinds[mark.kind]}, {clock.full(mark.at)}: {mark.title}")
    look = f"mark mark-{mark.kind}"
    if mark.kind != "agency":
        return svg.element("circle", told, cx=svg.percent(place), cy=middle, r=5, class_=look)
    # A square stands on a point that is told in percent: an inner picture carries it there.
    square = svg.element("rect", told, x=-4.5, y=-4.5, width=9, height=9, class_=look)
    return svg.element("svg", square, x=svg.percent(place), y=middle, overflow="visible")


def _told(row: Row, words: Words, clock: Clock) -> list[str]:
    listed = "; ".join(f"{clock.full(mark.at)} ({words.kinds[mark.kind]})" for mark in row.marks)
    return [row.name, listed]
