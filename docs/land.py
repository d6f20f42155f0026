"""Make the coastlines of the maps: python docs/land.py land-50m.json, of the npm package world-atlas.

Reads the TopoJSON of Natural Earth's land, leaves out what no map here can show, and writes data/maps/land.bin.
"""

import argparse
import json
import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src" / "octavo" / "data" / "maps" / "land.bin"
TOLERANCE = 0.06
"""Degrees a line may lie off the true coast."""

LEAST = 0.03
"""Square degrees of the smallest island."""

SOUTH = -60.0
"""Latitude that an island has to reach: Antarctica is left out."""

Point = tuple[float, float]


def rings(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """Give the outlines of the land, lakes too, in degrees; the arcs are quantised differences (TopoJSON 1.0)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    for shape in atlas["objects"]["land"]["geometries"]:
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


def main() -> None:
    """Read, simplify, write; say how much it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    atlas = json.loads(parser.parse_args().atlas.read_text("utf-8"))
    kept = [ring for ring in rings(atlas) if area(ring) >= LEAST and max(y for _, y in ring) > SOUTH]
    found = sorted((simple(ring) for ring in kept), key=area, reverse=True)
    OUT.write_bytes(packed(found))
    print(f"{len(found)} rings, {sum(map(len, found))} points, {OUT.stat().st_size} bytes")  # noqa: T201 (a script)


if __name__ == "__main__":
    main()
