"""An edition's front page: the latest edition laid out, and what has come since."""

from collections.abc import Sequence

from octavo.domain.edition import Edition, Pin, Section, Slot
from octavo.domain.ids import ArticleId
from octavo.serve import airing, features, links
from octavo.serve.contexts import Frame, FrontPage, Place, Shelf
from octavo.serve.pages.described import list_description, website
from octavo.serve.visit import Visit
from octavo.store import editions, pins, reading

LATEST = 16
_PER_SHELF = 6

PINNED = "pinned"
"""The reason of a slot that an editor gave, first among its reasons."""


def load(visit: Visit) -> FrontPage:
    """Read the front page. An edition with nothing laid out yet shows the newest articles in its languages."""
    laid_out = editions.latest(visit.view, visit.plan.key)
    eight = _eight(visit, laid_out.eight) if laid_out else []
    languages = visit.languages
    ids = reading.latest_ids(visit.view, languages, None, LATEST + 8) if languages else []
    shown = {place.card.id for place in eight}
    path = links.front(visit.plan.key)
    title = visit.plan.title
    return FrontPage(
        frame=Frame(
            title=title,
            description=visit.t("What matters now, from many publishers, on one calm page: {place}.", place=title),
            path=path,
            kind="front",
            live="latest",
            since=visit.since,
            feed=path,
            podcast=airing.feed_of(visit),
            alternates=visit.everywhere(),
            picture=visit.preview("edition", str(visit.plan.key), title),
            data=(
                website(visit.here, title),
                list_description(visit.here, title, path, [place.card for place in eight]),
            ),
        ),
        at=laid_out.at if laid_out else None,
        eight=eight,
        shelves=_shelves(visit, laid_out) if laid_out else [],
        latest=visit.cards([one for one in ids if one not in shown][:LATEST]),
        panel=features.of_edition(visit) if eight else None,
    )


def _eight(visit: Visit, slots: Sequence[Slot]) -> list[Place]:
    cards = {card.id: card for card in visit.cards([slot.article_id for slot in slots])}
    pinned = [slot.story_id for slot in slots if PINNED in slot.why]
    notes = pins.of_stories(visit.view, visit.plan.key, pinned) if pinned else {}
    return [
        Place(cards[slot.article_id], _reasons(visit, slot, notes.get(slot.story_id)))
        for slot in slots
        if slot.article_id in cards
    ]


def _reasons(visit: Visit, slot: Slot, pin: Pin | None) -> tuple[str, ...]:
    """Say why a story stands where it stands; of one an editor pinned, with the note every reader may see."""
    said = [reason for key in slot.why if (reason := why(visit, key))]
    if pin is not None and pin.note:
        noted = visit.t("Pinned by an editor: {note}", note=pin.note)
        return (noted, *said[1:])
    return tuple(said)


def _shelves(visit: Visit, laid_out: Edition) -> list[Shelf]:
    """Read all sections' cards at once."""
    wanted = {section.key: [slot.article_id for slot in section.slots][:_PER_SHELF] for section in laid_out.sections}
    every: list[ArticleId] = [one for ids in wanted.values() for one in ids]
    cards = {card.id: card for card in visit.cards(every)}
    shelves = [
        Shelf(
            Section(section.key, section.title, section.topic),
            [cards[one] for one in wanted[section.key] if one in cards],
        )
        for section in laid_out.sections
    ]
    return [shelf for shelf in shelves if shelf.cards]


def why(visit: Visit, key: str) -> str:
    """Say in the reader's language why a story stands where it stands; "" for a reason not worth words."""
    name, *values = key.split(":")
    first = int(values[0]) if values and values[0].isdigit() else 0
    if name == "reports" and first:
        return visit.tn("{n} independent report", "{n} independent reports", first)
    if name == "recent" and first and values[1:] and values[1].isdigit():
        return visit.tn("{n} in the last {h} hours", "{n} in the last {h} hours", first, h=int(values[1]))
    if name == "world" and first:
        return visit.tn("Reported from {n} country", "Reported from {n} countries", first)
    said = {
        "fresh": visit.t("Moving now"),
        "local": visit.t("Close to home"),
        "local:publisher": visit.t("From your own papers"),
        "local:country": visit.t("From your country"),
        "local:place": visit.t("About your country"),
        "local:here": visit.t("About your place"),
        "world": visit.t("Reported around the world"),
        "topic": visit.t("The most important on its topic"),
        PINNED: visit.t("Chosen by an editor"),
    }
    return said.get(key, said.get(name, ""))
