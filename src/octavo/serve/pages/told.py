"""Who tells a story: its articles by whose report they carry, and the ways to see fewer of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId
from octavo.domain.provenance import Carrier, Evidence, Provenance, Sign, Voice
from octavo.serve.storied import Choice, Tellers, Told
from octavo.serve.visit import Visit

LARGE = 4
"""Articles of a story that are shown large."""

_OUTLETS = 40
"""Outlets that can be chosen: the ones with most articles."""

_FEW = 3
"""Outlets from which choosing one is worth a menu."""

_TWO = 2

Cards = Mapping[ArticleId, ArticleCard]


def tell(visit: Visit, provenance: Provenance | None, cards: Cards) -> dict[ArticleId, Told]:
    """Say of every article whose report it is, in the order given; one not read closely is its outlet's own."""
    told = {one: Told(card, "own", ()) for one, card in cards.items()}
    for voice in provenance.voices if provenance else ():
        for carrier in voice.carriers:
            if carrier.article_id in cards:
                kind = _kind(voice, carrier)
                why = tuple(dict.fromkeys(_why(visit, carrier))) if kind == "copy" or carrier.mixed else ()
                told[carrier.article_id] = Told(cards[carrier.article_id], kind, why)
    return told


def _kind(voice: Voice, carrier: Carrier) -> str:
    if voice.agency and carrier.publisher == voice.name:
        return "agency"
    signs = {one.sign for one in carrier.evidence}
    carried = bool(signs & {Sign.SOURCE, Sign.LINE, Sign.COPY}) and not carrier.mixed
    return "copy" if carried and (voice.agency or carrier.article_id != voice.head) else "own"


def group(provenance: Provenance | None, told: Mapping[ArticleId, Told], lead: ArticleId) -> list[Tellers]:
    """Put articles together that carry one report, and those of outlets with reports of their own; the lead's first.

    Each article stands once, in the first report that has it.
    """
    left = dict(told)
    shared: list[Tellers] = []
    for voice in provenance.voices if provenance else ():
        held = [left[one.article_id] for one in voice.carriers if one.article_id in left]
        outlets = len({one.card.publisher_id for one in held})
        if outlets >= _TWO:
            left = {one: each for one, each in left.items() if each not in held}
            kind = "agency" if voice.agency else "owner" if voice.owner else "outlet"
            name = voice.name if kind != "outlet" else held[0].card.publisher_name
            shared.append(Tellers(name, kind, outlets, held[:1], held[1:]))
    shared.sort(key=lambda one: lead not in {each.card.id for each in (*one.leads, *one.rest)})
    own = sorted(left.values(), key=lambda one: (one.card.id != lead, one.card.time))
    if not own:
        return shared
    leads = own[0].card.id == lead or not shared
    large = max(1, LARGE - len(shared)) if leads else 1
    alone = Tellers("", "own", len({one.card.publisher_id for one in own}), own[:large], own[large:])
    return [alone, *shared] if leads else [*shared, alone]


def chosen(visit: Visit, cards: Sequence[ArticleCard]) -> list[ArticleCard]:
    """Give the articles in the language and of the outlet that were asked for; what the story lacks is not heeded."""
    language, outlet = _asked(visit, cards)
    return [
        card
        for card in cards
        if (not language or card.language == language) and (not outlet or card.publisher_id == outlet)
    ]


def languages(visit: Visit, cards: Sequence[ArticleCard], path: str) -> list[Choice]:
    """List the languages of a story, the reader's own first, then by articles; empty when there is one only."""
    language, outlet = _asked(visit, cards)
    if len({card.language for card in cards}) < _TWO:
        return []
    counts = Counter(card.language for card in cards if not outlet or card.publisher_id == outlet)
    own = visit.here.language.tag
    order = sorted(counts, key=lambda tag: (tag != own, -counts[tag], tag))
    every = Choice(visit.t("All languages"), _path(path, "", outlet), counts.total(), not language)
    named = visit.here.language.language_name
    return [every, *(Choice(named(one), _path(path, one, outlet), counts[one], one == language) for one in order)]


def outlets(visit: Visit, cards: Sequence[ArticleCard], path: str) -> list[Choice]:
    """List the outlets of a story by name; empty when they are few."""
    language, outlet = _asked(visit, cards)
    names = {card.publisher_id: card.publisher_name for card in cards}
    if len(names) < _FEW:
        return []
    counts = Counter(card.publisher_id for card in cards if not language or card.language == language)
    order = sorted((one for one, _ in counts.most_common(_OUTLETS)), key=lambda one: names[one].casefold())
    every = Choice(visit.t("All outlets"), _path(path, language, ""), counts.total(), not outlet)
    return [every, *(Choice(names[one], _path(path, language, one), counts[one], one == outlet) for one in order)]


def _asked(visit: Visit, cards: Sequence[ArticleCard]) -> tuple[str, str]:
    language, outlet = visit.query.get("language", ""), visit.query.get("outlet", "")
    spoken, publishers = {card.language for card in cards}, {card.publisher_id for card in cards}
    return (language if language in spoken else "", outlet if outlet in publishers else "")


def _path(path: str, language: str, outlet: str) -> str:
    asked = {name: value for name, value in (("language", language), ("outlet", outlet)) if value}
    return f"{path}?{urlencode(asked)}#reports" if asked else f"{path}#reports"


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
