"""Whether two figures, or two short texts with figures, contradict each other, agree, or are about something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from octavo.domain.figure import Figure
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.telling import Telling
from octavo.relate.figures import figures
from octavo.relate.occasion import likelihood, signs
from octavo.relate.scope import Values, values

SAME_OCCASION = 0.57
"""Likelihood from which two figures are taken to be of one occasion; where F1 is best on pairs of headlines."""

_MOVING = frozenset({"shares", "price", "rate", "wind", "temperature", "rain"})
"""Quantities that are measured anew each day: without a period of their own they cannot contradict each other."""

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST, _SECOND = (Telling(ArticleId(number), PublisherId(""), "", "", _UNDATED, "") for number in (1, 2))


class Label(StrEnum):
    """What two texts with figures are to each other."""

    CONFLICT = "conflict"
    AGREE = "agree"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` is the likelihood of a conflict; `one` and `other` the figures it was judged by, if any."""

    label: Label
    score: float
    one: Figure | None = None
    other: Figure | None = None


NONE = Judgement(Label.UNRELATED, 0.0)


def judge(a: str, b: str, language: str) -> Judgement:
    """Judge two short texts: the pair of figures most surely of one occasion decides."""
    mine, theirs = (
        figures(Telling(one.id, one.publisher_id, "", language, _UNDATED, text))
        for one, text in ((_FIRST, a), (_SECOND, b))
    )
    return judge_figures(mine, theirs)


def judge_figures(mine: Sequence[Figure], theirs: Sequence[Figure]) -> Judgement:
    """Judge the figures of two passages, as `judge` does; one sure conflict outweighs what agrees beside it."""
    found = [(of_one_occasion(one, other, mine, theirs), one, other) for one in mine for other in theirs]
    found.sort(key=lambda pair: -pair[0])
    differing = [pair for pair in found if values(*pair[1:]) in (Values.DIFFER, Values.BOUND)]
    agreeing = [pair for pair in found if values(*pair[1:]) in (Values.SAME, Values.ROUNDED)]
    for label, pairs in ((Label.CONFLICT, differing), (Label.AGREE, agreeing)):
        if pairs and pairs[0][0] >= SAME_OCCASION:
            return Judgement(label, round(pairs[0][0], 3) if label == Label.CONFLICT else 0.0, *pairs[0][1:])
    return Judgement(Label.UNRELATED, round(differing[0][0], 3), *differing[0][1:]) if differing else NONE


def of_one_occasion(one: Figure, other: Figure, mine: Sequence[Figure], theirs: Sequence[Figure]) -> float:
    """Give how likely two figures count the same thing on the same occasion; 0 where their scopes rule it out."""
    if one.quantity != other.quantity or one.unit != other.unit or one.step != other.step:
        return 0.0
    found = signs(one, other, mine, theirs)
    apart = found.other_group or one.former or other.former or (not one.known and one.language != other.language)
    differ = values(one, other) in (Values.DIFFER, Values.BOUND)
    if apart or (differ and _moving(one) and not one.period & other.period):
        return 0.0
    return likelihood(found)


def _moving(one: Figure) -> bool:
    return not one.known or one.quantity in _MOVING
