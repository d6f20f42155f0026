"""A story read closely, as its page shows it: in the reader's language, and no more words than may be shown."""

from collections.abc import Sequence
from dataclasses import replace

from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.digest import Digest
from octavo.domain.quotation import Quotation, Variant, Wording
from octavo.domain.timeline import Moment
from octavo.serve.closely import Closely, Differs, Happened, Quoted, Said, Version
from octavo.serve.pages.drawn import draw_calendar
from octavo.serve.pages.numbered import Cards, figure_rows, said
from octavo.serve.visit import Visit

DIFFERENCES = 8
QUOTATIONS = 6
DAYS = 12
_LONE = 3
"""Facts of one outlet alone that are shown: more would be a list of details."""

_SURE = 0.7
"""Score from which a name in a headline that the text lacks is shown."""

_TRAILING = ",،、，"
"""Marks that stand inside a quotation only because the sentence goes on after it."""


def closely(visit: Visit, digest: Digest, cards: Cards) -> Closely:
    """Bring a digest to the page; what stands in an article that is not among the cards is left out."""
    days = _days(visit, digest.timeline, cards)
    return Closely(
        outlets=digest.provenance.outlets,
        reports=digest.provenance.independent,
        figures=figure_rows(visit, digest.ledger, cards),
        differences=shown_differences(visit, digest.differences, cards),
        days=days,
        calendar=draw_calendar(visit.here, days),
        quotations=quoted(visit, digest.quotations, cards)[:QUOTATIONS],
    )


def shown_differences(visit: Visit, found: Sequence[Difference], cards: Cards) -> list[Differs]:
    """Give what differs, the gravest first, with the words that say so."""
    shown: list[Differs] = []
    lone = 0
    for one in found:
        if not _worth_showing(one) or not _all_read_here(visit, one, cards):
            continue
        lone += one.kind in (DifferenceKind.ONLY_HERE, DifferenceKind.NOT_HERE)
        words = [told for passage in one.passages if (told := said(visit, passage, cards)) is not None]
        if words and lone <= _LONE:
            shown.append(Differs(*differing(visit, one), words))
    return shown[:DIFFERENCES]


def _read_here(visit: Visit, words: Said) -> bool:
    """Say whether readers of this edition read the language of these words."""
    return words.card.language in visit.languages


def _all_read_here(visit: Visit, one: Difference, cards: Cards) -> bool:
    """Leave out what one outlet alone has, or lacks, in a language that is not read here."""
    if one.kind not in (DifferenceKind.ONLY_HERE, DifferenceKind.NOT_HERE):
        return True
    held = [cards[passage.article_id] for passage in one.passages if passage.article_id in cards]
    return all(card.language in visit.languages for card in held)


def _worth_showing(one: Difference) -> bool:
    if one.kind is DifferenceKind.HEADLINE_NAME:
        return one.score >= _SURE
    return one.kind is not DifferenceKind.ONLY_HERE or one.reason.startswith("figure:")


def differing(visit: Visit, one: Difference) -> tuple[str, str]:
    """Give a difference's kind as the page's style knows it, and what it is in the reader's language."""
    return {
        DifferenceKind.HEADLINE_NUMBER: ("headline", visit.t("The headline gives another number than the text.")),
        DifferenceKind.HEADLINE_NAME: ("headline", visit.t("The headline names somebody the text does not.")),
        DifferenceKind.HEADLINE_CERTAINTY: ("headline", visit.t("The headline is surer than the text.")),
        DifferenceKind.OUTLETS: ("outlets", visit.t("Two outlets give different numbers.")),
        DifferenceKind.ONLY_HERE: ("only", visit.t("One outlet alone reports this.")),
        DifferenceKind.NOT_HERE: ("missing", visit.t("Others report this; the text we hold of one does not.")),
    }[one.kind]


def _days(visit: Visit, found: Sequence[Moment], cards: Cards) -> list[Happened]:
    """Give the days in languages that are read here; in any where there are none such."""
    days = [day for moment in found if (day := _happened(visit, moment, cards)) is not None]
    return ([day for day in days if _read_here(visit, day.said)] or days)[:DAYS]


def _happened(visit: Visit, moment: Moment, cards: Cards) -> Happened | None:
    words = said(visit, moment.passage, cards)
    if words is None or not words.text:
        return None
    return Happened(moment.day, str(moment.precision), moment.ahead, words, moment.outlets)


def quoted(visit: Visit, found: Sequence[Quotation], cards: Cards) -> list[Quoted]:
    """Give quotations in languages that are read here; in any where there are none such."""
    shown = []
    for one in found:
        words = said(visit, one.head.passage, cards)
        versions = [_version(visit, variant, cards) for variant in one.variants if variant.article_id in cards]
        if words is not None and words.text and (one.speaker or len(versions) > 1):
            trimmed = replace(words, text=spoken(one.head, words.text))
            shown.append(Quoted(trimmed, one.speaker, one.role, versions))
    return [one for one in shown if _read_here(visit, one.words)] or shown


def spoken(head: Variant, text: str) -> str:
    """Give what was said; of speech that the outlet breaks off to say who speaks, its pieces."""
    whole = text.strip() == head.passage.text.strip()
    return (head.words if whole else text).rstrip(_TRAILING)


def _version(visit: Visit, variant: Variant, cards: Cards) -> Version:
    how = {
        Wording.WHOLE: "",
        Wording.CUT: visit.t("cut"),
        Wording.PART: visit.t("in part"),
        Wording.ALTERED: visit.t("other words"),
        Wording.TRANSLATED: visit.t("translated"),
    }[variant.wording]
    return Version(cards[variant.article_id], how, variant.changes)
