"""Miniflux's API: what newsboat and reader apps ask and change."""

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from octavo.actions import follows, searches
from octavo.collect.opml import read_opml
from octavo.serve.clients.door import basic

from .apps import App, fed, open_app, searchable, second_app
from .conftest import SECRET_TAIL, Reader


@pytest.fixture
def app(make_reader: Callable[..., Reader]) -> App:
    """An app that may read and write."""
    return open_app(make_reader)


def call(app: App, method: str, path: str, given: Any = None, kind: str = "application/json") -> httpx.Response:
    """Ask with the header that apps send."""
    body = b"" if given is None else json.dumps(given).encode()
    return app.send(method, f"/v1/{path}", body, kind, {"x-auth-token": app.token})


def listed(app: App, path: str) -> list[int]:
    """List the numbers of the entries at an address."""
    answer = call(app, "GET", path)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["entries"]]


def test_by_token_and_by_name(app: App) -> None:
    assert call(app, "GET", "me").json()["username"] == "ada"
    for name, token, status in (("ada", app.token, 200), ("eve", app.token, 401), ("ada", "octavo_x", 401)):
        sent = {"authorization": f"Basic {base64.b64encode(f'{name}:{token}'.encode()).decode()}"}
        assert app.send("GET", "/v1/me", b"", "", sent).status_code == status
    for headers in ({}, {"x-auth-token": "octavo_x"}, {"authorization": "Basic ?"}):
        refused = app.send("GET", "/v1/me", b"", "", headers)
        assert refused.status_code == 401
        assert refused.json() == {"error_message": "Access Unauthorized"}
        assert refused.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Basic é", "Basic ///=", "Basic /////w==", "Bearer YTpi", ""])
def test_what_holds_no_name_and_token_is_nobody(header: str) -> None:
    assert basic(header) == ("", "")


def test_tries_that_fail_are_counted(make_reader: Callable[..., Reader]) -> None:
    app = open_app(
        make_reader, settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168, "tries_an_hour": 2}}
    )
    found = [app.send("GET", "/v1/me", b"", "", {"x-auth-token": "octavo_x"}).status_code for _ in range(3)]
    assert found == [401, 401, 429]


def test_what_apps_ask_first(app: App) -> None:
    assert app.ask("GET", "/healthcheck", auth=False).text == "OK"
    assert call(app, "GET", "version").json()["version"] == app.ask("GET", "/version", auth=False).text
    assert call(app, "GET", "integrations/status").json() == {"has_integrations": False}
    assert call(app, "GET", "nothing").status_code == 404
    assert call(app, "POST", "me").status_code == 405
    assert call(app, "PUT", "feeds/refresh").status_code == 204


def test_feeds_and_their_folders(app: App) -> None:
    feeds = {one["id"]: one for one in call(app, "GET", "feeds").json()}
    harbour = feeds[app.feeds[0]]
    assert (harbour["title"], harbour["feed_url"]) == ("Harbour news", "https://harbour.example/apps.xml")
    folders = call(app, "GET", "categories?counts=true").json()
    assert {one["id"] for one in folders} == {one["category"]["id"] for one in feeds.values()}
    assert sum(one["total_unread"] for one in folders) == 5
    within = call(app, "GET", f"categories/{harbour['category']['id']}/feeds").json()
    assert app.feeds[0] in [one["id"] for one in within]
    assert call(app, "GET", f"feeds/{app.feeds[0]}").json() == harbour
    assert call(app, "GET", "feeds/999").status_code == 404
    icon = call(app, "GET", f"feeds/{app.feeds[0]}/icon").json()
    assert base64.b64decode(icon["data"].partition("base64,")[2])
    counts = call(app, "GET", "feeds/counters").json()
    assert counts["unreads"][str(app.feeds[0])] == 4
    assert counts["reads"][str(app.feeds[0])] == 0


def test_entries_with_the_filters_apps_use(app: App) -> None:
    every = [*app.ids, app.strict]
    assert listed(app, "entries") == every
    assert listed(app, "entries?direction=asc&order=published_at") == every[::-1]
    assert listed(app, f"feeds/{app.feeds[0]}/entries?order=published_at&direction=desc") == app.ids
    assert listed(app, f"entries?feed_id={app.feeds[1]}") == [app.strict]
    assert listed(app, "entries?limit=2&offset=1") == every[1:3]
    assert listed(app, f"entries?after_entry_id={every[2]}") == every[:2]
    assert listed(app, f"entries?before_entry_id={every[2]}") == every[3:]
    assert listed(app, f"entries?published_after={every[2] >> 20}") == every[:2]
    assert listed(app, f"entries?published_before={every[2] >> 20}") == every[3:]
    assert listed(app, f"entries?changed_after={2**32}") == []
    assert listed(app, "entries?status=read") == []
    assert listed(app, "entries?status=read&status=unread") == every
    assert call(app, "GET", "entries?status=odd").status_code == 400
    assert call(app, "GET", "entries?limit=2&status=unread").json()["total"] == 5
    assert call(app, "GET", "entries?limit=2").json()["total"] == 5
    assert listed(app, "entries?search=nothing-like-it") == []
    folder = call(app, "GET", "feeds").json()[0]["category"]["id"]
    assert set(listed(app, f"categories/{folder}/entries")) <= set(every)
    assert set(listed(app, f"entries?category_id={folder}")) <= set(every)


def test_one_entry(app: App) -> None:
    found = call(app, "GET", f"entries/{app.ids[0]}").json()
    assert found["id"] == app.ids[0]
    assert found["status"] == "unread"
    assert found["published_at"] == "2026-03-01T11:00:00Z"
    assert found["feed"]["id"] == found["feed_id"] == app.feeds[0]
    assert SECRET_TAIL in found["content"]
    assert call(app, "GET", f"feeds/{app.feeds[0]}/entries/{app.ids[0]}").json() == found
    strict = call(app, "GET", f"entries/{app.strict}").json()
    assert (strict["content"], strict["enclosures"]) == ("", [])
    assert call(app, "GET", "entries/5").status_code == 404


def test_read_and_unread_in_what_says_it_is_a_form(app: App) -> None:
    form = "application/x-www-form-urlencoded"
    given = {"entry_ids": app.ids[:2], "status": "read"}
    assert call(app, "PUT", "entries", given, form).status_code == 204
    assert app.unread() == [*app.ids[2:], app.strict]
    assert listed(app, "entries?status=read") == app.ids[:2]
    call(app, "PUT", "entries", {"entry_ids": app.ids[:1], "status": "unread"})
    assert app.ids[0] in app.unread()
    for wrong in ({}, {"entry_ids": [], "status": "read"}, {"entry_ids": [1], "status": "odd"}, [1]):
        assert call(app, "PUT", "entries", wrong).status_code == 400
    assert app.send("PUT", "/v1/entries", b"{", form, {"x-auth-token": app.token}).status_code == 400


def test_numbers_cut_to_32_bits_are_known(app: App) -> None:
    """Newsboat 2.21 holds entries' numbers as a C int."""
    cut = [(one + 2**31) % 2**32 - 2**31 for one in app.ids]
    assert any(one < 0 for one in cut) or all(one < 2**31 for one in cut)
    assert call(app, "PUT", "entries", {"entry_ids": [cut[1], 12345], "status": "read"}).status_code == 204
    assert app.unread() == [app.ids[0], *app.ids[2:], app.strict]
    eve = second_app(app)
    assert len(eve.unread()) == 5


def test_stars_are_a_switch(app: App) -> None:
    call(app, "PUT", f"entries/{app.ids[0]}/bookmark")
    assert listed(app, "entries?starred=true") == [app.ids[0]]
    assert call(app, "GET", f"entries/{app.ids[0]}").json()["starred"] is True
    call(app, "PUT", f"entries/{app.ids[0]}/star")
    assert listed(app, "entries?starred=true") == []


def test_a_feed_a_folder_and_all_are_marked_as_read(app: App) -> None:
    call(app, "PUT", f"feeds/{app.feeds[0]}/mark-all-as-read")
    assert app.unread() == [app.strict]
    folder = call(app, "GET", f"feeds/{app.feeds[1]}").json()["category"]["id"]
    call(app, "PUT", f"categories/{folder}/mark-all-as-read")
    assert app.unread() == []
    fed(app.reader, "ledger", ("One more",))
    call(app, "PUT", "users/1/mark-all-as-read")
    assert app.unread() == []


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a":' * 100_000, b"1" * 5_000, b"\xff\xfe\x00", b""])
def test_what_is_no_object_is_refused_whatever_its_depth(app: App, body: bytes) -> None:
    for method, path in (("PUT", f"feeds/{app.feeds[0]}"), ("PUT", "entries"), ("POST", "feeds"), ("POST", "discover")):
        answer = app.send(method, f"/v1/{path}", body, "application/json", {"x-auth-token": app.token})
        assert answer.status_code in (400, 422), path


def test_feeds_are_named_moved_left_and_taken_up(app: App) -> None:
    folder = call(app, "GET", f"feeds/{app.feeds[0]}").json()["category"]
    call(app, "PUT", f"feeds/{app.feeds[0]}", {"title": "My harbour"})
    assert call(app, "GET", f"feeds/{app.feeds[0]}").json()["title"] == "My harbour"
    assert call(app, "PUT", f"categories/{folder['id']}", {"title": "Sea"}).json()["title"] == "Sea"
    moved = call(app, "GET", f"feeds/{app.feeds[0]}").json()
    assert (moved["title"], moved["category"]["title"]) == ("My harbour", "Sea")
    call(app, "DELETE", f"categories/{moved['category']['id']}")
    assert call(app, "GET", f"feeds/{app.feeds[0]}").json()["category"]["title"] == folder["title"]
    call(app, "DELETE", f"feeds/{app.feeds[0]}")
    assert call(app, "GET", f"feeds/{app.feeds[0]}").status_code == 404
    added = call(app, "POST", "feeds", {"feed_url": "https://harbour.example/apps.xml", "category_id": 0})
    assert (added.status_code, added.json()) == (201, {"feed_id": app.feeds[0]})
    assert call(app, "POST", "feeds", {"feed_url": "https://unknown.example/"}).status_code == 400
    found = call(app, "POST", "discover", {"url": "https://harbour.example"}).json()
    assert "https://harbour.example/apps.xml" in [one["url"] for one in found]
    assert call(app, "POST", "discover", {"url": "https://unknown.example"}).status_code == 404
    assert "https://harbour.example/apps.xml" in [one.url for one in read_opml(call(app, "GET", "export").content)]


def test_what_is_followed_is_a_feed(app: App) -> None:
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    tide = next(one for one in call(app, "GET", "feeds").json() if one["title"] == "#Tide")
    assert tide["id"] < 2**31
    inside = call(app, "GET", f"feeds/{tide['id']}/entries").json()["entries"]
    assert set(app.ids[:2]) <= {one["id"] for one in inside}
    assert {one["feed_id"] for one in inside} == {tide["id"]}
    call(app, "PUT", f"feeds/{tide['id']}/mark-all-as-read")
    assert set(app.unread()) == set(app.ids[2:])
    call(app, "DELETE", f"feeds/{tide['id']}")
    assert call(app, "GET", f"feeds/{tide['id']}").status_code == 404


def test_a_token_that_only_reads_changes_nothing(make_reader: Callable[..., Reader]) -> None:
    app = open_app(make_reader, scopes=("read",))
    assert call(app, "PUT", "entries", {"entry_ids": app.ids, "status": "read"}).status_code == 403
    assert call(app, "PUT", f"entries/{app.ids[0]}/bookmark").status_code == 403
    assert call(app, "DELETE", f"feeds/{app.feeds[0]}").status_code == 403
    assert len(app.unread()) == 5
    assert app.starred() == []


def test_a_saved_search_is_subscribed_to_renamed_and_left(app: App) -> None:
    searchable(app)
    page = "http://127.0.0.1:8000/en-gb/search?q=crane"
    assert call(app, "POST", "discover", {"url": page}).json()[0]["url"] == page
    added = call(app, "POST", "feeds", {"feed_url": page, "category_id": 0}).json()["feed_id"]
    assert added < 2**31
    assert call(app, "PUT", f"feeds/{added}", {"title": "Cranes"}).json()["title"] == "Cranes"
    shown = call(app, "GET", f"feeds/{added}").json()
    assert shown["category"]["title"] == "Saved searches"
    assert shown["feed_url"].endswith("/en-gb/search.atom?q=crane&sort=new")
    inside = call(app, "GET", f"feeds/{added}/entries?status=unread").json()
    assert (inside["total"], [one["id"] for one in inside["entries"]]) == (1, app.ids[:1])
    call(app, "PUT", f"categories/{shown['category']['id']}/mark-all-as-read")
    assert app.unread() == [*app.ids[1:], app.strict]
    call(app, "DELETE", f"feeds/{added}")
    assert call(app, "GET", f"feeds/{added}").status_code == 404


def test_a_list_brings_what_is_followed_and_searched_for(app: App) -> None:
    """What an app exports here comes back as it was: things followed, searches, feeds with their folders."""
    follows.follow(app.reader.tools, app.person, "hashtag", "tide", "Tide")
    searches.save(app.reader.tools, app.person, "crane", "Cranes")
    exported = call(app, "GET", "export").content
    eve = second_app(app)
    sent = {"x-auth-token": eve.token}
    assert eve.send("POST", "/v1/import", exported, "text/xml", sent).status_code == 201
    mine, hers = (sorted(one.url for one in read_opml(call(who, "GET", "export").content)) for who in (app, eve))
    assert mine == hers
    assert {"#Tide", "Cranes"} <= {one["title"] for one in call(eve, "GET", "feeds").json()}
