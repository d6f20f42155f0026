"""Vitals: what a process of an instance last said of itself, for whoever watches over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

ProcessKind = Literal["web", "work"]

BEAT = timedelta(seconds=10)
"""How often a process says that it is there."""

SILENT = timedelta(seconds=60)
"""A process that said nothing for so long is taken for gone, or stuck."""

KNOWN = timedelta(days=7)
"""How long it is known that there was a process."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """One process: its name, when it began, when it last said so, and its figures as lines of metrics name them."""

    process: str
    kind: ProcessKind
    started_at: datetime
    at: datetime
    figures: Mapping[str, float] = field(default_factory=dict)

    def heard(self, now: datetime) -> bool:
        """Tell whether it said something lately; a clock that was set back makes nobody silent."""
        return now - self.at < SILENT
