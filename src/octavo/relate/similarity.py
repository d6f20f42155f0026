"""How surely two articles report the same event: dense and sparse evidence together.

Either alone is weaker on live headlines: vectors bridge wording and languages but confuse look-alike events; words,
names and figures tell those apart. The evidence is weighed by logistic regression, its weights fitted on pairs of
neighbours in labelled streams and the sample newswire (what evals/stories.py measures), apart for headlines alone and
for whole texts: a headline's words prove less, a text's more. Two languages are compared by how their names sound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log1p

from octavo.relate.profile import Profile, heard

_HOUR = 3600.0
_AGE = 0.44
"""Weight of log(1 + days apart): most of what is written of an event is written within a day or two."""

MANY = 3
"""Numbers from which further ones prove nothing more."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to the log-odds, for headlines alone or for whole texts."""

    base: float
    dense: float = 0.0
    sparse: float = 0.0
    sound: float = 0.0
    rare: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Weights for headlines alone and for whole texts; between them they are mixed by how much text there is."""

    brief: Weights
    full: Weights


_SAME_LANGUAGE = Table(
    Weights(base=-3.26, dense=4.15, sparse=4.83, rare=-2.54), Weights(base=-3.31, dense=0.40, sparse=12.55, rare=1.06)
)
_TWO_LANGUAGES = Table(
    Weights(base=-3.19, dense=5.86, sound=1.64, rare=-0.62), Weights(base=-2.34, dense=-0.12, sound=11.01, rare=2.04)
)
_UNHEARD = Table(Weights(base=-3.60, dense=7.28), Weights(base=-3.01, dense=3.31))
"""For two languages of which one is written in a script whose sounds are unknown."""

_WORDS_ONLY = Table(Weights(-1.27, 0.0, 4.09), Weights(-3.69, 0.0, 14.09, 0.0, 0.71))
_TWO_WORDS_ONLY = Table(Weights(-1.27, 0.0, 4.09), Weights(-3.32, 0.0, 0.0, 11.31, 1.85))
"""Where there are no vectors of one model to compare."""

_NAMES = (-1.50, -0.34)
_NAME_SHARE = (2.35, 3.99)
_SAME_NUMBERS = (0.64, 0.54)
_OTHER_NUMBERS = (0.84, -0.87)
"""Pairs are (headlines alone, whole texts)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two articles share. `dense` is the cosine of their vectors, None where there is none to compare.

    `sparse` is the cosine of their words, `sound` of their words' sounds where the languages differ; `rare` counts
    the rarest words (or sounds) in both. `fullness` in [0, 1] says how much text there was to compare.
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
    sound: float = 0.0
    rare: int = 0
    heard: bool = False
    """Both languages are written in scripts whose sounds are known."""

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
    same_language = one.candidate.language == other.candidate.language
    sound, rare, known = (0.0, len(one.rare & other.rare), False) if same_language else _sounds(one, other)
    return Evidence(
        dense=_dense(one, other, cosine),
        sparse=_cosine(one.terms, other.terms),
        names=shared,
        name_share=len(shared) / smaller if smaller else 0.0,
        same_numbers=same,
        other_numbers=min(len(one.numbers), len(other.numbers)) - same,
        hours=abs((one.candidate.at - other.candidate.at).total_seconds()) / _HOUR,
        same_language=same_language,
        fullness=min(one.fullness, other.fullness),
        sound=sound,
        rare=rare,
        heard=known,
    )


def _dense(one: Profile, other: Profile, cosine: float | None) -> float | None:
    if one.vector is None or other.vector is None or one.candidate.model != other.candidate.model:
        return None
    return float(one.vector @ other.vector) if cosine is None else cosine


def _sounds(one: Profile, other: Profile) -> tuple[float, int, bool]:
    """Compare by ear: the cosine of sounds and numbers, how many rare sounds are shared, whether there were any."""
    left, right = heard(one.candidate), heard(other.candidate)
    known = bool(left.rare) and bool(right.rare)
    return _cosine(left.sounds, right.sounds) if known else 0.0, len(left.rare & right.rare), known


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _logit(evidence: Evidence) -> float:
    brief, full = 1.0 - evidence.fullness, evidence.fullness
    value = -_AGE * log1p(evidence.hours / 24.0)
    features = (
        (_NAMES, log1p(len(evidence.names))),
        (_NAME_SHARE, evidence.name_share),
        (_SAME_NUMBERS, float(min(evidence.same_numbers, MANY))),
        (_OTHER_NUMBERS, float(min(evidence.other_numbers, MANY))),
    )
    value += sum((brief * weight[0] + full * weight[1]) * feature for weight, feature in features)
    table = _table(evidence)
    return value + brief * _weighed(table.brief, evidence) + full * _weighed(table.full, evidence)


def _table(evidence: Evidence) -> Table:
    if evidence.same_language:
        return _WORDS_ONLY if evidence.dense is None else _SAME_LANGUAGE
    if evidence.dense is None:
        return _TWO_WORDS_ONLY
    return _TWO_LANGUAGES if evidence.heard else _UNHEARD


def _weighed(weights: Weights, evidence: Evidence) -> float:
    return (
        weights.base
        + weights.dense * (evidence.dense or 0.0)
        + weights.sparse * evidence.sparse
        + weights.sound * evidence.sound
        + weights.rare * log1p(evidence.rare)
    )
