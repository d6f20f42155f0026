"""A story read closely, as its page shows it: in the reader's language, and no more words than may be shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from octavo.domain.article import ArticleCard
from octavo.domain.difference import Difference, DifferenceKind
from octavo.domain.digest import Digest
from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Carrier, Evidence, Sign, Voice
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.quotation import Quotation, Variant, Wording
from octavo.domain.telling import Passage
from octavo.domain.timeline import Moment
from octavo.serve.closely import Carried, Closely, Differs, FigureRow, Happened, Quoted, Said, Version, Voiced
from octavo.serve.figures import label, presentable, scope
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

Cards = Mapping[ArticleId, ArticleCard]


def closely(visit: Visit, digest: Digest, cards: Cards) -> Closely:
    """Bring a digest to the page; what stands in an article that is not among the cards is left out."""
    return Closely(
        voices=[one for voice in digest.provenance.voices if (one := _voiced(visit, voice, cards)) is not None],
        outlets=digest.provenance.outlets,
        figures=_figures(visit, digest, cards),
        differences=shown_differences(visit, digest.differences, cards),
        days=_days(visit, digest.timeline, cards),
        quotations=_quotations(visit, digest.quotations, cards),
    )


def said(visit: Visit, passage: Passage, cards: Cards, mark: str = "") -> Said | None:
    """Give the words of a passage where its publisher's policy lets us; None where the article is not at hand."""
    card = cards.get(passage.article_id)
    if card is None:
        return None
    policy = visit.known.display.of(card.publisher_id, fictional=card.fictional)
    free = policy is DisplayPolicy.FULL or passage.text in card.headline
    return Said(card, passage.text if free else "", mark)


def _voiced(visit: Visit, voice: Voice, cards: Cards) -> Voiced | None:
    carried = [
        Carried(cards[one.article_id], tuple(dict.fromkeys(_why(visit, one))))
        for one in voice.carriers
        if one.article_id in cards
    ]
    if not carried:
        return None
    kind = "agency" if voice.agency else "owner" if voice.owner else "outlet"
    name = voice.name if kind != "outlet" else carried[0].card.publisher_name
    return Voiced(name, kind, voice.outlets, carried)


def _why(visit: Visit, carrier: Carrier) -> Iterator[str]:
    for one in carrier.evidence:
        told = _evidence(visit, one)
        if told:
            yield told
    if carrier.mixed:
        yield visit.t("adds own reporting")


def _evidence(visit: Visit, one: Evidence) -> str:
    if one.sign in (Sign.SOURCE, Sign.LINE):
        return visit.t("credits {name}", name=one.name) if one.name else visit.t("credits agencies")
    if one.sign is Sign.COPY:
        return visit.t("{share} of the same text", share=visit.here.language.percent(one.share))
    if one.sign is Sign.OWNER:
        return visit.t("owned by {name}", name=one.name)
    return ""


def _figures(visit: Visit, digest: Digest, cards: Cards) -> list[FigureRow]:
    rows = []
    for row, spoken in presentable(digest.ledger):
        cells = [said(visit, figure.sentence, cards, figure.passage.text) for _, figure in spoken]
        kept = [cell for cell in cells if cell is not None]
        run = [visit.here.language.number(value) for value in row.run]
        if len(kept) > 1:
            rows.append(FigureRow(label(visit.here, row.quantity), scope(visit.here, row), run, kept))
    return rows


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


def _quotations(visit: Visit, found: Sequence[Quotation], cards: Cards) -> list[Quoted]:
    shown = []
    for one in found:
        words = said(visit, one.head.passage, cards)
        versions = [_version(visit, variant, cards) for variant in one.variants if variant.article_id in cards]
        if words is not None and words.text and (one.speaker or len(versions) > 1):
            trimmed = replace(words, text=words.text.rstrip(_TRAILING))
            shown.append(Quoted(trimmed, one.speaker, one.role, versions))
    return ([one for one in shown if _read_here(visit, one.words)] or shown)[:QUOTATIONS]


def _version(visit: Visit, variant: Variant, cards: Cards) -> Version:
    how = {
        Wording.WHOLE: "",
        Wording.CUT: visit.t("cut"),
        Wording.PART: visit.t("in part"),
        Wording.ALTERED: visit.t("other words"),
        Wording.TRANSLATED: visit.t("translated"),
    }[variant.wording]
    return Version(cards[variant.article_id], how, variant.changes)
