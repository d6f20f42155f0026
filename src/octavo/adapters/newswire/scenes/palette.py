"""Colours and times of day for the newswire's illustrations."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Light:
    """A time of day: sky from top to horizon, the sun or moon, far and near land, water, accents."""

    sky: tuple[Colour, ...]
    disc: Colour
    far: Colour
    near: Colour
    water: tuple[Colour, Colour]
    lit: Colour
    accent: Colour
    night: bool = False


def shade(code: str) -> Colour:
    """A colour from its six-figure hexadecimal code."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """The colour `share` (0 to 1) of the way from `one` to `other`."""
    share = min(1.0, max(0.0, share))
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


INK = shade("14182b")
PAPER = shade("fbf3e4")
WHITE = shade("ffffff")
BLACK = shade("000000")

DAWN = Light(
    sky=(shade("5b6fa8"), shade("b790b5"), shade("f4b4a0"), shade("fde2b8")),
    disc=shade("fff3d6"),
    far=shade("c79fb0"),
    near=shade("2c2f55"),
    water=(shade("eebfae"), shade("4f5a94")),
    lit=shade("ffd98a"),
    accent=shade("e8664f"),
)
DAY = Light(
    sky=(shade("3f8fc9"), shade("7fbbe0"), shade("bfe0ee"), shade("eef6ef")),
    disc=shade("ffffff"),
    far=shade("9cc3cf"),
    near=shade("1f5560"),
    water=(shade("8fc9d8"), shade("1d6f8c")),
    lit=shade("fff1c4"),
    accent=shade("f0803c"),
)
GOLDEN = Light(
    sky=(shade("2f5673"), shade("7f8f8e"), shade("eab26f"), shade("fbdb95")),
    disc=shade("fff0c2"),
    far=shade("c9a27a"),
    near=shade("2a2f36"),
    water=(shade("f3c381"), shade("2f4d63")),
    lit=shade("ffd27a"),
    accent=shade("c8442f"),
)
DUSK = Light(
    sky=(shade("231a4f"), shade("5d3377"), shade("c2557a"), shade("f9a26c")),
    disc=shade("ffd7a1"),
    far=shade("8d4b7f"),
    near=shade("1a1438"),
    water=(shade("e98a76"), shade("2b1f57")),
    lit=shade("ffcf70"),
    accent=shade("ff6b5a"),
)
NIGHT = Light(
    sky=(shade("0a1030"), shade("14224f"), shade("26407a"), shade("4d6fa3")),
    disc=shade("f4f1dc"),
    far=shade("34528a"),
    near=shade("070b20"),
    water=(shade("3d5f97"), shade("0b1636")),
    lit=shade("ffd36b"),
    accent=shade("f2a541"),
    night=True,
)
STORM = Light(
    sky=(shade("3b4854"), shade("5f7079"), shade("8d9c9d"), shade("c4ccc3")),
    disc=shade("eef0e6"),
    far=shade("8b9a9e"),
    near=shade("26343d"),
    water=(shade("a3ada4"), shade("4f5b52")),
    lit=shade("ffdc8c"),
    accent=shade("d9573f"),
)
HAZE = Light(
    sky=(shade("c98d54"), shade("e3b277"), shade("f3d09c"), shade("fbe8c6")),
    disc=shade("fffbea"),
    far=shade("dcae7c"),
    near=shade("5d3a26"),
    water=(shade("e9c793"), shade("8a6a4a")),
    lit=shade("fff0bf"),
    accent=shade("2e7f8c"),
)
