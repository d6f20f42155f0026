"""Sessions: how long they last, when their token changes, what browsers may keep of them, and what is written down."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import accounts
from octavo.cli.logs import start_logging
from octavo.config import WebSettings
from octavo.domain.ids import AccountId
from octavo.errors import NotFound

from .conftest import Reader, Visitor
from .test_serve_accounts import PASSWORD, QUICK, sign_in
from .test_serve_logged import logging_again as logging_again

Make = Callable[..., Reader]
OWN = ("account", "account/second-factor", "notices", "following", "for-you", "highlights", "history", "lists", "desk")
"""Pages that are one reader's alone."""


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A site where anybody may make an account, and no session lasts longer than ninety days."""
    return make_reader(settings={"accounts": {"sign_up": "open", "session_most_days": 90, **QUICK}})


def again_with(visitor: Visitor, cookies: dict[str, str]) -> int:
    """Ask for one's account with cookies from before; give the status."""
    return Visitor(visitor.reader, dict(cookies)).get("/en-gb/account").status_code


def test_a_session_ends_however_often_it_is_used(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    for _ in range(4):
        site.clock.now += timedelta(days=22)
        assert ada.post("/en-gb/account/sessions/end-others").status_code == 303
    assert ada.get("/en-gb/account").status_code == 200
    site.clock.now += timedelta(days=3)
    assert ada.get("/en-gb/account").status_code == 401, "used every three weeks, and over after ninety days"


def test_who_proves_once_more_who_they_are_gets_another_token(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    before = dict(ada.cookies)
    assert ada.post("/en-gb/account/verify", {"password": PASSWORD, "back": "account"}).status_code == 303
    between = dict(ada.cookies)
    assert between != before
    new = {"password": PASSWORD, "new_password": "a boat in the harbour"}
    assert ada.post("/en-gb/account/password", new).status_code == 303
    assert ada.cookies not in (before, between)
    assert ada.get("/en-gb/account").status_code == 200
    assert [again_with(ada, held) for held in (before, between)] == [401, 401]


def test_a_wrong_proof_changes_nothing(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    before = dict(ada.cookies)
    assert ada.post("/en-gb/account/verify", {"password": "wrong wrong"}).status_code == 403
    assert (ada.cookies, ada.get("/en-gb/account").status_code) == (before, 200)


def test_signing_in_ends_the_session_the_browser_held(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    elsewhere, before = sign_in(site, "ada"), dict(ada.cookies)
    assert ada.post("/en-gb/sign-in", {"name": "ada", "password": PASSWORD}).status_code == 303
    assert ada.cookies != before
    assert again_with(ada, before) == 401
    assert elsewhere.get("/en-gb/account").status_code == 200, "that is another browser"


def test_an_owner_signs_somebody_out_everywhere(site: Reader) -> None:
    ada, elsewhere, eve = site.visitor().sign_up("ada"), sign_in(site, "ada"), site.visitor().sign_up("eve")
    with site.tools.database.read() as view:
        account = accounts.named(view, "ada")
    assert accounts.end_sessions(site.tools, OPERATOR, account.id) == 2
    assert [one.get("/en-gb/account").status_code for one in (ada, elsewhere, eve)] == [401, 401, 200]
    with pytest.raises(NotFound):
        accounts.end_sessions(site.tools, OPERATOR, AccountId(0))


@pytest.mark.parametrize("page", OWN)
def test_what_is_ones_own_is_kept_by_no_browser(site: Reader, page: str) -> None:
    answer = site.visitor().sign_up("ada").get(f"/en-gb/{page}")
    assert "no-store" in answer.headers["cache-control"]


def test_the_news_is_asked_for_anew_by_who_is_signed_in(site: Reader) -> None:
    answer = site.visitor().sign_up("ada").get("/en-gb")
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.usefixtures("logging_again")
def test_signing_in_and_being_refused_are_written_down_without_who(
    site: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("info", "json")
    ada = site.visitor().sign_up("ada-quill", email="ada.quill@letters.example")
    site.visitor().post(
        "/en-gb/sign-in", {"name": "ada-quill", "password": "wrong wrong"}, x_forwarded_for="198.51.100.7"
    )
    ada.get("/en-gb/desk")
    ada.post("/en-gb/account/export", {"token": "forged"})
    ada.post("/en-gb/sign-out")
    site.get("/en-gb/lists")
    site.get("/api/v1/me/saved")
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines()]
    told = [(one["event"], one["path"], one.get("status", one.get("began"))) for one in lines]
    assert told == [
        ("account form taken", "/{edition}/sign-up", True),
        ("request refused", "/{edition}/sign-in", 403),
        ("request refused", "/{edition}/desk", 403),
        ("request refused", "/{edition}/account/export", 403),
        ("account form taken", "/{edition}/sign-out", False),
        ("request refused", "/{edition}/lists", 401),
        ("request refused", "/api", 401),
    ]
    assert all(one["timestamp"].endswith("Z") for one in lines)
    for word in ("ada", "198.51", "letters.example", "wrong"):
        assert word not in text, word


@pytest.mark.parametrize(
    ("address", "chosen", "said"),
    [
        ("https://news.example", "host", "max-age=31536000"),
        ("https://news.example", "subdomains", "max-age=31536000; includeSubDomains"),
        ("https://news.example", "off", None),
        ("http://news.example", "subdomains", None),
    ],
)
def test_browsers_are_told_to_ask_by_https_alone(
    make_reader: Make, address: str, chosen: str, said: str | None
) -> None:
    site = make_reader(WebSettings(public_url=address, strict_transport=chosen))
    styles = next(path for path in site.get("/en-gb").text.split('"') if path.endswith(".css"))
    for path in ("/en-gb", "/en-gb", "/nowhere", styles, "/healthz", "/en-gb.atom", "/api/v1/articles"):
        assert site.get(path).headers.get_list("strict-transport-security") == ([said] if said else []), path


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG"])
def test_nothing_that_was_asked_is_given_back(site: Reader, method: str) -> None:
    for path in ("/en-gb", "/api/v1/articles", "/healthz"):
        answer = site.get(path, method, x_secret="only the browser knows")
        assert answer.status_code in (404, 405)
        assert "only the browser knows" not in answer.text + str(answer.headers)


def test_of_a_field_that_comes_twice_the_first_counts(site: Reader) -> None:
    site.visitor().sign_up("ada")
    eve = site.visitor().sign_up("eve")
    fields = {"name": ["eve", "ada"], "password": PASSWORD}
    assert eve.post("/en-gb/sign-in?name=ada", fields).status_code == 303
    assert 'data-me="eve"' in eve.get("/en-gb/account").text
