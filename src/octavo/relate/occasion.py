"""Whether two sentences with figures speak of one occasion: their places, kinds of event, groups and rare words."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from math import exp, log

from babel import Locale, UnknownLocaleError

from octavo.domain.figure import Figure
from octavo.relate.quantities import NOTHING, vocabulary
from octavo.relate.scope import Values, values
from octavo.relate.whereabouts import countries
from octavo.relate.words import terms
from octavo.text.rarity import rarities
from octavo.text.tokens import Token, fold, tokenise

_REMEMBERED = 4096
"""Sentences whose words are remembered, because each is compared with many."""

_STEM = 7

_NAME = 5.0
"""Zipf value below which a capital marks a name."""

_TITLED = 0.6
"""Share of words with a capital from which it marks nothing."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What two sentences with figures have in common, and in what they differ; each 0 to 1."""

    words: float
    """Share of the rare words they have in common, by weight."""
    apart: float
    """Whether each has rare words the other lacks."""
    place: float
    other_place: float
    event: float
    other_event: float
    group: float
    other_group: float
    part_group: float
    """Whether they name groups that are not quite the same: soldiers, and foreign soldiers."""
    other_day: float
    other_side: float
    """Whether one says the north, the other the south."""
    other_names: float
    further_same: float
    further_differ: float
    """Whether further figures of the two sentences agree, or differ as well."""
    ratio: float
    """How many times the one value is the other, as a logarithm; for magnitudes how far they are apart."""
    unknown: float
    """Whether what is counted is no quantity of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Context:
    """What in a sentence belongs to its occasion: rare words with their weights, names, weekdays, directions."""

    weights: Mapping[str, float]
    names: frozenset[str]
    days: frozenset[str]
    sides: frozenset[str]


@cache
def day_names(language: str) -> Mapping[str, int]:
    """Map the weekdays of a language, folded, to their numbers (Unicode CLDR)."""
    try:
        days = Locale.parse({"no": "nb"}.get(language, language)).days
    except (UnknownLocaleError, ValueError):
        return {}
    forms = [days[context]["wide"] for context in ("format", "stand-alone")]
    return {fold(name): number for form in forms for number, name in form.items()}


@lru_cache(maxsize=_REMEMBERED)
def context(sentence: str, language: str) -> Context:
    """Give what in a sentence belongs to its occasion alone."""
    words, common = vocabulary(language), rarities(language)
    tokens = tokenise(sentence, language)
    dropped = {tokens[place].key for place, _ in countries(language).among(tokens)}
    sides, names = set[str](), set[str]()
    titled = _titled(tokens)
    weekdays = day_names(language)
    for here, token in enumerate(tokens):
        meaning, size = words.meaning(tokens, here)
        if meaning.direction:
            sides.add(meaning.direction)
        if meaning is not NOTHING:
            dropped.update(one.key for one in tokens[here : here + size])
        elif token.capital and not titled and token.key not in weekdays and common.zipf(token.key) < _NAME:
            names.add(_stem(token.key))
    stems = {_stem(word) for word in dropped}
    kept = {
        term: weight
        for term, weight in terms(sentence, language).items()
        if term not in stems and not term[0].isdigit()
    }
    days = frozenset(str(weekdays[token.key]) for token in tokens if token.key in weekdays)
    return Context(kept, frozenset(names - stems), days, frozenset(sides))


def _titled(tokens: Sequence[Token]) -> bool:
    """Say whether a headline puts capitals on most words, so that they mark no names."""
    long = [token for token in tokens if len(token.key) > 3 and token.key.isalpha()]
    return sum(token.capital for token in long) > _TITLED * len(long)


def _stem(word: str) -> str:
    """Cut a word as `terms` does."""
    return word if len(word) <= 4 else word[:_STEM].rstrip("s") if len(word) <= _STEM else word[:_STEM]


def said_again(headline: str, sentence: str, language: str) -> float:
    """Give the share of a headline's words, by weight, that a sentence says again."""
    mine, theirs = _terms(headline, language), _terms(sentence, language)
    total = sum(mine.values())
    return sum(weight for term, weight in mine.items() if term in theirs) / total if total > 0 else 0.0


@lru_cache(maxsize=_REMEMBERED)
def _terms(text: str, language: str) -> Mapping[str, float]:
    return {term: weight for term, weight in terms(text, language).items() if not term[0].isdigit()}


def signs(one: Figure, other: Figure, beside: Sequence[Figure] = (), beside_other: Sequence[Figure] = ()) -> Signs:
    """Gather the signs that two figures are of one occasion, or not; `beside` are the figures of their sentences."""
    mine, theirs = (context(figure.sentence.text, figure.language) for figure in (one, other))
    shared = sum(min(weight, theirs.weights[term]) for term, weight in mine.weights.items() if term in theirs.weights)
    totals = sum(mine.weights.values()), sum(theirs.weights.values())
    alone = min(total - shared for total in totals)
    further = [
        values(left, right)
        for left in beside
        for right in beside_other
        if left.quantity == right.quantity and left.unit == right.unit and left.quantity != one.quantity
    ]
    roles, other_roles = ({name for name in figure.who if name.islower()} for figure in (one, other))
    return Signs(
        words=shared / min(totals) if min(totals) > 0 else 0.0,
        apart=min(1.0, alone / 12.0),
        place=float(bool(one.where & other.where)),
        other_place=_disjoint(one.where, other.where),
        event=float(bool(one.events & other.events)),
        other_event=_disjoint(one.events, other.events),
        group=float(bool(roles & other_roles)),
        other_group=_disjoint(roles, other_roles),
        part_group=float(one.who != other.who and not (roles and other_roles and not roles & other_roles)),
        other_day=_disjoint(mine.days, theirs.days),
        other_side=_disjoint(mine.sides, theirs.sides),
        other_names=_disjoint(mine.names, theirs.names),
        further_same=float(any(found != Values.DIFFER for found in further)),
        further_differ=float(any(found == Values.DIFFER for found in further)),
        ratio=_ratio(one, other) if values(one, other) in (Values.DIFFER, Values.BOUND) else 0.0,
        unknown=float(not one.known),
    )


def _disjoint(one: Set[str], other: Set[str]) -> float:
    return float(bool(one and other and not one & other))


def _ratio(one: Figure, other: Figure) -> float:
    if one.quantity == "magnitude":
        return min(1.0, abs(one.low - other.low))
    low, high = sorted((max(one.low, 0.5), max(other.low, 0.5)))
    return min(1.0, log(high / low) / log(10.0))


_WEIGHTS = Signs(
    words=1.48,
    apart=0.2,
    place=1.18,
    other_place=-1.73,
    event=0.08,
    other_event=-1.61,
    group=0.72,
    other_group=-0.53,
    part_group=-0.07,
    other_day=-0.82,
    other_side=-0.11,
    other_names=0.0,
    further_same=-0.06,
    further_differ=-0.31,
    ratio=-1.86,
    unknown=0.0,
)
_BIAS = -0.13
"""Fitted by evals/fit_figures.py on rated pairs of headlines; "unknown" and "other_names" are set to 0: what was
fitted of them is chance."""


def likelihood(found: Signs) -> float:
    """Give the probability that two figures are of one occasion."""
    total = _BIAS + sum(weight * value for weight, value in zip(astuple(_WEIGHTS), astuple(found), strict=True))
    return 1.0 / (1.0 + exp(-total))
