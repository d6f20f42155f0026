"""How surely two articles report the same event: dense and sparse evidence together.

Either alone is weaker on live headlines: vectors bridge wording and languages but confuse look-alike events; words,
names and figures tell those apart. The evidence is weighed by logistic regression, its weights fitted on pairs of
neighbours in four labelled streams (what evals/stories.py measures), apart for headlines alone and for whole texts:
a headline's words prove less, a text's more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log1p

from octavo.relate.profile import Profile

_HOUR = 3600.0
_AGE = 1.0
"""Weight of log(1 + days apart): most of what is written of an event is written within a day or two."""

_MANY = 3
"""Numbers from which further ones prove nothing more."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to the log-odds, for headlines alone and for whole texts."""

    base: float
    dense: float
    sparse: float


_SAME_LANGUAGE = (Weights(-2.01, 2.78, 3.98), Weights(-7.54, 5.51, 15.86))
_TWO_LANGUAGES = (Weights(-2.75, 5.83, 2.03), Weights(-12.88, 9.86, 19.53))
_WORDS_ONLY = (Weights(-1.27, 0.0, 4.09), Weights(-5.5, 0.0, 20.0))
_NAMES = (-2.5, 0.91)
_NAME_SHARE = (2.86, 1.1)
_SAME_NUMBERS = (1.55, 0.29)
_OTHER_NUMBERS = (0.42, -0.88)
"""Pairs are (headlines alone, whole texts); between them the weights are mixed by how much text there is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two articles share. `dense` is the cosine of their vectors, None where there is none to compare.

    `fullness` in [0, 1] says how much text there was to compare; `logit` is the log-odds of one event.
    """

    dense: float | None
    sparse: float
    names: tuple[str, ...]
    name_share: float
    same_numbers: int
    other_numbers: int
    hours: float
    same_language: bool
    fullness: float

    @property
    def logit(self) -> float:
        """The log-odds that both report the same event."""
        return _logit(self)

    @property
    def probability(self) -> float:
        """The probability that both report the same event."""
        return 1.0 / (1.0 + exp(-max(-60.0, _logit(self))))


def compare(one: Profile, other: Profile, cosine: float | None = None) -> Evidence:
    """Gather the evidence; `cosine` spares computing it where the vector index already has."""
    shared = tuple(shown for folded, shown in one.names.items() if folded in other.names)
    smaller = min(len(one.names), len(other.names))
    same = len(one.numbers & other.numbers)
    return Evidence(
        dense=_dense(one, other, cosine),
        sparse=_sparse(one.terms, other.terms),
        names=shared,
        name_share=len(shared) / smaller if smaller else 0.0,
        same_numbers=same,
        other_numbers=min(len(one.numbers), len(other.numbers)) - same,
        hours=abs((one.candidate.at - other.candidate.at).total_seconds()) / _HOUR,
        same_language=one.candidate.language == other.candidate.language,
        fullness=min(one.fullness, other.fullness),
    )


def _dense(one: Profile, other: Profile, cosine: float | None) -> float | None:
    if one.vector is None or other.vector is None or one.candidate.model != other.candidate.model:
        return None
    return float(one.vector @ other.vector) if cosine is None else cosine


def _sparse(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _logit(evidence: Evidence) -> float:
    brief, full = 1.0 - evidence.fullness, evidence.fullness
    value = -_AGE * log1p(evidence.hours / 24.0)
    features = (
        (_NAMES, log1p(len(evidence.names))),
        (_NAME_SHARE, evidence.name_share),
        (_SAME_NUMBERS, float(min(evidence.same_numbers, _MANY))),
        (_OTHER_NUMBERS, float(min(evidence.other_numbers, _MANY))),
    )
    value += sum((brief * weight[0] + full * weight[1]) * feature for weight, feature in features)
    table = _SAME_LANGUAGE if evidence.same_language else _TWO_LANGUAGES
    for share, weights in zip((brief, full), _WORDS_ONLY if evidence.dense is None else table, strict=True):
        value += share * (weights.base + weights.dense * (evidence.dense or 0.0) + weights.sparse * evidence.sparse)
    return value
