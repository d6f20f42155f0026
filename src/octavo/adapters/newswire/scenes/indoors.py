"""Scenes under a roof: library, concert hall, computer hall."""

import math

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import figure
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend, shade

_SPINES = ("7a2e2e", "2f4b63", "3f5a40", "a8763e", "5a3d5c", "c2a36b", "8c4a2f", "1f3440", "94683b", "6d2b3d")


def library(c: Canvas) -> None:
    """A reading room: tall shelves, an arched window, lamps on a long table."""
    c.gradient(0, HEIGHT, (shade("4a2f24"), shade("6b4530"), shade("8a5b3a")))
    _window(c)
    for left, right in ((20, 395), (805, 1180)):
        _shelves(c, left, right)
    _ladder(c, c.chance.choice((150.0, 960.0)))
    c.gradient(556, HEIGHT, (shade("5a3a2a"), shade("3a241b")))
    c.shape([(430, 556), (770, 556), (900, HEIGHT), (300, HEIGHT)], shade("ffe0a0"), 0.16)
    for x, tall in ((300, 120), (480, 112), (716, 116), (905, 122)):
        _reader(c, (x + c.chance.uniform(-16, 16), 566), tall)
    c.box((120, 560, 1080, 586), shade("7c4f31"), 1, 4)
    c.box((120, 560, 1080, 567), shade("a8703f"), 1, 3)
    for x in (170, 1000):
        c.box((x, 586, x + 30, HEIGHT), shade("5a3725"))
    for x in (236, 600, 964):
        c.glow((x, 536), 170, shade("ffd98a"), 0.65)
        c.line([(x, 560), (x, 512)], shade("c79a4a"), 5)
        c.box((x - 20, 554, x + 20, 561), shade("c79a4a"), 1, 3)
        c.shape([(x - 44, 518), (x + 44, 518), (x + 28, 490), (x - 28, 490)], shade("1f6b4f"))
        c.box((x - 44, 515, x + 44, 521), shade("fff0c2"), 1, 3)
    for x in (350, 420, 690, 806):
        c.shape([(x - 26, 560), (x, 552), (x + 26, 560), (x + 22, 549), (x, 543), (x - 22, 549)], shade("f6ecd6"))


def _window(c: Canvas) -> None:
    c.gradient(0, 60, (shade("3a251c"), shade("4a2f24")))
    frame = shade("3a251c")
    left, right, spring, sill = 440, 760, 250, 480
    centre, half = 600, 160
    arch = [
        (centre + half * math.cos(math.radians(a)), spring - half * math.sin(math.radians(a))) for a in range(0, 181, 6)
    ]
    c.fill([(right, sill), *arch, (left, sill)], (shade("8fc3dc"), shade("cfe3dc"), shade("fff0c8")))
    c.glow((600, 330), 300, shade("fff0c8"), 0.5)
    for x in range(left, right + 1, 64):
        c.line([(x, sill), (x, spring - math.sqrt(max(0, half**2 - (x - centre) ** 2)))], frame, 6)
    for y in (spring, spring + 76, spring + 152):
        c.line([(left, y), (right, y)], frame, 6)
    c.line([*arch], frame, 12)
    for offset in (-70, 0, 80):
        c.shape(
            [(560 + offset, 300), (610 + offset, 300), (700 + offset * 2, HEIGHT), (520 + offset * 2, HEIGHT)],
            shade("fff3d0"),
            0.07,
        )
    c.box((left - 14, sill, right + 14, sill + 14), frame)


def _shelves(c: Canvas, left: float, right: float) -> None:
    c.box((left - 14, 36, right + 14, 560), shade("3a2419"))
    for row in range(6):
        top = 56 + row * 84
        c.box((left, top, right, top + 76), shade("24150f"))
        x = left + 4.0
        while x < right - 16:
            wide, tall = c.chance.uniform(7, 17), c.chance.uniform(48, 68)
            if c.chance.random() < 0.07:
                x += c.chance.uniform(14, 30)
                continue
            spine = blend(shade(c.chance.choice(_SPINES)), shade("ffd98a"), c.chance.uniform(0, 0.16))
            c.box((x, top + 76 - tall, min(x + wide, right - 3), top + 76), spine)
            c.box(
                (x + 1, top + 76 - tall * 0.8, min(x + wide - 1, right - 4), top + 76 - tall * 0.72),
                shade("e8c884"),
                0.7,
            )
            c.line([(x, top + 76 - tall), (x, top + 76)], shade("1a0f0a"), 0.8, 0.6)
            x += wide + 0.6
        c.box((left - 6, top + 76, right + 6, top + 84), shade("6b4329"))


def _ladder(c: Canvas, foot: float) -> None:
    wood = shade("b9834c")
    for offset in (0, 44):
        c.line([(foot + offset, 560), (foot + 46 + offset * 0.8, 70)], wood, 6)
    for rung in range(13):
        share = (rung + 0.5) / 13
        y = 560 - 490 * share
        c.line([(foot + 46 * share, y), (foot + 46 * share + 44 - 9 * share, y)], wood, 4)


def _reader(c: Canvas, at: Point, tall: float) -> None:
    x, y = at
    coat = shade(c.chance.choice(("2b3a4a", "57352f", "36503f", "4a3a55", "a06a3a")))
    skin = shade(c.chance.choice(("e0b892", "a8744e", "6f4a34")))
    c.shape(
        [
            (x - tall * 0.32, y),
            (x - tall * 0.26, y - tall * 0.42),
            (x, y - tall * 0.5),
            (x + tall * 0.26, y - tall * 0.42),
            (x + tall * 0.32, y),
        ],
        coat,
    )
    c.oval((x, y - tall * 0.66), (tall * 0.13, tall * 0.165), skin)
    c.oval(
        (x, y - tall * 0.72),
        (tall * 0.145, tall * 0.12),
        shade(c.chance.choice(("2a1a14", "5a3a22", "8a8078", "1a1418"))),
    )


def orchestra(c: Canvas) -> None:
    """An orchestra and its conductor seen from the hall."""
    c.gradient(0, HEIGHT, (shade("2a0d16"), shade("5c1a24"), shade("3a1018")))
    for fold in range(30):
        x = fold * 41.0
        c.fill([(x, 0), (x + 20, 0), (x + 24, 430), (x - 4, 430)], (shade("3d0f19"), shade("7a2430"), shade("52161f")))
    c.shape([(190, 0), (1010, 0), (1090, 450), (110, 450)], shade("a5672f"))
    for panel in range(7):
        left, right = 190 + panel * 117, 190 + (panel + 1) * 117
        low, high = 110 + panel * 140, 110 + (panel + 1) * 140
        c.fill(
            [(left, 0), (right, 0), (high, 450), (low, 450)],
            (shade("6b3a1c"), shade("c58743") if panel % 2 else shade("b57738")),
        )
    for x in (300.0, 600.0, 900.0):
        c.shape([(x - 16, 0), (x + 16, 0), (x + 190, 480), (x - 190, 480)], shade("fff0c0"), 0.13)
    c.gradient(440, 560, (shade("d59a55"), shade("8a5226")))
    c.glow((600, 450), 430, shade("ffdf9a"), 0.45)
    for row, (y, count, tall) in enumerate(((404.0, 13, 70), (440.0, 12, 82), (482.0, 11, 96))):
        for seat in range(count):
            x = 600 + (seat - (count - 1) / 2) * (62 + row * 10)
            _musician(c, (x + c.chance.uniform(-5, 5), y + abs(x - 600) * 0.05), tall, seat + row)
    for x in (212.0, 268.0):
        _double_bass(c, (x, 474))
    _harp(c, (985, 480))
    c.box((540, 536, 660, 560), shade("3a1a10"), 1, 3)
    _conductor(c, (600, 540))
    c.gradient(560, HEIGHT, (shade("2a0f12"), shade("0d0508")))
    for row, y in enumerate((596.0, 640.0, 690.0)):
        for seat in range(24 - row * 3):
            x = (seat + 0.5 + 0.4 * (row % 2)) * WIDTH / (23 - row * 3) + c.chance.uniform(-6, 6)
            tint = blend(shade("3a1a1c"), shade("0a0406"), 0.3 + 0.3 * row)
            c.oval((x, y - 8), (11 + row * 4, 14 + row * 5), tint)
            c.oval((x, y + 26 + row * 8), (24 + row * 8, 26 + row * 9), tint)


def _musician(c: Canvas, at: Point, tall: float, kind: int) -> None:
    x, y = at
    black = shade("1a0f12")
    c.shape(
        [
            (x - tall * 0.24, y),
            (x - tall * 0.2, y - tall * 0.42),
            (x + tall * 0.2, y - tall * 0.42),
            (x + tall * 0.24, y),
        ],
        black,
    )
    c.shape(
        [(x - tall * 0.05, y - tall * 0.42), (x + tall * 0.05, y - tall * 0.42), (x, y - tall * 0.22)], shade("f3e9d8")
    )
    c.oval(
        (x, y - tall * 0.55),
        (tall * 0.1, tall * 0.13),
        shade(c.chance.choice(("e8c2a0", "a8744e", "6f4a34", "d8a98a"))),
    )
    c.oval(
        (x, y - tall * 0.61),
        (tall * 0.11, tall * 0.085),
        shade(c.chance.choice(("2a1a14", "5a3a22", "8a8078", "14100f"))),
    )
    if kind % 3 == 0:
        c.oval((x + tall * 0.17, y - tall * 0.36), (tall * 0.15, tall * 0.07), shade("8a3f1c"))
        c.line([(x - tall * 0.05, y - tall * 0.2), (x + tall * 0.36, y - tall * 0.52)], shade("f0dcb0"), 1.4)
    elif kind % 3 == 1:
        c.line([(x, y - tall * 0.44), (x + tall * 0.3, y - tall * 0.3)], shade("f2c860"), 4)
        c.disc((x + tall * 0.3, y - tall * 0.3), tall * 0.075, shade("f2c860"))
    else:
        c.line([(x, y - tall * 0.46), (x + tall * 0.12, y - tall * 0.08)], shade("0d0808"), 3.6)
    c.shape(
        [
            (x - tall * 0.16, y - tall * 0.16),
            (x + tall * 0.16, y - tall * 0.16),
            (x + tall * 0.13, y - tall * 0.01),
            (x - tall * 0.13, y - tall * 0.01),
        ],
        shade("f6ecd6"),
    )


def _double_bass(c: Canvas, at: Point) -> None:
    x, y = at
    wood = shade("7a3414")
    figure(c, (x - 34, y + 6), 142, shade("1a0f12"))
    c.oval((x - 34, y + 6 - 130), (9, 12), shade("d8a98a"))
    c.oval((x, y - 30), (32, 36), wood)
    c.oval((x, y - 78), (23, 26), wood)
    c.line([(x, y - 90), (x, y - 186)], shade("2a120a"), 6)
    c.disc((x, y - 188), 6, shade("2a120a"))
    for string in (-3, 0, 3):
        c.line([(x + string, y - 180), (x + string, y - 20)], shade("f0dcb0"), 0.7, 0.7)


def _harp(c: Canvas, at: Point) -> None:
    x, y = at
    gold = shade("f0bf5a")
    c.line([(x - 46, y), (x - 46, y - 168)], gold, 7)
    neck = [(x - 46 + 88 * step / 8, y - 166 + 26 * math.sin(step / 8 * math.pi) + 5 * step) for step in range(9)]
    c.line(neck, gold, 7)
    c.line([(x + 42, y - 126), (x - 34, y)], gold, 9)
    for string in range(9):
        px, py = neck[min(8, string)]
        c.line([(px, py), (px, y - 8 - string * 13)], shade("fff0c8"), 0.8, 0.8)


def _conductor(c: Canvas, feet: Point) -> None:
    x, y = feet
    black = shade("12080c")
    figure(c, (x, y), 172, black, 0.07)
    c.line([(x - 16, y - 132), (x - 62, y - 162), (x - 70, y - 206)], black, 10)
    c.line([(x + 16, y - 132), (x + 64, y - 150), (x + 92, y - 196)], black, 10)
    c.line([(x + 92, y - 196), (x + 132, y - 236)], shade("fff6e0"), 2.2)
    c.shape([(x - 18, y - 96), (x + 18, y - 96), (x + 26, y - 44), (x, y - 66), (x - 26, y - 44)], black)


def computer_lab(c: Canvas) -> None:
    """An aisle of computers in blue light, two people at its end."""
    c.gradient(0, HEIGHT, (shade("050a1c"), shade("0b1c3f"), shade("08122c")))
    vanish = (600 + c.chance.uniform(-40, 40), 300.0)
    tint = shade(c.chance.choice(("39c6f0", "4fe0b0", "8f8bff")))
    c.glow(vanish, 330, tint, 0.55)
    c.shape(
        [(vanish[0] - 60, vanish[1] + 56), (vanish[0] + 60, vanish[1] + 56), (1180, HEIGHT), (20, HEIGHT)],
        shade("0c1b3c"),
    )
    for tile in range(8):
        near = 0.1 + 0.9 * (tile / 8) ** 1.7
        y = vanish[1] + 56 + 330 * near
        c.line([(vanish[0] - 60 - 560 * near, y), (vanish[0] + 60 + 560 * near, y)], tint, 0.8 + near, 0.3)
    for lane in (-3, -2, -1, 0, 1, 2, 3):
        c.line([(vanish[0] + lane * 18, vanish[1] + 56), (vanish[0] + lane * 180, HEIGHT)], tint, 1, 0.25)
    for rack in range(7, -1, -1):
        for side in (-1, 1):
            _rack(c, vanish, (side, rack), tint)
    for strip in range(6):
        near = 0.12 + 0.88 * (strip / 6) ** 1.6
        y = vanish[1] - 60 - 250 * near
        c.shape(
            [
                (vanish[0] - 70 * near, y),
                (vanish[0] + 70 * near, y),
                (vanish[0] + 78 * near, y - 18 * near),
                (vanish[0] - 78 * near, y - 18 * near),
            ],
            blend(tint, WHITE, 0.65),
        )
        c.glow((vanish[0], y), 150 * near, tint, 0.3)
    for offset, tall in ((-26, 118), (20, 110)):
        figure(c, (vanish[0] + offset, 432), tall, shade("030714"))
    c.mist(432, HEIGHT, shade("030714"), 0.35)


def _rack(c: Canvas, vanish: Point, place: tuple[int, int], tint: Colour) -> None:
    side, rack = place
    near, far = 0.74**rack, 0.74 ** (rack + 1) * 1.02
    xs = [vanish[0] + side * (60 + 580 * depth) for depth in (far, near)]
    tops = [vanish[1] - 60 - 330 * depth for depth in (far, near)]
    feet = [vanish[1] + 56 + 360 * depth for depth in (far, near)]
    face = blend(shade("0a1530"), tint, 0.06 + 0.05 * rack)
    c.shape([(xs[0], tops[0]), (xs[1], tops[1]), (xs[1], feet[1]), (xs[0], feet[0])], face)
    c.line([(xs[0], tops[0]), (xs[0], feet[0])], blend(face, tint, 0.5), 1 + 2 * near)
    for unit in range(22):
        down = (unit + 0.5) / 22
        ys = [top + (foot - top) * down for top, foot in zip(tops, feet, strict=True)]
        c.line([(xs[0], ys[0]), (xs[1], ys[1])], shade("030714"), 0.6 + 1.6 * near, 0.8)
        for _ in range(5):
            across = c.chance.uniform(0.08, 0.92)
            at = (xs[0] + (xs[1] - xs[0]) * across, ys[0] + (ys[1] - ys[0]) * across + 5 * near)
            light = c.chance.choice((tint, tint, blend(tint, WHITE, 0.5), shade("ffb454"), shade("5cff9d")))
            c.disc(at, 0.7 + 2.6 * near * (0.4 + 0.6 * across), light, c.chance.uniform(0.4, 1))
