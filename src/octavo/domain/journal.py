"""Event: one thing that happened to one article, as `octavo trace` tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """`step` is a pipeline step's name; `outcome` a past-tense sentence; `ms` is processor-independent wall time."""

    subject: str
    step: str
    outcome: str
    at: datetime
    ms: float = 0.0
