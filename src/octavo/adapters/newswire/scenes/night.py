"""Scenes under lamps: a dark street, a full stadium."""

import math

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import figure, reflect, ripples, sun
from octavo.adapters.newswire.scenes.palette import WHITE, blend, shade


def street_night(c: Canvas) -> None:
    """A wet street at night, nearly every window dark."""
    c.gradient(0, HEIGHT, (shade("0a1026"), shade("16224a"), shade("2c3f70"), shade("4a5f8f")))
    vanish = (c.chance.uniform(560, 640), 400.0)
    c.glow(vanish, 260, shade("8fa6d6"), 0.5)
    sun(c, (c.chance.choice((400, 800)), 92), 34)
    for side in (-1, 1):
        for block in range(6):
            _block(c, vanish, side, block)
    c.shape(
        [(vanish[0] - 22, vanish[1] + 6), (vanish[0] + 22, vanish[1] + 6), (1000, HEIGHT), (200, HEIGHT)],
        shade("1d2848"),
    )
    c.shape(
        [(vanish[0] - 22, vanish[1] + 6), (200, HEIGHT), (-300, HEIGHT), (vanish[0] - 34, vanish[1] + 6)],
        shade("131b35"),
    )
    c.shape(
        [(vanish[0] + 22, vanish[1] + 6), (1000, HEIGHT), (1500, HEIGHT), (vanish[0] + 34, vanish[1] + 6)],
        shade("131b35"),
    )
    for dash in range(7):
        near = 0.1 + 0.9 * (dash / 7) ** 1.8
        y = vanish[1] + 14 + near * 250
        c.shape(
            [
                (vanish[0] - 3 * near, y),
                (vanish[0] + 3 * near, y),
                (vanish[0] + 5 * near, y + 26 * near),
                (vanish[0] - 5 * near, y + 26 * near),
            ],
            shade("8fa0c8"),
            0.5,
        )
    ripples(c, (440, HEIGHT), shade("9fb4e0"), 70)
    for side, near in ((-1, 0.28), (1, 0.42), (-1, 0.68), (1, 0.98)):
        _lamp(c, (vanish[0] + side * 420 * near, vanish[1] + 250 * near), near, lit=near in {0.42, 0.68})
    car = (vanish[0] - 96, 540.0)
    for eye in (-26, 26):
        c.glow((car[0] + eye, car[1]), 74, shade("fff0c0"), 0.8)
        reflect(c, (car[0] + eye - 9, car[1] + 16, car[0] + eye + 9, car[1] + 118), shade("ffe3a0"), 0.7)
    c.box((car[0] - 40, car[1] - 20, car[0] + 40, car[1] + 16), shade("0c1226"), 1, 9)
    c.box((car[0] - 28, car[1] - 40, car[0] + 28, car[1] - 14), shade("0c1226"), 1, 9)
    for eye in (-26, 26):
        c.disc((car[0] + eye, car[1]), 6, shade("fffbe6"))
    _umbrella(c, (vanish[0] + 150, 640))


def _block(c: Canvas, vanish: Point, side: int, block: int) -> None:
    near, far = 0.94**block * 0.72**block, 0.72 ** (block + 1) * 0.94 ** (block + 1)
    inner, outer = vanish[0] + side * 640 * far, vanish[0] + side * 640 * near
    tall = c.chance.uniform(0.85, 1.15)
    tops = [vanish[1] - 430 * depth * tall for depth in (far, near)]
    feet = [vanish[1] + 10 + 200 * depth for depth in (far, near)]
    wall = blend(shade("10182f"), shade("40558a"), min(0.8, 0.12 * block + c.chance.uniform(0, 0.1)))
    c.shape([(inner, tops[0]), (outer, tops[1]), (outer, feet[1]), (inner, feet[0])], wall)
    for floor in range(5):
        for column in range(4):
            across = (column + 0.3) / 4, (column + 0.72) / 4
            down = (floor + 0.25) / 6, (floor + 0.72) / 6
            corners = [
                (
                    inner + (outer - inner) * a,
                    tops[0]
                    + (tops[1] - tops[0]) * a
                    + d * (feet[0] - tops[0] + (feet[1] - tops[1] - feet[0] + tops[0]) * a),
                )
                for a, d in ((across[0], down[0]), (across[1], down[0]), (across[1], down[1]), (across[0], down[1]))
            ]
            lit = c.chance.random() < 0.05
            c.shape(corners, shade("ffcf70") if lit else blend(wall, shade("05070f"), 0.5))


def _lamp(c: Canvas, foot: Point, near: float, *, lit: bool) -> None:
    x, y = foot
    top = y - 300 * near
    c.line([(x, y), (x, top)], shade("070b18"), 8 * near)
    c.oval((x, top), (18 * near, 9 * near), shade("070b18"))
    if lit:
        c.glow((x, top + 8 * near), 230 * near, shade("ffc861"), 0.85)
        c.oval((x, top + 8 * near), (12 * near, 6 * near), shade("fff1c9"))
        reflect(c, (x - 12 * near, y, x + 12 * near, y + 110 * near), shade("ffc861"), 0.6)


def _umbrella(c: Canvas, feet: Point) -> None:
    x, y = feet
    reflect(c, (x - 14, y, x + 14, HEIGHT), shade("05070f"), 0.5)
    figure(c, (x, y), 128, shade("060914"))
    c.line([(x + 16, y - 70), (x + 16, y - 150)], shade("060914"), 2.4)
    dome = [
        (x + 16 + 66 * math.cos(math.radians(a)), y - 134 - 42 * math.sin(math.radians(a))) for a in range(0, 181, 10)
    ]
    c.shape(dome, shade("b8433a"))
    for rib in (-44, -22, 0, 22, 44):
        c.disc((x + 16 + rib * 1.2, y - 132), 12, shade("b8433a"))


def stadium(c: Canvas) -> None:
    """A full stadium under floodlights."""
    c.gradient(0, 330, (shade("081230"), shade("12255a"), shade("2a4a8f")))
    for row in range(11):
        y = 150.0 + row * 17
        tint = blend(shade("0d1838"), shade("2e4277"), row / 11)
        c.shape([(0, y - 30 + row * 2), (600, y), (1200, y - 30 + row * 2), (1200, 400), (0, 400)], tint)
        for _ in range(210):
            x = c.chance.uniform(0, WIDTH)
            lift = abs(x - 600) / 600 * (30 - row * 2)
            colour = shade(c.chance.choice(("d94f45", "e8e4d8", "3f7fd0", "f0c24a", "22335f", "22335f")))
            c.disc((x, y + 9 - lift + c.chance.uniform(-3, 3)), 2.6, colour, 0.8)
    c.shape([(0, 96), (600, 132), (1200, 96), (1200, 118), (600, 150), (0, 118)], shade("0a1026"))
    for x in range(40, WIDTH, 86):
        y = 112 + 30 * (1 - abs(x - 600) / 600)
        for lamp in range(4):
            c.disc((x + lamp * 8, y), 3.2, shade("fffbe8"))
        c.glow((x + 12, y), 96, shade("dfe9ff"), 0.5)
    c.box((0, 336, WIDTH, 366), shade("14306b"))
    for panel in range(8):
        c.box(
            (panel * 152 + 6, 341, panel * 152 + 144, 361),
            shade(c.chance.choice(("c8442f", "1f7a8c", "e0a030", "314c9a"))),
            0.9,
            2,
        )
    _pitch(c)
    for x, y, tall, kit in (
        (330, 452, 66, "c8322b"),
        (468, 430, 58, "1f4fa8"),
        (560, 486, 80, "c8322b"),
        (706, 446, 64, "1f4fa8"),
        (850, 470, 74, "c8322b"),
        (930, 424, 56, "1f4fa8"),
    ):
        x += int(c.chance.uniform(-40, 40))
        c.oval((x + 14, y + 2), (tall * 0.4, 5), shade("0c3a22"), 0.5)
        figure(c, (x, y), tall, shade(kit), 0.2)
        c.oval(
            (x, y - tall * 0.915), (tall * 0.066, tall * 0.085), shade(c.chance.choice(("e8c2a0", "a8744e", "6f4a34")))
        )
    _ball(c, (c.chance.uniform(520, 690), 600))


def _pitch(c: Canvas) -> None:
    c.gradient(366, HEIGHT, (shade("2f8f4e"), shade("1f6f3c")))
    for stripe in range(-7, 8):
        if stripe % 2 == 0:
            c.shape(
                [
                    (600 + stripe * 88, 366),
                    (688 + stripe * 88, 366),
                    (600 + (stripe + 1) * 200, HEIGHT),
                    (600 + stripe * 200, HEIGHT),
                ],
                shade("3aa65c"),
                0.55,
            )
    chalk = shade("eef7ee")
    c.line([(0, 392), (WIDTH, 392)], chalk, 3, 0.9)
    c.line([(210, 392), (90, 520), (1110, 520), (990, 392)], chalk, 3.4, 0.9)
    c.line([(400, 392), (360, 436), (840, 436), (800, 392)], chalk, 2.8, 0.9)
    curve = [(600 + 150 * math.cos(math.radians(a)), 520 + 46 * math.sin(math.radians(a))) for a in range(0, 181, 8)]
    c.line(curve, chalk, 3.4, 0.9)
    c.box((478, 306, 722, 392), WHITE, 0.1)
    for mesh in range(21):
        c.line([(478 + mesh * 12.2, 306), (478 + mesh * 12.2, 390)], WHITE, 0.8, 0.35)
    for mesh in range(8):
        c.line([(478, 306 + mesh * 12), (722, 306 + mesh * 12)], WHITE, 0.8, 0.35)
    c.line([(478, 392), (478, 306), (722, 306), (722, 392)], WHITE, 5)


def _ball(c: Canvas, at: Point) -> None:
    x, y = at
    c.oval((x + 12, y + 34), (46, 9), shade("0c3a22"), 0.55)
    c.disc((x, y), 36, shade("f6f6f2"))
    c.oval((x + 9, y + 9), (27, 27), shade("c9d3d6"), 0.55)
    dark = shade("1b2233")
    patch = [
        (x - 4 + 13 * math.cos(math.radians(a - 90)), y - 4 + 13 * math.sin(math.radians(a - 90)))
        for a in range(0, 360, 72)
    ]
    c.shape(patch, dark)
    for px, py in patch:
        end = (x + (px - x + 4) * 2.4 - 3, y + (py - y + 4) * 2.4 - 3)
        c.line([(px, py), end], dark, 2)
        c.disc(end, 6.5, dark)
