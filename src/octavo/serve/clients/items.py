"""Articles as apps show them: as much text as the publisher's policy lets a feed carry, and the reader's marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from octavo.domain.article import ArticleCard
from octavo.domain.ids import ArticleId
from octavo.serve import syndication
from octavo.serve.clients.shelf import Shelf, Source
from octavo.store import bookmarks, enrichments, read_marks, streams
from octavo.store.streams import Arrival
from octavo.text.inert import inert

AT_ONCE = 200
"""Articles read at a time: their texts are in memory together."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article. `html` is made here from plain text, every character of which is escaped; `page` is its page here.

    `source` is the feed it is shown under, None where the reader has none for it. `labels` are names of labels.
    """

    card: ArticleCard
    arrival: Arrival
    source: Source | None
    html: str
    page: str
    picture: str
    labels: tuple[str, ...]
    read: bool
    starred: bool

    @property
    def id(self) -> ArticleId:
        """The article's number."""
        return self.card.id

    @property
    def author(self) -> str:
        """Who wrote it, else who published it."""
        return inert(self.arrival.byline) or self.card.publisher_name


def items(shelf: Shelf, ids: Sequence[ArticleId], among: Source | None = None) -> list[Item]:
    """Give these articles in their order; those unknown are left out. `among` is the feed they were asked for by."""
    view = shelf.visit.view
    cards = shelf.visit.cards(ids)
    known = [card.id for card in cards]
    arrived = streams.arrivals(view, known)
    read = read_marks.read_among(view, shelf.account, shelf.feeds, known)
    starred = bookmarks.among(view, shelf.account, known)
    topics = enrichments.topics_of(view, known)
    made = []
    for entry in syndication.carried(shelf.visit, cards):
        card = entry.card
        codes = [one.code for one in topics.get(card.id, ())]
        made.append(
            Item(
                card=card,
                arrival=arrived[card.id],
                source=shelf.origin(card, arrived[card.id], among),
                html=entry.content or (f"<p>{escape(card.excerpt)}</p>" if card.excerpt else ""),
                page=entry.page,
                picture=entry.picture,
                labels=_labels(shelf, card, codes),
                read=card.id in read,
                starred=card.id in starred,
            )
        )
    return made


def _labels(shelf: Shelf, card: ArticleCard, codes: Sequence[str]) -> tuple[str, ...]:
    names = [shelf.sections[one] for one in codes if one in shelf.sections]
    names += [shelf.hashtags[one] for one in card.hashtags if one in shelf.hashtags]
    known = set(shelf.labels)
    return tuple(one for one in dict.fromkeys(names) if one in known)
