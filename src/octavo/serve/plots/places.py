"""A map of places: land and sea, a mark and a name each, and the countries around by their names; no borders."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from octavo.serve.languages import Language
from octavo.serve.plots import svg
from octavo.serve.plots.land import Country, Point, Window, coast, countries
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

_BROAD, _MIDDLING = 13.0, 9.6
"""Units one of Chinese, Japanese or Korean takes, and one of Arabic, Hebrew or an Indian script."""

_LINE = 15.0

_SMALL = 0.86
"""How large the name of a country around is written, against that of a place."""

_WINDOWS = 128
"""Parts of the world whose coasts are kept drawn: a few kilobytes each."""

_COUNTRIES = 6
"""Countries around that are named at most."""

_WORTH = 0.004
"""Share of the map's degrees from which a country is named that no place lies in."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name, where it is, how many articles are about it, and whether a whole country is meant.

    `land` is the code of the country it is, or lies in; "" for none.
    """

    name: str
    latitude: float
    longitude: float
    articles: int
    country: bool
    land: str = ""


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
    room = _Room([place_of(one.latitude, one.longitude, window) for one in spots])
    names = [written for one in spots if (written := _name(one, window, room))]
    around = _around(spots, window, room, language)
    return svg.Drawing(canvas.draw(inner, *around, *marks, *names), words.title, words.head, rows)


def place_of(latitude: float, longitude: float, window: Window) -> Point:
    """Give where a place is on the map, in its units from the top left: degrees are all alike (plate carrée)."""
    return (
        (longitude - window.west) / window.width * WIDE,
        (window.north - latitude) / window.height * HIGH,
    )


@lru_cache(maxsize=_WINDOWS)
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


class _Room:
    """What of the map is taken already: marks, and the names that were written."""

    def __init__(self, marks: Sequence[Point]) -> None:
        self._taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in marks]

    def write(self, name: str, at: Sequence[Point], look: str, size: float = 1.0) -> Markup | None:
        """Write a name so that its line begins at one of these points; None where none of them has room."""
        wide = _width(name) * size
        for begin, base in at:
            box = (begin, base - _LINE * size + 3, begin + wide, base + 3)
            inside = box[0] >= 2 and box[2] <= WIDE - 2 and box[1] >= 0 and box[3] <= HIGH
            if inside and not any(_hit(box, one) for one in self._taken):
                self._taken.append(box)
                centre = svg.percent((begin + wide / 2) / WIDE * 100)
                return svg.element(
                    "text", name, x=centre, y=svg.percent(base / HIGH * 100), text_anchor="middle", class_=look
                )
        return None


def _name(spot: Spot, window: Window, room: _Room) -> Markup | None:
    """Write a name beside its mark, where there is room; one that has none is in the table alone."""
    x, y = place_of(spot.latitude, spot.longitude, window)
    wide = _width(spot.name)
    beside = [(x + 11, y + 5), (x - 11 - wide, y + 5), (x - wide / 2, y - 13), (x - wide / 2, y + 23)]
    return room.write(spot.name, beside, "spot")


def _around(spots: Sequence[Spot], window: Window, room: _Room, language: Language) -> list[Markup]:
    """Name countries, so that one sees where in the world this is: those of the places first, then the largest."""
    marked, held = {one.land for one in spots if one.country}, {one.land for one in spots}
    least = window.width * window.height * math.cos(math.radians(window.south + window.height / 2)) * _WORTH
    seen = [one for one in countries() if _in(one, window) and one.code not in marked]
    worth = [one for one in seen if one.code in held or one.size >= least]
    drawn: list[Markup] = []
    for one in sorted(worth, key=lambda one: (one.code not in held, -one.size)):
        x, y = place_of(one.latitude, one.longitude, window)
        name = language.country_name(one.code)
        wide = _width(name) * _SMALL
        begin = min(max(x - wide / 2, 2.0), WIDE - 2 - wide)
        written = room.write(name, [(begin, y + 4), (begin, y - 9), (begin, y + 17)], "around", _SMALL)
        drawn += [written] if written else []
        if len(drawn) == _COUNTRIES:
            break
    return drawn


def _in(one: Country, window: Window) -> bool:
    return window.west < one.longitude < window.east and window.south < one.latitude < window.north


def _width(name: str) -> float:
    return sum(_BROAD if svg.is_broad(char) else _MIDDLING if "\u0590" <= char < "\u1100" else _LETTER for char in name)


def _hit(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
