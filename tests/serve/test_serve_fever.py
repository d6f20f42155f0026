"""Fever's API: groups, feeds, pages of items, marks that stay what they were set to, stories as hot links."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from octavo.actions import follows, searches

from .apps import App, came_in, fed, open_app, searchable, second_app
from .conftest import NOW, SECRET_TAIL, Reader


@pytest.fixture
def app(make_reader: Callable[..., Reader]) -> App:
    """An app that may read and write."""
    return open_app(make_reader)


def key_of(app: App) -> str:
    return hashlib.md5(f"{app.name}:{app.token}".encode(), usedforsecurity=False).hexdigest()


def fever(app: App, query: str = "", path: str = "/fever/", **fields: str) -> Any:
    """Ask as apps do: what is wanted in the address, the key in the body."""
    answer = app.reader.ask("POST", f"{path}?api{'&' if query else ''}{query}", {}, {"api_key": key_of(app)} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def unread(app: App) -> list[int]:
    said = fever(app, "unread_item_ids")["unread_item_ids"]
    assert isinstance(said, str)
    return [int(one) for one in said.split(",") if one]


@pytest.mark.parametrize("path", ["/fever/", "/fever", "/fever.php", "/api/fever.php", "/api/fever", "//fever//"[1:]])
def test_it_answers_at_every_address(app: App, path: str) -> None:
    found = fever(app, path=path)
    assert (found["api_version"], found["auth"]) == (3, 1)
    assert found["last_refreshed_on_time"].isdecimal()


def test_a_wrong_key_is_told_with_200(app: App) -> None:
    for key in ("", "x", "0" * 32, app.token):
        answer = app.reader.ask("POST", "/fever/?api&items&unread_item_ids", {}, {"api_key": key})
        assert (answer.status_code, answer.json()) == (200, {"api_version": 3, "auth": 0})
    assert fever(app)["auth"] == 1
    assert fever(app, api_key=key_of(app).upper())["auth"] == 1


def test_groups_and_feeds(app: App) -> None:
    found = fever(app, "groups&feeds&favicons")
    feeds = {one["id"]: one for one in found["feeds"]}
    assert feeds[app.feeds[0]]["title"] == "Harbour news"
    grouped = {int(one) for group in found["feeds_groups"] for one in group["feed_ids"].split(",")}
    assert grouped == set(feeds)
    assert {one["group_id"] for one in found["feeds_groups"]} == {one["id"] for one in found["groups"]}
    kind, _, data = found["favicons"][0]["data"].partition(";base64,")
    assert kind.startswith("image/")
    assert base64.b64decode(data)
    assert {one["favicon_id"] for one in found["feeds"]} == {found["favicons"][0]["id"]}


def test_items_come_fifty_at_a_time(app: App) -> None:
    fed(app.reader, "ledger", tuple(f"Ship {n}" for n in range(120)), 10.0)
    first = fever(app, "items&since_id=0")
    assert first["total_items"] == 125
    seen: list[int] = []
    last = 0
    while page := fever(app, f"items&since_id={last}")["items"]:
        assert len(page) <= 50
        seen += [one["id"] for one in page]
        last = seen[-1]
    assert len(seen) == 125
    assert seen == sorted(set(seen))
    down: list[int] = []
    last = 2**53 - 1
    while page := fever(app, f"items&max_id={last}")["items"]:
        down += [one["id"] for one in page]
        last = down[-1]
    assert down == seen[::-1]


def test_items_by_their_numbers(app: App) -> None:
    ids = f"{app.ids[1]},{app.strict}, x,-5,{2**60}"
    one, strict = fever(app, f"items&with_ids={ids}")["items"]
    assert (one["id"], one["feed_id"], one["is_read"], one["is_saved"]) == (app.ids[1], app.feeds[0], 0, 0)
    assert SECRET_TAIL in one["html"]
    assert strict["html"] == ""
    assert one["created_on_time"] == app.ids[1] >> 20


def test_read_and_unread(app: App) -> None:
    fever(app, mark="item", id=str(app.ids[0]), **{"as": "read"})
    assert unread(app) == [*app.ids[1:], app.strict]
    fever(app, mark="item", id=str(app.ids[0]), **{"as": "unread"})
    assert unread(app) == [*app.ids, app.strict]


def test_saved_twice_is_saved(app: App) -> None:
    for _ in range(2):
        fever(app, mark="item", id=str(app.ids[0]), **{"as": "saved"})
        assert fever(app, "saved_item_ids")["saved_item_ids"] == str(app.ids[0])
    for _ in range(2):
        fever(app, mark="item", id=str(app.ids[0]), **{"as": "unsaved"})
        assert fever(app, "saved_item_ids")["saved_item_ids"] == ""


def test_feeds_and_groups_up_to_a_moment(app: App) -> None:
    late = came_in(app, NOW + timedelta(seconds=30), 2.5)
    before = str(int((NOW + timedelta(seconds=10)).timestamp()))
    fever(app, mark="feed", id=str(app.feeds[0]), before=before, **{"as": "read"})
    assert unread(app) == [late, app.strict], "what came in since the app refreshed stays unread, however old it is"
    fever(app, mark="group", id="0", before=str(int(app.reader.clock.now.timestamp())), **{"as": "read"})
    assert unread(app) == []


def test_a_group_is_marked(app: App) -> None:
    found = fever(app, "feeds")
    group = next(one["group_id"] for one in found["feeds_groups"] if str(app.feeds[0]) in one["feed_ids"].split(","))
    fever(app, mark="group", id=str(group), **{"as": "read"})
    assert not set(app.ids) & set(unread(app))


def test_what_is_followed_is_a_feed(app: App) -> None:
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    tide = next(one for one in fever(app, "feeds")["feeds"] if one["title"] == "#Tide")
    fever(app, mark="feed", id=str(tide["id"]), **{"as": "read"})
    assert set(unread(app)) == set(app.ids[2:])


def test_stories_are_hot_links(app: App) -> None:
    links = fever(app, "links&offset=0&range=7&page=1")["links"]
    assert len(links) == 1
    hot = links[0]
    assert hot["id"] == app.reader.story
    assert hot["temperature"] == 2.0
    assert hot["item_id"] == app.reader.ids["ledger"]
    assert set(map(int, hot["item_ids"].split(","))) == {app.reader.ids[name] for name in ("ledger", "second", "copy")}
    assert "/story/" in hot["url"]
    assert fever(app, "links&page=2")["links"] == []
    assert fever(app, "links&offset=30&range=7")["links"] == []


def test_another_reader_sees_none_of_it(app: App) -> None:
    fever(app, mark="item", id=str(app.ids[0]), **{"as": "read"})
    fever(app, mark="item", id=str(app.ids[1]), **{"as": "saved"})
    eve = second_app(app)
    assert app.ids[0] in unread(eve)
    assert fever(eve, "saved_item_ids")["saved_item_ids"] == ""


def test_a_token_that_only_reads_changes_nothing(make_reader: Callable[..., Reader]) -> None:
    app = open_app(make_reader, scopes=("read",))
    assert "error" in fever(app, mark="item", id=str(app.ids[0]), **{"as": "read"})
    assert len(unread(app)) == 5


def test_without_api_it_says_what_it_is(app: App) -> None:
    answer = app.reader.ask("GET", "/fever/", {})
    assert answer.status_code == 200
    assert "reader app" in answer.text


def test_a_saved_search_is_a_feed_of_its_own_group(app: App) -> None:
    searchable(app)
    searches.save(app.reader.tools, app.person, "crane", "Cranes")
    told = fever(app, "feeds&groups")
    feed = next(one for one in told["feeds"] if one["title"] == "Cranes")
    group = next(one for one in told["groups"] if one["title"] == "Saved searches")
    assert {"group_id": group["id"], "feed_ids": str(feed["id"])} in told["feeds_groups"]
    assert feed["url"].endswith("/en-gb/search.atom?q=crane&sort=new")
    fever(app, mark="group", id=str(group["id"]), **{"as": "read"})
    assert unread(app) == [*app.ids[1:], app.strict]
