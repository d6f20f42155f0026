"""What a signed-in reader keeps, as far as one page shows it: what is saved, followed, muted, and by which wish."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from markupsafe import Markup

from octavo.accounts.permissions import Act, may
from octavo.domain.account import Person
from octavo.domain.article import Article, ArticleCard
from octavo.domain.follow import OF_ENTITY, Follow, FollowKind, Preferences, Stance
from octavo.domain.ids import ArticleId
from octavo.ports.database import Read
from octavo.relate.muting import Facts, Wishes, wishes
from octavo.serve.languages import Language
from octavo.serve.stencils import Key, Value
from octavo.store import bookmarks, follows, preferences, reading
from octavo.store.notifications import MOST_COUNTED
from octavo.text.slugs import short_id

SHOWN_ALL = frozenset({"story", "article", "saved", "highlights", "history", "list", "keep", "search"})
"""Pages where nothing is left out: what stands there was asked for, or kept, by the reader."""

_OWN_KIND = {
    "hashtag": FollowKind.HASHTAG,
    "source": FollowKind.PUBLISHER,
    "place": FollowKind.PLACE,
    "person": FollowKind.PERSON,
    "organisation": FollowKind.ORGANISATION,
}
"""Pages of one thing, which is not left out there though it is muted."""


@dataclass(slots=True)
class Mine:
    """One reader's own marks on a page. Cards ask it as they are drawn, and so it knows what was left out."""

    person: Person
    follows: tuple[Follow, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    shows: bool = False
    """Whether the reader asked to see what is muted all the same."""
    saved: frozenset[ArticleId] = frozenset()
    muted: Mapping[ArticleId, Follow] = field(default_factory=dict)
    left_out: dict[ArticleId, Follow] = field(default_factory=dict)
    """The cards this page left out, as they were met."""

    def stance(self, kind: str, key: str) -> str:
        """Say what the reader does with something: follow, mute, or ""."""
        found = next((one for one in self.follows if one.kind == kind and one.key == key), None)
        return str(found.stance) if found else ""

    def one_of(self, key: Key, value: Value, among: Sequence[Value], caller: Callable[[Any], Markup]) -> Markup:
        """Write a piece of the page as it looks to this reader: `key` names the fact that has this value.

        `among` are all the values it can have, the usual one first; `caller` writes the piece for one of them.
        """
        return caller(value)

    def whether(self, key: Key, value: bool, caller: Callable[[Any], Markup]) -> Markup:
        """Write a piece that looks one of two ways."""
        return self.one_of(key, bool(value), (False, True), caller)

    def told(self, language: Language, unread: int) -> tuple[str, str]:
        """Say how many notifications are unread: in words, and in short."""
        return unread_words(language, unread)

    def once(self) -> str:
        """Name the one sending of a form, so that it is done once."""
        return new_sending()

    def mark(self, card: ArticleCard, *, always: bool = False) -> tuple[bool, bool]:
        """Say of a card whether it is saved, and whether it is left out; and remember that it is."""
        wish = None if always else self.muted.get(card.id)
        if wish is not None:
            self.left_out[card.id] = wish
        return card.id in self.saved, wish is not None and not self.shows

    def why(self, card: ArticleCard) -> str:
        """Say which wish would leave a card out; "" where none does, and where the reader asked to see them."""
        wish = None if self.shows else self.muted.get(card.id)
        return label_of(wish) if wish else ""

    @property
    def reasons(self) -> list[str]:
        """Say which wishes left cards out."""
        return list(dict.fromkeys(label_of(one) for one in self.left_out.values()))

    def look(self, view: Read, context: Any) -> None:
        """Find what is saved and muted of the cards a page has."""
        cards = list({card.id: card for card in _cards_in(context)}.values())
        own = getattr(context, "article", None)
        ids = [card.id for card in cards] + ([own.id] if isinstance(own, Article) else [])
        if not ids:
            return
        self.saved = frozenset(bookmarks.among(view, self.person.id, ids))
        kind = context.frame.kind
        if kind not in SHOWN_ALL:
            mutes = [one for one in self.follows if one.kind is not _OWN_KIND.get(kind)]
            self.muted = muted_among(view, wishes(mutes, Stance.MUTE), cards)


def new_sending() -> str:
    """Make what names the one sending of a form."""
    return secrets.token_urlsafe(16)


def unread_words(language: Language, unread: int) -> tuple[str, str]:
    """Say how many notifications are unread: in words, and in short."""
    short = language.number(unread) if unread < MOST_COUNTED else language.digits(f"{MOST_COUNTED - 1}+")
    return language.tn("{n} unread notification", "{n} unread notifications", unread), short


def mine_of(view: Read, person: Person, query: Mapping[str, str]) -> Mine | None:
    """Read what a reader follows, mutes and has set; None for one who may keep nothing."""
    if not may(person, Act.KEEP):
        return None
    kept = tuple(follows.of(view, person.id))
    return Mine(person, kept, preferences.of(view, person.id), query.get("muted") == "show")


def muted_among(view: Read, mutes: Wishes, cards: list[ArticleCard]) -> dict[ArticleId, Follow]:
    """Tell which of these articles a reader muted, each with the wish that does it."""
    if not mutes:
        return {}
    named = [key for kind, key in mutes.named if kind in OF_ENTITY.values()]
    keys = reading.about_keys(view, [card.id for card in cards], named) if named else {}
    met = {card.id: mutes.met_by(facts_of(card, keys.get(card.id, ()))) for card in cards}
    return {one: found[0] for one, found in met.items() if found}


def facts_of(card: ArticleCard, keys: tuple[str, ...]) -> Facts:
    """Give what wishes are held against, of an article that is shown as a card."""
    story = short_id(card.story_id) if card.story_id else ""
    return Facts(card.id, card.publisher_id, f"{card.headline} {card.excerpt}", card.hashtags, keys, story)


def label_of(one: Follow) -> str:
    """Write what is followed or muted as readers know it."""
    if one.kind is FollowKind.HASHTAG:
        return f"#{one.name}"
    return f"“{one.name}”" if one.kind is FollowKind.WORD else one.name


def _cards_in(value: Any) -> Iterator[ArticleCard]:
    if isinstance(value, ArticleCard):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _cards_in(one)
    elif is_dataclass(value) and type(value).__module__.startswith("octavo.serve."):
        for one in fields(value):
            yield from _cards_in(getattr(value, one.name))
