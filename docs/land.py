"""Make the coastlines of the maps: python docs/land.py land-50m.json countries-50m.json, of npm's world-atlas.

Reads the TopoJSON of Natural Earth's land, leaves out what no map here can show, and writes data/maps/land.bin; of its
countries it keeps where a name stands best, and how large they are, in data/maps/countries.tsv.
"""

import argparse
import json
import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

MAPS = Path(__file__).parents[1] / "src" / "octavo" / "data" / "maps"
OUT, NAMED = MAPS / "land.bin", MAPS / "countries.tsv"
TOLERANCE = 0.06
"""Degrees a line may lie off the true coast."""

LEAST = 0.03
"""Square degrees of the smallest island."""

SOUTH = -60.0
"""Latitude that an island has to reach: Antarctica is left out."""

STEPS = 40
"""Rows and columns of points that are tried for where a country's name stands."""

FLAT = 2.0
"""How much wider than high the room for a name has to be."""

Point = tuple[float, float]


def arcs_of(atlas: dict[str, Any]) -> list[list[Point]]:
    """Give the lines that outlines are put together from, in degrees; they are quantised differences (TopoJSON 1.0)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def rings(shape: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """Give the outlines of a shape, lakes too."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for numbers in (ring for polygon in polygons for ring in polygon):
        lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        yield [lines[0][0], *(point for line in lines for point in line[1:])]


def area(ring: Sequence[Point]) -> float:
    """Give the area of a ring, in square degrees."""
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def simple(line: Sequence[Point]) -> list[Point]:
    """Leave out points that lie on the line of others (Douglas and Peucker, 1973)."""
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, most = 0, TOLERANCE
        for number in range(first + 1, last):
            distance = _off(line[number], line[first], line[last])
            if distance > most:
                far, most = number, distance
        if far:
            keep[far] = True
            spans += [(first, far), (far, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _off(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else ((point[0] - first[0]) * dx + (point[1] - first[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - first[0] - along * dx, point[1] - first[1] - along * dy)


def packed(found: Sequence[Sequence[Point]]) -> bytes:
    """Write rings as README.md says."""
    numbers: list[int] = []
    for ring in found:
        numbers.append(len(ring))
        before = (0, 0)
        for longitude, latitude in ring:
            point = (round(longitude * 100), round(latitude * 100))
            numbers += [_short(point[0] - before[0]), _short(point[1] - before[1])]
            before = point
    return zlib.compress(struct.pack(f"<{len(numbers)}h", *numbers), 9)


def _short(number: int) -> int:
    """Wrap a difference into 16 bits: none of a coast's needs more."""
    return (number + 32_768) % 65_536 - 32_768


def roomy(ring: Sequence[Point]) -> Point:
    """Find the point in an outline with most room around it for a line of letters."""
    wests, souths = [x for x, _ in ring], [y for _, y in ring]
    west, east, south, north = min(wests), max(wests), min(souths), max(souths)
    squeezed = [(x / FLAT, y) for x, y in ring]
    across = [west + (east - west) * step / STEPS for step in range(1, STEPS)]
    up = [south + (north - south) * step / STEPS for step in range(1, STEPS)]
    tried = [(x, y) for y in up for x in across if inside((x, y), ring)]

    def room(point: Point) -> float:
        return min(_off((point[0] / FLAT, point[1]), a, b) for a, b in pairwise(squeezed))

    return max(tried, key=room, default=((west + east) / 2, (south + north) / 2))


def whole(ring: list[Point]) -> list[Point]:
    """Let an outline that goes over the 180th meridian go on east of it."""
    wide = max(x for x, _ in ring) - min(x for x, _ in ring) > 180
    return [(x + 360 * (x < 0), y) for x, y in ring] if wide else ring


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Tell whether a point is in an outline: a ray from it crosses an odd number of sides."""
    x, y = point
    crossed = 0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        crossed += (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


def countries(atlas: dict[str, Any]) -> list[str]:
    """Say of countries that have a code (ISO 3166-1) where their names stand, and their square degrees."""
    arcs, codes = arcs_of(atlas), get_global("territory_aliases")
    found = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = next(iter(codes.get(shape.get("id", ""), [])), "")
        if not code or not shape.get("arcs"):
            continue
        largest = max(map(whole, rings(shape, arcs)), key=area)
        x, y = roomy(largest)
        x -= 360 * (x > 180)
        size = area(largest) * math.cos(math.radians(y))
        found.append(f"{code}\t{y:.2f}\t{x:.2f}\t{size:.1f}")
    return sorted(found)


def main() -> None:
    """Read, simplify, write; say how much it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("land", type=Path)
    parser.add_argument("countries", type=Path)
    given = parser.parse_args()
    atlas = json.loads(given.land.read_text("utf-8"))
    every = (ring for shape in atlas["objects"]["land"]["geometries"] for ring in rings(shape, arcs_of(atlas)))
    kept = [ring for ring in every if area(ring) >= LEAST and max(y for _, y in ring) > SOUTH]
    found = sorted((simple(ring) for ring in kept), key=area, reverse=True)
    OUT.write_bytes(packed(found))
    print(f"{len(found)} rings, {sum(map(len, found))} points, {OUT.stat().st_size} bytes")  # noqa: T201 (a script)
    listed = countries(json.loads(given.countries.read_text("utf-8")))
    NAMED.write_text("\n".join(listed) + "\n", "utf-8")
    print(f"{len(listed)} countries")  # noqa: T201 (a script)


if __name__ == "__main__":
    main()
