"""What one keeps and says by the API: with a token, within its scopes, and never what is somebody else's."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from octavo.domain.account import Scope

from .conftest import Program, Reader
from .test_serve_api_manners import ACCOUNTS, token_of

OWN = ("/me", "/me/saved", "/me/follows")


@pytest.fixture
def own(make_reader: Callable[..., Reader]) -> Program:
    """A program at a newspaper where anybody may have an account."""
    return Program(make_reader(settings=ACCOUNTS))


@pytest.mark.parametrize("path", OWN)
def test_what_is_ones_own_needs_a_token(own: Program, path: str) -> None:
    answer = own.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


def test_articles_are_saved_paged_and_saved_no_longer(own: Program) -> None:
    ada = token_of(own.reader, "ada", Scope.WRITE)
    bea = token_of(own.reader, "bea", Scope.WRITE)
    names = ("ledger", "copy", "sample")
    for name in (*names, "ledger"):
        assert own.get(f"/me/saved/{own.id(name)}", "PUT", **ada).status_code == 204
    seen, cursor = [], ""
    while cursor is not None:
        page = own.get(f"/me/saved?limit=2&cursor={cursor}", **ada)
        assert page.headers["cache-control"] == "private, no-cache"
        assert "authorization" in page.headers["vary"].lower()
        seen += [one["article"]["id"] for one in page.json()["items"]]
        cursor = page.json()["next"]
    assert sorted(seen) == sorted(own.id(name) for name in names)
    assert own.get("/me/saved", **bea).json()["items"] == []
    own.get(f"/me/saved/{own.id('ledger')}", "DELETE", **bea)
    assert len(own.get("/me/saved", **ada).json()["items"]) == 3
    own.get(f"/me/saved/{own.id('ledger')}", "DELETE", **ada)
    assert len(own.get("/me/saved", **ada).json()["items"]) == 2
    assert own.get("/me/saved/0", "PUT", **ada).status_code == 404


def test_things_are_followed_muted_and_left(own: Program) -> None:
    ada = token_of(own.reader, "ada", Scope.WRITE)
    for path in (
        f"/me/follows/story/{own.story}",
        "/me/follows/hashtag/tide?name=Tide",
        "/me/follows/publisher/wire?stance=mute",
    ):
        assert own.get(path, "PUT", **ada).status_code == 204
    found = {(one["kind"], one["key"], one["stance"]) for one in own.get("/me/follows", **ada).json()["items"]}
    assert found == {
        ("story", own.story, "follow"),
        ("hashtag", "tide", "follow"),
        ("publisher", "wire", "mute"),
    }
    own.get("/me/follows/hashtag/tide", "DELETE", **ada)
    assert len(own.get("/me/follows", **ada).json()["items"]) == 2
    assert own.get("/me/follows/story/0", "PUT", **ada).status_code == 404
    assert own.get("/me/follows/mood/good", "PUT", **ada).status_code == 422


def test_a_token_does_no_more_than_its_scopes(own: Program) -> None:
    reads = token_of(own.reader, "ada", Scope.READ)
    assert own.get("/me/saved", **reads).status_code == 200
    assert own.get(f"/me/saved/{own.id('ledger')}", "PUT", **reads).status_code == 403
    assert own.send(f"/articles/{own.id('ledger')}/comments", {"text": "Well."}, **reads).status_code == 403
    writes = token_of(own.reader, "bea", Scope.WRITE)
    assert own.send(f"/articles/{own.id('ledger')}/comments", {"text": "Well."}, **writes).status_code == 403


def test_readers_talk_about_an_article_and_its_story(own: Program) -> None:
    ada = token_of(own.reader, "ada", Scope.DISCUSS)
    path = f"/articles/{own.id('ledger')}/comments"
    said = own.send(path, {"text": "The ledger was *found*.", "key": "one"}, **ada)
    assert said.status_code == 201, said.text
    first = said.json()
    assert (first["by"], first["on"], first["answers"]) == ("ada", f"article/{own.id('ledger')}", None)
    assert own.send(path, {"text": "The ledger was *found*.", "key": "one"}, **ada).json()["id"] == first["id"]
    answer = own.send(path, {"text": "By whom?", "answers": first["id"]}, **ada).json()
    listed = own.read(path)["items"]
    assert [(one["id"], one["answers"]) for one in listed] == [(answer["id"], first["id"]), (first["id"], None)]
    assert own.reader.get(urlsplit(first["page"]).path).status_code == 200
    page = own.read(f"{path}?limit=1")
    assert [one["id"] for one in own.read(f"{path}?limit=1&cursor={page['next']}")["items"]] == [first["id"]]
    assert {one["id"] for one in own.read(f"/stories/{own.story}/comments")["items"]} == {first["id"], answer["id"]}


def test_nobody_talks_without_a_token_or_too_much(own: Program) -> None:
    path = f"/articles/{own.id('ledger')}/comments"
    assert own.send(path, {"text": "Well."}).status_code == 401
    ada = token_of(own.reader, "ada", Scope.DISCUSS)
    assert own.send(path, {"text": ""}, **ada).status_code == 422
    assert own.send(path, {"text": "x", "mood": "good"}, **ada).status_code == 422
    large = own.send(path, {"text": "x" * 500_000}, **ada)
    assert (large.status_code, large.headers["content-type"]) == (413, "application/problem+json")
    assert own.send("/articles/0/comments", {"text": "Well."}, **ada).status_code == 404
