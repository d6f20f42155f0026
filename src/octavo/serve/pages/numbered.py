"""The numbers of a story, as its page shows them: who gives which value in which words, and how tolls grew."""

from collections.abc import Mapping, Sequence

from octavo.domain.article import ArticleCard
from octavo.domain.figure import Figure, LedgerRow
from octavo.domain.ids import ArticleId
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.telling import Passage
from octavo.relate.quantities import TOLLS
from octavo.serve.closely import FigureRow, Given, Said
from octavo.serve.figures import amount, label, presentable, scope
from octavo.serve.plots.axis import Clock
from octavo.serve.plots.odometer import Reading, Step, Words, draw_odometer, steps, whole
from octavo.serve.visit import Visit

ODOMETERS = 3
"""Numbers that are drawn: those most outlets tell."""

_FALLING = frozenset({"missing", "trapped"})
"""Tolls that fall as people are found."""

_GIVEN = 12
"""Sentences shown for one value."""

Cards = Mapping[ArticleId, ArticleCard]


def said(visit: Visit, passage: Passage, cards: Cards, mark: str = "") -> Said | None:
    """Give the words of a passage where its publisher's policy lets us; None where the article is not at hand."""
    card = cards.get(passage.article_id)
    if card is None:
        return None
    policy = visit.known.display.of(card.publisher_id, fictional=card.fictional)
    free = policy is DisplayPolicy.FULL or passage.text in card.headline
    return Said(card, passage.text if free else "", mark)


def figure_rows(visit: Visit, ledger: Sequence[LedgerRow], cards: Cards) -> list[FigureRow]:
    """Give the numbers that readers can compare, those that changed first."""
    changed: list[FigureRow] = []
    still: list[FigureRow] = []
    for row, spoken in presentable(ledger):
        drawn = _changed(visit, row, cards, len(changed)) if len(changed) < ODOMETERS else None
        if drawn is not None:
            changed.append(drawn)
            continue
        values = _values(visit, [figure for _, figure in spoken], cards)
        if sum(len(value.said) for value in values) > 1:
            values.sort(key=lambda value: -len(value.said))
            still.append(FigureRow(label(visit.here, row.quantity), scope(visit.here, row), values, "", "", None))
    return changed + still


def _values(visit: Visit, figures: Sequence[Figure], cards: Cards) -> list[Given]:
    """Put together who gives the same value, in the order the values were first given."""
    grouped: dict[tuple[float, float], list[tuple[Figure, Said]]] = {}
    for figure in sorted(figures, key=lambda one: (one.at, one.article_id)):
        words = said(visit, figure.sentence, cards, figure.passage.text)
        if words is not None:
            grouped.setdefault((figure.low, figure.high), []).append((figure, words))
    return [_given(visit, given) for given in grouped.values()]


def _given(visit: Visit, given: Sequence[tuple[Figure, Said]]) -> Given:
    own = visit.here.language.tag
    marks = (words.mark for _, words in given if words.card.language == own)
    printed = next((mark for mark in marks if any(char.isdigit() for char in mark)), "")
    return Given(printed or amount(visit.here, given[0][0]), [words for _, words in given[:_GIVEN]])


def _changed(visit: Visit, row: LedgerRow, cards: Cards, number: int) -> FigureRow | None:
    """Give a toll that changed over time with its picture; None for one that did not."""
    if row.quantity not in TOLLS:
        return None
    figures = _foremost(row, cards)
    growing = row.quantity not in _FALLING
    by_reading = {_reading(figure, cards): figure for figure in figures}
    readings = list(by_reading)
    here = visit.here
    name, of = label(here, row.quantity), scope(here, row)
    title = here.t("{name}: how the number changed", name=f"{name} ({of})" if of else name)
    line = steps(whole(readings) if growing else readings, growing)
    told = (" ← " if here.language.direction == "rtl" else " → ").join(
        here.language.number(step.value) for step in line
    )
    words = Words(
        str(number),
        title,
        here.t("In order of time: {numbers}.", numbers=told),
        [here.t("When"), name, here.t("Outlet")],
    )
    drawing = draw_odometer(readings, growing, words, Clock(here.language, here.zone, here.now))
    if drawing is None:
        return None
    kept = [by_reading[one] for one in (whole(readings) if growing else readings)]
    values = _values(visit, kept, cards)
    return FigureRow(name, of, values, here.language.number(line[-1].value), _others(visit, kept, line[-1]), drawing)


def _foremost(row: LedgerRow, cards: Cards) -> list[Figure]:
    """Give each article's number of a row: where it stands most prominently, and not as "dozens"."""
    found: dict[ArticleId, Figure] = {}
    for figure in sorted(row.figures, key=lambda one: (one.part, one.passage.start)):
        if figure.bound != "vague" and not figure.step and figure.low == figure.high and figure.article_id in cards:
            found.setdefault(figure.article_id, figure)
    return list(found.values())


def _others(visit: Visit, kept: Sequence[Figure], stands: Step) -> str:
    """Give the count farthest from the one that stands, among what outlets gave last since then."""
    latest = {one.publisher_id: one.high for one in sorted(kept, key=lambda one: one.at) if one.at >= stands.at}
    other = max(latest.values(), key=lambda value: abs(value - stands.value), default=stands.value)
    return visit.here.language.number(other) if other != stands.value else ""


def _reading(figure: Figure, cards: Cards) -> Reading:
    return Reading(figure.at, figure.high, cards[figure.article_id].publisher_name)
