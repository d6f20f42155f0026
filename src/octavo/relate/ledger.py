"""The ledger of a story's figures: for each scope what every outlet says, as of when, according to whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from octavo.domain.figure import Figure, LedgerRow, Reported
from octavo.domain.ids import ArticleId
from octavo.domain.telling import Telling
from octavo.relate.figures import figures
from octavo.relate.quantities import TOLLS
from octavo.relate.scope import Values, values

_MOST = 60
"""Rows of one story that are kept."""

_OF_QUANTITY = 40
"""Rows of one quantity and unit; figures come in order of importance, so what is left out is detail."""

_LATE = 1000
"""What stands for the headline's and the standfirst's place when figures are put in order of importance."""


@dataclass
class _Row:
    """A row in the making: the figures of one scope and, beside each telling's first, only those of its value."""

    first: Figure
    figures: list[Figure] = field(default_factory=list)
    own: dict[ArticleId, Figure] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        """Take a figure in."""
        self.figures.append(figure)
        self.own.setdefault(figure.article_id, figure)

    def takes(self, figure: Figure) -> bool:
        """Say whether a figure is of this row's scope, and no second value of its own telling."""
        if not same_scope(self.first, figure):
            return False
        own = self.own.get(figure.article_id)
        return own is None or values(own, figure) != Values.DIFFER


def ledger(tellings: Sequence[Telling]) -> tuple[LedgerRow, ...]:
    """Lay out the figures of a story, the most told first."""
    return ledger_of(tellings, {telling.id: figures(telling) for telling in tellings})


def ledger_of(tellings: Sequence[Telling], found: Mapping[ArticleId, Sequence[Figure]]) -> tuple[LedgerRow, ...]:
    """Lay out figures that were read before, as `ledger` does."""
    by_id = {telling.id: telling for telling in tellings}
    buckets: dict[tuple[str, str, bool, str], list[_Row]] = defaultdict(list)
    listed = [figure for telling in tellings for figure in found.get(telling.id, ()) if not figure.former]
    for figure in sorted(listed, key=lambda one: (one.part, one.at, one.article_id, one.passage.start)):
        language = "" if figure.known else figure.language
        rows = buckets[figure.quantity, figure.unit, figure.step, language]
        home = next((row for row in rows if row.takes(figure)), None)
        if home is None:
            if len(rows) >= _OF_QUANTITY:
                continue
            home = _Row(figure)
            rows.append(home)
        home.add(figure)
    laid = [_lay(row, by_id) for rows in buckets.values() for row in rows]
    kept = [row for row in laid if row.figures[0].known or len(row.outlets) > 1]
    return tuple(sorted(kept, key=_importance)[:_MOST])


def same_scope(one: Figure, other: Figure) -> bool:
    """Say whether two figures of a story belong in one row: group, time, place and kind of event are the same."""
    roles, others = ({name for name in figure.who if name.islower()} for figure in (one, other))
    if roles != others or frame(one) != frame(other):
        return False
    if one.where and other.where and not one.where & other.where:
        return False
    return not (one.events and other.events and not one.events & other.events)


def frame(figure: Figure) -> frozenset[str]:
    """Give the period a figure is of, without the month and year of its report, which most leave out."""
    now = {f"y:{figure.at.year}"}
    if figure.quantity in TOLLS:
        now.add(f"m:{figure.at.month}")
    return figure.period - now


def _lay(row: _Row, by_id: Mapping[ArticleId, Telling]) -> LedgerRow:
    outlets: dict[str, list[Figure]] = defaultdict(list)
    for figure in sorted(row.figures, key=lambda one: (one.at, one.article_id, one.part)):
        outlets[figure.publisher_id].append(figure)
    reported = tuple(
        Reported(held[0].publisher_id, by_id[held[0].article_id].publisher, tuple(held)) for held in outlets.values()
    )
    first = row.first
    where = frozenset(code for figure in row.figures for code in figure.where)
    return LedgerRow(first.quantity, first.unit, first.who, where, frame(first), reported, _run(row.figures))


def _run(found: Sequence[Figure]) -> tuple[float, ...]:
    """Give the values of a toll that only ever rises, in order of time: 9, 11, 13; () where it does not."""
    if found[0].quantity not in TOLLS:
        return ()
    ordered = sorted((figure for figure in found if figure.bound != "vague"), key=lambda one: (one.at, one.low))
    steps = list(dict.fromkeys(figure.low for figure in ordered))
    rises = all(one.low <= other.low for one, other in pairwise(ordered))
    return tuple(steps) if rises and len(steps) > 1 else ()


def _importance(row: LedgerRow) -> tuple[int, int, int, str]:
    first = min(figure.part for figure in row.figures)
    known = row.figures[0].known
    return (-len(row.outlets), -int(known), first + _LATE, row.quantity)
