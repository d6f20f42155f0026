"""Scenes beyond the air, or on the way there: a probe at a planet, a rocket leaving."""

import math

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import ridge, sky, smoke, stars
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend, shade

_PLANETS = (
    ("fff2cf", "f2c879", "c98a3f", "7a4a22"),
    ("fbe3c0", "e8a96a", "b5673c", "5f2f22"),
    ("f4ecd0", "dcc48a", "a88a4e", "5a4426"),
)


def satellite(c: Canvas) -> None:
    """A probe above a clouded, yellow planet."""
    c.gradient(0, HEIGHT, (shade("04061a"), shade("0b0f2e"), shade("1a1440")))
    stars(c, 420, HEIGHT)
    for _ in range(5):
        at = (c.chance.uniform(0, WIDTH), c.chance.uniform(0, 400))
        c.glow(at, c.chance.uniform(120, 260), shade(c.chance.choice(("3a2a7a", "1f4a7a", "5a2a5f"))), 0.28)
    side = c.chance.choice((-1, 1))
    _planet(c, (600 + side * 330, 900), 590)
    _probe(c, (600 - side * 160, 280), side)


def _planet(c: Canvas, centre: Point, radius: float) -> None:
    light, middle, dark, deep = (shade(code) for code in c.chance.choice(_PLANETS))
    c.glow(centre, radius * 1.32, middle, 0.75)
    c.disc(centre, radius + 5, blend(light, WHITE, 0.4))
    c.disc(centre, radius, middle)
    x, y = centre
    for band in range(34):
        high = y - radius + 8 + band * 13
        half = math.sqrt(max(0.0, radius**2 - (high - y) ** 2))
        tint = c.chance.choice((light, light, middle, dark))
        for _ in range(3):
            start = x + c.chance.uniform(-1, 0.5) * half
            end = min(start + c.chance.uniform(0.3, 1.1) * half, x + half - 3)
            sag = 14 + band * 0.6
            points = [
                (start + (end - start) * step / 12, high + sag * ((start + (end - start) * step / 12 - x) / half) ** 2)
                for step in range(13)
            ]
            inside = [point for point in points if math.dist(point, centre) < radius - 9]
            if len(inside) > 1:
                c.line(inside, tint, c.chance.uniform(4, 11), 0.3)
    for ring in range(14):
        c.arc(centre, radius - ring * 1.1, (180, 360), blend(light, WHITE, 0.55 - ring * 0.03), 1.2)
    c.mist(y - radius * 0.75, HEIGHT, deep, 0.5)


def _probe(c: Canvas, centre: Point, side: int) -> None:
    x, y = centre
    tilt = math.radians(-16 * side)

    def put(points: list[Point]) -> list[Point]:
        return [
            (x + px * math.cos(tilt) - py * math.sin(tilt), y + px * math.sin(tilt) + py * math.cos(tilt))
            for px, py in points
        ]

    for wing in (-1, 1):
        c.line(put([(wing * 40, 0), (wing * 90, 0)]), shade("aab3c4"), 5)
        for panel in range(3):
            left = 90 + panel * 84
            corners = put([(wing * left, -46), (wing * (left + 78), -46), (wing * (left + 78), 46), (wing * left, 46)])
            c.fill(corners, (shade("5b8fd8"), shade("27509c"), shade("142f66")))
            for cell in range(1, 5):
                across = left + cell * 15.6
                c.line(put([(wing * across, -46), (wing * across, 46)]), shade("a9c8f0"), 1, 0.6)
            for cell in (-15, 15):
                c.line(put([(wing * left, cell), (wing * (left + 78), cell)]), shade("a9c8f0"), 1, 0.6)
    c.fill(put([(-42, -56), (42, -56), (42, 60), (-42, 60)]), (shade("ffdf8a"), shade("d99a3a"), shade("8a5522")))
    for crease in range(6):
        depth = -46 + crease * 18
        c.line(put([(-42, depth), (c.chance.uniform(-10, 10), depth + 9), (42, depth - 4)]), shade("fff1c0"), 1.2, 0.7)
    c.box((x - 12, y - 14, x + 14, y + 14), shade("2a2f45"), 1, 3)
    _dish(c, put([(0, -84)])[0], tilt)
    c.line(put([(20, 60), (20, 104)]), shade("cfd6e3"), 3)
    c.shape(put([(-30, 60), (-8, 60), (-2, 84), (-36, 84)]), shade("596078"))
    c.line(put([(42, 40), (150, 96)]), shade("cfd6e3"), 2.4)
    c.disc(put([(150, 96)])[0], 6, shade("f0f3f8"))
    c.glow(put([(-30, -40)])[0], 70, WHITE, 0.5)


def _dish(c: Canvas, centre: Point, tilt: float) -> None:
    x, y = centre
    white: Colour = shade("eef1f6")
    bowl = [(66 * math.cos(math.radians(a)), 30 * math.sin(math.radians(a))) for a in range(0, 181, 9)]
    turned = [
        (x + px * math.cos(tilt) - py * math.sin(tilt), y + px * math.sin(tilt) + py * math.cos(tilt))
        for px, py in bowl
    ]
    c.shape(turned, blend(white, shade("4a5270"), 0.25))
    c.line([turned[0], turned[-1]], white, 6)
    tip = (x + 40 * math.sin(tilt), y - 40 * math.cos(tilt))
    for foot in (turned[2], turned[-3]):
        c.line([foot, tip], shade("cfd6e3"), 1.6)
    c.disc(tip, 5, white)


def rocket(c: Canvas) -> None:
    """A rocket on its column of fire at the edge of the day."""
    ground = 560.0
    sky(c, ground)
    stars(c, 90, 240)
    ridge(c, ground - 20, 50, c.light.far)
    x, foot = c.chance.uniform(520, 680), c.chance.uniform(280, 330)
    c.glow((x, foot + 110), 420, shade("ffb35c"), 0.75)
    for drift in (-1, 1):
        smoke(
            c,
            [(x, ground - 16), (x + drift * 150, ground - 22), (x + drift * 380, ground - 36)],
            (44, 76),
            blend(WHITE, c.light.sky[-1], 0.35),
            0.32,
        )
    smoke(c, [(x, foot + 170), (x - 8, foot + 260), (x, ground)], (20, 58), blend(WHITE, shade("ffcf8a"), 0.4), 0.34)
    for share, colour in ((1.0, "ff8a2b"), (0.72, "ffc14d"), (0.42, "fffbe6")):
        long = 235 * share
        c.shape(
            [
                (x - 17 * share, foot),
                (x - 25 * share, foot + long * 0.4),
                (x, foot + long),
                (x + 25 * share, foot + long * 0.4),
                (x + 17 * share, foot),
            ],
            shade(colour),
            0.9,
        )
    c.glow((x, foot + 30), 130, WHITE, 0.6)
    _stages(c, x, foot)
    _tower(c, x + 190 if x < 600 else x - 190, ground)
    c.gradient(ground, HEIGHT, (blend(c.light.near, shade("ffb35c"), 0.3), c.light.near))
    ridge(c, ground + 14, 16, blend(c.light.near, shade("ffb35c"), 0.12), 1.6)
    for _ in range(60):
        at = (c.chance.uniform(0, WIDTH), c.chance.uniform(ground + 16, HEIGHT))
        c.box((at[0], at[1], at[0] + c.chance.uniform(20, 90), at[1] + 1.4), shade("ffb35c"), 0.25)


def _stages(c: Canvas, x: float, foot: float) -> None:
    white, trim = shade("f6f3ea"), c.light.accent
    top = foot - 190
    c.shape([(x - 17, foot), (x + 17, foot), (x + 17, top + 30), (x - 17, top + 30)], white)
    nose = [
        (x - 17, top + 30),
        (x - 14, top + 4),
        (x - 7, top - 22),
        (x, top - 34),
        (x + 7, top - 22),
        (x + 14, top + 4),
        (x + 17, top + 30),
    ]
    c.shape(nose, trim)
    c.shape(
        [(x + 5, foot), (x + 17, foot), (x + 17, top + 30), (x + 7, top - 22), (x + 5, top + 30)], shade("26304f"), 0.2
    )
    for y in (foot - 44, foot - 118):
        c.box((x - 17, y, x + 17, y + 8), trim)
    for side in (-1, 1):
        c.box((x + side * 25 - 8, foot - 96, x + side * 25 + 8, foot + 4), white, 1, 4)
        c.shape([(x + side * 25 - 8, foot - 94), (x + side * 25, foot - 118), (x + side * 25 + 8, foot - 94)], trim)
        c.shape([(x + side * 33, foot - 22), (x + side * 50, foot + 10), (x + side * 33, foot + 4)], trim)
    c.disc((x, top + 52), 6, shade("26304f"))


def _tower(c: Canvas, x: float, ground: float) -> None:
    dark = c.light.near
    for side in (-20, 20):
        c.line([(x + side, ground), (x + side, 196)], dark, 5)
    for level in range(14):
        y = 206 + level * 26
        c.line([(x - 20, y), (x + 20, y)], dark, 2.4)
        c.line([(x - 20, y), (x + 20, y + 26)], dark, 1.6)
    c.line([(x, 196), (x, 120)], dark, 3)
    c.disc((x, 118), 4, c.light.accent)
    c.glow((x, 118), 30, c.light.accent, 0.8)
    for y in (260, 340, 430):
        c.box((x - 22, y, x + 66 * (1 if x < 600 else -1), y + 6), dark)
