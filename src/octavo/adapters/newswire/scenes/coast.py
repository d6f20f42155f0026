"""Scenes by the water: harbour, bridge, flood, coral, glacier, oilfield."""

import math

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import (
    clouds,
    figure,
    gulls,
    house,
    peaks,
    rain,
    reflect,
    ridge,
    ripples,
    roofs,
    sky,
    smoke,
    sun,
    tree,
    water,
)
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend, shade


def harbour(c: Canvas) -> None:
    """A ferry leaving a harbour: headland, lighthouse, quay, small boats."""
    horizon = 380.0
    glint = c.chance.uniform(430, 620)
    sky(c, horizon)
    sun(c, (glint, horizon - c.chance.uniform(40, 110)), 34)
    clouds(c, (70, 290), 7)
    c.shape([(700, horizon), (860, 318), (1010, 300), (1200, 270), (1200, horizon)], c.light.far)
    roofs(c, horizon - 4, 34, blend(c.light.far, c.light.near, 0.35), (880, WIDTH))
    water(c, horizon, glint)
    _ferry(c, (c.chance.uniform(560, 690), horizon + 62), 1.0)
    _lighthouse(c, (168, 452))
    c.shape([(0, 448), (190, 448), (340, 470), (352, 486), (0, 520)], c.light.near)
    reflect(c, (0, 500, 300, 590), c.light.near, 0.5)
    for x, y, size in ((880, 545, 1.0), (1060, 600, 1.35), (430, 590, 1.1)):
        _small_boat(c, (x + c.chance.uniform(-30, 30), y), size)
    gulls(c, 7, (300, 90, 1000, 260))


def _ferry(c: Canvas, at: Point, size: float) -> None:
    x, y = at
    hull, white = c.light.near, blend(WHITE, c.light.sky[-1], 0.25)
    reflect(c, (x - 150, y + 2, x + 150, y + 52), hull, 0.45)
    c.shape([(x - 165, y - 34), (x + 178, y - 34), (x + 150, y + 4), (x - 150, y + 4)], hull)
    c.box((x - 162, y - 40, x + 172, y - 32), c.light.accent)
    for deck, (left, right) in enumerate(((-150, 130), (-138, 108), (-112, 84))):
        top = y - 62 - deck * 22
        c.box((x + left, top, x + right, top + 22), blend(white, c.light.near, 0.06 * deck), 1, 3)
        for port in range(int((right - left) / 15) - 1):
            lit = c.light.lit if c.chance.random() < 0.6 else c.light.water[1]
            c.box((x + left + 9 + port * 15, top + 7, x + left + 17 + port * 15, top + 14), lit)
    c.shape([(x - 60, y - 106), (x - 12, y - 106), (x - 18, y - 146), (x - 54, y - 146)], c.light.accent)
    c.box((x - 55, y - 148, x - 17, y - 137), hull)
    c.line([(x + 60, y - 106), (x + 60, y - 150)], hull, 3 * size)
    smoke(c, [(x - 36, y - 152), (x - 110, y - 190), (x - 230, y - 205)], (9, 26), c.light.far, 0.13)


def _lighthouse(c: Canvas, foot: Point) -> None:
    x, y = foot
    white, band = blend(WHITE, c.light.sky[-1], 0.15), c.light.accent
    c.glow((x, y - 232), 170, c.light.lit, 0.75)
    c.shape([(x - 30, y), (x + 30, y), (x + 17, y - 205), (x - 17, y - 205)], white)
    for low, high in ((38, 82), (126, 166)):
        wide = [30 - 13 * part / 205 for part in (low, high)]
        c.shape(
            [(x - wide[0], y - low), (x + wide[0], y - low), (x + wide[1], y - high), (x - wide[1], y - high)],
            band,
        )
    c.shape([(x + 4, y), (x + 30, y), (x + 17, y - 205), (x + 4, y - 205)], c.light.near, 0.22)
    c.box((x - 24, y - 212, x + 24, y - 204), c.light.near)
    c.box((x - 13, y - 240, x + 13, y - 212), c.light.lit)
    c.shape([(x - 18, y - 240), (x + 18, y - 240), (x, y - 262)], c.light.near)


def _small_boat(c: Canvas, at: Point, size: float) -> None:
    x, y = at
    hull = blend(c.light.accent, c.light.near, c.chance.uniform(0.1, 0.75))
    reflect(c, (x - 44 * size, y, x + 40 * size, y + 40 * size), hull, 0.45)
    c.line([(x - 6 * size, y - 10), (x - 6 * size, y - 92 * size)], c.light.near, 2.4 * size)
    c.line([(x - 6 * size, y - 90 * size), (x + 46 * size, y - 16 * size)], c.light.near, 1)
    c.box((x - 30 * size, y - 42 * size, x + 2 * size, y - 14 * size), blend(WHITE, c.light.far, 0.2), 1, 3)
    c.box((x - 25 * size, y - 37 * size, x - 3 * size, y - 26 * size), c.light.near)
    c.shape(
        [
            (x - 52 * size, y - 19 * size),
            (x + 58 * size, y - 24 * size),
            (x + 38 * size, y + 4),
            (x - 44 * size, y + 4),
        ],
        hull,
    )
    c.line([(x - 52 * size, y - 19 * size), (x + 58 * size, y - 24 * size)], blend(hull, WHITE, 0.5), 2)


def bridge(c: Canvas) -> None:
    """A cable-stayed bridge over an estuary."""
    horizon = 440.0
    glint = c.chance.uniform(420, 780)
    sky(c, horizon)
    sun(c, (glint, horizon - c.chance.uniform(60, 150)), 38)
    clouds(c, (60, 300), 8)
    ridge(c, horizon - 16, 46, c.light.far)
    roofs(c, horizon + 2, 40, blend(c.light.far, c.light.near, 0.3), (0, 330))
    roofs(c, horizon + 2, 34, blend(c.light.far, c.light.near, 0.3), (820, WIDTH))
    water(c, horizon, glint)
    dark = c.light.near
    for x in (340.0, 860.0):
        reflect(c, (x - 16, 520, x + 16, 660), dark, 0.4)
        _pylon(c, x, dark)
    deck = [(float(x), _deck(x)) for x in range(0, WIDTH + 1, 20)]
    c.shape([*deck, *[(x, y + 15) for x, y in reversed(deck)]], dark)
    c.line([(x, y + 1) for x, y in deck], blend(c.light.lit, dark, 0.25), 2.5)
    for x in range(30, WIDTH, 75):
        c.line([(x, _deck(x)), (x, _deck(x) - 24)], dark, 1.6)
        c.glow((x, _deck(x) - 25), 13, c.light.lit, 0.9)
    for _ in range(16):
        x = c.chance.uniform(0, WIDTH)
        c.box(
            (x, _deck(x) - 8, x + c.chance.choice((13, 15, 30)), _deck(x)),
            blend(dark, c.light.accent, c.chance.random()),
            1,
            3,
        )
    gulls(c, 9, (120, 120, 1080, 330))


def _deck(x: float) -> float:
    return 452 - 34 * math.sin(math.pi * x / WIDTH)


def _pylon(c: Canvas, x: float, dark: Colour) -> None:
    top = 130.0
    for cable in range(1, 15):
        high = top + 12 + cable * 7
        for side in (-1, 1):
            foot = x + side * (28 + cable * 16.5)
            c.line([(x, 268 - (high - top)), (foot, _deck(foot))], blend(dark, c.light.sky[-1], 0.25), 1.1, 0.85)
    for side in (-1, 1):
        c.shape(
            [(x + side * 4, top), (x + side * 4 + 5, top), (x + side * 22 + 6, 560), (x + side * 22 - 8, 560)], dark
        )
    c.box((x - 8, top - 8, x + 9, top + 120), dark, 1, 3)
    c.box((x - 30, 548, x + 30, 574), blend(dark, c.light.far, 0.15), 1, 6)
    c.glow((x, top - 8), 16, c.light.accent, 0.9)


def flood(c: Canvas) -> None:
    """A street under water, a rescue boat, rain."""
    line = 420.0
    sky(c, line)
    clouds(c, (20, 250), 16, 0.3)
    ridge(c, 330, 90, blend(c.light.far, c.light.near, 0.15))
    ridge(c, 372, 60, blend(c.light.far, c.light.near, 0.4))
    for left in range(-20, WIDTH, 118):
        _flooded_house(c, left + c.chance.uniform(-8, 8), line, 0.8)
    c.mist(280, line, c.light.sky[-1], 0.55)
    water(c, line, None)
    brown = shade("6d6352")
    c.mist(line, HEIGHT, brown, 0.6)
    for x in (40.0, 205.0, 838.0, 1015.0):
        _flooded_house(c, x, 500, 1.35)
        reflect(c, (x, 500, x + 150, 590), blend(c.light.near, brown, 0.4), 0.4)
    for x in (430.0, 760.0):
        c.line([(x, 540), (x, 352), (x + 26, 340)], c.light.near, 5)
        c.oval((x + 34, 343), (13, 5), c.light.near)
        reflect(c, (x - 3, 540, x + 3, 610), c.light.near, 0.5)
    tree(c, (690, 520), 190, shade("4b5d49"), c.light.near)
    ripples(c, (520, 560), blend(brown, WHITE, 0.4), 40)
    _rescue_boat(c, (c.chance.uniform(500, 600), 588))
    ripples(c, (560, HEIGHT), blend(brown, WHITE, 0.5), 70)
    rain(c, 420)


def _flooded_house(c: Canvas, left: float, line: float, size: float) -> None:
    walls = ("b9a58c", "a7938a", "8f9a94", "c2b49a", "9c8577")
    wall = blend(shade(c.chance.choice(walls)), c.light.far, 0.25)
    roof = blend(shade("6b3f35"), c.light.near, c.chance.uniform(0.1, 0.5))
    tall = c.chance.uniform(58, 92) * size
    house(c, (left, line - tall, left + 106 * size, line + 4), wall, roof)


def _rescue_boat(c: Canvas, at: Point) -> None:
    x, y = at
    for offset, tall, colour in ((-62, 62, "f28c28"), (-20, 48, "3a4a63"), (22, 50, "77596a"), (66, 66, "f28c28")):
        figure(c, (x + offset, y + 4), tall * 1.25, shade(colour), 0.05)
        c.oval((x + offset, y + 4 - tall * 1.25 * 0.93), (5.5, 7), shade("e8c9a8"))
    c.line([(x + 66, y - 36), (x + 104, y + 34)], shade("2b2f33"), 4)
    reflect(c, (x - 110, y + 20, x + 110, y + 62), c.light.accent, 0.5)
    c.shape([(x - 128, y - 14), (x + 122, y - 14), (x + 104, y + 24), (x - 100, y + 24)], c.light.accent)
    c.line([(x - 128, y - 14), (x + 122, y - 14)], blend(c.light.accent, WHITE, 0.55), 7)


def coral(c: Canvas) -> None:
    """A living reef under shafts of light."""
    c.gradient(0, HEIGHT, (shade("8fe0dc"), shade("2fa6bd"), shade("12709a"), shade("0b3d66")))
    for _ in range(9):
        x, lean = c.chance.uniform(-100, WIDTH), c.chance.uniform(60, 180)
        wide = c.chance.uniform(20, 70)
        c.shape([(x, -5), (x + wide, -5), (x + wide * 2.2 - lean, 560), (x - lean, 560)], WHITE, 0.05)
    c.soften(0, 600, 6)
    ridge(c, 500, 70, shade("1b6a8c"))
    _fish(c, (c.chance.uniform(300, 800), c.chance.uniform(150, 260)), 46, 5.5, shade("dff5ee"))
    ridge(c, 570, 70, shade("124b6e"))
    for _ in range(11):
        _coral(c, (c.chance.uniform(0, WIDTH), c.chance.uniform(560, 620)), c.chance.uniform(0.6, 0.9), 0.35)
    ridge(c, 632, 40, shade("0b3350"))
    for index in range(13):
        _coral(c, (index * 98 + c.chance.uniform(-30, 30), c.chance.uniform(640, 690)), c.chance.uniform(1.0, 1.7), 0.0)
    _fish(c, (c.chance.uniform(250, 950), c.chance.uniform(330, 430)), 12, 13, shade("ffb22e"))
    for _ in range(60):
        at = (c.chance.uniform(0, WIDTH), c.chance.uniform(0, 600))
        c.disc(at, c.chance.uniform(0.8, 3.2), WHITE, 0.28)


def _coral(c: Canvas, foot: Point, size: float, fade: float) -> None:
    tints = ("ff6f61", "ff9e6d", "e85d9a", "b565d9", "ffd166", "f25c8a", "69d2b5")
    colour = blend(shade(c.chance.choice(tints)), shade("12607f"), fade)
    kind = c.chance.random()
    if kind < 0.45:
        _branch(c, foot, -math.pi / 2, 46 * size, colour)
    elif kind < 0.75:
        for lobe in range(9):
            at = (foot[0] + (lobe - 4) * 11 * size, foot[1] - c.chance.uniform(6, 30) * size)
            c.disc(at, 15 * size, blend(colour, WHITE, c.chance.uniform(0, 0.22)))
    else:
        for tube in range(6):
            x, tall = foot[0] + (tube - 3) * 15 * size, c.chance.uniform(35, 80) * size
            c.box((x, foot[1] - tall, x + 12 * size, foot[1] + 20), blend(colour, WHITE, 0.05 * tube), 1, 6 * size)
            c.oval((x + 6 * size, foot[1] - tall + 4), (4 * size, 2.5 * size), blend(colour, shade("0b3350"), 0.6))


def _branch(c: Canvas, at: Point, turn: float, length: float, colour: Colour) -> None:
    end = (at[0] + math.cos(turn) * length, at[1] + math.sin(turn) * length)
    c.line([at, end], colour, max(2.5, length * 0.2))
    c.disc(end, max(2.0, length * 0.12), blend(colour, WHITE, 0.25))
    if length > 13:
        for side in (-0.48, 0.42):
            _branch(c, end, turn + side + c.chance.uniform(-0.2, 0.2), length * c.chance.uniform(0.66, 0.8), colour)


def _fish(c: Canvas, centre: Point, count: int, size: float, colour: Colour) -> None:
    for _ in range(count):
        x, y = centre[0] + c.chance.gauss(0, 11 * size), centre[1] + c.chance.gauss(0, 4.5 * size)
        tint = blend(colour, shade("2fa6bd"), c.chance.uniform(0, 0.35))
        c.oval((x, y), (size, size * 0.45), tint)
        c.shape([(x - size * 0.8, y), (x - size * 1.6, y - size * 0.5), (x - size * 1.6, y + size * 0.5)], tint)
        c.disc((x + size * 0.55, y - size * 0.1), max(0.6, size * 0.1), shade("0b3350"))


def glacier(c: Canvas) -> None:
    """A glacier that ends in a lake, with ice on the water and two walkers."""
    lake = 470.0
    sky(c, lake)
    clouds(c, (50, 220), 6)
    peaks(c, lake, 330, blend(c.light.far, c.light.near, 0.25), blend(WHITE, c.light.sky[-1], 0.2))
    ice = (shade("f4fbff"), shade("b9e2ef"), shade("6fb7d3"))
    c.fill([(545, 176), (590, 170), (628, 238), (735, 345), (930, lake), (250, lake), (440, 340), (520, 232)], ice)
    for crack in range(13):
        y = 250.0 + crack * 17
        half = 52 + crack * 19
        points = [(586 + step * half / 6 - 10 * crack % 7, y + c.chance.uniform(-5, 8)) for step in range(-6, 7)]
        c.line(points, shade("5ea9c9"), 1.6, 0.55)
    c.shape(
        [(230, lake), (340, lake - 46), (470, lake - 58), (640, lake - 64), (810, lake - 50), (950, lake)],
        shade("cfeaf3"),
    )
    for _ in range(34):
        x, y = c.chance.uniform(280, 900), lake
        c.line([(x, y), (x + c.chance.uniform(-8, 8), y - c.chance.uniform(18, 52))], shade("6fb7d3"), 2, 0.6)
    c.gradient(lake, HEIGHT, (shade("9fd3dd"), shade("2f7f9a"), shade("174e68")))
    reflect(c, (300, lake + 2, 880, lake + 90), shade("dff2f7"), 0.5)
    for _ in range(12):
        _iceberg(c, (c.chance.uniform(40, 1160), c.chance.uniform(lake + 25, 610)), c.chance.uniform(0.5, 1.3))
    ripples(c, (lake + 6, HEIGHT), WHITE, 70)
    c.shape([(0, HEIGHT), (0, 590), (150, 580), (300, 610), (440, HEIGHT)], shade("26313b"))
    figure(c, (150, 592), 74, shade("12181f"))
    figure(c, (196, 598), 68, c.light.accent)


def _iceberg(c: Canvas, at: Point, size: float) -> None:
    x, y = at
    wide, tall = 52 * size, c.chance.uniform(18, 40) * size
    ridge_at = x + c.chance.uniform(-0.4, 0.4) * wide
    reflect(c, (x - wide * 0.8, y, x + wide * 0.8, y + tall), shade("e6f6fa"), 0.4)
    c.shape([(x - wide, y), (x - wide * 0.5, y - tall * 0.7), (ridge_at, y - tall), (x + wide, y)], shade("f3fbfd"))
    c.shape([(ridge_at, y - tall), (x + wide, y), (ridge_at + wide * 0.1, y)], shade("9fd0e0"))


def oilfield(c: Canvas) -> None:
    """Pump jacks, tanks and a flare at the edge of the desert."""
    horizon = 470.0
    sky(c, horizon)
    sun(c, (c.chance.uniform(500, 860), horizon - c.chance.uniform(60, 140)), 52)
    clouds(c, (60, 260), 5)
    ridge(c, horizon - 6, 40, c.light.far, 0.8)
    tank = blend(c.light.far, c.light.near, 0.45)
    for x, tall in ((760.0, 62), (850.0, 62), (940.0, 80), (1040.0, 62), (1120.0, 62)):
        c.box((x, horizon - tall, x + 74, horizon + 6), tank, 1, 2)
        c.oval((x + 37, horizon - tall), (37, 8), blend(tank, WHITE, 0.2))
        c.box((x + 50, horizon - tall, x + 74, horizon + 6), c.light.near, 0.16)
    c.line([(648, horizon), (648, 250)], tank, 6)
    c.glow((652, 226), 120, shade("ff9c3a"), 0.85)
    for width, colour in ((30, "ff7a2a"), (20, "ffb347"), (11, "fff0b0")):
        c.shape(
            [(648 - width * 0.4, 252), (648 + width * 1.4, 226 - width * 1.5), (648 + width * 0.7, 250)], shade(colour)
        )
    smoke(c, [(690, 190), (820, 130), (1050, 100)], (12, 46), c.light.near, 0.07)
    ground = blend(c.light.near, c.light.far, 0.25)
    c.gradient(horizon, HEIGHT, (blend(c.light.far, c.light.near, 0.35), ground, c.light.near))
    c.line([(0, 520), (420, 506), (1200, 512)], blend(c.light.near, c.light.far, 0.45), 5)
    for x, y, size in ((520.0, 515.0, 0.55), (250.0, 575.0, 1.05), (820.0, 628.0, 1.5)):
        _pump(c, (x, y), size, c.light.near)


def _pump(c: Canvas, foot: Point, size: float, dark: Colour) -> None:
    x, y = foot
    tilt = c.chance.uniform(-0.22, 0.22)
    pivot = (x, y - 128 * size)
    for side in (-1, 1):
        c.line([(x + side * 40 * size, y), pivot], dark, 8 * size)
    c.line([(x - 28 * size, y - 44 * size), (x + 28 * size, y - 44 * size)], dark, 5 * size)
    head = (pivot[0] - 118 * size * math.cos(tilt), pivot[1] - 118 * size * math.sin(tilt))
    tail = (pivot[0] + 96 * size * math.cos(tilt), pivot[1] + 96 * size * math.sin(tilt))
    c.line([head, tail], dark, 13 * size)
    c.shape(
        [
            (head[0] - 16 * size, head[1] - 30 * size),
            (head[0] + 14 * size, head[1] - 20 * size),
            (head[0] + 14 * size, head[1] + 22 * size),
            (head[0] - 10 * size, head[1] + 34 * size),
            (head[0] - 24 * size, head[1]),
        ],
        dark,
    )
    c.line([(head[0] - 18 * size, head[1] + 16 * size), (head[0] - 18 * size, y)], dark, 2.5 * size)
    crank = (tail[0] + 4 * size, y - 40 * size)
    c.line([tail, crank], dark, 5 * size)
    c.disc(crank, 24 * size, dark)
    c.box((x + 62 * size, y - 34 * size, x + 150 * size, y), dark, 1, 3)
    c.box((x - 140 * size, y - 5 * size, x + 160 * size, y + 7 * size), dark)
