"""Moment: something that happened, or was announced, on a day that texts name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from octavo.domain.ids import ArticleId
from octavo.domain.telling import Passage


class Precision(StrEnum):
    """How exactly a date is known; a week is named by its Monday, a month and a year by their first day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Said(StrEnum):
    """How the texts speak of it: as done, as yet to come when they were written, or as what somebody said that day."""

    HAPPENED = "happened"
    ANNOUNCED = "announced"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline: the day, the sentence that tells it best, and who says so.

    `ahead` says that the day is still to come. One that is ANNOUNCED and not ahead was to happen on a day now past;
    no text held says that it did. `publishers` are names, each once; `voices` counts them with one owner's, and those
    who carry one agency, as one.
    """

    day: date
    precision: Precision
    said: Said
    ahead: bool
    passage: Passage
    publishers: tuple[str, ...]
    articles: tuple[ArticleId, ...]
    voices: int

    @property
    def outlets(self) -> int:
        """How many outlets say so."""
        return len(self.publishers)
