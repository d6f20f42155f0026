"""Follows, tastes, bookmarks, highlights, lists, history, preferences: each account's own, nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from octavo.domain.article import Article
from octavo.domain.follow import (
    Bookmark,
    Follow,
    FollowKind,
    Highlight,
    Preferences,
    Quote,
    ReadMark,
    SavedSearch,
    Stance,
    Taste,
)
from octavo.domain.hashtag import HashtagRule
from octavo.domain.ids import AccountId, ArticleId, HighlightId, ListId, SearchId
from octavo.domain.story import Placement
from octavo.ports.database import Database, Read
from octavo.store import accounts as account_store
from octavo.store import (
    bookmarks,
    follows,
    hashtags,
    highlights,
    history,
    lists,
    preferences,
    read_marks,
    searches,
    stories,
    subscriptions,
)
from octavo.text.slugs import short_id

from .examples import DAY, HOUR, NOON, article, keep
from .people import people

TIDE = Follow(FollowKind.HASHTAG, "tide", "Tide", NOON)
QUOTE = Quote("It rained.", "", " It stopped.", 3)
SHOWN = {"version": 1, "theme": "dark"}


@pytest.fixture
def two(database: Database) -> tuple[AccountId, AccountId]:
    """Two people."""
    ana, ben = people(database, "Ana", "Ben")
    return ana, ben


@pytest.fixture
def kept(database: Database) -> list[Article]:
    return keep(database, [article(n) for n in range(4)])


def test_searches_are_one_accounts_and_go_with_it(database: Database, two: tuple[AccountId, AccountId]) -> None:
    ana, ben = two
    with database.transaction() as tx:
        first = searches.add(tx, ana, SavedSearch(SearchId(0), "rain", "Rain", NOON))
        second = searches.add(tx, ana, SavedSearch(SearchId(0), "snow -sleet", "Snow", NOON + HOUR))
        other = searches.add(tx, ben, SavedSearch(SearchId(0), "rain", "Rain", NOON))
        assert not searches.rename(tx, ben, first, "Ben's")
        assert not searches.remove(tx, ben, second)
        assert searches.rename(tx, ana, first, "Rain again")
    with database.read() as read:
        assert searches.of(read, ana) == [
            SavedSearch(first, "rain", "Rain again", NOON),
            SavedSearch(second, "snow -sleet", "Snow", NOON + HOUR),
        ]
        assert searches.export(read, ben) == [{"query": "rain", "name": "Rain", "made": NOON.isoformat()}]
    with database.transaction() as tx:
        assert searches.remove(tx, ana, second)
        account_store.remove(tx, ben)
    with database.read() as read:
        assert [one.id for one in searches.of(read, ana)] == [first]
        assert searches.of(read, ben) == []
    assert other not in (first, second)


def test_what_is_followed_is_one_accounts(database: Database, two: tuple[AccountId, AccountId]) -> None:
    ana, ben = two
    with database.transaction() as tx:
        follows.save(tx, ana, TIDE)
        follows.save(tx, ana, replace(TIDE, name="Tides", since=NOON + DAY))
        assert follows.of(tx, ana) == [replace(TIDE, name="Tides")], "since the first time"
        assert follows.of(tx, ben) == []
        assert (follows.count(tx, ana), follows.count(tx, ben)) == (1, 0)
        assert not follows.remove(tx, ben, FollowKind.HASHTAG, "tide")
        assert follows.get(tx, ben, FollowKind.HASHTAG, "tide") is None
        follows.save(tx, ana, replace(TIDE, stance=Stance.MUTE, since=NOON + DAY))
        assert follows.get(tx, ana, FollowKind.HASHTAG, "tide") == replace(TIDE, stance=Stance.MUTE, since=NOON + DAY)
        assert follows.remove(tx, ana, FollowKind.HASHTAG, "tide")
        assert not follows.remove(tx, ana, FollowKind.HASHTAG, "tide")


def test_followers_are_listed_however_many(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follows, "_AT_ONCE", 2)
    crowd = people(database, *(f"reader{n}" for n in range(5)))
    with database.transaction() as tx:
        for one in crowd:
            follows.save(tx, one, TIDE)
        follows.save(tx, crowd[1], replace(TIDE, stance=Stance.MUTE))
        follows.save(tx, crowd[1], Follow(FollowKind.WORD, "tide", "tide", NOON))
        assert list(follows.followers(tx, FollowKind.HASHTAG, "tide")) == [crowd[0], *crowd[2:]]
        assert list(follows.followers(tx, FollowKind.HASHTAG, "ebb")) == []


def test_followers_of_what_was_folded(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    with database.transaction() as tx:
        old = stories.place(tx, Placement(kept[0].id, None, 1.0), NOON)
        new = stories.place(tx, Placement(kept[1].id, None, 1.0), NOON)
        for who in (ana, ben):
            follows.save(tx, who, Follow(FollowKind.STORY, short_id(old), "Old", NOON))
        follows.save(tx, ben, Follow(FollowKind.STORY, short_id(new), "New", NOON))
        stories.place(tx, Placement(kept[1].id, new, 1.0, merged=(old,)), NOON)
        assert list(follows.followers(tx, FollowKind.STORY, short_id(new))) == [ana, ben]
        assert [(one.key, one.name) for one in follows.of(tx, ana)] == [(short_id(new), "Old")]
        assert len(follows.of(tx, ben)) == 1
        follows.save(tx, ana, Follow(FollowKind.HASHTAG, "ebb", "Ebb", NOON))
        hashtags.set_rule(tx, HashtagRule("ebb", NOON, into="tide"))
        assert list(follows.followers(tx, FollowKind.HASHTAG, "tide")) == [ana]


def test_more_and_less_of_something(database: Database, two: tuple[AccountId, AccountId]) -> None:
    ana, ben = two
    less = Taste(FollowKind.PUBLISHER, "herald.example", "The Herald", -1)
    with database.transaction() as tx:
        for one in (less, replace(less, weight=-2)):
            follows.set_taste(tx, ana, one)
        assert (follows.tastes_of(tx, ana), follows.tastes_of(tx, ben)) == ([replace(less, weight=-2)], [])
        follows.set_taste(tx, ben, less)
        follows.set_taste(tx, ana, replace(less, weight=0))
        assert (follows.tastes_of(tx, ana), follows.tastes_of(tx, ben)) == ([], [less])
        follows.forget_tastes(tx, ana)
        assert follows.tastes_of(tx, ben) == [less]
        follows.forget_tastes(tx, ben)
        assert follows.tastes_of(tx, ben) == []


def test_what_is_saved_is_one_accounts(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    one, two_, three, _ = [each.id for each in kept]
    with database.transaction() as tx:
        assert bookmarks.save(tx, ana, [three, one, one, ArticleId(7)], NOON) == 2
        assert bookmarks.save(tx, ana, [one, two_], NOON + HOUR) == 1
        assert bookmarks.latest(tx, ana, None, 9) == [
            Bookmark(two_, NOON + HOUR),
            Bookmark(three, NOON),
            Bookmark(one, NOON),
        ]
        assert bookmarks.latest(tx, ana, Bookmark(three, NOON), 9) == [Bookmark(one, NOON)]
        assert bookmarks.ids(tx, ana, None, 2) == [three, two_]
        assert bookmarks.ids(tx, ana, two_, 2) == [one]
        assert (bookmarks.latest(tx, ben, None, 9), bookmarks.ids(tx, ben, None, 9)) == ([], [])
        assert bookmarks.remove(tx, ben, [one, two_]) == 0
        assert bookmarks.among(tx, ana, [one, two_, kept[3].id]) == {one, two_}
        assert bookmarks.among(tx, ben, [one, two_]) == set()
        assert (bookmarks.remove(tx, ana, [one, one]), bookmarks.count(tx, ana), bookmarks.count(tx, ben)) == (1, 2, 0)


def test_a_passage_is_marked_once_and_by_one_account(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    made = Highlight(HighlightId(0), kept[0].id, QUOTE, NOON, "Mind this")
    with database.transaction() as tx:
        number = highlights.add(tx, ana, made)
        assert highlights.add(tx, ana, replace(made, note="")) == number
        assert highlights.get(tx, ana, number) == replace(made, id=number)
        assert highlights.add(tx, ana, replace(made, note="Anew")) == number
        other = highlights.add(tx, ana, replace(made, quote=replace(QUOTE, start=90)))
        mine = highlights.add(tx, ben, made)
        assert mine not in (number, other)
        assert [(one.id, one.note) for one in highlights.of(tx, ana, kept[0].id)] == [
            (number, "Anew"),
            (other, "Mind this"),
        ]
        assert [one.id for one in highlights.latest(tx, ana, None, 9)] == [other, number]
        assert [one.id for one in highlights.latest(tx, ana, other, 9)] == [number]
        assert highlights.get(tx, ben, number) is None
        assert not highlights.set_note(tx, ben, number, "Ben was here")
        assert not highlights.remove(tx, ben, number)
        assert highlights.set_note(tx, ana, number, "")
        assert highlights.remove(tx, ana, other)
        assert (highlights.count(tx, ana), highlights.count(tx, ben)) == (1, 1)


def test_a_list_is_its_owners_and_whoever_has_its_address(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    one, other = kept[0].id, kept[1].id
    with database.transaction() as tx:
        number = lists.add(tx, ana, "Storms", "", NOON)
        assert lists.put_in(tx, ana, number, one, NOON + HOUR)
        assert lists.put_in(tx, ana, number, one, NOON + DAY), "once"
        assert lists.put_in(tx, ana, number, other, NOON + HOUR)
        assert not lists.put_in(tx, ana, number, ArticleId(7), NOON)
        for foreign in (
            lists.put_in(tx, ben, number, kept[2].id, NOON),
            lists.take_out(tx, ben, number, one, NOON),
            lists.describe(tx, ben, number, "Ben's", ""),
            lists.share(tx, ben, number, "token"),
            lists.remove(tx, ben, number),
            lists.get(tx, ben, number),
            lists.of(tx, ben),
            lists.holding(tx, ben, one),
        ):
            assert not foreign
        assert lists.describe(tx, ana, number, "Floods", "Of the year")
        [known] = lists.of(tx, ana)
        assert (known.name, known.note, known.count, known.token) == ("Floods", "Of the year", 2, "")
        assert (known.made_at, known.changed_at) == (NOON, NOON + HOUR)
        assert (lists.get(tx, ana, number), lists.holding(tx, ana, one)) == (known, {number})
        held = [Bookmark(other, NOON + HOUR), Bookmark(one, NOON + HOUR)]
        assert lists.page(tx, number, None, 9) == held
        assert lists.page(tx, number, held[0], 9) == held[1:]
        assert lists.shared(tx, "") is None
        assert lists.share(tx, ana, number, "token")
        assert lists.shared(tx, "token") == (ana, replace(known, token="token"))
        assert lists.share(tx, ana, number, "")
        assert lists.shared(tx, "token") is None
        assert lists.take_out(tx, ana, number, one, NOON + DAY)
        assert lists.take_out(tx, ana, number, one, NOON + 2 * DAY)
        assert lists.of(tx, ana)[0].changed_at == NOON + DAY
        assert lists.remove(tx, ana, number)
        assert lists.of(tx, ana) == []
        assert lists.page(tx, number, None, 9) == []


def test_a_history_is_one_accounts_and_forgotten(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    one, other = kept[0].id, kept[1].id
    with database.transaction() as tx:
        history.add(tx, ana, [one, ArticleId(7)], NOON)
        history.add(tx, ana, [other], NOON + HOUR)
        history.add(tx, ben, [one], NOON)
        assert history.latest(tx, ana, None, 9) == [ReadMark(other, NOON + HOUR), ReadMark(one, NOON)]
        assert history.latest(tx, ana, ReadMark(other, NOON + HOUR), 9) == [ReadMark(one, NOON)]
        history.add(tx, ana, [one], NOON + DAY)
        assert history.latest(tx, ana, None, 1) == [ReadMark(one, NOON + DAY)]
        history.forget(tx, ana, [one])
        assert history.latest(tx, ana, None, 9) == [ReadMark(other, NOON + HOUR)]
        history.forget_all(tx, ana)
        assert (history.latest(tx, ana, None, 9), history.latest(tx, ben, None, 9)) == ([], [ReadMark(one, NOON)])


def test_preferences_come_back(database: Database, two: tuple[AccountId, AccountId]) -> None:
    ana, ben = two
    with database.transaction() as tx:
        assert preferences.of(tx, ana) == Preferences()
        assert preferences.export(tx, ana) == []
        preferences.set_shown(tx, ana, SHOWN)
        preferences.set_history(tx, ana, on=True)
        preferences.set_edition_feeds(tx, ana, on=False)
        preferences.learn_from(tx, ana, NOON)
        assert preferences.of(tx, ana) == Preferences(SHOWN, True, False, NOON)
        assert preferences.of(tx, ben) == Preferences()


EXPORTS: dict[str, Callable[[Read, AccountId], list[dict[str, Any]]]] = {
    "follows": follows.export,
    "bookmarks": bookmarks.export,
    "highlights": highlights.export,
    "lists": lists.export,
    "history": history.export,
    "preferences": preferences.export,
    "read marks": read_marks.export,
    "feeds": subscriptions.export,
}


def test_all_of_it_is_exported_and_goes_with_the_account(
    database: Database, two: tuple[AccountId, AccountId], kept: list[Article]
) -> None:
    ana, ben = two
    with database.transaction() as tx:
        for who in two:
            follows.save(tx, who, TIDE)
            follows.set_taste(tx, who, Taste(FollowKind.HASHTAG, "ebb", "Ebb", 1))
            bookmarks.save(tx, who, [kept[0].id], NOON)
            highlights.add(tx, who, Highlight(HighlightId(0), kept[0].id, QUOTE, NOON))
            assert lists.put_in(tx, who, lists.add(tx, who, "Storms", "", NOON), kept[0].id, NOON)
            history.add(tx, who, [kept[0].id], NOON)
            preferences.set_shown(tx, who, SHOWN)
            read_marks.mark(tx, who, [], [kept[0].id], read=True)
    with database.transaction() as tx:
        told = {name: export(tx, ana) for name, export in EXPORTS.items()}
        assert {name for name, rows in told.items() if rows} == EXPORTS.keys() - {"feeds"}
        assert told["lists"][0]["articles"][0]["url"] == kept[0].url
        assert told["highlights"][0]["passage"] == QUOTE.exact
        account_store.remove(tx, ana)
    with database.read() as read:
        assert [export(read, ana) for export in EXPORTS.values()] == [[] for _ in EXPORTS]
        assert [bool(export(read, ben)) for name, export in EXPORTS.items() if name != "feeds"] == [True] * 7
        assert lists.page(read, ListId(1), None, 9) == []
