"""Difference: two passages that do not bear each other out, or a fact that stands in one outlet's text alone."""

from dataclasses import dataclass
from enum import StrEnum

from octavo.domain.ids import PublisherId
from octavo.domain.telling import Passage


class DifferenceKind(StrEnum):
    """What differs from what."""

    HEADLINE_NUMBER = "headline_number"  # the headline's number is not the text's
    HEADLINE_NAME = "headline_name"  # the headline names somebody the text does not
    HEADLINE_CERTAINTY = "headline_certainty"  # the headline is sure of what the text says with reserve
    OUTLETS = "outlets"  # two outlets state incompatible values of one scope
    ONLY_HERE = "only_here"  # one outlet alone reports it
    NOT_HERE = "not_here"  # all others whose text we hold report it


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, shown and not judged: `passages` are the words that say so, the headline's or earlier ones first.

    `reason` is for machines: words joined by ":", such as "number:killed:17:19". `publishers` are the outlets it is
    said of. `score`, from 0 to 1, orders them.
    """

    kind: DifferenceKind
    reason: str
    passages: tuple[Passage, ...]
    publishers: tuple[PublisherId, ...]
    score: float
