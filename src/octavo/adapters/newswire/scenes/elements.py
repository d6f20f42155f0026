"""What many scenes share: sky, sun, clouds, hills, water, houses, trees, people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend


def sky(c: Canvas, horizon: float) -> None:
    """The sky down to `horizon`, with stars at night."""
    c.gradient(0, horizon + 2, c.light.sky)
    if c.light.night:
        stars(c, 170, horizon * 0.8)


def stars(c: Canvas, count: int, bottom: float) -> None:
    """Small stars above `bottom`, a few of them bright."""
    for _ in range(count):
        x, y = c.chance.uniform(0, WIDTH), c.chance.uniform(0, bottom) ** 1.02
        c.disc((x, y), c.chance.choice((0.6, 0.7, 0.9, 1.5)), WHITE, c.chance.uniform(0.35, 0.95))


def sun(c: Canvas, at: Point, radius: float) -> None:
    """The sun or moon, in a halo."""
    if c.light.night:
        c.glow(at, radius * 5, c.light.sky[-1], 0.55)
        c.disc(at, radius * 0.72, c.light.disc)
        c.disc((at[0] - radius * 0.2, at[1] - radius * 0.1), radius * 0.16, c.light.sky[-1], 0.35)
        c.disc((at[0] + radius * 0.25, at[1] + radius * 0.22), radius * 0.1, c.light.sky[-1], 0.3)
        return
    c.glow(at, radius * 9, c.light.disc, 0.5)
    c.glow(at, radius * 4, c.light.disc, 0.55)
    c.disc(at, radius, c.light.disc)


def clouds(c: Canvas, band: tuple[float, float], count: int, alpha: float = 0.35) -> None:
    """Long flat clouds, each a few rounded bars, between two heights."""
    for _ in range(count):
        x, y = c.chance.uniform(-80, WIDTH), c.chance.uniform(*band)
        length, depth = c.chance.uniform(160, 420), c.chance.uniform(7, 13)
        bars = []
        for row in range(c.chance.randint(2, 4)):
            start = x + c.chance.uniform(-0.25, 0.35) * length
            end = start + length * c.chance.uniform(0.45, 1) * (1 - row * 0.12)
            top = y - row * depth * 0.9
            bars.append((start, top, end, top + depth))
        c.bars(bars, blend(c.light.sky[-1], WHITE, 0.55), alpha)


def ridge(c: Canvas, base: float, height: float, colour: Colour, steep: float = 1.0) -> None:
    """Rolling hills: their mean height is `base`, and everything below them is filled."""
    phases = [(c.chance.uniform(0, 6.3), c.chance.uniform(0.7, 1.3)) for _ in range(4)]
    points: list[Point] = []
    for step in range(161):
        x = step * WIDTH / 160
        wave = sum(
            math.sin(x / WIDTH * 2.6 * steep * (order + 1) ** 1.25 * speed + phase) / (order + 1)
            for order, (phase, speed) in enumerate(phases)
        )
        points.append((x, base - wave * height * 0.5))
    c.shape([*points, (WIDTH, HEIGHT), (0, HEIGHT)], colour)


def peaks(c: Canvas, base: float, height: float, colour: Colour, snow: Colour | None = None) -> None:
    """Jagged mountains standing on `base`, with snow on their lit sides if `snow` is given."""
    x = c.chance.uniform(-160, -60)
    while x < WIDTH + 60:
        half, tall = height * c.chance.uniform(0.55, 0.95), height * c.chance.uniform(0.55, 1.0)
        _peak(c, (x + half, base - tall), half, base, (colour, snow))
        x += half * c.chance.uniform(0.75, 1.25)


def _peak(c: Canvas, top: Point, half: float, base: float, colours: tuple[Colour, Colour | None]) -> None:
    colour, snow = colours
    tall = base - top[1]
    left = _crag(c, top, (top[0] - half * 1.15, base), 0.05 * tall)
    right = _crag(c, top, (top[0] + half * 1.15, base), 0.05 * tall)
    fold = _crag(c, top, (top[0] + half * 0.18, base), 0.1 * tall)
    c.shape([*left, *reversed(right)], colour)
    c.shape([*right, *reversed(fold)], blend(colour, (10, 14, 40), 0.16))
    if snow is None:
        return
    cut = max(2, int(len(left) * c.chance.uniform(0.3, 0.45)))
    hem = [
        (left[cut][0] + (fold[cut][0] - left[cut][0]) * share, left[cut][1] + drop * tall * 0.09)
        for share, drop in ((0.22, 0.9), (0.4, -0.3), (0.6, 1.1), (0.8, 0.1))
    ]
    c.shape([*left[: cut + 1], *hem, *reversed(fold[: cut + 1])], snow)
    c.shape([*right[:cut], *reversed(fold[:cut])], blend(snow, colour, 0.45))


def _crag(c: Canvas, top: Point, foot: Point, jolt: float) -> list[Point]:
    steps = 14
    points = [top]
    for step in range(1, steps):
        share = step / steps
        x = top[0] + (foot[0] - top[0]) * share + c.chance.uniform(-jolt, jolt)
        points.append((x, top[1] + (foot[1] - top[1]) * share))
    return [*points, foot]


def water(c: Canvas, top: float, glint: float | None, bottom: float = HEIGHT) -> None:
    """Water from `top` down, with the light's track below x = `glint`."""
    c.gradient(top, bottom, c.light.water)
    ripples(c, (top + 4, bottom), blend(c.light.water[0], WHITE, 0.35), 110)
    if glint is None:
        return
    depth = bottom - top
    for _ in range(190):
        share = c.chance.random() ** 1.4
        half = 12 + 95 * share
        x = glint + c.chance.gauss(0, 0.45) * half
        length = c.chance.uniform(6, 16 + 44 * share)
        y = top + 3 + share * depth
        c.box((x - length, y, x + length, y + 1 + 2.4 * share), c.light.disc, 0.5 - 0.3 * share, 1)


def ripples(c: Canvas, band: tuple[float, float], colour: Colour, count: int) -> None:
    """Thin level strokes, longer and wider apart towards the viewer."""
    top, bottom = band
    for _ in range(count):
        share = c.chance.random() ** 1.3
        x, y = c.chance.uniform(-40, WIDTH), top + share * (bottom - top)
        c.box((x, y, x + 20 + 110 * share, y + 0.8 + 1.6 * share), colour, 0.2, 1)


def reflect(c: Canvas, box: tuple[float, float, float, float], colour: Colour, alpha: float = 0.4) -> None:
    """A broken reflection in water, as wide as `box` and fading with depth."""
    left, top, right, bottom = box
    y = top
    while y < bottom:
        share = (y - top) / max(1, bottom - top)
        sway = c.chance.uniform(-5, 5) * (0.4 + share)
        c.box((left + sway, y, right + sway, y + 3), colour, alpha * (1 - share * 0.9), 1)
        y += 4.2 + 3 * share


def gulls(c: Canvas, count: int, area: tuple[float, float, float, float]) -> None:
    """Birds far off, as two strokes each."""
    for _ in range(count):
        x, y = c.chance.uniform(area[0], area[2]), c.chance.uniform(area[1], area[3])
        span = c.chance.uniform(6, 13)
        wing = c.chance.uniform(0.25, 0.5) * span
        c.line([(x - span, y - wing), (x - span * 0.4, y - wing * 1.1), (x, y)], c.light.near, 1.7, 0.8)
        c.line([(x, y), (x + span * 0.4, y - wing * 1.1), (x + span, y - wing)], c.light.near, 1.7, 0.8)


def figure(c: Canvas, feet: Point, tall: float, colour: Colour, stride: float = 0.12) -> None:
    """A standing or walking person in silhouette."""
    x, y = feet
    hip, shoulder = y - tall * 0.47, y - tall * 0.8
    for side in (-1, 1):
        c.line([(x, hip), (x + side * tall * stride, y)], colour, tall * 0.085)
    c.shape(
        [
            (x - tall * 0.125, shoulder),
            (x + tall * 0.125, shoulder),
            (x + tall * 0.095, hip + tall * 0.05),
            (x - tall * 0.095, hip + tall * 0.05),
        ],
        colour,
    )
    c.oval((x, shoulder), (tall * 0.125, tall * 0.045), colour)
    for side in (-1, 1):
        elbow = (x + side * tall * 0.15, shoulder + tall * 0.19)
        c.line([(x + side * tall * 0.1, shoulder + 1), elbow, (x + side * tall * 0.1, hip)], colour, tall * 0.05)
    c.oval((x, y - tall * 0.915), (tall * 0.066, tall * 0.085), colour)


@dataclass(frozen=True, slots=True)
class Facade:
    """A wall with windows: where it stands, how many floors and windows, and how many are lit."""

    corners: tuple[float, float, float, float]
    wall: Colour
    pane: Colour
    lit: Colour
    grid: tuple[int, int]
    share_lit: float = 0.4


def facade(c: Canvas, wall: Facade) -> None:
    """Draw a wall and its windows."""
    left, top, right, bottom = wall.corners
    across, down = wall.grid
    c.box(wall.corners, wall.wall)
    wide, tall = (right - left) / across, (bottom - top) / down
    for row in range(down):
        for column in range(across):
            x, y = left + (column + 0.5) * wide, top + (row + 0.52) * tall
            pane = wall.lit if c.chance.random() < wall.share_lit else wall.pane
            c.box((x - wide * 0.24, y - tall * 0.28, x + wide * 0.24, y + tall * 0.28), pane)


def house(c: Canvas, corners: tuple[float, float, float, float], wall: Colour, roof: Colour) -> None:
    """A gabled house seen from its end, with four windows."""
    left, top, right, bottom = corners
    middle, wide = (left + right) / 2, right - left
    c.box(corners, wall)
    c.shape([(middle, top), (right, top), (right, bottom), (middle, bottom)], blend(wall, roof, 0.18))
    c.shape(
        [(left - wide * 0.07, top + 2), (middle, top - wide * 0.42), (right + wide * 0.07, top + 2)],
        roof,
    )
    c.box((right - wide * 0.3, top - wide * 0.42, right - wide * 0.18, top - wide * 0.12), roof)
    pane = blend(roof, c.light.near, 0.6)
    for x in (left + wide * 0.27, left + wide * 0.73):
        for y in (top + wide * 0.22, top + wide * 0.66):
            lit = c.light.lit if c.chance.random() < 0.3 else pane
            c.box((x - wide * 0.1, y - wide * 0.12, x + wide * 0.1, y + wide * 0.12), lit)


def roofs(c: Canvas, base: float, height: float, colour: Colour, span: tuple[float, float] = (0, WIDTH)) -> None:
    """The outline of a town: blocks, gables, a tower or two."""
    x = span[0]
    while x < span[1]:
        wide = c.chance.uniform(0.35, 1.0) * height
        tall = c.chance.uniform(0.35, 1.0) * height
        c.box((x, base - tall, min(x + wide, span[1]), base + 2), colour)
        kind = c.chance.random()
        if kind < 0.45:
            c.shape([(x, base - tall), (x + wide / 2, base - tall - wide * 0.45), (x + wide, base - tall)], colour)
        elif kind < 0.55:
            c.box((x + wide * 0.4, base - tall * 1.7, x + wide * 0.6, base), colour)
            c.shape(
                [
                    (x + wide * 0.36, base - tall * 1.7),
                    (x + wide * 0.5, base - tall * 2.1),
                    (x + wide * 0.64, base - tall * 1.7),
                ],
                colour,
            )
        x += wide


def conifer(c: Canvas, foot: Point, tall: float, colour: Colour) -> None:
    """A spruce: uneven tiers on a short trunk."""
    x, y = foot
    c.box((x - tall * 0.02, y - tall * 0.2, x + tall * 0.02, y), colour)
    tiers = 6
    for tier in range(tiers):
        low = y - tall * (0.08 + 0.145 * tier)
        half = tall * 0.2 * (1 - tier / (tiers + 0.6)) * c.chance.uniform(0.85, 1.15)
        c.shape([(x - half, low), (x, low - tall * 0.27), (x + half, low)], colour)


def tree(c: Canvas, foot: Point, tall: float, leaf: Colour, bark: Colour) -> None:
    """A round-headed tree, lighter on top."""
    x, y = foot
    c.shape(
        [
            (x - tall * 0.04, y),
            (x + tall * 0.04, y),
            (x + tall * 0.02, y - tall * 0.5),
            (x - tall * 0.02, y - tall * 0.5),
        ],
        bark,
    )
    for _ in range(16):
        turn, reach = c.chance.uniform(0, 6.3), c.chance.random() ** 0.5 * tall * 0.24
        at = (x + math.cos(turn) * reach * 1.15, y - tall * 0.68 + math.sin(turn) * reach)
        lift = 0.22 * (1 - (at[1] - (y - tall * 0.95)) / (tall * 0.5))
        c.disc(at, tall * c.chance.uniform(0.09, 0.14), blend(leaf, WHITE, lift))


def rain(c: Canvas, count: int, alpha: float = 0.22) -> None:
    """Slanting rain over the whole picture."""
    for _ in range(count):
        x, y = c.chance.uniform(-40, WIDTH), c.chance.uniform(-20, HEIGHT)
        length = c.chance.uniform(10, 34)
        c.line([(x, y), (x - length * 0.28, y + length)], WHITE, 0.8, alpha * c.chance.uniform(0.4, 1))


def smoke(c: Canvas, path: Sequence[Point], size: tuple[float, float], colour: Colour, alpha: float) -> None:
    """Puffs along `path`, growing from the first size (a radius) to the second."""
    for first, second in pairwise(path):
        for _ in range(14):
            share = c.chance.random()
            x = first[0] + (second[0] - first[0]) * share
            y = first[1] + (second[1] - first[1]) * share
            along = (path.index(first) + share) / (len(path) - 1)
            radius = size[0] + (size[1] - size[0]) * along
            drift = radius * 0.5
            at = (x + c.chance.uniform(-drift, drift), y + c.chance.uniform(-drift, drift))
            c.disc(at, radius * c.chance.uniform(0.6, 1.1), colour, alpha * (1 - 0.7 * along))
