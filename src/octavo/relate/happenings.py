"""What is new in a story since programs were told of it: reports, a toll that moved, a contradiction."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.digest import Digest
from octavo.domain.figure import Figure, LedgerRow
from octavo.domain.ids import StoryId
from octavo.domain.webhook import Happening, HappeningKind, Known
from octavo.relate.quantities import TOLLS

_CONTRADICTIONS = frozenset(
    {
        DifferenceKind.OUTLETS,
        DifferenceKind.HEADLINE_NUMBER,
        DifferenceKind.HEADLINE_NAME,
        DifferenceKind.HEADLINE_CERTAINTY,
    }
)
"""Differences in which two passages do not bear each other out."""

_FALLING = frozenset({"missing", "trapped"})
"""Tolls that fall as people are found."""


def known_of(reports: int, digest: Digest | None, before: Known | None = None) -> Known:
    """Say what is known of a story now. A figure that cannot be read any more stays as it was known before."""
    figures = dict(before.figures) if before else {}
    if digest is None:
        return Known(reports, figures, before.differences if before else frozenset())
    for scope, given in _tolls(digest).items():
        figures[scope] = _foremost(given, figures.get(scope))
    found = {_reason(one) for one in _contradictions(digest)}
    return Known(reports, figures, frozenset(found | (set(before.differences) if before else set())))


def happened(story: StoryId, before: Known, now: Known, digest: Digest | None) -> Iterator[Happening]:
    """Give what a story has that was not known before."""
    if now.reports > before.reports:
        given: dict[str, Any] = {"reports": now.reports, "before": before.reports}
        yield Happening(HappeningKind.STORY_GREW, f"story.grew {story} {now.reports}", given)
    if digest is None:
        return
    for scope, said in _tolls(digest).items():
        old, new = before.figures.get(scope), now.figures.get(scope)
        if old is not None and new is not None and old != new:
            given = _told(said, new) | {"value": new, "before": old}
            yield Happening(HappeningKind.FIGURE_CHANGED, f"figure.changed {story} {scope} {new:g}", given)
    for one in _contradictions(digest):
        reason = _reason(one)
        if reason not in before.differences:
            given = {
                "kind": str(one.kind),
                "reason": one.reason,
                "publishers": [str(each) for each in one.publishers],
                "articles": [passage.article_id for passage in one.passages],
            }
            yield Happening(HappeningKind.CONTRADICTION, f"contradiction.found {story} {reason}", given)


def _contradictions(digest: Digest) -> Iterable[Difference]:
    return (one for one in digest.differences if one.kind in _CONTRADICTIONS)


def _reason(one: Difference) -> str:
    """Name a difference; one within an article by that article, as two headlines may err in the same way."""
    if one.kind is DifferenceKind.OUTLETS or not one.passages:
        return f"{one.kind} {one.reason}"
    return f"{one.kind} {one.reason} {one.passages[0].article_id}"


def _tolls(digest: Digest) -> dict[str, list[Figure]]:
    """Give the tolls of a story by what they count, each as those say it who say it surely."""
    found: dict[str, list[Figure]] = {}
    for row in digest.ledger:
        if row.quantity in TOLLS:
            sure = [one for one in row.figures if one.bound != "vague" and not one.hedged and not one.step]
            found.setdefault(_scope(row), []).extend(sure)
    return {scope: sure for scope, sure in found.items() if sure}


def _scope(row: LedgerRow) -> str:
    """Name what a row counts: of what, in what unit, of whom, in what time. Where is left out: it is learned later."""
    return "|".join((row.quantity, row.unit, "+".join(sorted(row.who)), "+".join(sorted(row.period))))


def _foremost(given: Sequence[Figure], known: float | None) -> float:
    """Give where a toll stands: as high as it rose, or, of those who are looked for, as low as it fell.

    An outlet that still has an older number changes nothing.
    """
    values = [one.low for one in given] + ([] if known is None else [known])
    return min(values) if given[0].quantity in _FALLING else max(values)


def _told(given: Sequence[Figure], value: float) -> dict[str, Any]:
    first = given[0]
    return {
        "quantity": first.quantity,
        "unit": first.unit,
        "who": sorted(first.who),
        "where": sorted({place for one in given for place in one.where}),
        "publishers": sorted({str(one.publisher_id) for one in given if one.low == value}),
        "articles": sorted({one.article_id for one in given if one.low == value}),
    }
