"""How surely two articles report the same event: dense and sparse evidence together.

Either alone is weaker on live headlines: vectors bridge wording and languages but confuse look-alike events; words,
names and figures tell those apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log1p

from octavo.relate.profile import Profile

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two articles share. `dense` is the cosine of their vectors, None where there is none to compare."""

    dense: float | None
    sparse: float
    names: tuple[str, ...]
    name_share: float
    same_numbers: int
    other_numbers: int
    hours: float
    same_language: bool

    @property
    def probability(self) -> float:
        """The probability that both report the same event."""
        return 1.0 / (1.0 + exp(-_logit(self)))


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
    """Weigh the evidence; the weights were fitted on pairs of four labelled streams (evals/stories.py)."""
    names = log1p(len(evidence.names))
    value = (
        -0.25 * log1p(evidence.hours / 24.0) + 0.5 * names + 0.3 * evidence.same_numbers - 0.2 * evidence.other_numbers
    )
    if evidence.dense is None:
        return value - 3.0 + 9.0 * evidence.sparse
    if evidence.same_language:
        return value - 6.0 + 8.0 * evidence.dense + 6.0 * evidence.sparse
    return value - 6.5 + 10.0 * evidence.dense + 4.0 * evidence.sparse
