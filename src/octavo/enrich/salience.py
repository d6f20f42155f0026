"""How much an article is about each of those it names, and where the places are."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from octavo.domain.enrichment import Enrichment, Mention
from octavo.domain.entity import Entity, EntityKind, Where
from octavo.enrich.cities import cities
from octavo.enrich.gazetteer import gazetteer

_FADE = 1500
"""Characters after which a mention counts half as much as one at the beginning."""

_HEADLINE = 3.0
_MOST = 6.0
"""What standing in the headline adds, and up to what mentions add up."""

_LEAD = 600
_ABOUT = 0.5
_TWICE = 2
"""An article is about what its headline names, what its lead names and names again, and what weighs half the most."""

_FILED = 40
"""Characters of a body in which a place in capitals is where the report was filed."""


def entities_of(text: str, mentions: Sequence[Mention], headline_end: int, language: str) -> tuple[Entity, ...]:
    """Bring the mentions of a text together by key, the most salient first."""
    by_key: dict[str, list[Mention]] = {}
    for mention in mentions:
        if not _filed(text, mention, headline_end):
            by_key.setdefault(mention.key, []).append(mention)
    weights = {key: _weight(listed, headline_end) for key, listed in by_key.items()}
    most = max(weights.values(), default=1.0)
    found = [_entity(text, listed, weights[key] / most, headline_end, language) for key, listed in by_key.items()]
    return tuple(sorted(found, key=lambda one: (-one.salience, one.key)))


def places_of(enrichment: Enrichment) -> tuple[Entity, ...]:
    """Give the places of an article that a map can show, those it is about first."""
    found = [one for one in enrichment.entities if one.where is not None and one.where.latitude is not None]
    return tuple(sorted(found, key=lambda one: (not one.about, -one.salience)))


def publisher_country(url: str) -> str:
    """Guess a publisher's country (ISO 3166-1) by its address; "" for addresses that belong to none."""
    last = (urlsplit(url).hostname or "").rsplit(".", 1)[-1].upper()
    if last == "UK":
        return "GB"
    return last if len(last) == 2 and last not in {"EU", "TV", "IO", "AI", "ME", "CO"} else ""


def _filed(text: str, mention: Mention, headline_end: int) -> bool:
    """Say whether a place only says where the report was filed: "KYIV — " at the body's beginning."""
    offset = mention.start - headline_end
    shown = text[mention.start : mention.end]
    return mention.kind is EntityKind.PLACE and 0 < offset < _FILED and shown.isupper() and len(shown) > 3


def _weight(mentions: Sequence[Mention], headline_end: int) -> float:
    early = sum(1.0 / (1.0 + mention.start / _FADE) for mention in mentions)
    headline = any(mention.start < headline_end for mention in mentions)
    return min(early, _MOST) + (_HEADLINE if headline else 0.0)


def _entity(text: str, mentions: Sequence[Mention], salience: float, headline_end: int, language: str) -> Entity:
    first = mentions[0]
    headline = any(mention.start < headline_end for mention in mentions)
    lead = first.start < headline_end + _LEAD and len(mentions) >= _TWICE
    return Entity(
        first.key,
        first.kind,
        first.name,
        _label(text, mentions, language),
        round(max(0.001, salience), 3),
        headline or lead or salience >= _ABOUT,
        where_is(first.key) if first.kind is EntityKind.PLACE else None,
    )


def _label(text: str, mentions: Sequence[Mention], language: str) -> str:
    """Choose what this article calls an entity: a place by its name in the language, others as printed in full."""
    first = mentions[0]
    if first.kind is EntityKind.PLACE:
        return gazetteer(language).label(first.name)
    if first.name in text:
        return first.name
    forms = [" ".join(text[mention.start : mention.end].split()) for mention in mentions]
    longest = max(len(form.split()) for form in forms)
    return min((form for form in forms if len(form.split()) == longest), key=lambda form: (len(form), form))


def where_is(key: str) -> Where | None:
    """Find where a place is by its key; None for one without coordinates of its own or of a country."""
    code = key.partition("/")[2]
    if code.isdigit() and len(code) > 3:
        city = cities().by_number(int(code))
        return Where(city.country, city.latitude, city.longitude) if city else None
    if len(code) == 2 and code.isalpha():
        return Where(code, *(cities().middle(code) or (None, None)))
    country = code.partition("/")[0]
    return Where(country if len(country) == 2 else "")
