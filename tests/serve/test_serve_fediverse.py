"""What other servers find here: actors, articles, WebFinger, NodeInfo; and the door they knock at."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from octavo.actions import fediverse as actions
from octavo.config import WebSettings
from octavo.domain.comment import Comment, under_article
from octavo.domain.fediverse import Origin, Post, PostKind
from octavo.domain.ids import CommentId
from octavo.federate import keys, names
from octavo.store import comment_origins, comments, fediverse_inbox, fediverse_posts
from octavo.text.slugs import short_id

from .conftest import ATTACK, NOW, SECRET_TAIL, Reader
from .talk import page_of, tree

HERE = "https://news.example"
ASKS = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams", application/activity+json'
CASES = Path(__file__).parents[1] / "cases" / "fediverse"


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    """A public instance that takes part."""
    made = make_reader(WebSettings(public_url=HERE), settings={"fediverse": {"on": True}})
    actions.keep_keys(made.tools, keys.make_pair())
    return made


def read(site: Reader, path: str) -> Any:
    """Read an object as another server does."""
    answer = site.get(path, accept=ASKS)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_edition_is_found_by_its_name(site: Reader) -> None:
    answer = site.get("/.well-known/webfinger?resource=acct:en-gb@news.example")
    assert answer.headers["content-type"] == "application/jrd+json"
    found = answer.json()
    assert found["subject"] == "acct:en-gb@news.example"
    [own] = [one["href"] for one in found["links"] if one["rel"] == "self"]
    assert own == f"{HERE}/fediverse/en-gb"
    actor = read(site, "/fediverse/en-gb")
    assert (actor["id"], actor["type"], actor["preferredUsername"]) == (own, "Service", "en-gb")
    assert actor["publicKey"]["owner"] == own
    assert actor["endpoints"]["sharedInbox"] == f"{HERE}/fediverse/inbox"
    assert site.get(actor["icon"]["url"].removeprefix(HERE)).headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    "resource",
    ["", "acct:en-gb@social.example", "acct:nobody@news.example", "acct:tag_nothing@news.example", "en-gb", "acct:@"],
)
def test_nobody_else_is_found(site: Reader, resource: str) -> None:
    assert site.get(f"/.well-known/webfinger?resource={resource}").status_code == 404


def test_a_hashtag_is_an_actor_under_its_own_page_too(site: Reader) -> None:
    actor = read(site, "/en-gb/hashtag/tide")
    assert (actor["id"], actor["name"]) == (f"{HERE}/fediverse/tag_tide", "#Tide")
    assert read(site, "/.well-known/webfinger?resource=acct:tag_tide@news.example")["aliases"][0] == actor["id"]
    assert read(site, "/fediverse/tag_tide") == actor
    assert site.get("/en-gb/hashtag/nothing", accept=ASKS).status_code == 404


def test_the_same_addresses_are_pages_to_people(site: Reader) -> None:
    for path in ("/en-gb", "/en-gb/hashtag/tide", page_of(site)):
        assert site.get(path, accept="text/html").headers["content-type"].startswith("text/html")
        told = site.get(path, accept=ASKS)
        assert told.headers["content-type"] == "application/activity+json"
        assert site.get(path, accept="text/html").headers["vary"].endswith("Accept")
        assert site.get(path).headers["content-type"].startswith("text/html")
    for path, page in (
        ("/fediverse/en-gb", "/en-gb"),
        (f"/fediverse/en-gb/article/{short_id(site.ids['ledger'])}", page_of(site)),
    ):
        answer = site.get(path, accept="text/html,application/xhtml+xml")
        assert (answer.status_code, answer.headers["location"]) == (302, HERE + page)


def test_an_article_shows_what_its_publisher_allows(site: Reader) -> None:
    note = read(site, page_of(site))
    assert note["id"] == names.article(HERE, "en-gb", site.ids["ledger"])
    assert "Tide ledger found in drowned archive" in note["content"]
    assert "The harbour office of Varn" in note["content"]
    assert SECRET_TAIL not in note["content"]
    assert note["attachment"][0]["url"].startswith(f"{HERE}/picture/")
    assert [one["name"] for one in note["tag"]] == ["#Tide", "#Archives"]
    assert read(site, note["id"].removeprefix(HERE)) == note
    strict = read(site, f"/en-gb/article/{short_id(site.ids['strict'])}")
    assert "harbour office" not in strict["content"]
    assert "attachment" not in strict
    assert strict["url"][1]["href"] == "https://strict.example/strict"


def test_words_of_others_are_text(site: Reader) -> None:
    note = read(site, f"/en-gb/article/{short_id(site.ids['attack'])}")
    assert ATTACK not in note["content"]
    assert "&lt;script&gt;" in note["content"]


def test_what_was_told_is_in_the_outbox_and_under_its_own_address(site: Reader) -> None:
    first, passed = site.ids["ledger"], site.ids["second"]
    with site.tools.database.transaction() as tx:
        fediverse_posts.add(tx, Post(first, "en-gb", PostKind.CREATE, NOW))
        fediverse_posts.add(tx, Post(passed, "en-us", PostKind.CREATE, NOW))
        fediverse_posts.add(tx, Post(passed, "en-gb", PostKind.ANNOUNCE, NOW))
    whole = read(site, "/fediverse/en-gb/outbox")
    assert (whole["type"], whole["totalItems"]) == ("OrderedCollection", 2)
    page = read(site, whole["first"].removeprefix(HERE))
    assert [(one["type"], one["actor"]) for one in page["orderedItems"]] == [
        ("Announce", f"{HERE}/fediverse/en-gb"),
        ("Create", f"{HERE}/fediverse/en-gb"),
    ]
    for one in page["orderedItems"]:
        assert read(site, one["id"].removeprefix(HERE))["type"] == one["type"]
    assert page["orderedItems"][0]["object"] == names.article(HERE, "en-us", passed)
    assert read(site, f"/en-gb/article/{short_id(passed)}")["id"] == names.article(HERE, "en-us", passed)


def test_followers_are_counted_not_named(site: Reader) -> None:
    assert read(site, "/fediverse/en-gb/followers") == {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{HERE}/fediverse/en-gb/followers",
        "type": "OrderedCollection",
        "totalItems": 0,
    }


def test_nodeinfo_says_what_this_is(site: Reader) -> None:
    [link] = read(site, "/.well-known/nodeinfo")["links"]
    found = read(site, link["href"].removeprefix(HERE))
    assert (found["version"], found["software"]["name"], found["protocols"]) == ("2.1", "octavo", ["activitypub"])


@pytest.mark.parametrize(
    "path",
    [
        "/fediverse/nobody",
        "/fediverse/en-gb/article/-",
        "/fediverse/en-gb/article/abc",
        "/fediverse/nobody/outbox",
        "/fediverse/en-gb/article/abc/create",
        "/fediverse/at/xx-yy/article/abc",
    ],
)
def test_what_is_not_there(site: Reader, path: str) -> None:
    assert site.get(path, accept=ASKS).status_code == 404


def send(site: Reader, name: str = "follow", **changed: Any) -> httpx.Response:
    case = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    body = changed.pop("body", case["body"]).encode()
    return site.ask("POST", case["path"], case["fields"] | changed, content=body)


def test_what_is_signed_is_taken_at_once_and_waits(site: Reader) -> None:
    site.clock.now = NOW.replace(month=11, day=20)
    assert send(site).status_code == 202
    assert send(site, "like").status_code == 202
    with site.tools.database.read() as view:
        assert fediverse_inbox.waiting(view) == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"signature": ""}, 401),
        ({"date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 401),
        ({"body": "{}"}, 422),
        ({"body": "[" * 1000}, 422),
        ({"body": "x" * 300_000}, 413),
        ({"content-type": "text/html"}, 415),
    ],
)
def test_what_is_not_signed_or_too_much_is_refused(site: Reader, changed: dict[str, str], status: int) -> None:
    site.clock.now = NOW.replace(month=11, day=20)
    assert send(site, **changed).status_code == status


def test_one_network_sends_no_more_in_an_hour_than_the_settings_say(make_reader: Callable[..., Reader]) -> None:
    site = make_reader(WebSettings(public_url=HERE), settings={"fediverse": {"on": True, "arrivals_an_hour": 2}})
    assert [send(site).status_code for _ in range(3)] == [401, 401, 429]


def test_there_is_none_of_this_where_it_is_off(make_reader: Callable[..., Reader]) -> None:
    off = make_reader(WebSettings(public_url=HERE))
    assert off.get("/.well-known/webfinger?resource=acct:en-gb@news.example").status_code == 404
    assert off.get("/fediverse/en-gb").status_code == 404
    assert off.ask("POST", "/fediverse/inbox", {}).status_code in (404, 405)
    assert off.get("/en-gb", accept=ASKS).headers["content-type"].startswith("text/html")
    assert "Accept," not in f"{off.get('/en-gb').headers['vary']},".replace("Accept-", "")


def test_a_comment_from_elsewhere_leads_to_where_it_was_written(site: Reader) -> None:
    with site.tools.database.transaction() as tx:
        thread = comments.open_thread(tx, under_article(site.ids["ledger"]))
        said = comments.add(tx, Comment(CommentId(0), thread.id, "From afar.", NOW))
        page = "https://social.example/@ada/1"
        comment_origins.add(tx, Origin(said.id, page, page, "a", "social.example", "@ada@social.example", NOW))
    [name] = tree(site.get(page_of(site)).text).css("a.remark-name")
    assert (name.text(), name.attributes["href"]) == ("@ada@social.example", page)
    assert name.attributes["rel"] == "nofollow ugc noopener"
