"""A map of the places a story is about: land and sea, a mark and a name each; no borders."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from octavo.serve.languages import Language
from octavo.serve.plots import svg
from octavo.serve.plots.land import Point, Window, coast
from octavo.serve.plots.scale import round_steps

WIDE, HIGH = 360.0, 240.0
"""The map's own units, near its size on a phone; the style keeps this shape."""

_MARGIN = 0.35
"""Share of the places' extent that is shown around them."""

_LEAST = 20.0
"""Degrees of latitude that are shown at least: less shows no coast one knows."""

_SOUTH, _NORTH = -58.0, 80.0
_FINE = 60.0
"""Degrees from west to east up to which coasts are drawn to a tenth of a unit."""

_LETTER = 7.2
"""Units a letter of a name takes, so that two names are not written over each other."""

_LINE = 15.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name, where it is, how many articles are about it, and whether a whole country is meant."""

    name: str
    latitude: float
    longitude: float
    articles: int
    country: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What the map is called and the heads of its table (place, articles), in the page's language."""

    title: str
    description: str
    head: Sequence[str]


def window_around(spots: Sequence[Spot]) -> Window:
    """Choose the part of the world that shows all of these, with room around, in the map's shape."""
    souths, wests = [one.latitude for one in spots], [one.longitude for one in spots]
    middle = ((min(souths) + max(souths)) / 2, (min(wests) + max(wests)) / 2)
    squeeze = max(0.35, math.cos(math.radians(middle[0])))
    high = max(
        _LEAST,
        (max(souths) - min(souths)) * (1 + 2 * _MARGIN),
        (max(wests) - min(wests)) * (1 + 2 * _MARGIN) * squeeze * HIGH / WIDE,
    )
    high = min(high, _NORTH - _SOUTH)
    wide = min(360.0, high * WIDE / HIGH / squeeze)
    south = min(max(middle[0] - high / 2, _SOUTH), _NORTH - high)
    west = min(max(middle[1] - wide / 2, -180.0), 180.0 - wide)
    return Window(west, south, west + wide, south + high)


def draw_map(spots: Sequence[Spot], words: Words, language: Language) -> svg.Drawing | None:
    """Draw places, the most told of first; None without any. The map itself is never mirrored."""
    if not spots:
        return None
    window = window_around(spots)
    inner = svg.element(
        "svg",
        _grid(window),
        svg.element("path", d=_path(window), class_="land"),
        viewBox=f"0 0 {svg.short(WIDE)} {svg.short(HIGH)}",
        preserveAspectRatio="none",
        width="100%",
        height="100%",
    )
    canvas = svg.Canvas("map", words.title, words.description)
    marks = [_mark(one, window) for one in spots]
    rows = [[one.name, language.number(one.articles)] for one in spots]
    return svg.Drawing(canvas.draw(inner, *marks, *_names(spots, window)), words.title, words.head, rows)


def place_of(latitude: float, longitude: float, window: Window) -> Point:
    """Give where a place is on the map, in its units from the top left: degrees are all alike (plate carrée)."""
    return (
        (longitude - window.west) / window.width * WIDE,
        (window.north - latitude) / window.height * HIGH,
    )


def _path(window: Window) -> str:
    grain = window.width / WIDE * 1.2
    digits = 0 if window.width > _FINE else 1
    drawn = []
    for ring in coast(window, grain):
        points = [place_of(latitude, longitude, window) for longitude, latitude in ring]
        listed = list(dict.fromkeys((round(x, digits), round(y, digits)) for x, y in points))
        if len(listed) > 2:
            steps = (f"{b[0] - a[0]:.{digits}f} {b[1] - a[1]:.{digits}f}" for a, b in pairwise(listed))
            drawn.append(f"M{listed[0][0]:g} {listed[0][1]:g}l{' '.join(steps)}z")
    return "".join(drawn)


def _grid(window: Window) -> Markup:
    """Draw meridians and parallels at round degrees."""
    lines = []
    for longitude in round_steps(window.west, window.east, 4):
        x, _ = place_of(0, longitude, window)
        lines.append(f"M{x:.1f} 0V{HIGH:g}")
    for latitude in round_steps(window.south, window.north, 3):
        _, y = place_of(latitude, 0, window)
        lines.append(f"M0 {y:.1f}H{WIDE:g}")
    return svg.element("path", d="".join(lines), class_="grid")


def _mark(spot: Spot, window: Window) -> Markup:
    x, y = place_of(spot.latitude, spot.longitude, window)
    told = svg.element("title", spot.name)
    look = "mark mark-country" if spot.country else "mark"
    radius = min(9.0, 4.5 + math.sqrt(spot.articles) * 0.7)
    return svg.element(
        "circle", told, cx=svg.percent(x / WIDE * 100), cy=svg.percent(y / HIGH * 100), r=round(radius, 1), class_=look
    )


def _names(spots: Sequence[Spot], window: Window) -> list[Markup]:
    """Write names beside their marks, where there is room; one that has none is in the table alone."""
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        x, y = place_of(spot.latitude, spot.longitude, window)
        taken.append((x - 6, y - 6, x + 6, y + 6))
    drawn = []
    for spot in spots:
        x, y = place_of(spot.latitude, spot.longitude, window)
        wide = _LETTER * len(spot.name)
        for begin, base in ((x + 11, y + 5), (x - 11 - wide, y + 5), (x - wide / 2, y - 13), (x - wide / 2, y + 23)):
            box = (begin, base - _LINE + 3, begin + wide, base + 3)
            if box[0] >= 2 and box[2] <= WIDE - 2 and box[1] >= 0 and box[3] <= HIGH and not _hits(box, taken):
                taken.append(box)
                centre = svg.percent((begin + wide / 2) / WIDE * 100)
                height = svg.percent(base / HIGH * 100)
                drawn.append(svg.element("text", spot.name, x=centre, y=height, text_anchor="middle", class_="spot"))
                break
    return drawn


def _hits(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    return any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken)
