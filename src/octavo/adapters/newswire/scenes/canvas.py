"""A small drawing board over Pillow: gradients, soft light, hills, water, grain, in 1200 by 675 units."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from octavo.adapters.newswire.scenes.palette import Colour, Light

WIDTH, HEIGHT = 1200, 675
_GRAIN = 2.6  # levels of 255, standard deviation
_SCALE = 1.5  # drawn larger, then reduced, for smooth edges

Point = tuple[float, float]
_Stroke = Callable[[ImageDraw.ImageDraw, tuple[int, ...]], object]


@dataclass(slots=True)
class Canvas:
    """A picture in the making. Coordinates are units of the finished picture, from top left."""

    image: Image.Image
    chance: random.Random
    light: Light

    @classmethod
    def blank(cls, seed: str, lights: Sequence[Light]) -> "Canvas":
        """An empty canvas whose every choice follows from `seed`, in one of `lights`."""
        chance = random.Random(seed)  # noqa: S311  a picture, not a secret
        image = Image.new("RGB", (round(WIDTH * _SCALE), round(HEIGHT * _SCALE)))
        return cls(image, chance, chance.choice(list(lights)))

    def shape(self, points: Sequence[Point], colour: Colour, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self._paint(lambda pen, ink: pen.polygon(_scaled(points), fill=ink), colour, alpha)

    def box(
        self, corners: tuple[float, float, float, float], colour: Colour, alpha: float = 1.0, radius: float = 0
    ) -> None:
        """A filled rectangle from (left, top, right, bottom), with rounded corners if asked."""
        left, top, right, bottom = corners
        edges = (left * _SCALE, top * _SCALE, max(left, right) * _SCALE, max(top, bottom) * _SCALE)
        self._paint(lambda pen, ink: pen.rounded_rectangle(edges, radius * _SCALE, fill=ink), colour, alpha)

    def bars(self, boxes: Sequence[tuple[float, float, float, float]], colour: Colour, alpha: float) -> None:
        """Round-ended bars that overlap without growing denser."""
        if not boxes:
            return
        left, top = (round(min(box[side] for box in boxes) * _SCALE) for side in (0, 1))
        size = tuple(math.ceil(max(box[side] for box in boxes) * _SCALE) - at + 1 for side, at in ((2, left), (3, top)))
        mask = Image.new("L", (size[0], size[1]))
        pen = ImageDraw.Draw(mask)
        for x, y, right, bottom in boxes:
            edges = (x * _SCALE - left, y * _SCALE - top, right * _SCALE - left, bottom * _SCALE - top)
            pen.rounded_rectangle(edges, (bottom - y) / 2 * _SCALE, fill=round(255 * alpha))
        self.image.paste(Image.new("RGB", mask.size, colour), (left, top), mask)

    def disc(self, centre: Point, radius: float, colour: Colour, alpha: float = 1.0) -> None:
        """A filled circle."""
        self.oval(centre, (radius, radius), colour, alpha)

    def oval(self, centre: Point, radii: Point, colour: Colour, alpha: float = 1.0) -> None:
        """A filled ellipse."""
        (x, y), (across, down) = centre, radii
        edges = tuple(v * _SCALE for v in (x - across, y - down, x + across, y + down))
        self._paint(lambda pen, ink: pen.ellipse(edges, fill=ink), colour, alpha)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2, alpha: float = 1.0) -> None:
        """A line through `points`, with rounded joints."""
        across = max(1, round(width * _SCALE))
        self._paint(
            lambda pen, ink: pen.line(_scaled(points), fill=ink, width=across, joint="curve"),
            colour,
            alpha,
        )

    def arc(self, centre: Point, radius: float, turn: tuple[float, float], colour: Colour, width: float = 3) -> None:
        """Part of a circle, from one angle to another in degrees clockwise from three o'clock."""
        first, last = turn
        steps = max(8, int(abs(last - first) / 3))
        angles = [math.radians(first + (last - first) * i / steps) for i in range(steps + 1)]
        x, y = centre
        self.line([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles], colour, width)

    def gradient(self, top: float, bottom: float, colours: Sequence[Colour]) -> None:
        """A band across the whole width, changing evenly through `colours`."""
        self.image.paste(_column(colours, bottom - top), (0, round(top * _SCALE)))

    def fill(self, points: Sequence[Point], colours: Sequence[Colour]) -> None:
        """A polygon filled with a gradient from its top to its bottom."""
        left, top = (math.floor(min(part) - 1) for part in zip(*points, strict=True))
        right, bottom = (math.ceil(max(part) + 1) for part in zip(*points, strict=True))
        layer = _column(colours, bottom - top, right - left)
        mask = Image.new("L", layer.size)
        ImageDraw.Draw(mask).polygon(_scaled([(x - left, y - top) for x, y in points]), fill=255)
        self.image.paste(layer, (round(left * _SCALE), round(top * _SCALE)), mask)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float = 0.6) -> None:
        """Light that fades out from `centre`."""
        size = max(8, round(radius * 2 * _SCALE))
        fade = 1 - np.minimum(np.asarray(Image.radial_gradient("L"), dtype=np.float32) / 181, 1)
        spot = Image.fromarray((fade**2 * 255 * strength).astype(np.uint8))
        mask = spot.resize((size, size), Image.Resampling.BILINEAR)
        left, top = round((centre[0] - radius) * _SCALE), round((centre[1] - radius) * _SCALE)
        self.image.paste(Image.new("RGB", mask.size, colour), (left, top), mask)

    def mist(self, top: float, bottom: float, colour: Colour, strength: float = 0.5) -> None:
        """A veil that thickens from nothing at `top` to `strength` at `bottom`."""
        rows = max(1, round((bottom - top) * _SCALE))
        ramp = np.linspace(0, 255 * strength, rows, dtype=np.float32).astype(np.uint8)
        mask = Image.fromarray(np.repeat(ramp[:, None], self.image.width, axis=1))
        veil = Image.new("RGB", mask.size, colour)
        self.image.paste(veil, (0, round(top * _SCALE)), mask)

    def finish(self) -> Image.Image:
        """The picture at its final size, with darker corners and a fine grain like printed paper."""
        pixels = np.asarray(self._framed(), dtype=np.float32) * _vignette()
        chance = np.random.default_rng(self.chance.getrandbits(32))
        pixels += chance.standard_normal((HEIGHT, WIDTH, 1), dtype=np.float32) * np.float32(_GRAIN)
        return Image.fromarray(np.clip(pixels, 0, 255, out=pixels).astype(np.uint8))

    def soften(self, top: float, bottom: float, radius: float) -> None:
        """Blur a band, for depth of field."""
        area = (0, round(top * _SCALE), self.image.width, round(bottom * _SCALE))
        part = self.image.crop(area).filter(ImageFilter.GaussianBlur(radius * _SCALE))
        self.image.paste(part, area[:2])

    def _framed(self) -> Image.Image:
        """Seen from a little nearer, or from the other side, so that two pictures differ; at its final size."""
        wide, tall = self.image.size
        share = 1 / self.chance.uniform(1, 1.14)
        left = self.chance.uniform(0, wide * (1 - share))
        top = self.chance.uniform(0, tall * (1 - share))
        part = (round(left), round(top), round(left + wide * share), round(top + tall * share))
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.HAMMING, box=part)
        return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if self.chance.random() < 0.5 else small

    def _paint(self, draw: _Stroke, colour: Colour, alpha: float) -> None:
        if alpha >= 1:
            draw(ImageDraw.Draw(self.image), colour)
        else:
            draw(ImageDraw.Draw(self.image, "RGBA"), (*colour, round(255 * alpha)))


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _column(colours: Sequence[Colour], height: float, width: float = WIDTH) -> Image.Image:
    rows = max(1, round(height * _SCALE))
    stops = np.linspace(0, rows - 1, len(colours))
    column = np.stack([np.interp(np.arange(rows), stops, [c[part] for c in colours]) for part in range(3)], axis=1)
    narrow = Image.fromarray(column.astype(np.uint8)[:, None, :])
    return narrow.resize((round(width * _SCALE), rows), Image.Resampling.NEAREST)  # every row is of one colour


@cache
def _vignette() -> NDArray[np.float32]:
    """How much of the light is left at each place, shape (HEIGHT, WIDTH, 1)."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    distance = np.hypot((across - WIDTH / 2) / WIDTH, (down - HEIGHT / 2) / HEIGHT)
    left: NDArray[np.float32] = (1.03 - 0.28 * distance**2)[..., None].astype(np.float32)
    return left
