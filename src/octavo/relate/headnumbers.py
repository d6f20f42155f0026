"""What in a headline its own text does not bear out: a number, a name, or how sure it is."""

from collections.abc import Sequence
from itertools import combinations

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.figure import Figure
from octavo.domain.telling import HEADLINE, Passage, Telling
from octavo.relate.occasion import said_again
from octavo.relate.quantities import TOLLS, is_money
from octavo.relate.scope import Values, periods_agree, values
from octavo.text.numberwords import number_words
from octavo.text.numerals import Numeral, NumeralKind, read

_LEAD = 1200
"""Characters of a text, the standfirst's included, in which the headline's event is told."""

_AGAIN, _CLOSELY, _CLOSEST = 0.2, 0.4, 0.5
"""Share of the headline's words in the sentence that says it again: where the text has one value of the scope, where it
has several, and where that sentence itself has several."""

_ROUGH = 0.1
"""How far "about" and the like reach, as a share of the number."""

_SHORTEST = 300
"""Characters of a text under which nothing is said to be missing from it."""

_DENSE = 3
"""How many times as much a character says in a script without spaces between words."""

_WIDEST = 12.0
"""How many times one number may be the other, for the two to be of one thing."""

_SUMMED = 4
"""Numbers of a text that may add up to the headline's."""

_LARGE = 1000.0
"""From here on the very number standing anywhere in the text bears the headline out: "411,000 and 318,000"."""

_FEW = 14
"""Numbers of one quantity that are tried for sums."""


def headline_numbers(telling: Telling, found: Sequence[Figure]) -> tuple[Difference, ...]:
    """Find the numbers of a headline that its text contradicts: the same scope with another value, and never its own.

    `found` are the telling's figures.
    """
    if not _held(telling):
        return ()
    stated = [figure for figure in found if figure.part == HEADLINE]
    body = [figure for figure in found if figure.part != HEADLINE]
    if not stated or not body:
        return ()
    lead = _lead(telling)
    differences = []
    for figure in stated:
        if figure.bound == "vague" or figure.former or _stands(figure, body) or _listed(figure, telling):
            continue
        against = _contradicting(figure, stated, body, lead)
        if against is not None and not _adds_up(figure, body):
            reason = f"number:{figure.quantity}:{figure.passage.text}:{against.passage.text}"
            passages = (figure.passage, against.sentence)
            differences.append(_difference(DifferenceKind.HEADLINE_NUMBER, reason, passages, telling))
    return tuple(differences)


def headline_certainty(telling: Telling, found: Sequence[Figure]) -> tuple[Difference, ...]:
    """Find what a headline states flatly and its text only with reserve, wherever it states it: "kills", "may have"."""
    if not _held(telling):
        return ()
    differences = []
    for figure in found:
        if figure.part != HEADLINE or figure.hedged or figure.quantity not in TOLLS:
            continue
        again = [
            one for one in found if one.part != HEADLINE and one.quantity == figure.quantity and _near(figure, one)
        ]
        if again and all(one.hedged for one in again) and not _listed(figure, telling):
            reason = f"certainty:{figure.quantity}:{figure.passage.text}"
            passages = (figure.passage, again[0].sentence)
            differences.append(_difference(DifferenceKind.HEADLINE_CERTAINTY, reason, passages, telling))
    return tuple(differences)


def _lead(telling: Telling) -> frozenset[int]:
    """Give the parts that tell the headline's event: those that begin in the first characters of the text."""
    found, length = [], 0
    for part in telling.parts:
        if part != HEADLINE and length < _LEAD:
            found.append(part)
            length += len(telling.part(part))
    return frozenset(found)


def _held(telling: Telling) -> bool:
    """Say whether there is enough text, and all of it, to miss something in."""
    dense = _DENSE if number_words(telling.language.partition("-")[0]).spaceless else 1
    return telling.whole and sum(map(len, telling.paragraphs)) * dense >= _SHORTEST


def _difference(kind: DifferenceKind, reason: str, passages: tuple[Passage, ...], telling: Telling) -> Difference:
    return Difference(kind, reason, passages, (telling.publisher_id,), 1.0)


def _stands(figure: Figure, body: Sequence[Figure]) -> bool:
    """Say whether a number stands in the text, exact, rounded or as a bound, of anything it may be said of."""
    return any(_may_be(figure, other) and _near(figure, other) for other in body)


def _may_be(figure: Figure, other: Figure) -> bool:
    money = is_money(figure.unit) and is_money(other.unit)
    return money or figure.unit == other.unit or not (other.unit or other.known) or not (figure.unit or figure.known)


def _near(figure: Figure, other: Figure | Numeral) -> bool:
    slack = max(_slack(figure), _slack(other))
    return other.low - slack <= figure.high and figure.low <= other.high + slack


def _slack(one: Figure | Numeral) -> float:
    return max(one.grain / 2 if one.grain != 1.0 else 0.0, _ROUGH * one.high if one.bound else 0.0)


def _listed(figure: Figure, telling: Telling) -> bool:
    """Say whether a number stands in the text though it is no figure there: in a list's heading, beside nothing."""
    large = figure.low >= _LARGE
    if figure.unit and not large:
        return False
    for part in telling.parts:
        if part == HEADLINE:
            continue
        reading = read(telling.part(part), telling.language)
        for number in reading.numerals:
            alone = number.kind in (NumeralKind.LABEL, NumeralKind.ORDINAL, NumeralKind.SCORE)
            if (alone and _near(figure, number)) or (large and number.low <= figure.low <= number.high):
                return True
    return False


def _contradicting(
    figure: Figure, stated: Sequence[Figure], body: Sequence[Figure], lead: frozenset[int]
) -> Figure | None:
    """Find the text's own value of the headline's scope: in the sentence that says again what the headline says."""
    same = [one for one in body if _of_quantity(figure, one) and not one.former]
    single = not figure.known and not figure.unit and len({(one.low, one.high) for one in same}) == 1
    near = [one for one in same if (single or one.part in lead) and one.bound != "vague"]
    if not near or any(_bears_out(figure, other) for other in same):
        return None
    taken = [one for one in stated if one is not figure and _of_quantity(figure, one)]
    scoped = [one for one in near if _scope(figure, one) and not any(_bears_out(other, one) for other in taken)]
    if not scoped:
        return None
    alone = figure.known and len({(one.low, one.high) for one in scoped}) == 1 and len(scoped) == len(near)
    told = max(scoped, key=lambda one: said_again(figure.sentence.text, one.sentence.text, figure.language))
    again = said_again(figure.sentence.text, told.sentence.text, figure.language)
    sole = sum(one.sentence == told.sentence for one in near) == 1
    if again < (_AGAIN if alone and sole else _CLOSELY if sole else _CLOSEST):
        return None
    low, high = sorted((max(figure.low, 0.5), max(told.low, 0.5)))
    return told if high / low <= _WIDEST else None


def _of_quantity(figure: Figure, other: Figure) -> bool:
    """Say whether a figure of the text may be the headline's: of its quantity, or in its unit where that is unnamed."""
    if figure.unit != other.unit:
        return False
    return figure.quantity == other.quantity or (bool(figure.unit) and not (figure.known and other.known))


def _bears_out(figure: Figure, other: Figure) -> bool:
    return values(figure, other) != Values.DIFFER


def _scope(one: Figure, other: Figure) -> bool:
    """Say whether a figure of the text is of the headline's group, time and direction."""
    roles, others = ({name for name in figure.who if name.islower()} for figure in (one, other))
    if roles != others and (roles or one.quantity not in TOLLS or others):
        return False
    if one.step != other.step or (one.where and other.where and not one.where & other.where):
        return False
    months = {name for name in one.period if name.startswith("m:")}
    return periods_agree(one.period, other.period) and months <= other.period


def _adds_up(figure: Figure, body: Sequence[Figure]) -> bool:
    """Say whether numbers of the text make the headline's as a sum or a difference."""
    same = list(dict.fromkeys(other.low for other in body if other.quantity == figure.quantity))[:_FEW]
    return any(
        abs(sum(chosen) - figure.low) <= figure.grain / 2
        for size in range(2, _SUMMED + 1)
        for chosen in combinations(same, size)
    ) or any(abs(abs(one - other) - figure.low) <= figure.grain / 2 for one, other in combinations(same, 2))
