"""How the API speaks HTTP: conditional requests, problems, limits, other sites' pages, tokens."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.actions import tokens
from octavo.domain.account import Scope
from octavo.serve import readers

from .conftest import Program, Reader

ACCOUNTS = {"accounts": {"sign_up": "open", "password_memory_kib": 7168}}


def test_the_same_again_is_304(program: Program) -> None:
    first = program.get("/articles")
    again = program.get("/articles", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "ratelimit" in again.headers
    assert program.get("/articles?limit=1", if_none_match=first.headers["etag"]).status_code == 200


def test_head_is_get_without_a_body(program: Program) -> None:
    whole, head = program.get("/articles"), program.get("/articles", "HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", whole.headers["etag"])


def test_answers_say_that_they_are_asked_again(program: Program) -> None:
    assert program.get("/articles").headers["cache-control"] == "no-cache"
    assert program.get("/articles").headers["x-robots-tag"] == "noindex"
    assert program.get("/nowhere").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("/articles?limit=0", "query.limit"),
        ("/articles?limit=many", "query.limit"),
        ("/articles?lmit=3", "query.lmit"),
        ("/articles/UPPER", "path.id"),
        ("/articles?cursor=%00", "query.cursor"),
        ("/publishers/%00", "path.key"),
        ("/search?after=yesterday", "query.after"),
    ],
)
def test_what_makes_no_sense_is_named(program: Program, path: str, at: str) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [one["at"] for one in answer.json()["errors"]] == [at]


def test_other_methods_are_refused_with_those_there_are(program: Program) -> None:
    answer = program.get("/articles", "DELETE")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET"


def test_a_fault_of_ours_is_a_problem_that_says_nothing_of_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret drawer is stuck")

    monkeypatch.setattr("octavo.serve.api.articles.article_page.read", broken)
    answer = program.get(f"/articles/{program.id('ledger')}")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "drawer" not in answer.text


def test_each_network_has_so_many_requests_a_minute(make_program: Callable[..., Program]) -> None:
    program = make_program(settings={"api": {"requests_a_minute": 3}})
    left = [re.findall(r"r=(\d+)", program.get("/editions").headers["ratelimit"])[0] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = program.get("/editions")
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    assert refused.headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert program.get("/editions", x_forwarded_for="198.51.100.7").status_code == 200
    program.reader.clock.now += timedelta(minutes=1)
    assert program.get("/editions").status_code == 200


def test_pages_of_other_sites_may_read_what_is_public(program: Program) -> None:
    answer = program.get("/articles", origin="https://other.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    asked = {"origin": "https://other.example", "access_control_request_method": "GET"}
    before = program.get("/articles", "OPTIONS", **asked)
    assert (before.status_code, before.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    assert "authorization" not in before.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("sent", ["Bearer octavo_nothing", "Bearer ", "Basic YTpi", "Bearer " + "x" * 9_000])
def test_a_token_that_is_none_is_refused(program: Program, sent: str) -> None:
    answer = program.get("/articles", authorization=sent)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def token_of(reader: Reader, name: str, *scopes: Scope) -> dict[str, str]:
    """Sign somebody up who makes a token; gives the header it is sent in."""
    visitor = reader.visitor().sign_up(name)
    with reader.tools.database.read() as view:
        found = readers.find(view, next(iter(visitor.cookies.values())), reader.tools.now(), "offered")
    assert found
    return {"authorization": f"Bearer {tokens.make(reader.tools, found.person, 'program', scopes).token}"}


def test_a_token_reads_and_a_cookie_counts_for_nothing(make_reader: Callable[..., Reader]) -> None:
    program = Program(make_reader(settings=ACCOUNTS))
    sent = token_of(program.reader, "ada", Scope.READ)
    assert program.get("/articles", **sent).status_code == 200
    assert program.get("/me", **sent).json() == {
        "name": "ada",
        "role": "reader",
        "scopes": ["read"],
        "history": False,
    }
    visitor = program.reader.visitor().sign_up("bea")
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    assert program.get("/articles", cookie=cookie).headers["cache-control"] == "no-cache"
    assert program.get("/me", cookie=cookie).status_code == 401


def test_an_instance_can_do_without(make_program: Callable[..., Program]) -> None:
    program = make_program(settings={"api": {"on": False}})
    assert program.get("/articles").status_code == 404
