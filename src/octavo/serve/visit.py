"""One visit of one page: what was asked, where the reader is, and the view of the store it is answered from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from octavo.brief.headlines import withheld
from octavo.domain.account import Person
from octavo.domain.article import ArticleCard, Image
from octavo.domain.edition import EditionPlan
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.picture import Fitness, Picture
from octavo.domain.publisher import Publisher
from octavo.ports.database import Read
from octavo.ports.translator import pair_of
from octavo.serve import links
from octavo.serve.gate import stand_ins
from octavo.serve.here import Here
from octavo.serve.memory import MOST, Memory
from octavo.serve.mine import Mine
from octavo.serve.site import Known, Site
from octavo.store import arrivals, articles, hashtags, headlines, pictures, publishers, starter
from octavo.text.slugs import read_short_id, short_id

PAGE = 30
"""Articles in one page of a list."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The page stands at another address of this site: for good, or until somebody decides otherwise."""

    path: str
    for_good: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """`names` are the parts of the path that vary, `query` what follows the question mark; first values only.

    `person` is who is signed in, by the session `token` stands for. Where a form is shown again, `problem` says what is
    wrong with it, and `given` what was in it.
    """

    site: Site
    view: Read
    here: Here
    known: Known
    names: Mapping[str, str]
    query: Mapping[str, str]
    memory: Memory = field(default_factory=lambda: Memory("", 0))
    person: Person | None = None
    token: str = ""
    problem: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> EditionPlan:
        """The edition visited."""
        return self.here.plan

    @property
    def mine(self) -> Mine | None:
        """What the reader keeps; None where nobody is signed in."""
        return self.here.mine

    @property
    def languages(self) -> list[str]:
        """The languages of stored articles that readers of this edition read."""
        return [tag for tag in self.known.languages if starter.reads(self.plan.languages, tag)]

    def t(self, text: str, **values: object) -> str:
        """Translate; see Language.t."""
        return self.here.t(text, **values)

    def tn(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate by number; see Language.tn."""
        return self.here.tn(one, many, n, **values)

    def cards(self, ids: Sequence[ArticleId]) -> list[ArticleCard]:
        """Give the cards of these articles, with as much on them as may be shown, and no words of a text in doubt."""
        held = self.memory.cards
        found = {one: held[one] for one in ids if one in held}
        missing = [one for one in dict.fromkeys(ids) if one not in found]
        if missing:
            read = {card.id: card for card in self._read_cards(missing)}
            found |= read
            if len(held) < MOST:
                held |= read
        cards = [found[one] for one in ids if one in found]
        return self._translated(cards) if self.site.tools.settings.ai.translates_headlines else cards

    def publisher(self, publisher_id: PublisherId) -> Publisher | None:
        """Give a publisher; None for one that is not known."""
        held = self.memory.publishers
        if publisher_id not in held:
            held[publisher_id] = publishers.get(self.view, publisher_id)
        return held[publisher_id]

    def _translated(self, cards: list[ArticleCard]) -> list[ArticleCard]:
        """Put to cards in other languages than the edition's what their headlines became in it, where that holds.

        What was made of another wording is left out, and what a publisher withholds.
        """
        tag, held, display = self.plan.language, self.memory.headlines, self.known.display
        foreign = [one.id for one in cards if len(set(pair_of(one.language, tag))) > 1]
        found = {one: held[tag, one] for one in foreign if (tag, one) in held}
        missing = [one for one in foreign if one not in found]
        if missing:
            read = headlines.of(self.view, missing, tag)
            found |= {one: read.get(one) for one in missing}
            if len(held) < MOST:
                held |= {(tag, one): found[one] for one in missing}

        def shown(card: ArticleCard) -> ArticleCard:
            made = found.get(card.id)
            policy = display.of(card.publisher_id, fictional=card.fictional)
            stands = made is not None and made.original == card.headline and not withheld(card, policy)
            return replace(card, translated=made) if stands else card

        return [shown(one) for one in cards]

    def _read_cards(self, ids: Sequence[ArticleId]) -> list[ArticleCard]:
        display = self.known.display
        cards = articles.cards(self.view, ids)
        doubtful = [card.id for card in cards if display.doubts(card.complete)]
        words = stand_ins(self.view, doubtful) if doubtful else {}
        tags = hashtags.of_articles(self.view, [card.id for card in cards], self.known.rules)
        said = [
            replace(
                card,
                excerpt=words[card.id].short if card.id in words else card.excerpt,
                hashtags=tags.get(card.id, ()),
            )
            for card in cards
        ]
        shown = [display.card(card) for card in said]
        known = pictures.of(self.view, [card.image.url for card in shown if card.image])
        return [replace(card, image=_seen(card.image, known)) if card.image else card for card in shown]

    def preview(self, kind: str, name: str, shown: str) -> str:
        """Give the full address of a page's picture for link previews; "" where none are made."""
        made = self.site.tools.settings.pictures.previews
        return self.here.absolute(links.preview(kind, name, shown)) if made else ""

    def seen(self, image: Image | None) -> Image | None:
        """Give a lead picture with what is known of it; None for one that is not fit to be a lead, or not to be had."""
        return _seen(image, pictures.of(self.view, [image.url])) if image else None

    @property
    def since(self) -> int:
        """The last change this page knows of: what comes after it is announced while the page is open."""
        return arrivals.settled(self.view) if self.before is None else 0

    @property
    def before(self) -> ArticleId | None:
        """The last article of the page before, when the reader goes on."""
        number = read_short_id(self.query.get("before", ""))
        return ArticleId(number) if number is not None and number < 2**62 else None

    def page(self, ids: Sequence[ArticleId], path: str, size: int = PAGE) -> tuple[list[ArticleCard], str]:
        """Give one page's cards and the path of the next; `ids` holds one more than a page when there is one."""
        older = f"{path}?before={short_id(ids[size - 1])}" if len(ids) > size else ""
        return self.cards(ids[:size]), older

    def everywhere(self, rest: str = "") -> tuple[tuple[str, str], ...]:
        """List the same page in every country's edition: (language tag, path). A place has no tag of its own."""
        return self.in_editions(rest, (plan for plan in self.site.plans.values() if not plan.places))

    def in_editions(self, rest: str, plans: Iterable[EditionPlan]) -> tuple[tuple[str, str], ...]:
        """List the same page in these editions, and for everybody else: the instance's own edition, or the first.

        Each language tag once: two pages for the same readers are none the better one.
        """
        found: dict[str, str] = {}
        for plan in plans:
            found.setdefault(_tag(plan), f"/{plan.key}{rest}")
        own = f"/{self.site.plan_for('').key}{rest}"
        fallback = "/" if not rest else own if own in found.values() else next(iter(found.values()), "")
        return (*found.items(), ("x-default", fallback)) if fallback else tuple(found.items())


def _tag(plan: EditionPlan) -> str:
    return f"{plan.language}-{plan.country.upper()}" if plan.country else plan.language


def _seen(image: Image, known: Mapping[str, Picture]) -> Image | None:
    found = known.get(image.url)
    if found is None:
        return image
    if found.fitness is not Fitness.READY:
        return None
    return replace(image, tint=found.tint, width=found.width, height=found.height)
