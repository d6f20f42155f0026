"""The world's coastlines and countries' names, read once; coasts cut at a window's edges, as fine as can be seen."""

import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]

_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world in degrees, west < east and south < north; it does not go over the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code (ISO 3166-1), where its name stands best on a map, and how large it is there.

    `size` is in square degrees, as large as those at the equator.
    """

    code: str
    latitude: float
    longitude: float
    size: float


@cache
def countries() -> Sequence[Country]:
    """Read data/maps/countries.tsv."""
    told = files("octavo").joinpath("data/maps/countries.tsv").read_text("utf-8").splitlines()
    return [Country(code, float(y), float(x), float(size)) for code, y, x, size in (one.split("\t") for one in told)]


@cache
def _coast() -> Sequence[tuple[tuple[int, int, int, int], "array[int]"]]:
    """Read data/maps/land.bin: each ring with its box (west, south, east, north), in hundredths of a degree."""
    raw = zlib.decompress(files("octavo").joinpath("data/maps/land.bin").read_bytes())
    numbers = memoryview(raw).cast("h")
    found = []
    place = 0
    while place < len(numbers):
        count, place = numbers[place], place + 1
        ring, x, y = array("h"), 0, 0
        for index in range(place, place + 2 * count, 2):
            x, y = x + numbers[index], y + numbers[index + 1]
            ring.extend((_wrapped(x), _wrapped(y)))
        place += 2 * count
        across, up = ring[::2], ring[1::2]
        found.append(((min(across), min(up), max(across), max(up)), ring))
    return found


def _wrapped(number: int) -> int:
    return (number + 32_768) % 65_536 - 32_768


def coast(window: Window, grain: float) -> Iterator[list[Point]]:
    """Give the outlines of land within a window, in degrees; points nearer than `grain` degrees are left out.

    Land too small to be seen at this grain is left out too.
    """
    for (west, south, east, north), ring in _coast():
        if east < window.west * _HUNDREDTHS or west > window.east * _HUNDREDTHS:
            continue
        if north < window.south * _HUNDREDTHS or south > window.north * _HUNDREDTHS:
            continue
        if max(east - west, north - south) < 2 * grain * _HUNDREDTHS:
            continue
        cut = _cut(_thin(ring, grain), window)
        if len(cut) > 2:
            yield cut


def _thin(ring: Sequence[int], grain: float) -> list[Point]:
    kept: list[Point] = []
    for x, y in zip(ring[::2], ring[1::2], strict=True):
        point = (x / _HUNDREDTHS, y / _HUNDREDTHS)
        if not kept or abs(point[0] - kept[-1][0]) >= grain or abs(point[1] - kept[-1][1]) >= grain:
            kept.append(point)
    return kept


def _cut(ring: list[Point], window: Window) -> list[Point]:
    """Cut a ring at the window's four edges, one after the other (Sutherland and Hodgman, 1974)."""
    for axis, edge, sign in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        kept: list[Point] = []
        for number, point in enumerate(ring):
            before = ring[number - 1]
            inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                kept.append(_crossing(before, point, axis, edge))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def _crossing(one: Point, other: Point, axis: int, edge: float) -> Point:
    share = (edge - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (edge, along) if axis == 0 else (along, edge)
