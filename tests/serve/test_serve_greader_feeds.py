"""Google Reader's API: what is followed, searched for and added by an app."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.actions import follows
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.account import Role
from octavo.domain.web import Response
from octavo.store import accounts, audit, feeds, searches
from octavo.store import follows as kept_follows
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


FOUND = "https://unknown.example/feed"
RSS = b"""<rss version="2.0"><channel><title>The Unknown</title><link>https://unknown.example/</link>
<item><title>Found</title><link>https://unknown.example/1</link><guid>1</guid></item></channel></rss>"""


def with_role(app: App, role: Role) -> RecordedFetcher:
    """Give ada a role, and let the web have one feed that is not collected here."""
    fetcher = RecordedFetcher({FOUND: Response(FOUND, 200, {"content-type": "application/rss+xml"}, RSS)})
    app.reader.tools = replace(app.reader.tools, fetcher=fetcher)
    app.reader.app = None
    with app.reader.tools.database.transaction() as tx:
        accounts.set_role(tx, app.person.id, role)
    return fetcher


@pytest.mark.parametrize(
    ("role", "scopes", "said"),
    [
        (Role.READER, ("read", "write"), "its editors can add it"),
        (Role.READER, ("read", "write", "edit"), "its editors can add it"),
        (Role.MODERATOR, ("read", "write", "edit"), "its editors can add it"),
        (Role.EDITOR, ("read", "write"), "make one with the scope edit"),
    ],
)
def test_a_feed_nobody_collects_is_refused_with_the_way_out(
    make_reader: Callable[..., Reader], role: Role, scopes: tuple[str, ...], said: str
) -> None:
    """Only an editor's app adds one, by a token made for that; for others no other site is asked."""
    app = open_app(make_reader, scopes)
    fetcher = with_role(app, role)
    before = app.get("subscription/list")
    asked = app.post("subscription/quickadd", quickadd=FOUND).json()
    assert (asked["numResults"], asked["query"]) == (0, FOUND)
    assert said in asked["error"]
    refused = app.post("subscription/edit", ac="subscribe", s=f"feed/{FOUND}")
    assert refused.status_code == 422
    assert said in refused.text
    assert app.get("subscription/list") == before
    assert fetcher.asked == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_an_editors_app_adds_a_feed_by_its_address(make_reader: Callable[..., Reader], role: Role) -> None:
    """It is collected from then on, read by whoever added it, and the log names them; twice is once."""
    app = open_app(make_reader, ("read", "write", "edit"))
    fetcher = with_role(app, role)
    for _ in range(2):
        added = app.post("subscription/quickadd", quickadd=FOUND).json()
        assert (added["numResults"], added["streamName"]) == (1, "The Unknown")
    listed = {one["id"]: one for one in app.get("subscription/list")["subscriptions"]}
    assert listed[added["streamId"]]["url"] == FOUND
    assert len(fetcher.asked) == 1
    with app.reader.tools.database.read() as view:
        [kept] = [one for one in feeds.all(view) if one.url == FOUND]
        noted = [(one.actor, one.note) for one in audit.newest(view, 9) if one.act == "source added"]
    assert f"feed/{kept.id}" == added["streamId"]
    assert noted == [("ada", FOUND)]


def test_an_editors_app_subscribes_with_title_and_folder(make_reader: Callable[..., Reader]) -> None:
    app = open_app(make_reader, ("read", "write", "edit"))
    with_role(app, Role.EDITOR)
    told = {"ac": "subscribe", "s": f"feed/{FOUND}", "t": "Unknown no more", "a": "user/-/label/New"}
    assert app.post("subscription/edit", **told).text == "OK"
    [one] = [one for one in app.get("subscription/list")["subscriptions"] if one["url"] == FOUND]
    assert (one["title"], one["categories"][0]["label"]) == ("Unknown no more", "New")
    nowhere = app.post("subscription/quickadd", quickadd="https://nowhere.example/").json()
    assert nowhere["numResults"] == 0
    assert "nowhere.example" in nowhere["error"]


def test_a_token_that_may_not_read_feeds_adds_none(make_reader: Callable[..., Reader]) -> None:
    """With the scope edit and without write, its feed could not be subscribed to: nothing is begun."""
    app = open_app(make_reader, ("read", "edit"))
    fetcher = with_role(app, Role.EDITOR)
    assert app.post("subscription/quickadd", quickadd=FOUND).status_code == 403
    with app.reader.tools.database.read() as view:
        assert FOUND not in {one.url for one in feeds.all(view)}
    assert fetcher.asked == []


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
