"""What a reader keeps: done once however often it is asked for, by those who may, and never to another's things."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.actions import bookmarks, follows, highlights, lists, preferences, reading, searches, subscriptions
from octavo.actions.highlights import Selected
from octavo.actions.preferences import Brought
from octavo.config import KeepSettings
from octavo.domain.follow import Follow, FollowKind, Quote, ReadMark
from octavo.domain.ids import ArticleId, FeedId
from octavo.errors import InputError, NotFound
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

from .kept import PAPER, PLAN, TEXT, World


@pytest.fixture
def world(recorded_tools: Tools) -> World:
    return World(recorded_tools)


def test_what_is_followed_is_what_there_is(world: World) -> None:
    tools, ana = world.tools, world.ana
    for _ in range(2):
        follows.follow(tools, ana, "hashtag", "tide", "Tide")
        follows.follow(tools, ana, "story", world.story)
        follows.follow(tools, ana, "place", "place/7", "Varn")
        follows.mute(tools, ana, "publisher", PAPER, "Called otherwise")
        follows.mute(tools, ana, "word", " Transfer  WINDOW")
    assert world.follows(ana) == [
        ("follow", "hashtag", "tide"),
        ("follow", "place", "place/7"),
        ("mute", "publisher", PAPER),
        ("follow", "story", world.story),
        ("mute", "word", "transfer window"),
    ]
    with tools.database.read() as view:
        names = {one.kind: one.name for one in follow_store.of(view, ana.id)}
    assert (names[FollowKind.STORY], names[FollowKind.PUBLISHER]) == ("Headline 0", "The Paper")
    assert names[FollowKind.WORD] == "transfer window"
    for _ in range(2):
        follows.leave(tools, ana, "word", "TRANSFER window")
        follows.follow(tools, ana, "publisher", PAPER)
    assert world.follows(ana)[2:] == [("follow", "publisher", PAPER), ("follow", "story", world.story)]


@pytest.mark.parametrize(
    ("kind", "key", "error"),
    [
        ("story", "zzz", NotFound),
        ("story", "no such", NotFound),
        ("story", "zzzzzzzzzzzz", NotFound),
        ("publisher", "none.example", NotFound),
        ("place", "place/8", NotFound),
        ("place", "person/7", NotFound),
        ("person", "place/7", NotFound),
        ("organisation", "person/7", NotFound),
        ("organisation", "org/none", NotFound),
        ("hashtag", "", NotFound),
        ("hashtag", "x" * 161, NotFound),
        ("word", " ", NotFound),
        ("word", "a\u0007b", NotFound),
        ("nonsense", "x", InputError),
    ],
)
def test_what_is_not_there_cannot_be_followed(world: World, kind: str, key: str, error: type[Exception]) -> None:
    for act in (follows.follow, follows.mute):
        with pytest.raises(error):
            act(world.tools, world.ana, kind, key)
    assert world.follows(world.ana) == []


def test_more_and_less_by_steps(world: World) -> None:
    def weight() -> int:
        with world.tools.database.read() as view:
            return sum(one.weight for one in follow_store.tastes_of(view, world.ana.id))

    seen = []
    for by in (1, 1, 1, -1, -1, -1, -1, -1, 0):
        follows.weigh(world.tools, world.ana, "hashtag", "tide", "Tide", by)
        seen.append(weight())
    assert seen == [1, 2, 2, 1, 0, -1, -2, -2, 0]
    with pytest.raises(InputError):
        follows.weigh(world.tools, world.ana, "hashtag", "tide", "Tide", 2)
    follows.weigh(world.tools, world.ana, "hashtag", "ebb", "Ebb", 1)
    preferences.forget_ranking(world.tools, world.ana)
    assert weight() == 0
    with world.tools.database.read() as view:
        assert preference_store.of(view, world.ana.id).learn_from == world.tools.now()


def test_saved_once(world: World) -> None:
    tools, ana = world.tools, world.ana
    for _ in range(2):
        bookmarks.save(tools, ana, world.ids[1])
    assert bookmarks.save_many(tools, ana, [world.ids[0], world.ids[1], ArticleId(5)]) == 1
    with pytest.raises(NotFound):
        bookmarks.save(tools, ana, ArticleId(5))
    for _ in range(2):
        bookmarks.remove(tools, ana, [world.ids[1]])
    with tools.database.read() as view:
        assert bookmark_store.ids(view, ana.id, None, 9) == [world.ids[0]]


def test_a_passage_is_kept_as_it_is_shown(world: World) -> None:
    tools, ana = world.tools, world.ana
    number = world.highlight(ana, " Mind this ")
    assert world.highlight(ana) == number
    with tools.database.read() as view:
        [one] = highlight_store.of(view, ana.id, world.ids[0])
    assert (one.quote, one.note) == (Quote("tide rose", "The ", " overnight.", 4), "Mind this")
    assert highlights.note(tools, ana, number, "Anew") == world.ids[0]
    for said in ("", "tide sank", "x" * 2_001):
        with pytest.raises(InputError):
            highlights.add(tools, ana, Selected(world.ids[0], TEXT, Quote(said)))
    with pytest.raises(InputError):
        highlights.add(tools, ana, Selected(world.ids[0], TEXT[:8], Quote("overnight")))
    with pytest.raises(InputError):
        highlights.note(tools, ana, number, "x" * 5_001)
    with pytest.raises(NotFound):
        highlights.add(tools, ana, Selected(ArticleId(5), TEXT, Quote("tide")))
    for _ in range(2):
        highlights.remove(tools, ana, number)


def test_a_list_is_shared_and_withdrawn(world: World) -> None:
    tools, ana = world.tools, world.ana
    number = lists.make(tools, ana, " Storms  of March ", "All of them")
    assert lists.make(tools, ana, "Storms of March") == number, "sent twice, made once"
    for _ in range(2):
        lists.put_in(tools, ana, number, world.ids[0])
    token = lists.share(tools, ana, number)
    assert lists.share(tools, ana, number) == token
    assert len(token) >= 22
    with tools.database.read() as view:
        found = list_store.shared(view, token)
    assert found
    assert (found[0], found[1].name, found[1].count) == (ana.id, "Storms of March", 1)
    lists.withdraw(tools, ana, number)
    with tools.database.read() as view:
        assert list_store.shared(view, token) is None
    assert lists.share(tools, ana, number) != token, "another address"
    lists.describe(tools, ana, number, "Floods", "")
    for _ in range(2):
        lists.take_out(tools, ana, number, world.ids[0])
    for name, note in (("", ""), ("x" * 121, ""), ("x", "x" * 1_001)):
        with pytest.raises(InputError):
            lists.make(tools, ana, name, note)
    with pytest.raises(NotFound):
        lists.put_in(tools, ana, number, ArticleId(5))
    for _ in range(2):
        lists.remove(tools, ana, number)


def test_a_history_is_kept_only_by_those_who_turned_it_on(world: World) -> None:
    tools, ana, one = world.tools, world.ana, world.ids[0]

    def remembered() -> list[ReadMark]:
        with tools.database.read() as view:
            return history_store.latest(view, ana.id, None, 9)

    assert not reading.remember(tools, ana, one)
    reading.mark(tools, ana, PLAN, [one], read=True)
    assert remembered() == []
    reading.turn_history(tools, ana, on=True)
    assert reading.remember(tools, ana, one)
    reading.mark(tools, ana, PLAN, [world.ids[1]], read=True)
    assert {mark.article_id for mark in remembered()} == {one, world.ids[1]}
    reading.forget(tools, ana, [one])
    assert len(remembered()) == 1
    reading.forget_all(tools, ana)
    assert remembered() == []
    reading.remember(tools, ana, one)
    reading.turn_history(tools, ana, on=False)
    assert remembered() == [], "turned off, it is forgotten"


def test_marks_of_reader_apps(world: World) -> None:
    tools, ana, now = world.tools, world.ana, world.tools.now()

    def unread() -> list[ArticleId]:
        with tools.database.read() as view:
            mine = subscription_store.of(view, ana.id, PLAN)
            return read_marks.unread_ids(view, ana.id, mine, None, 9)

    first, second, third = world.ids
    assert unread() == [third, second, first]
    reading.mark_until(tools, ana, PLAN, now - timedelta(days=1))
    assert unread() == [third, second, first], "none of them was here"
    reading.mark(tools, ana, PLAN, [first], read=True)
    reading.mark(tools, ana, PLAN, [third], read=True)
    reading.mark(tools, ana, PLAN, [first], read=False)
    assert unread() == [second, first]
    reading.mark_until(tools, ana, PLAN, None, [FeedId(99)])
    assert unread() == [second, first], "a feed nobody subscribed to"
    reading.mark_until(tools, ana, PLAN, now, [world.feed.id])
    assert unread() == []


def test_searches_of_ones_own(world: World) -> None:
    """A search is kept once, in one form and without an order; there is room for so many."""
    tools, ana = world.tools, world.ana
    one = searches.save(tools, ana, '  rain   "on  stone" sort:new -lang:de ')
    assert (one.query, one.name) == ('rain "on stone" -lang:de', 'rain "on stone" -lang:de')
    assert searches.save(tools, ana, 'rain "on stone" -lang:de', "Rain") == one
    searches.rename(tools, ana, one.id, "  Rain  again ")
    with tools.database.read() as view:
        assert [(each.id, each.name) for each in search_store.of(view, ana.id)] == [(one.id, "Rain again")]
    for query, name in (("", ""), ("sort:new", ""), ("rain", "x" * 121)):
        with pytest.raises(InputError):
            searches.save(tools, ana, query, name)
    with pytest.raises(InputError):
        searches.rename(tools, ana, one.id, " ")
    room = tools.settings.keep.searches
    for number in range(1, room):
        searches.save(tools, ana, f"word{number}")
    with pytest.raises(InputError, match=str(room)):
        searches.save(tools, ana, "one more")
    searches.remove(tools, ana, one.id)
    searches.save(tools, ana, "one more")
    with pytest.raises(NotFound):
        searches.rename(tools, ana, one.id, "gone")


def test_feeds_of_ones_own(world: World) -> None:
    tools, ana = world.tools, world.ana

    def subscribed() -> list[tuple[str, str]]:
        with tools.database.read() as view:
            return [(one.title, one.folder) for one in subscription_store.of(view, ana.id, PLAN)]

    assert subscribed() == [("https://paper.example/rss", "")]
    for _ in range(2):
        subscriptions.subscribe(tools, ana, world.feed.id, " My  paper ", "News")
    assert subscribed() == [("My paper", "News")]
    subscriptions.leave(tools, ana, world.feed.id)
    assert subscribed() == []
    preferences.set_edition_feeds(tools, ana, on=False)
    with pytest.raises(NotFound):
        subscriptions.subscribe(tools, ana, FeedId(99))
    with pytest.raises(InputError):
        subscriptions.subscribe(tools, ana, world.feed.id, "x" * 201)


SETTINGS = {"theme": "dark", "muted": {"sources": {PAPER: "P"}, "hashtags": {"ebb": "Ebb"}, "words": ["Derby"]}}


def test_settings_are_kept_whole_with_what_is_muted(world: World) -> None:
    tools, ana = world.tools, world.ana
    follows.follow(tools, ana, "hashtag", "tide")
    follows.mute(tools, ana, "story", world.story)
    preferences.set_shown(tools, ana, SETTINGS)
    with tools.database.read() as view:
        assert preference_store.of(view, ana.id).shown["theme"] == "dark"
    mutes = [("mute", "hashtag", "ebb"), ("mute", "publisher", PAPER), ("mute", "word", "derby")]
    kept = [("follow", "hashtag", "tide"), ("mute", "story", world.story)]
    assert sorted(world.follows(ana)) == sorted(kept + mutes)
    preferences.set_shown(tools, ana, {"muted": {"hashtags": {"ebb": "Ebb"}}})
    assert sorted(world.follows(ana)) == sorted([*kept, ("mute", "hashtag", "ebb")])


def test_what_a_browser_kept_is_brought_once(world: World) -> None:
    tools, ana, now = world.tools, world.ana, world.tools.now()
    bookmarks.save(tools, ana, world.ids[2])
    follows.follow(tools, ana, "hashtag", "ebb")
    brought = [Follow(FollowKind.HASHTAG, "tide", "Tide", now), Follow(FollowKind.STORY, "zzz", "Gone", now)]
    saved = [world.ids[1], ArticleId(5), world.ids[2], world.ids[0]]
    assert preferences.bring(tools, ana, saved, brought, SETTINGS) == Brought(2, 3)
    assert preferences.bring(tools, ana, saved, brought, {"theme": "light"}) == Brought(0, 0)
    with tools.database.read() as view:
        kept = [one.article_id for one in bookmark_store.latest(view, ana.id, None, 9)]
        shown = preference_store.of(view, ana.id).shown
    assert kept == [world.ids[2], world.ids[1], world.ids[0]]
    assert shown["theme"] == "dark", "what the account has goes first"
    assert ("follow", "hashtag", "ebb") in world.follows(ana), "and is not muted by a browser"


def test_no_more_than_there_is_room_for(world: World) -> None:
    room = KeepSettings(follows=1, bookmarks=1, highlights=1, lists=1, list_articles=1)
    settings = world.tools.settings.model_copy(update={"keep": room})
    tools, ana, (one, other, _) = replace(world.tools, settings=settings), world.ana, world.ids
    follows.follow(tools, ana, "hashtag", "tide")
    follows.weigh(tools, ana, "hashtag", "tide", "Tide", 1)
    bookmarks.save(tools, ana, one)
    highlights.add(tools, ana, Selected(one, TEXT, Quote("tide")))
    number = lists.make(tools, ana, "Storms")
    lists.put_in(tools, ana, number, one)
    more: list[Callable[[], object]] = [
        lambda: follows.mute(tools, ana, "hashtag", "ebb"),
        lambda: follows.weigh(tools, ana, "hashtag", "ebb", "Ebb", 1),
        lambda: bookmarks.save(tools, ana, other),
        lambda: highlights.add(tools, ana, Selected(one, TEXT, Quote("rose"))),
        lambda: lists.make(tools, ana, "Floods"),
        lambda: lists.put_in(tools, ana, number, other),
    ]
    for act in more:
        with pytest.raises(InputError):
            act()
    assert bookmarks.save_many(tools, ana, [other]) == 0
    assert preferences.bring(tools, ana, [other], [], SETTINGS) == Brought(0, 0)
    follows.mute(tools, ana, "hashtag", "tide")
    lists.put_in(tools, ana, number, one)
