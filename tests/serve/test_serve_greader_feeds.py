"""Google Reader's API: what is followed, searched for and added by an app."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.actions import follows
from octavo.store import follows as kept_follows
from octavo.store import searches
from octavo.text.slugs import short_id

from .apps import App, open_app, searchable
from .conftest import NOW, Reader


@pytest.fixture
def app(make_reader: Callable[..., Reader]) -> App:
    """An app that may read and write."""
    return open_app(make_reader)


def test_a_saved_search_is_a_feed(app: App) -> None:
    """It is listed, has its articles and counts, is marked, renamed and left, by Google Reader's protocol."""
    searchable(app)
    page = "http://127.0.0.1:8000/en-gb/search.atom?q=crane&language=en&sort=new"
    added = app.post("subscription/quickadd", quickadd=page).json()
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}[added["streamId"]]
    assert listed["title"] == "crane lang:en"
    assert [one["label"] for one in listed["categories"]] == ["Saved searches"]
    with app.reader.tools.database.read() as view:
        assert [one.query for one in searches.of(view, app.person.id)] == ["crane lang:en"]
    [one] = app.get("stream/contents/" + added["streamId"])["items"]
    assert (one["title"], one["origin"]["streamId"]) == ("Crane falls", added["streamId"])
    folder = app.get("stream/items/ids", s="user/-/label/Saved searches")["itemRefs"]
    assert [ref["id"] for ref in folder] == [str(app.ids[0])]
    counts = {one["id"]: one["count"] for one in app.get("unread-count")["unreadcounts"]}
    assert counts[added["streamId"]] == 1
    app.post("subscription/edit", ac="edit", s=added["streamId"], t="Cranes")
    again = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}[added["streamId"]]
    assert again["title"] == "Cranes"
    app.post("mark-all-as-read", s=added["streamId"])
    assert app.ids[0] not in app.unread()
    app.post("subscription/edit", ac="unsubscribe", s=added["streamId"])
    assert added["streamId"] not in {one["id"] for one in app.get("subscription/list")["subscriptions"]}
    with app.reader.tools.database.read() as view:
        assert searches.of(view, app.person.id) == []


def test_the_folder_of_what_is_followed_holds_all_of_it(app: App) -> None:
    """Stories and hashtags together, each article once, a page at a time."""
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    follows.follow(app.reader.tools, app.person, "story", short_id(app.reader.story))
    folder = "user/-/label/Followed"
    every = [int(ref["id"]) for ref in app.get("stream/items/ids", s=folder, n=99)["itemRefs"]]
    assert set(app.ids[:2]) <= set(every)
    assert app.reader.ids["ledger"] in every
    assert every == sorted(set(every), reverse=True)
    page = app.get("stream/items/ids", s=folder, n=2)
    rest = app.get("stream/items/ids", s=folder, n=99, c=page["continuation"])
    assert [int(ref["id"]) for ref in page["itemRefs"] + rest["itemRefs"]] == every


@pytest.mark.parametrize("address", ["http://strict.example/apps.xml", "https://strict.example/apps.xml/"])
def test_a_known_feed_is_found_however_its_address_is_written(app: App, address: str) -> None:
    app.post("subscription/edit", ac="unsubscribe", s=f"feed/{app.feeds[1]}")
    app.post("subscription/edit", ac="subscribe", s=f"feed/{address}", t="Strictly", a="user/-/label/Law")
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}[f"feed/{app.feeds[1]}"]
    assert (listed["title"], listed["categories"][0]["label"]) == ("Strictly", "Law")


def test_a_publisher_is_followed_by_its_page_and_a_site_by_its_address(app: App) -> None:
    app.post("subscription/edit", ac="unsubscribe", s=f"feed/{app.feeds[1]}")
    assert app.post("subscription/quickadd", quickadd="strict.example").json()["numResults"] == 1
    assert app.strict in app.unread()
    page = "http://127.0.0.1:8000/en-gb/source/strict"
    assert app.post("subscription/quickadd", quickadd=page).json()["numResults"] == 1
    with app.reader.tools.database.read() as view:
        assert [one.key for one in kept_follows.of(view, app.person.id)] == ["strict"]


def test_a_feed_nobody_collects_is_refused_with_the_way_out(app: App) -> None:
    """A reader's app asks no other site: only those who may edit feeds add one."""
    asked = app.post("subscription/quickadd", quickadd="https://unknown.example/feed").json()
    assert "editors can add it" in asked["error"]
    refused = app.post("subscription/edit", ac="subscribe", s="feed/https://unknown.example/feed")
    assert refused.status_code == 422
    assert "editors can add it" in refused.text


def test_a_label_is_read_up_to_when_its_articles_came_in(app: App) -> None:
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    stream = next(one["id"] for one in app.get("subscription/list")["subscriptions"] if one["title"] == "#Tide")
    for name in (stream, "user/-/label/#Tide"):
        app.post("mark-all-as-read", s=name, ts=str(int((NOW - timedelta(minutes=1)).timestamp())))
        assert len(app.unread()) == 5, "none of them was here"
    app.post("mark-all-as-read", s=stream, ts=str(int(NOW.timestamp())))
    assert app.unread() == app.ids[2:]


def test_followed_words_are_a_feed(app: App) -> None:
    follows.follow(app.reader.tools, app.person, "word", "archive")
    stream = next(one["id"] for one in app.get("subscription/list")["subscriptions"] if one["title"] == "archive")
    assert app.get("stream/items/ids", s=stream)["itemRefs"] != []
