"""Everything that is kept is one account's: nobody else may change it, and only who may keep things at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from octavo.actions import bookmarks, follows, highlights, lists, preferences, reading, searches, subscriptions
from octavo.actions.highlights import Selected
from octavo.domain.account import Person, Scope, Standing
from octavo.domain.follow import Quote
from octavo.domain.ids import HighlightId, ListId, SearchId
from octavo.errors import NotAllowed, NotFound, SignInRequired
from octavo.ports.tools import Tools
from octavo.store import bookmarks as bookmark_store
from octavo.store import follows as follow_store
from octavo.store import highlights as highlight_store
from octavo.store import history as history_store
from octavo.store import lists as list_store
from octavo.store import preferences as preference_store
from octavo.store import read_marks
from octavo.store import searches as search_store
from octavo.store import subscriptions as subscription_store

from .kept import PLAN, TEXT, World


@pytest.fixture
def world(recorded_tools: Tools) -> World:
    return World(recorded_tools)


Did = Callable[[Tools, Person | None, World], object]
ACTS: dict[str, Did] = {
    "follow": lambda tools, who, world: follows.follow(tools, who, "hashtag", "tide"),
    "mute": lambda tools, who, world: follows.mute(tools, who, "hashtag", "tide"),
    "leave": lambda tools, who, world: follows.leave(tools, who, "hashtag", "tide"),
    "weigh": lambda tools, who, world: follows.weigh(tools, who, "hashtag", "tide", "", 0),
    "save": lambda tools, who, world: bookmarks.save(tools, who, world.ids[0]),
    "save many": lambda tools, who, world: bookmarks.save_many(tools, who, world.ids),
    "unsave": lambda tools, who, world: bookmarks.remove(tools, who, world.ids),
    "highlight": lambda tools, who, world: highlights.add(tools, who, Selected(world.ids[0], TEXT, Quote("rose"))),
    "note": lambda tools, who, world: highlights.note(tools, who, HighlightId(1), "Ben was here"),
    "forget a highlight": lambda tools, who, world: highlights.remove(tools, who, HighlightId(1)),
    "read": lambda tools, who, world: reading.mark(tools, who, PLAN, world.ids, read=True),
    "read before": lambda tools, who, world: reading.mark_until(tools, who, PLAN, None),
    "remember": lambda tools, who, world: reading.remember(tools, who, world.ids[0]),
    "history": lambda tools, who, world: reading.turn_history(tools, who, on=False),
    "forget": lambda tools, who, world: reading.forget(tools, who, world.ids),
    "forget all": lambda tools, who, world: reading.forget_all(tools, who),
    "make a list": lambda tools, who, world: lists.make(tools, who, "Ben's"),
    "describe a list": lambda tools, who, world: lists.describe(tools, who, ListId(1), "Ben's", ""),
    "remove a list": lambda tools, who, world: lists.remove(tools, who, ListId(1)),
    "put in": lambda tools, who, world: lists.put_in(tools, who, ListId(1), world.ids[1]),
    "take out": lambda tools, who, world: lists.take_out(tools, who, ListId(1), world.ids[0]),
    "share": lambda tools, who, world: lists.share(tools, who, ListId(1)),
    "withdraw": lambda tools, who, world: lists.withdraw(tools, who, ListId(1)),
    "keep a search": lambda tools, who, world: searches.save(tools, who, "tide", "Ben's"),
    "rename a search": lambda tools, who, world: searches.rename(tools, who, SearchId(1), "Ben's"),
    "forget a search": lambda tools, who, world: searches.remove(tools, who, SearchId(1)),
    "settings": lambda tools, who, world: preferences.set_shown(tools, who, {}),
    "bring": lambda tools, who, world: preferences.bring(tools, who, world.ids, [], {}),
    "edition's feeds": lambda tools, who, world: preferences.set_edition_feeds(tools, who, on=False),
    "forget the ranking": lambda tools, who, world: preferences.forget_ranking(tools, who),
    "subscribe": lambda tools, who, world: subscriptions.subscribe(tools, who, world.feed.id, "Ben's"),
    "leave a feed": lambda tools, who, world: subscriptions.leave(tools, who, world.feed.id),
}
"""Everything that can be done here, to what is Ana's where it is somebody's."""

MISSING = {"note", "describe a list", "put in", "take out", "share", "withdraw", "rename a search"}
"""Acts on one thing: another's is not there."""


@pytest.mark.parametrize("name", ACTS)
def test_only_those_who_may_do_it(world: World, name: str) -> None:
    act = ACTS[name]
    with pytest.raises(SignInRequired):
        act(world.tools, None, world)
    banned = Person(replace(world.ana.account, standing=Standing.BANNED))
    for who in (banned, replace(world.ana, scopes=frozenset({Scope.READ, Scope.DISCUSS}))):
        with pytest.raises(NotAllowed):
            act(world.tools, who, world)


@pytest.mark.parametrize("name", ACTS)
def test_nobody_changes_what_another_keeps(world: World, name: str) -> None:
    tools, ana = world.tools, world.ana
    follows.follow(tools, ana, "hashtag", "tide", "Tide")
    follows.weigh(tools, ana, "hashtag", "tide", "Tide", 1)
    bookmarks.save(tools, ana, world.ids[0])
    assert world.highlight(ana, "Ana's") == 1
    assert lists.make(tools, ana, "Ana's") == 1
    lists.put_in(tools, ana, ListId(1), world.ids[0])
    assert searches.save(tools, ana, "tide", "Ana's").id == 1
    lists.share(tools, ana, ListId(1))
    reading.turn_history(tools, ana, on=True)
    reading.mark(tools, ana, PLAN, [world.ids[0]], read=True)
    subscriptions.subscribe(tools, ana, world.feed.id, "Ana's")
    preferences.set_shown(tools, ana, {"theme": "dark"})
    before = kept(world, ana)
    if name in MISSING:
        with pytest.raises(NotFound):
            ACTS[name](tools, world.ben, world)
    else:
        ACTS[name](tools, world.ben, world)
    assert kept(world, ana) == before


def kept(world: World, who: Person) -> list[object]:
    """All that is kept of somebody."""
    stores = (
        follow_store,
        bookmark_store,
        highlight_store,
        list_store,
        history_store,
        preference_store,
        read_marks,
        search_store,
        subscription_store,
    )
    with world.tools.database.read() as view:
        found: list[object] = [one.export(view, who.id) for one in stores]
        assert all(found)
        return [*found, list_store.of(view, who.id)]
