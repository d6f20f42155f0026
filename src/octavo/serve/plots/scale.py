"""From values to places on a picture: across in percent of its width, mirrored on pages read from the right."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Across:
    """A linear scale: `first` stands at `begin` percent and `last` at `end`, counted from where reading begins."""

    first: float
    last: float
    begin: float = 0.0
    end: float = 100.0
    mirrored: bool = False

    def at(self, value: float) -> float:
        """Give where a value stands, in percent from the left; a scale of one value puts it in the middle."""
        span = self.last - self.first
        share = (value - self.first) / span if span else 0.5
        return self.turned(self.begin + share * (self.end - self.begin))

    def turned(self, place: float) -> float:
        """Give where a place counted from where reading begins is from the left."""
        return round(100 - place if self.mirrored else place, 2)


@dataclass(frozen=True, slots=True)
class Up:
    """A linear scale in pixels from the top: `least` stands at `low`, `most` at `high`."""

    least: float
    most: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Give where a value stands."""
        span = self.most - self.least
        share = (value - self.least) / span if span else 0.5
        return round(self.low + share * (self.high - self.low), 1)


def round_steps(least: float, most: float, wanted: int) -> list[float]:
    """Give round values (1, 2, 5 and their tenfolds) within a range, about as many as wanted."""
    if most <= least:
        return [least]
    rough = (most - least) / max(1, wanted)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first = math.ceil(least / step - 1e-9)
    return [round(number * step, 10) for number in range(first, math.floor(most / step + 1e-9) + 1)]
