"""Scenes in town: court, parliament, hospital, school, market."""

import math

from octavo.adapters.newswire.scenes.canvas import HEIGHT, WIDTH, Canvas, Point
from octavo.adapters.newswire.scenes.elements import (
    Facade,
    clouds,
    facade,
    figure,
    reflect,
    ridge,
    ripples,
    roofs,
    sky,
    sun,
    tree,
)
from octavo.adapters.newswire.scenes.palette import WHITE, Colour, blend, shade


def court(c: Canvas) -> None:
    """A courthouse with columns and a flight of steps."""
    sky(c, 560)
    sun(c, (c.chance.choice((150, 1050)), 150), 40)
    clouds(c, (50, 240), 7)
    roofs(c, 560, 120, blend(c.light.far, c.light.sky[-1], 0.25))
    stone = blend(shade("efe3cd"), c.light.sky[-1], 0.3)
    dark = blend(stone, c.light.near, 0.45)
    deep = blend(stone, c.light.near, 0.7)
    c.gradient(558, HEIGHT, (blend(stone, c.light.near, 0.3), blend(stone, c.light.near, 0.62)))
    c.box((190, 250, 1010, 570), blend(stone, c.light.near, 0.12))
    c.box((300, 258, 900, 566), deep)
    c.box((540, 360, 660, 566), blend(deep, c.light.lit, 0.35))
    for x in (217, 252, 921, 956):
        for y in (300, 410):
            c.box((x, y, x + 22, y + 66), deep, 1, 3)
    for index in range(8):
        _column(c, 312 + index * 82.3, (262, 566), (stone, dark))
    c.box((278, 228, 922, 262), stone)
    c.box((278, 252, 922, 262), dark)
    c.fill([(262, 230), (600, 112), (938, 230)], (blend(stone, WHITE, 0.3), stone))
    c.shape([(318, 219), (600, 128), (882, 219)], blend(stone, c.light.near, 0.22))
    _scales(c, (600, 164), blend(stone, WHITE, 0.35))
    for step in range(8):
        top = 560 + step * 14.5
        c.box((250 - step * 34, top, 950 + step * 34, top + 16), blend(stone, c.light.near, 0.05 + 0.05 * step))
        c.line([(250 - step * 34, top), (950 + step * 34, top)], blend(stone, WHITE, 0.5), 1.4, 0.7)
    for x, y, tall in ((470, 640, 74), (512, 640, 70), (760, 606, 64), (900, 662, 82)):
        c.shape([(x - 5, y), (x + 6, y), (x + 90, y + 16), (x + 76, y + 18)], c.light.near, 0.25)
        figure(c, (x, y), tall, c.light.near)


def _column(c: Canvas, x: float, span: tuple[float, float], tints: tuple[Colour, Colour]) -> None:
    top, bottom = span
    stone, dark = tints
    c.shape([(x - 15, top + 12), (x + 15, top + 12), (x + 18, bottom - 12), (x - 18, bottom - 12)], stone)
    for flute in (2, 7, 12):
        c.shape(
            [
                (x + flute, top + 12),
                (x + flute + 3, top + 12),
                (x + flute * 1.2 + 3, bottom - 12),
                (x + flute * 1.2, bottom - 12),
            ],
            dark,
            0.35,
        )
    c.box((x - 23, top, x + 23, top + 14), blend(stone, WHITE, 0.3), 1, 2)
    c.box((x - 24, bottom - 14, x + 24, bottom), blend(stone, WHITE, 0.2), 1, 2)


def _scales(c: Canvas, top: Point, colour: Colour) -> None:
    x, y = top
    c.line([(x, y - 12), (x, y + 46)], colour, 4)
    c.line([(x - 44, y), (x + 44, y)], colour, 3.4)
    c.box((x - 18, y + 43, x + 18, y + 49), colour, 1, 2)
    for side in (-44, 44):
        c.line([(x + side, y), (x + side - 14, y + 27)], colour, 1.4)
        c.line([(x + side, y), (x + side + 14, y + 27)], colour, 1.4)
        c.shape(
            [(x + side - 18, y + 27), (x + side + 18, y + 27), (x + side + 9, y + 35), (x + side - 9, y + 35)], colour
        )


def parliament(c: Canvas) -> None:
    """A domed parliament across a square that shines after rain."""
    ground = 520.0
    sky(c, ground)
    sun(c, (c.chance.choice((230, 960)), 190), 40)
    clouds(c, (50, 260), 8)
    roofs(c, ground, 110, blend(c.light.far, c.light.sky[-1], 0.2))
    wall = blend(blend(shade("dccbb0"), c.light.sky[-1], 0.4), c.light.near, 0.1)
    shadow = blend(wall, c.light.near, 0.5)
    for left, right, top in ((150, 470, 372), (730, 1050, 372), (440, 760, 340)):
        facade(c, Facade((left, top, right, ground), wall, shadow, c.light.lit, (int((right - left) / 32), 3), 0.45))
        c.box((left - 6, top - 10, right + 6, top + 2), blend(wall, WHITE, 0.25))
    for x in (150, 1050):
        c.box((x - 34, 330, x + 34, ground), blend(wall, c.light.near, 0.12))
        c.shape([(x - 40, 332), (x, 286), (x + 40, 332)], blend(c.light.accent, c.light.near, 0.55))
        c.box((x - 9, 356, x + 9, 384), c.light.lit)
    _dome(c, wall, shadow)
    for index in range(7):
        x = 474 + index * 42
        c.box((x - 7, 420, x + 7, ground), blend(wall, WHITE, 0.35))
    c.shape([(454, 420), (600, 376), (746, 420)], blend(wall, WHITE, 0.3))
    c.gradient(ground, HEIGHT, (blend(c.light.water[0], wall, 0.3), c.light.water[1]))
    for left, right, deep in ((150, 470, 90), (730, 1050, 90), (520, 680, 145)):
        reflect(c, (left, ground + 2, right, ground + deep), wall, 0.45)
    ripples(c, (ground + 4, HEIGHT), blend(WHITE, c.light.sky[-1], 0.3), 60)
    for x in (90, 330, 870, 1110):
        c.line([(x, 590), (x, 440)], c.light.near, 4)
        c.disc((x, 436), 8, c.light.lit)
        c.glow((x, 436), 60, c.light.lit, 0.6)
    for x, y, tall in ((420, 590, 66), (455, 592, 62), (700, 570, 52), (960, 600, 70)):
        reflect(c, (x - 6, y, x + 6, y + tall * 0.7), c.light.near, 0.4)
        figure(c, (x, y), tall, c.light.near)


def _dome(c: Canvas, wall: Colour, shadow: Colour) -> None:
    copper = blend(shade("4f9a86"), c.light.sky[-2], 0.25)
    c.box((510, 262, 690, 342), wall)
    for index in range(9):
        c.box((518 + index * 19.5, 272, 528 + index * 19.5, 330), shadow, 1, 4)
    arch = [(600 + 98 * math.cos(math.radians(a)), 264 - 112 * math.sin(math.radians(a))) for a in range(0, 181, 6)]
    c.shape(arch, copper)
    right = [(x, y) for x, y in arch if x >= 618]
    c.shape([*right, (630, 264)], blend(copper, c.light.near, 0.28))
    for bend in (-62, -31, 0, 31, 62):
        rib = [(600 + bend * math.cos(math.radians(a)), 264 - 112 * math.sin(math.radians(a))) for a in range(0, 91, 9)]
        c.line(rib, blend(copper, WHITE, 0.3), 1.6, 0.6)
    c.box((584, 124, 616, 156), wall)
    c.shape([(580, 126), (600, 96), (620, 126)], copper)
    c.line([(600, 100), (600, 52)], c.light.near, 2.4)
    c.shape([(601, 54), (646, 60), (632, 68), (646, 78), (601, 80)], c.light.accent)


def hospital(c: Canvas) -> None:
    """A hospital at the end of the day, an ambulance before its door."""
    ground = 560.0
    sky(c, ground)
    sun(c, (c.chance.uniform(120, 300), 190), 36)
    clouds(c, (50, 250), 7)
    roofs(c, ground, 130, blend(c.light.far, c.light.sky[-1], 0.25))
    wall = blend(WHITE, c.light.sky[-1], 0.35)
    pane = blend(c.light.water[1], c.light.near, 0.25)
    facade(c, Facade((300, 250, 640, ground), blend(wall, c.light.near, 0.12), pane, c.light.lit, (9, 6), 0.5))
    facade(c, Facade((620, 150, 900, ground), wall, pane, c.light.lit, (7, 8), 0.55))
    facade(c, Facade((880, 330, 1120, ground), blend(wall, c.light.near, 0.08), pane, c.light.lit, (7, 4), 0.45))
    for left, right, top in ((294, 646, 242), (614, 906, 142), (874, 1126, 322)):
        c.box((left, top, right, top + 10), blend(wall, c.light.near, 0.3))
    c.box((706, 66, 814, 140), blend(shade("1f7a8c"), c.light.near, 0.1), 1, 10)
    c.glow((760, 103), 120, WHITE, 0.3)
    for left, right in ((735, 748), (772, 785)):
        c.box((left, 80, right, 126), WHITE)
    c.box((745, 97, 775, 110), WHITE)
    c.box((640, 478, 880, 490), c.light.accent)
    c.box((664, 490, 856, ground), blend(c.light.lit, wall, 0.25))
    for x in (700, 760, 820):
        c.line([(x, 490), (x, ground)], pane, 3)
    c.gradient(ground, HEIGHT, (blend(c.light.far, c.light.near, 0.45), blend(c.light.far, c.light.near, 0.75)))
    c.glow((760, ground + 26), 190, c.light.lit, 0.3)
    for x, tall in ((90, 220), (210, 170), (1160, 200)):
        tree(c, (x, ground + 12), tall, blend(shade("5d8059"), c.light.near, 0.25), c.light.near)
    _ambulance(c, (c.chance.uniform(380, 470), 622))
    for x, y in ((900, 610), (934, 614), (1010, 596)):
        figure(c, (x, y), 66, c.light.near)


def _ambulance(c: Canvas, at: Point) -> None:
    x, y = at
    body = blend(WHITE, c.light.sky[-1], 0.12)
    c.oval((x + 10, y + 12), (140, 9), c.light.near, 0.35)
    c.box((x - 122, y - 92, x + 58, y), body, 1, 8)
    c.shape([(x + 50, y - 84), (x + 88, y - 80), (x + 118, y - 42), (x + 126, y - 4), (x + 50, y)], body)
    c.shape(
        [(x + 64, y - 72), (x + 86, y - 70), (x + 106, y - 42), (x + 64, y - 42)], blend(c.light.water[1], WHITE, 0.2)
    )
    c.box((x - 122, y - 40, x + 122, y - 24), shade("1f7a8c"))
    for stripe in range(9):
        left = x - 116 + stripe * 27
        c.shape([(left, y - 24), (left + 13, y - 24), (left + 5, y - 40), (left - 8, y - 40)], shade("f2c230"))
    c.box((x - 10, y - 101, x + 30, y - 92), shade("3b82f6"), 1, 3)
    c.glow((x + 10, y - 98), 64, shade("5ba4ff"), 0.75)
    for wheel in (-76, 74):
        c.disc((x + wheel, y), 21, c.light.near)
        c.disc((x + wheel, y), 9, blend(WHITE, c.light.near, 0.4))


def school(c: Canvas) -> None:
    """Children arriving at a brick school under autumn trees."""
    ground = 545.0
    sky(c, ground)
    sun(c, (c.chance.choice((160, 1040)), 150), 38)
    clouds(c, (50, 220), 7)
    ridge(c, 480, 60, c.light.far)
    brick = blend(shade("b5573c"), c.light.sky[-1], 0.18)
    trim = blend(WHITE, c.light.sky[-1], 0.25)
    pane = blend(c.light.water[1], c.light.near, 0.15)
    for left, right in ((230, 520), (680, 970)):
        facade(c, Facade((left, 350, right, ground), brick, pane, c.light.lit, (5, 2), 0.35))
        c.shape(
            [(left - 14, 352), (left + 26, 296), (right - 26, 296), (right + 14, 352)], blend(brick, c.light.near, 0.6)
        )
    c.box((500, 300, 700, ground), blend(brick, WHITE, 0.06))
    c.shape([(484, 304), (600, 206), (716, 304)], blend(brick, c.light.near, 0.55))
    c.box((574, 146, 626, 236), trim)
    c.box((584, 168, 616, 212), pane, 1, 15)
    c.shape([(566, 150), (600, 100), (634, 150)], blend(brick, c.light.near, 0.55))
    c.oval((600, 196), (9, 11), c.light.lit)
    c.disc((600, 284), 27, trim)
    c.line([(600, 284), (600, 266)], c.light.near, 3)
    c.line([(600, 284), (612, 291)], c.light.near, 3)
    c.box((560, 430, 640, ground), trim, 1, 4)
    c.box((568, 440, 632, ground), blend(c.light.accent, c.light.near, 0.35))
    c.line([(600, 440), (600, ground)], trim, 3)
    for x in (520, 655):
        c.box((x, 350, x + 26, 400), pane)
    c.gradient(ground, HEIGHT, (shade("a8b06a"), shade("7c8c4c")))
    c.shape([(556, ground), (644, ground), (790, HEIGHT), (410, HEIGHT)], blend(shade("d8c29a"), c.light.sky[-1], 0.2))
    for x, tall, leaf in ((120, 300, "d98a2b"), (1085, 320, "c9622a"), (1180, 240, "e0a83a"), (20, 230, "b9522c")):
        tree(c, (x, 585), tall, shade(leaf), shade("47301f"))
    for _ in range(70):
        at = (c.chance.uniform(0, WIDTH), c.chance.uniform(ground + 20, HEIGHT))
        c.oval(at, (4, 2), shade(c.chance.choice(("d98a2b", "c9622a", "e0a83a"))), 0.9)
    _pupils(c)


def _pupils(c: Canvas) -> None:
    for x, y, tall, coat in (
        (520, 630, 64, "2f5d8a"),
        (556, 622, 58, "c94b4b"),
        (664, 638, 66, "3d7a5a"),
        (700, 650, 70, "6a4a86"),
        (604, 588, 46, "d9903d"),
        (880, 640, 92, "2b3147"),
        (916, 646, 60, "c94b4b"),
    ):
        figure(c, (x, y), tall, shade(coat))
        c.oval(
            (x, y - tall * 0.915),
            (tall * 0.066, tall * 0.085),
            shade(c.chance.choice(("e8c2a0", "a8744e", "6f4a34", "d8a98a"))),
        )
        c.box((x + tall * 0.07, y - tall * 0.78, x + tall * 0.2, y - tall * 0.5), blend(shade(coat), WHITE, 0.35), 1, 4)


def market(c: Canvas) -> None:
    """Market stalls under striped awnings."""
    c.gradient(0, 420, c.light.sky)
    sun(c, (c.chance.uniform(300, 900), 120), 38)
    roofs(c, 380, 150, blend(c.light.far, c.light.sky[-1], 0.2))
    for left in range(-40, WIDTH, 170):
        wall = blend(shade(c.chance.choice(("d9a679", "c98f6b", "e0c39a", "b8a58c", "d4b5a0"))), c.light.far, 0.3)
        top = c.chance.uniform(170, 250)
        facade(c, Facade((left, top, left + 168, 440), wall, blend(wall, c.light.near, 0.5), c.light.lit, (3, 3), 0.2))
    c.mist(160, 430, c.light.sky[-1], 0.35)
    c.gradient(430, HEIGHT, (blend(shade("d2b48c"), c.light.sky[-1], 0.3), shade("9a7a58")))
    for _ in range(26):
        figure(
            c,
            (c.chance.uniform(0, WIDTH), c.chance.uniform(448, 470)),
            c.chance.uniform(60, 76),
            blend(c.light.near, c.light.far, c.chance.uniform(0.2, 0.5)),
        )
    tints = ["c8442f", "2f7f8c", "d99a2b", "5a7f45", "8a4b7a"]
    c.chance.shuffle(tints)
    for index, left in enumerate((-60, 260, 580, 900)):
        _stall(c, left + c.chance.uniform(-8, 8), shade(tints[index]))
    for x, tall, coat in ((236, 178, "2b3a55"), (560, 168, "7a3b3b"), (612, 184, "35523f"), (884, 172, "4a3a5c")):
        y = 664 + c.chance.uniform(-6, 8)
        c.oval((x, y), (tall * 0.24, 7), c.light.near, 0.3)
        figure(c, (x, y), tall, shade(coat))
        c.oval(
            (x, y - tall * 0.915),
            (tall * 0.066, tall * 0.085),
            shade(c.chance.choice(("e8c2a0", "a8744e", "6f4a34", "d8a98a"))),
        )


def _stall(c: Canvas, left: float, tint: Colour) -> None:
    wide, top, counter = 300.0, 356.0, 532.0
    for x in (left + 12, left + wide - 12):
        c.line([(x, top), (x, 620)], shade("5b4331"), 6)
    c.box((left + 8, 420, left + wide - 8, counter), c.light.near, 0.42)
    figure(c, (left + wide * 0.55, 590), 158, blend(tint, c.light.near, 0.55))
    c.oval(
        (left + wide * 0.55, 590 - 158 * 0.915), (10.4, 13.4), shade(c.chance.choice(("e8c2a0", "a8744e", "6f4a34")))
    )
    for crate in range(5):
        x = left + 10 + crate * 56
        fruit = shade(c.chance.choice(("e4572e", "f2a541", "86a83d", "b23a48", "f4d35e", "6b8f3c")))
        for row in range(4):
            for ball in range(6 - row % 2):
                at = (x + 6 + ball * 9 + (row % 2) * 4.5, counter - 4 - row * 7)
                c.disc(at, 6.4, blend(fruit, WHITE, c.chance.uniform(0, 0.25)))
        c.box((x, counter, x + 54, counter + 26), shade("8d6a47"), 1, 2)
        c.line([(x, counter + 12), (x + 54, counter + 12)], shade("6b4e33"), 2)
    c.box((left + 4, counter + 26, left + wide - 8, 622), blend(shade("6b4e33"), tint, 0.25))
    stripes = 10
    for stripe in range(stripes):
        colour = tint if stripe % 2 == 0 else blend(WHITE, c.light.lit, 0.25)
        x0, x1 = left + 22 + stripe * (wide - 44) / stripes, left + 22 + (stripe + 1) * (wide - 44) / stripes
        y0, y1 = left - 8 + stripe * (wide + 16) / stripes, left - 8 + (stripe + 1) * (wide + 16) / stripes
        c.shape([(x0, top - 46), (x1, top - 46), (y1, top + 22), (y0, top + 22)], colour)
        c.oval(((y0 + y1) / 2, top + 22), ((y1 - y0) / 2, 12), blend(colour, c.light.near, 0.08))
    c.shape(
        [(left + 22, top - 46), (left + wide - 22, top - 46), (left + wide - 20, top - 38), (left + 20, top - 38)],
        WHITE,
        0.25,
    )
