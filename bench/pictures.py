"""Picture formats: kilobytes, CPU milliseconds and likeness (SSIM) of photographs in a folder and of drawn scenes.

python bench/pictures.py FOLDER
"""

import io
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from octavo.adapters.newswire.pictures import SCENES, draw_picture

WINDOW = 8  # pixels
FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
    ("WEBP", {"quality": 74, "method": 4}),
    ("WEBP", {"quality": 72, "method": 2}),
    ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
    ("AVIF", {"quality": 60, "speed": 6, "max_threads": 1}),
    ("AVIF", {"quality": 50, "speed": 6, "max_threads": 1}),
)


def main() -> None:
    photos = [Image.open(path).convert("RGB") for path in sorted(Path(sys.argv[1]).iterdir())]
    scenes = [Image.open(io.BytesIO(draw_picture(scene, "x"))).convert("RGB") for scene in list(SCENES)[:6]]
    for name, pictures, width in (("photographs", photos, 640), ("photographs", photos, 320), ("scenes", scenes, 1280)):
        narrow = [
            one.resize((width, round(one.height * width / one.width)), Image.Resampling.LANCZOS)
            if one.width > width
            else one
            for one in pictures
        ]
        for kind, how in FORMS:
            print(name, width, kind, how, measured(narrow, kind, how))


def measured(pictures: list[Image.Image], kind: str, how: dict[str, Any]) -> str:
    """Write every picture in a format; gives mean kilobytes, milliseconds and likeness."""
    begun = time.process_time()
    made = []
    for one in pictures:
        made.append(io.BytesIO())
        one.save(made[-1], kind, **how)
    ms = (time.process_time() - begun) * 1000 / len(pictures)
    alike = float(np.mean([likeness(one, Image.open(out)) for one, out in zip(pictures, made, strict=True)]))
    return f"{sum(len(out.getvalue()) for out in made) / len(pictures) / 1000:.1f} kB {ms:.0f} ms SSIM {alike:.4f}"


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Mean structural similarity of the luma (Wang et al. 2004), over square windows of equal weight."""
    a, b = (np.asarray(picture.convert("L"), float) for picture in (one, other))
    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b, both = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    above = (2 * mean_a * mean_b + 6.5) * (2 * both + 58.5)
    return float((above / ((mean_a**2 + mean_b**2 + 6.5) * (var_a + var_b + 58.5))).mean())


def mean(values: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    sums = np.cumsum(np.cumsum(np.pad(values, ((1, 0), (1, 0))), 0), 1)
    k = WINDOW
    summed: np.ndarray[Any, Any] = sums[k:, k:] - sums[:-k, k:] - sums[k:, :-k] + sums[:-k, :-k]
    return summed / k / k


if __name__ == "__main__":
    main()
