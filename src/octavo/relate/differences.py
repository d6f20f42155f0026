"""Where a headline and its text, or two outlets, do not bear each other out; what one alone has, or lacks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.figure import Figure, LedgerRow
from octavo.domain.ids import ArticleId
from octavo.domain.telling import Telling
from octavo.relate.agreement import of_one_occasion
from octavo.relate.figures import figures
from octavo.relate.headnames import headline_names
from octavo.relate.headnumbers import headline_certainty, headline_numbers
from octavo.relate.ledger import ledger_of
from octavo.relate.onlyhere import not_here, only_here
from octavo.relate.quantities import TOLLS
from octavo.relate.scope import Values, values

_PROMINENT = 3
"""Parts, counted from the first paragraph, within which a figure is what an outlet says and no detail."""

_SURE = 0.6
"""Likelihood from which two sentences are taken to speak of one occasion."""

_SURER = 0.75
"""The same for quantities of which a story may have several: prices, offers, sentences."""

_COMPARED = 40
"""Outlets of one row that are compared pair by pair: those last to speak of it for the first time."""

_OVERLAP = timedelta(hours=3)
"""How far apart two tolls may be reported and still be of one time."""

_APART = timedelta(days=3)
"""The same for what does not grow."""

_ORDER = list(DifferenceKind)


def differences(tellings: Sequence[Telling]) -> tuple[Difference, ...]:
    """Find what differs in a story: within each telling, between outlets, and what one alone reports or lacks."""
    found = {telling.id: figures(telling) for telling in tellings}
    return differences_of(tellings, ledger_of(tellings, found), found)


def differences_of(
    tellings: Sequence[Telling], rows: Sequence[LedgerRow], found: Mapping[ArticleId, Sequence[Figure]]
) -> tuple[Difference, ...]:
    """Find what differs, as `differences` does, by figures and a ledger that were read before."""
    listed: list[Difference] = []
    for telling in tellings:
        listed += within(telling, found[telling.id])
    listed += between(tellings, rows, found)
    listed += only_here(tellings, rows)
    listed += not_here(tellings, rows, found)
    return tuple(sorted(listed, key=lambda one: (_ORDER.index(one.kind), -one.score, one.reason)))


def within(telling: Telling, found: Sequence[Figure] | None = None) -> tuple[Difference, ...]:
    """Find what in one article's headline its text does not bear out."""
    held = figures(telling) if found is None else found
    return (*headline_numbers(telling, held), *headline_names(telling), *headline_certainty(telling, held))


def between(
    tellings: Sequence[Telling], rows: Sequence[LedgerRow], found: Mapping[ArticleId, Sequence[Figure]]
) -> Iterator[Difference]:
    """Find the rows of a ledger in which two outlets state values that cannot both be so, at about the same time."""
    by_id = {telling.id: telling for telling in tellings}
    for row in rows:
        claims = [_claim(outlet.figures) for outlet in row.outlets[-_COMPARED:]]
        pairs = [
            (score, one, other)
            for one, other in combinations([claim for claim in claims if claim is not None], 2)
            if not (_also_says(one, other, found) or _also_says(other, one, found))
            and (score := _disagreement(one, other, by_id))
        ]
        if pairs:
            score, one, other = max(pairs, key=lambda pair: pair[0])
            first, second = sorted((one, other), key=lambda figure: (figure.at, figure.article_id))
            reason = f"value:{row.quantity}:{first.passage.text}:{second.passage.text}"
            publishers = (first.publisher_id, second.publisher_id)
            passages = (first.sentence, second.sentence)
            yield Difference(DifferenceKind.OUTLETS, reason, passages, publishers, round(score, 3))


def _claim(found: Sequence[Figure]) -> Figure | None:
    """Give the figure by which an outlet says what it says: its latest, where it stands most prominently."""
    latest = max(figure.at for figure in found)
    own = [figure for figure in found if figure.at == latest and figure.part < _PROMINENT]
    return min(own, key=lambda figure: (figure.part, figure.passage.start)) if own else None


def _also_says(one: Figure, other: Figure, found: Mapping[ArticleId, Sequence[Figure]]) -> bool:
    """Say whether the text of one also has the other's value, of whatever group, or as the sum of its own."""
    same = [
        figure for figure in found[one.article_id] if (figure.quantity, figure.unit) == (other.quantity, other.unit)
    ]
    if any(values(figure, other) != Values.DIFFER for figure in same):
        return True
    beside = [figure.low for figure in same if figure.sentence == one.sentence]
    return len(beside) > 1 and abs(sum(beside) - other.low) <= other.grain / 2


def _disagreement(one: Figure, other: Figure, by_id: Mapping[ArticleId, Telling]) -> float:
    """Give how surely two outlets disagree, 0 where rounding, bounds or a growing toll explain it."""
    if not one.known or values(one, other) != Values.DIFFER or one.hedged or other.hedged:
        return 0.0
    mine, theirs = by_id[one.article_id], by_id[other.article_id]
    if mine.owner and mine.owner == theirs.owner:
        return 0.0
    earlier, later = sorted((one, other), key=lambda figure: figure.at)
    gap = later.at - earlier.at
    if one.quantity in TOLLS:
        grew = later.low > earlier.low and mine.dated and theirs.dated and gap > timedelta(0)
        if grew or gap > _OVERLAP:
            return 0.0
    elif gap > _APART:
        return 0.0
    sure = of_one_occasion(one, other, (one,), (other,))
    return sure if sure >= (_SURE if one.quantity in TOLLS or one.quantity == "magnitude" else _SURER) else 0.0
