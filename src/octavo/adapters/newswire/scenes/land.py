"""Scenes in open country: drought, solar field, forest fire, vineyard, railway, factory."""

import math
from itertools import pairwise

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import (
    clouds,
    conifer,
    figure,
    gulls,
    peaks,
    reflect,
    ridge,
    ripples,
    sky,
    smoke,
    sun,
    tree,
    water,
)
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend, shade


def drought_field(c: Canvas) -> None:
    """Cracked ground before a shrunken lake."""
    shore = 380.0
    sky(c, shore)
    sun(c, (c.chance.uniform(250, 950), c.chance.uniform(130, 200)), 48)
    ridge(c, 330, 110, c.light.far, 0.9)
    ridge(c, 362, 60, blend(c.light.far, c.light.near, 0.3), 0.9)
    sand, earth = shade("e2c394"), shade("a8744a")
    c.gradient(shore, HEIGHT, (sand, blend(sand, earth, 0.6), earth))
    for band in range(6):
        depth = 36 - band * 5
        c.oval((760, 402), (470 - band * 34, depth), blend(sand, earth, 0.12 * band))
    c.oval((760, 402), (250, 11), shade("2e7f8c"))
    c.oval((770, 400), (215, 6), shade("74b3b8"))
    _cracks(c, 440, earth)
    _dead_tree(c, (c.chance.uniform(150, 290), 560), 1.0)
    c.shape([(880, 528), (1010, 516), (1030, 530), (1000, 540), (900, 542)], shade("4e3423"))
    c.line([(905, 536), (930, 500), (990, 508)], shade("4e3423"), 4)
    figure(c, (640, 470), 46, shade("3c281d"))


def _cracks(c: Canvas, top: float, earth: Colour) -> None:
    rows = [top]
    while rows[-1] < HEIGHT + 60:
        rows.append(rows[-1] + 8 + (rows[-1] - top) * 0.24)
    grid: list[list[Point]] = []
    for index, y in enumerate(rows):
        gap = 24 + (y - top) * 0.62
        count = int(WIDTH / gap) + 4
        shift = gap * (0.5 if index % 2 else 0.0)
        grid.append(
            [
                (
                    x * gap - gap * 1.5 + shift + c.chance.uniform(-0.26, 0.26) * gap,
                    y + c.chance.uniform(-0.22, 0.22) * gap * 0.5,
                )
                for x in range(count)
            ]
        )
    dark = blend(earth, shade("2a170d"), 0.72)
    for depth, (upper, lower) in enumerate(pairwise(grid)):
        width = 0.8 + depth * 0.42
        c.line(upper, dark, width, 0.85)
        c.line([(x, y + width) for x, y in upper], blend(earth, WHITE, 0.35), width * 0.6, 0.5)
        for point in upper:
            nearest = min(lower, key=lambda other, at=point: abs(other[0] - at[0]))  # type: ignore[misc]
            c.line([point, nearest], dark, width, 0.85)


def _dead_tree(c: Canvas, foot: Point, size: float) -> None:
    bark = shade("3c281d")
    x, y = foot
    c.oval((x + 50, y + 4), (90 * size, 7), bark, 0.3)
    c.shape([(x - 15, y), (x + 16, y), (x + 6, y - 120), (x - 5, y - 120)], bark)
    _twig(c, (x, y - 110), -math.pi / 2 - 0.35, 78 * size, bark)
    _twig(c, (x, y - 112), -math.pi / 2 + 0.4, 74 * size, bark)
    _twig(c, (x + 3, y - 70), -math.pi / 2 + 1.0, 58 * size, bark)


def _twig(c: Canvas, at: Point, turn: float, length: float, bark: Colour) -> None:
    end = (at[0] + math.cos(turn) * length, at[1] + math.sin(turn) * length)
    c.line([at, end], bark, max(1.4, length * 0.11))
    if length > 16:
        for side in (-0.5, 0.45):
            _twig(c, end, turn + side + c.chance.uniform(-0.25, 0.25), length * c.chance.uniform(0.55, 0.72), bark)


def desert_solar(c: Canvas) -> None:
    """Rows of panels in a desert."""
    horizon = 330.0
    sky(c, horizon + 12)
    sun(c, (c.chance.uniform(240, 960), c.chance.uniform(110, 210)), 44)
    ridge(c, 316, 90, c.light.far, 0.8)
    ridge(c, 336, 40, blend(c.light.far, shade("b9794a"), 0.5), 1.1)
    c.gradient(horizon + 8, HEIGHT, (shade("e6bd86"), shade("cf945b"), shade("96603b")))
    vanish = c.chance.uniform(480, 720)
    depth = 0.06
    while depth < 1.25:
        _panel_row(c, vanish, horizon + 14 + depth * 300, depth)
        depth *= 1.42
    figure(c, (vanish - 12, 470), 42, shade("2b2433"))


def _panel_row(c: Canvas, vanish: float, foot: float, depth: float) -> None:
    wide, tall = 250 * depth, 128 * depth
    for side in (-1, 1):
        x = vanish + side * (150 * depth + (0 if side > 0 else wide))
        while -wide * 1.5 < x < WIDTH + wide * 0.5:
            lean = 34 * depth
            for leg in (0.22, 0.78):
                c.line([(x + wide * leg, foot), (x + wide * leg, foot - tall * 0.5)], shade("4a4652"), 5 * depth)
            c.shape(
                [
                    (x + 10 * depth, foot + 4),
                    (x + wide, foot + 4),
                    (x + wide * 0.86, foot + 20 * depth),
                    (x - 20 * depth, foot + 20 * depth),
                ],
                shade("4a2f22"),
                0.35,
            )
            corners = [
                (x, foot - 22 * depth),
                (x + wide * 0.96, foot - 22 * depth),
                (x + wide * 0.96 + lean, foot - tall),
                (x + lean, foot - tall),
            ]
            c.fill(corners, (shade("8fb6dd"), shade("2d5a96"), shade("16305c")))
            _cells(c, corners, depth)
            x += side * wide * 1.12


def _cells(c: Canvas, corners: list[Point], depth: float) -> None:
    (x0, y0), (x1, _), (x2, y2), (x3, _) = corners
    line = shade("c9dcf0")
    for column in range(7):
        share = column / 6
        c.line([(x0 + (x1 - x0) * share, y0), (x3 + (x2 - x3) * share, y2)], line, 1.5 * depth + 0.4, 0.5)
    for row in range(4):
        share = row / 3
        c.line(
            [(x0 + (x3 - x0) * share, y0 + (y2 - y0) * share), (x1 + (x2 - x1) * share, y0 + (y2 - y0) * share)],
            line,
            1.5 * depth + 0.4,
            0.5,
        )


def forest_fire(c: Canvas) -> None:
    """Fire behind a dark forest, a helicopter with its bucket."""
    c.gradient(0, HEIGHT, (shade("2b1a24"), shade("6e2b26"), shade("cf5a26"), shade("ffb347")))
    for x in (150.0, 430.0, 700.0, 1010.0):
        c.glow((x + c.chance.uniform(-50, 50), 470), 380, shade("ffdd7a"), 0.8)
    for _ in range(5):
        x = c.chance.uniform(50, 1100)
        smoke(c, [(x, 420), (x + 60, 290), (x + 190, 170), (x + 420, 80)], (24, 100), shade("2a1b22"), 0.11)
    c.soften(0, 470, 7)
    ridge(c, 455, 90, shade("8f3320"))
    for _ in range(26):
        _flame(c, (c.chance.uniform(0, WIDTH), 480), c.chance.uniform(50, 130))
    for _ in range(70):
        x = c.chance.uniform(0, WIDTH)
        conifer(c, (x, 490 + c.chance.uniform(-12, 14)), c.chance.uniform(50, 90), shade("5d2019"))
    for x in (120.0, 380.0, 640.0, 900.0, 1120.0):
        c.glow((x, 500), 190, shade("ffcf6a"), 0.4)
    for _ in range(22):
        _flame(c, (c.chance.uniform(0, WIDTH), 540), c.chance.uniform(50, 120))
    ridge(c, 556, 24, shade("34141a"))
    for _ in range(44):
        conifer(
            c,
            (c.chance.uniform(0, WIDTH), 570 + c.chance.uniform(-12, 12)),
            c.chance.uniform(100, 160),
            shade("34141a"),
        )
    ridge(c, 640, 30, shade("140a12"))
    for _ in range(20):
        conifer(c, (c.chance.uniform(-20, WIDTH + 20), 710), c.chance.uniform(130, 250), shade("140a12"))
    for _ in range(150):
        at = (c.chance.uniform(0, WIDTH), HEIGHT * c.chance.random())
        c.disc(at, c.chance.uniform(0.7, 2.3), shade("ffd98a"), c.chance.uniform(0.3, 0.9))
    _helicopter(c, (c.chance.uniform(380, 820), c.chance.uniform(120, 190)))


def _flame(c: Canvas, foot: Point, tall: float) -> None:
    x, y = foot
    for share, colour in ((1.0, "ff7a1f"), (0.66, "ffb02e"), (0.36, "fff0b8")):
        high, half = tall * share, tall * share * 0.24
        sway = c.chance.uniform(-0.3, 0.3) * half
        c.shape(
            [
                (x - half, y),
                (x - half * 0.9, y - high * 0.35),
                (x + sway, y - high),
                (x + half * 0.8, y - high * 0.4),
                (x + half, y),
            ],
            shade(colour),
            0.85,
        )


def _helicopter(c: Canvas, at: Point) -> None:
    x, y = at
    dark = shade("160c14")
    c.oval((x, y), (36, 17), dark)
    c.shape([(x + 24, y - 10), (x + 104, y - 12), (x + 104, y - 6), (x + 24, y + 7)], dark)
    c.shape([(x + 96, y - 10), (x + 110, y - 32), (x + 114, y - 30), (x + 106, y - 4)], dark)
    c.line([(x, y - 16), (x, y - 26)], dark, 4)
    c.line([(x - 92, y - 27), (x + 92, y - 27)], dark, 2.4)
    c.line([(x - 30, y + 24), (x + 30, y + 24)], dark, 2.6)
    for side in (-16, 16):
        c.line([(x + side, y + 14), (x + side, y + 24)], dark, 2)
    c.shape([(x - 30, y - 7), (x - 10, y - 11), (x - 10, y + 2), (x - 34, y + 2)], shade("f6a04a"), 0.8)
    c.line([(x, y + 16), (x - 12, y + 108)], dark, 1.4)
    c.shape([(x - 25, y + 106), (x + 2, y + 106), (x - 3, y + 132), (x - 21, y + 132)], shade("c43d22"))
    c.shape([(x - 21, y + 132), (x - 3, y + 132), (x + 8, y + 200), (x - 30, y + 200)], shade("ffe3b5"), 0.18)


def vineyard(c: Canvas) -> None:
    """Vine rows running up to a farmhouse and cypresses."""
    sky(c, 400)
    sun(c, (c.chance.uniform(180, 460), 215), 42)
    clouds(c, (60, 200), 6)
    ridge(c, 300, 80, c.light.far)
    ridge(c, 330, 60, blend(c.light.far, shade("6d8a4c"), 0.5))
    hill = [(0, 400), (300, 362), (620, 336), (900, 330), (1200, 352), (1200, HEIGHT), (0, HEIGHT)]
    c.fill(hill, (shade("b5b364"), shade("86944a"), shade("55682f")))
    house_x = c.chance.uniform(740, 900)
    _farmhouse(c, house_x)
    for offset, tall in ((-150, 96), (-118, 122), (-92, 104), (150, 112), (180, 86)):
        c.oval((house_x + offset, 350 - tall / 2), (11, tall / 2), blend(shade("2f4a2c"), c.light.near, 0.3))
    for row in range(-16, 19):
        foot = 620 + row * 120
        top = 640 + row * 15
        for step in range(34):
            share = (step / 33) ** 2.1
            x = top + (foot - top) * share
            y = 362 + share * 360
            size = 2.2 + 24 * share
            tint = blend(shade("5f7f34"), shade("2f4a22"), c.chance.uniform(0.1, 0.9))
            c.oval(
                (x + c.chance.uniform(-0.2, 0.2) * size, y - size * 0.5),
                (size * 0.95, size * 0.8),
                blend(tint, c.light.lit, 0.1),
            )
    c.mist(300, 372, c.light.sky[-1], 0.2)


def _farmhouse(c: Canvas, x: float) -> None:
    wall, roof = shade("ecd2a6"), shade("b05c38")
    c.box((x - 70, 290, x + 60, 354), wall)
    c.box((x + 60, 306, x + 128, 352), blend(wall, shade("8c5a3a"), 0.2))
    c.shape([(x - 80, 292), (x - 50, 262), (x + 44, 262), (x + 72, 292)], roof)
    c.shape([(x + 56, 308), (x + 76, 288), (x + 122, 288), (x + 136, 308)], blend(roof, shade("5c2a1a"), 0.2))
    for column in (-52, -22, 8, 38):
        c.box((x + column, 304, x + column + 10, 320), shade("5b4432"))
    c.box((x - 10, 330, x + 6, 354), shade("5b4432"))


def train(c: Canvas) -> None:
    """A train on a viaduct over a valley."""
    sky(c, 470)
    sun(c, (c.chance.uniform(300, 900), 250), 46)
    clouds(c, (50, 220), 7)
    peaks(c, 450, 190, blend(c.light.far, c.light.sky[-1], 0.3))
    ridge(c, 400, 80, c.light.far)
    ridge(c, 450, 80, blend(c.light.far, c.light.near, 0.25))
    c.mist(330, 520, c.light.sky[-1], 0.45)
    _viaduct(c, 386, blend(c.light.far, c.light.near, 0.62))
    _carriages(c, 372, c.chance.uniform(150, 420))
    ridge(c, 585, 60, blend(c.light.far, c.light.near, 0.75))
    for _ in range(36):
        conifer(
            c,
            (c.chance.uniform(0, WIDTH), c.chance.uniform(590, 640)),
            c.chance.uniform(40, 80),
            blend(c.light.far, c.light.near, 0.85),
        )
    ridge(c, 645, 40, c.light.near)
    for x in (60, 130, 980, 1080, 1150):
        conifer(c, (x + c.chance.uniform(-20, 20), 690), c.chance.uniform(140, 230), c.light.near)
    gulls(c, 5, (200, 100, 1000, 240))


def _viaduct(c: Canvas, top: float, stone: Colour) -> None:
    c.box((0, top - 12, WIDTH, top + 24), stone)
    c.line([(0, top - 13), (WIDTH, top - 13)], blend(stone, c.light.lit, 0.4), 2)
    pier, span = 30, 112
    x = -40.0
    while x < WIDTH + 60:
        c.shape([(x, top), (x + pier, top), (x + pier + 7, HEIGHT), (x - 7, HEIGHT)], stone)
        c.shape(
            [(x + pier * 0.6, top), (x + pier, top), (x + pier + 7, HEIGHT), (x + pier * 0.6, HEIGHT)],
            c.light.near,
            0.18,
        )
        left, right = x + pier, x + span
        middle, half = (left + right) / 2, (right - left) / 2
        crown = [
            (middle + half * math.cos(math.radians(a)), top + 66 - 42 * math.sin(math.radians(a)))
            for a in range(0, 181, 12)
        ]
        c.shape([(right, top + 20), *crown, (left, top + 20)], stone)
        x += span


def _carriages(c: Canvas, rail: float, start: float) -> None:
    body = c.light.accent
    for index in range(5):
        left = start + index * 132
        right = left + 128
        nose = index == 4
        points = [
            (left, rail - 42),
            (right - (40 if nose else 0), rail - 42),
            (right + (16 if nose else 0), rail - 12),
            (right + (18 if nose else 0), rail),
            (left, rail),
        ]
        c.shape(points, body)
        c.shape(
            [
                (left, rail - 14),
                (right + (12 if nose else 0), rail - 14),
                (right + (18 if nose else 0), rail),
                (left, rail),
            ],
            blend(WHITE, c.light.far, 0.2),
        )
        for pane in range(7 if not nose else 5):
            c.box((left + 9 + pane * 16.5, rail - 35, left + 20 + pane * 16.5, rail - 21), c.light.lit, 1, 2)
    c.line([(start, rail - 46), (start + 650, rail - 46)], c.light.near, 1.2, 0.6)


def factory(c: Canvas) -> None:
    """A large plant beside a river, mountains behind."""
    river = 530.0
    sky(c, 470)
    sun(c, (c.chance.uniform(160, 420), 190), 40)
    clouds(c, (50, 180), 6)
    peaks(c, 470, 260, c.light.far, blend(WHITE, c.light.sky[-1], 0.25))
    ridge(c, 440, 50, blend(c.light.far, c.light.near, 0.35))
    for _ in range(60):
        conifer(c, (c.chance.uniform(0, WIDTH), 478), c.chance.uniform(20, 46), blend(c.light.far, c.light.near, 0.6))
    c.gradient(470, river, (shade("8a9a66"), shade("6d8152")))
    wall = blend(WHITE, c.light.sky[-1], 0.3)
    for left, top, right in ((250, 398, 560), (540, 356, 930), (905, 410, 1110)):
        c.box((left, top, right, 506), wall)
        c.box((left, top, right, top + 12), c.light.accent if left == 540 else blend(wall, c.light.near, 0.3))
        for pane in range(int((right - left) / 26)):
            x = left + 10 + pane * 26
            c.box(
                (x, top + 34, x + 18, top + 52), blend(c.light.water[1], c.light.lit, c.chance.choice((0, 0.1, 0.85)))
            )
            c.box(
                (x, top + 66, x + 18, top + 84), blend(c.light.water[1], c.light.lit, c.chance.choice((0, 0.1, 0.85)))
            )
    for x, tall in ((600, 96), (650, 120), (700, 96)):
        c.shape(
            [(x - 13, 356), (x + 13, 356), (x + 9, 356 - tall), (x - 9, 356 - tall)], blend(wall, c.light.near, 0.16)
        )
        smoke(c, [(x, 350 - tall), (x + 60, 300 - tall), (x + 190, 270 - tall)], (10, 38), WHITE, 0.16)
    for index in range(4):
        x = 955 + index * 36
        c.box((x, 372, x + 28, 412), blend(wall, c.light.near, 0.22), 1, 4)
    _crane(c, (385, 400))
    water(c, river, None)
    reflect(c, (540, river + 2, 930, river + 96), wall, 0.42)
    reflect(c, (250, river + 2, 540, river + 60), wall, 0.3)
    ripples(c, (river + 8, HEIGHT), WHITE, 40)
    tree(c, (90, 610), 190, shade("5f7a48"), shade("3a2c22"))
    c.shape([(0, HEIGHT), (0, 600), (170, 606), (300, 640), (360, HEIGHT)], blend(shade("5f7a48"), c.light.near, 0.55))


def _crane(c: Canvas, foot: Point) -> None:
    x, y = foot
    steel = blend(c.light.accent, shade("e0a030"), 0.5)
    c.line([(x, y), (x, y - 190)], steel, 5)
    c.line([(x - 62, y - 172), (x + 196, y - 172)], steel, 4)
    c.line([(x - 62, y - 172), (x, y - 205), (x + 196, y - 172)], steel, 1.6)
    c.box((x - 66, y - 174, x - 40, y - 156), c.light.near)
    c.line([(x + 140, y - 172), (x + 140, y - 96)], c.light.near, 1.4)
    c.box((x + 124, y - 98, x + 156, y - 90), c.light.near)
