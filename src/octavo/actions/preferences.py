"""What a reader sets; and taking over what their browser kept before they had an account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.accounts.permissions import Act, demand
from octavo.actions import follows as follow_actions
from octavo.domain.account import Person
from octavo.domain.follow import Follow, FollowKind, Stance
from octavo.domain.ids import ArticleId
from octavo.domain.preferences import clean_settings, muted_in
from octavo.ports.tools import Tools
from octavo.store import bookmarks, follows, preferences

_STEP = timedelta(milliseconds=1)
_UNSET = clean_settings({})


@dataclass(frozen=True, slots=True)
class Brought:
    """How much of what a browser kept an account had not."""

    articles: int
    follows: int


def set_shown(tools: Tools, person: Person | None, given: object) -> None:
    """Keep how pages look, and what is muted, from an object of settings: all of it, in place of what there was."""
    who, now = demand(person, Act.KEEP), tools.now()
    wanted = muted(given, now)
    with tools.database.transaction() as tx:
        preferences.set_shown(tx, who.id, clean_settings(given))
        keys = {(one.kind, one.key) for one in wanted}
        for old in follows.of(tx, who.id):
            of_these = old.kind in (FollowKind.PUBLISHER, FollowKind.HASHTAG, FollowKind.WORD)
            if old.stance is Stance.MUTE and of_these and (old.kind, old.key) not in keys:
                follows.remove(tx, who.id, old.kind, old.key)
        follow_actions.keep_all(tx, tools, who.id, wanted)


def bring(
    tools: Tools, person: Person | None, saved: Iterable[ArticleId], followed: Sequence[Follow], given: object
) -> Brought:
    """Take over what a browser kept: what the account has already stays as it is there."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        wanted = list(dict.fromkeys(saved))
        known = bookmarks.among(tx, who.id, wanted)
        room = max(0, tools.settings.keep.bookmarks - bookmarks.count(tx, who.id))
        new = [one for one in wanted if one not in known][:room]
        # The first was saved last: the list stays in its order.
        added = sum(bookmarks.save(tx, who.id, [one], now - turn * _STEP) for turn, one in enumerate(new))
        kept = follow_actions.keep_all(tx, tools, who.id, [*followed, *muted(given, now)])
        shown = clean_settings(given)
        if not preferences.of(tx, who.id).shown and shown != _UNSET:
            preferences.set_shown(tx, who.id, shown)
    return Brought(added, kept)


def muted(given: object, now: datetime) -> list[Follow]:
    """List what an object of settings mutes."""
    sources, hashtags, words = muted_in(given)
    named: list[tuple[FollowKind, Mapping[str, str]]] = [
        (FollowKind.PUBLISHER, sources),
        (FollowKind.HASHTAG, hashtags),
        (FollowKind.WORD, dict.fromkeys(words, "")),
    ]
    return [Follow(kind, key, name, now, Stance.MUTE) for kind, pairs in named for key, name in pairs.items()]


def set_edition_feeds(tools: Tools, person: Person | None, *, on: bool) -> None:
    """Show reader apps the feeds of the edition beside those followed, or these alone."""
    who = demand(person, Act.KEEP)
    with tools.database.transaction() as tx:
        preferences.set_edition_feeds(tx, who.id, on=on)


def forget_ranking(tools: Tools, person: Person | None) -> None:
    """Begin the ranking anew: forget what is wanted more and less of, and learn from now on."""
    who, now = demand(person, Act.KEEP), tools.now()
    with tools.database.transaction() as tx:
        follows.forget_tastes(tx, who.id)
        preferences.learn_from(tx, who.id, now)
