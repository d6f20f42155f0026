"""Picture: what is known of a publisher's picture once it was looked at."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fitness(StrEnum):
    """Whether a picture can stand above an article."""

    READY = "ready"
    UNFIT = "unfit"  # it is there, but a logo, a placeholder, a counting pixel
    FAILED = "failed"  # it could not be had


@dataclass(frozen=True, slots=True)
class Picture:
    """A publisher's picture by its address: its sides in pixels, and its tint.

    `tint` numbers the colour of the palette nearest to its own (extract/drawing.py), from 1; 0 where it is not known.
    """

    url: str
    fitness: Fitness
    at: datetime
    tint: int = 0
    width: int = 0
    height: int = 0
    why: str = ""
