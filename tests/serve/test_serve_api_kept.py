"""Lists, highlights, history, searches, what one follows as OPML, and one's own comments, by the API."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from octavo.collect.opml import read_opml
from octavo.domain.account import Scope

from .conftest import Program, Reader
from .test_serve_api_manners import ACCOUNTS, token_of


@pytest.fixture
def own(make_reader: Callable[..., Reader]) -> Program:
    """A program at a newspaper where anybody may have an account."""
    return Program(make_reader(settings=ACCOUNTS))


def pages(program: Program, path: str, who: dict[str, str]) -> list[dict[str, Any]]:
    """Read a list page by page, two at a time."""
    found, cursor = [], ""
    while cursor is not None:
        page = program.get(f"{path}?limit=2&cursor={cursor}", **who)
        assert page.status_code == 200, page.text
        assert page.headers["cache-control"] == "private, no-cache"
        assert ("link" in page.headers) == (page.json()["next"] is not None)
        found += page.json()["items"]
        cursor = page.json()["next"]
    return found


READ_ONLY = (
    "/me/lists",
    "/me/highlights",
    "/me/history",
    "/me/searches",
    "/me/opml",
    "/me/lists/1",
    "/me/lists/1/articles",
)


@pytest.mark.parametrize("path", READ_ONLY)
def test_what_is_ones_own_needs_a_token(own: Program, path: str) -> None:
    answer = own.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    talks = token_of(own.reader, "ada", Scope.DISCUSS)
    assert own.get(path, **talks).status_code in (200, 403, 404)


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/me/lists", {"name": "Tides"}),
        ("PUT", "/me/lists/1", {"name": "Tides"}),
        ("DELETE", "/me/lists/1", None),
        ("PUT", "/me/lists/1/share", None),
        ("PUT", "/me/lists/1/articles/1", None),
        ("POST", "/me/highlights", {"article": "1", "text": "x"}),
        ("DELETE", "/me/highlights/1", None),
        ("PUT", "/me/history", {"on": True}),
        ("DELETE", "/me/history", None),
        ("POST", "/me/searches", {"query": "tide"}),
        ("PUT", "/me/searches/1", {"name": "x"}),
        ("DELETE", "/me/searches/1", None),
        ("POST", "/me/opml", {"opml": "<opml/>"}),
        ("PUT", "/comments/1", {"text": "x", "edits": 0}),
        ("DELETE", "/comments/1", None),
        ("PUT", "/comments/1/vote", {"value": "up"}),
        ("POST", "/comments/1/report", {"reason": "spam"}),
    ],
)
def test_a_token_that_only_reads_changes_nothing(own: Program, method: str, path: str, sent: object) -> None:
    assert own.change(path, method, sent).status_code == 401
    reads = token_of(own.reader, "ada", Scope.READ)
    if path == "/me/highlights":
        sent = {"article": own.id("ledger"), "text": own.passage(own.id("ledger"))}
    answer = own.change(path, method, sent, **reads)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json"), answer.text


def test_lists_are_made_filled_shared_and_taken_apart(own: Program) -> None:
    ada, bea = token_of(own.reader, "ada", Scope.WRITE), token_of(own.reader, "bea", Scope.WRITE)
    made = own.send("/me/lists", {"name": "Tides", "note": "For Bea.\nAll of it."}, **ada)
    assert made.status_code == 201, made.text
    one = made.json()
    path = f"/me/lists/{one['id']}"
    assert (one["name"], one["count"], one["address"]) == ("Tides", 0, "")
    for name in ("ledger", "copy", "sample"):
        assert own.get(f"{path}/articles/{own.id(name)}", "PUT", **ada).status_code == 204
    assert own.get(f"{path}/articles/{own.id('copy')}", "DELETE", **ada).status_code == 204
    held = [item["article"]["id"] for item in pages(own, f"{path}/articles", ada)]
    assert sorted(held) == sorted(own.id(name) for name in ("ledger", "sample"))
    address = own.get(f"{path}/share", "PUT", **ada).json()["address"]
    assert own.reader.get(urlsplit(address).path).status_code == 200
    assert own.get(f"{path}/share", "DELETE", **ada).status_code == 204
    assert own.reader.get(urlsplit(address).path).status_code == 404
    assert own.change(path, "PUT", {"name": "Floods"}, **ada).json()["name"] == "Floods"
    first = own.get("/me/lists", **ada)
    assert [item["count"] for item in first.json()["items"]] == [2]
    assert own.get("/me/lists", if_none_match=first.headers["etag"], **ada).status_code == 304
    for method, of, sent in (
        ("GET", "", None),
        ("PUT", "", {"name": "x"}),
        ("PUT", "/share", None),
    ):
        assert own.change(path + of, method, sent, **bea).status_code == 404, (method, of)
    own.get(path, "DELETE", **bea)
    assert own.get("/me/lists", **bea).json()["items"] == []
    assert own.get(path, **ada).status_code == 200
    assert own.get(path, "DELETE", **ada).status_code == 204
    assert own.get(path, **ada).status_code == 404


def test_passages_are_marked_noted_and_unmarked(own: Program) -> None:
    ada, bea = token_of(own.reader, "ada", Scope.WRITE), token_of(own.reader, "bea", Scope.WRITE)
    article = own.id("ledger")
    words = own.passage(article)
    ids = []
    for number in range(3):
        passage = {"article": article, "text": words[: 20 + number], "note": f"Note {number}"}
        made = own.send("/me/highlights", passage, **ada)
        assert made.status_code == 201, made.text
        ids.append(made.json()["id"])
    assert own.send("/me/highlights", {"article": article, "text": "never said there"}, **ada).status_code == 422
    assert own.send("/me/highlights", {"article": "1", "text": words}, **ada).status_code == 404
    found = pages(own, "/me/highlights", ada)
    assert [(one["id"], one["article"]) for one in found] == [(one, article) for one in ids[::-1]]
    assert [one["text"] for one in found] == [words[: 20 + number] for number in (2, 1, 0)]
    assert own.change(f"/me/highlights/{ids[0]}", "PUT", {"note": "Other"}, **ada).json()["note"] == "Other"
    assert own.change(f"/me/highlights/{ids[0]}", "PUT", {"note": "Bea"}, **bea).status_code == 404
    own.get(f"/me/highlights/{ids[0]}", "DELETE", **bea)
    assert len(pages(own, "/me/highlights", ada)) == 3
    own.get(f"/me/highlights/{ids[0]}", "DELETE", **ada)
    assert [one["id"] for one in pages(own, "/me/highlights", ada)] == ids[:0:-1]
    assert pages(own, "/me/highlights", bea) == []


def test_of_a_text_that_is_withheld_nothing_can_be_marked(own: Program) -> None:
    """The strict paper shows headlines alone."""
    ada = token_of(own.reader, "ada", Scope.WRITE)
    words = own.passage(own.id("ledger"))
    strict = own.read("/articles?publisher=strict")["items"][0]["id"]
    assert own.send("/me/highlights", {"article": strict, "text": words}, **ada).status_code == 422


def test_what_is_read_is_remembered_only_where_one_asked(own: Program) -> None:
    ada = token_of(own.reader, "ada", Scope.WRITE)
    one, other = own.id("ledger"), own.id("copy")
    assert own.get(f"/me/history/{one}", "PUT", **ada).status_code == 422
    assert own.change("/me/history", "PUT", {"on": True}, **ada).status_code == 204
    assert own.get("/me", **ada).json()["history"] is True
    for name in (one, other, one):
        assert own.get(f"/me/history/{name}", "PUT", **ada).status_code == 204
    assert own.get("/me/history/1", "PUT", **ada).status_code == 404
    assert {item["article"]["id"] for item in pages(own, "/me/history", ada)} == {one, other}
    own.get(f"/me/history/{one}", "DELETE", **ada)
    assert [item["article"]["id"] for item in pages(own, "/me/history", ada)] == [other]
    own.get("/me/history", "DELETE", **ada)
    assert pages(own, "/me/history", ada) == []
    own.get(f"/me/history/{one}", "PUT", **ada)
    own.change("/me/history", "PUT", {"on": False}, **ada)
    assert pages(own, "/me/history", ada) == []


def test_searches_are_kept_renamed_and_forgotten(own: Program) -> None:
    ada, bea = token_of(own.reader, "ada", Scope.WRITE), token_of(own.reader, "bea", Scope.WRITE)
    made = own.send("/me/searches", {"query": "  drowned   archive sort:new", "name": "Archives"}, **ada)
    assert made.status_code == 201, made.text
    one = made.json()
    assert (one["query"], one["name"]) == ("drowned archive", "Archives")
    assert own.send("/me/searches", {"query": "drowned archive"}, **ada).json()["id"] == one["id"]
    assert own.send("/me/searches", {"query": "sort:new"}, **ada).status_code == 422
    assert "<entry" in own.reader.get(one["feed"].partition("8000")[2]).text
    assert own.reader.get(one["page"].partition("8000")[2]).status_code == 200
    path = f"/me/searches/{one['id']}"
    assert own.change(path, "PUT", {"name": "Old papers"}, **bea).status_code == 404
    assert own.change(path, "PUT", {"name": "Old papers"}, **ada).json()["name"] == "Old papers"
    own.get(path, "DELETE", **bea)
    assert [kept["name"] for kept in own.get("/me/searches", **ada).json()["items"]] == ["Old papers"]
    own.get(path, "DELETE", **ada)
    assert own.get("/me/searches", **ada).json()["items"] == []


def test_all_one_follows_goes_out_and_comes_in(own: Program) -> None:
    ada, bea = token_of(own.reader, "ada", Scope.WRITE), token_of(own.reader, "bea", Scope.WRITE)
    own.get("/me/follows/hashtag/tide?name=Tide", "PUT", **ada)
    own.get(f"/me/follows/story/{own.story}", "PUT", **ada)
    own.send("/me/searches", {"query": "archive", "name": "Archives"}, **ada)
    out = own.get("/me/opml", **ada).json()["opml"]
    assert {one.title for one in read_opml(out.encode())} >= {"#Tide", "Archives"}
    more = out.replace("</body>", '<outline text="x" xmlUrl="https://unknown.example/feed"/></body>')
    done = own.send("/me/opml", {"opml": more}, **bea)
    assert done.status_code == 200, done.text
    assert done.json() == {"followed": 2, "searches": 1, "feeds": 0, "unknown": ["https://unknown.example/feed"]}
    assert own.get("/me/opml", **bea).json()["opml"] == out
    assert own.send("/me/opml", {"opml": "none"}, **bea).status_code == 422


def test_comments_are_edited_voted_on_reported_and_taken_back(own: Program) -> None:
    ada, bea = token_of(own.reader, "ada", Scope.DISCUSS), token_of(own.reader, "bea", Scope.DISCUSS)
    said = own.send(f"/articles/{own.id('ledger')}/comments", {"text": "Well."}, **ada).json()
    path = f"/comments/{said['id']}"
    assert own.read(path) == said
    voted = own.change(f"{path}/vote", "PUT", {"value": "up"}, **bea)
    assert (voted.status_code, voted.json()["score"]) == (200, 1)
    assert own.change(f"{path}/vote", "PUT", {"value": "none"}, **bea).json()["score"] == 0
    assert own.change(f"{path}/vote", "PUT", {"value": "up"}, **ada).status_code == 403, "never one's own"
    assert own.change(f"{path}/vote", "PUT", {"value": "two"}, **bea).status_code == 422
    edited = own.change(path, "PUT", {"text": "Well, well.", "edits": 0}, **ada).json()
    assert (edited["text"], edited["edits"]) == ("Well, well.", 1)
    assert own.change(path, "PUT", {"text": "Other.", "edits": 0}, **ada).status_code == 409
    assert own.change(path, "PUT", {"text": "Bea's.", "edits": 1}, **bea).status_code == 403
    assert own.change(f"{path}/report", "POST", {"reason": "spam", "note": "Twice."}, **bea).status_code == 204
    assert own.change(f"{path}/report", "POST", {"reason": "mood"}, **bea).status_code == 422
    assert own.change(f"{path}/report", "POST", {"reason": "spam"}, **ada).status_code == 403
    assert own.get(path, "DELETE", **bea).status_code == 403
    assert own.get(path, "DELETE", **ada).status_code == 204
    assert own.get(path).status_code == 404
    assert own.change("/comments/1", "PUT", {"text": "x", "edits": 0}, **ada).status_code == 404


def test_what_waits_for_a_moderator_is_shown_to_its_author_alone(make_reader: Callable[..., Reader]) -> None:
    own = Program(make_reader(settings=ACCOUNTS | {"comments": {"reports_hold": 1}}))
    ada, bea = token_of(own.reader, "ada", Scope.DISCUSS), token_of(own.reader, "bea", Scope.DISCUSS)
    said = own.send(f"/articles/{own.id('ledger')}/comments", {"text": "Well."}, **ada).json()
    assert own.change(f"/comments/{said['id']}/report", "POST", {"reason": "abuse"}, **bea).status_code == 204
    assert own.get(f"/comments/{said['id']}").status_code == 404
    assert own.get(f"/comments/{said['id']}", **bea).status_code == 404
    mine = own.get(f"/comments/{said['id']}", **ada)
    assert (mine.status_code, mine.json()["shown"]) == (200, False)
    assert mine.headers["cache-control"] == "private, no-cache"
