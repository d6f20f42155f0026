"""Signing up, in and out; one's own account; what is refused: no token, another's session, a session that is over."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from octavo.accounts.permissions import OPERATOR, Act, may
from octavo.actions import accounts, comments, discussion, tokens
from octavo.actions.comments import Draft
from octavo.config import WebSettings
from octavo.domain.account import Account, Person, Role
from octavo.domain.comment import CommentState, under_article
from octavo.store import accounts as account_store
from octavo.store import discussion as comment_store

from .conftest import Reader, Visitor

PASSWORD = "a lamp in the harbour"
QUICK = {"password_memory_kib": 7_168}

Make = Callable[..., Reader]


@pytest.fixture
def site(make_reader: Make) -> Reader:
    """A newspaper where anybody may make an account."""
    return make_reader(settings={"accounts": {"sign_up": "open", **QUICK}})


def test_an_account_is_made_and_every_page_knows_it(site: Reader) -> None:
    ada = site.visitor().sign_up("ada", back="latest")
    page = ada.get("/en-gb/latest")
    assert "Your account, ada" in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    assert "Your account" not in site.get("/en-gb/latest").text
    assert "Your account, ada" in ada.get("/en-gb/latest").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Reader) -> None:
    answer = site.visitor().post("/en-gb/sign-up", {"name": "ada", "password": PASSWORD})
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=lax" in said
    assert "path=/" in said


def test_no_cookie_is_set_before_anybody_signs_in(site: Reader) -> None:
    for path in ("/", "/en-gb", "/en-gb/latest", "/en-gb/sign-in", "/en-gb/sign-up", "/en-gb/settings"):
        assert "set-cookie" not in site.get(path).headers


def test_by_https_the_cookie_is_bound_to_the_host(make_reader: Make) -> None:

    site = make_reader(
        WebSettings(public_url="https://news.example"), settings={"accounts": {"sign_up": "open", **QUICK}}
    )
    answer = site.visitor().post("/en-gb/sign-up", {"name": "ada", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-octavo=")
    assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("a", PASSWORD, "2 to 30"),
        ("admin", PASSWORD, "own: choose another"),
        ("\u0430da", PASSWORD, "one script"),
        ("ada lovelace", PASSWORD, "without spaces"),
        ("ada", "shrt", "10 to 256"),
        ("ada", "password123", "tried first"),
        ("lovelace", "lovelace99", "your name"),
    ],
)
def test_what_is_no_good_is_said_on_the_page(site: Reader, name: str, password: str, said: str) -> None:
    name = name.replace("аdа", "аdа".replace("а", "a", 1)) if name == "аdа" else name
    answer = site.visitor().post("/en-gb/sign-up", {"name": name, "password": password})
    assert answer.status_code == 422
    assert said in answer.text
    assert password not in answer.text


def test_two_names_that_look_alike_are_one(site: Reader) -> None:
    site.visitor().sign_up("ada")
    for name in ("Ada", "a.da", "ADA"):
        assert site.visitor().post("/en-gb/sign-up", {"name": name, "password": PASSWORD}).status_code == 409


def test_closed_and_by_invitation(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": QUICK})
    assert site.visitor().post("/en-gb/sign-up", {"name": "ada", "password": PASSWORD}).status_code == 403
    ticket = accounts.invite(site.tools, OPERATOR, Role.MODERATOR, "for Ada")
    assert f'value="{ticket}"' in site.get(f"/en-gb/sign-up?ticket={ticket}").text
    site.visitor().sign_up("ada", ticket=ticket)
    again = site.visitor().post("/en-gb/sign-up", {"name": "eve", "password": PASSWORD, "ticket": ticket})
    assert again.status_code == 403
    closed = make_reader(settings={"accounts": {"sign_up": "closed", **QUICK}})
    other = accounts.invite(closed.tools, OPERATOR, Role.READER, "")
    answer = closed.visitor().post("/en-gb/sign-up", {"name": "eve", "password": PASSWORD, "ticket": other})
    assert answer.status_code == 403


def test_the_first_account_is_the_owners(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "closed", **QUICK}})
    old, ticket = accounts.offer_first(site.tools), accounts.offer_first(site.tools)
    assert (
        site.visitor().post("/en-gb/sign-up", {"name": "eve", "password": PASSWORD, "ticket": old}).status_code == 403
    )
    owner = site.visitor().sign_up("ada", ticket=ticket)
    assert "Owner" in owner.get("/en-gb/account").text
    assert accounts.offer_first(site.tools) == ""


def sign_in(site: Reader, name: str, password: str = PASSWORD) -> Visitor:
    visitor = site.visitor()
    answer = visitor.post("/en-gb/sign-in", {"name": name, "password": password, "back": "latest"})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/en-gb/latest"
    return visitor


def test_signing_in_and_out(site: Reader) -> None:
    ada = site.visitor().sign_up("ada", email="ada@example.org")
    kept = dict(ada.cookies)
    assert ada.post("/en-gb/sign-out").status_code == 303
    assert ada.cookies == {}
    ada.cookies = kept
    assert ada.get("/en-gb/account").status_code == 401, "the session is over, whatever the browser still holds"
    assert sign_in(site, "ADA").cookies != kept
    sign_in(site, "ada@example.org")


def test_what_is_wrong_is_said_in_the_same_words(site: Reader) -> None:
    site.visitor().sign_up("ada")
    answers = [
        site.visitor().post("/en-gb/sign-in", {"name": name, "password": "wrong wrong wrong"})
        for name in ("ada", "nobody")
    ]
    assert [one.status_code for one in answers] == [403, 403]
    assert answers[0].text.replace("ada", "nobody") == answers[1].text


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "https://evil.example", "\t//evil.example", "%2F%2Fevil.example"]
)
def test_afterwards_nobody_is_led_to_another_site(site: Reader, back: str) -> None:
    site.visitor().sign_up("ada")
    answer = site.visitor().post("/en-gb/sign-in", {"name": "ada", "password": PASSWORD, "back": back})
    assert answer.headers["location"].startswith("/en-gb")


def test_too_many_tries_are_too_many(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", "tries_an_hour": 3, **QUICK}})
    site.visitor().sign_up("ada")
    for _ in range(3):
        assert site.visitor().post("/en-gb/sign-in", {"name": "ada", "password": "no"}).status_code == 403
    right = site.visitor().post("/en-gb/sign-in", {"name": "ada", "password": PASSWORD})
    assert right.status_code == 429
    site.clock.now += timedelta(hours=1)
    sign_in(site, "ada")


def test_a_session_ends_when_it_is_not_used(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    site.clock.now += timedelta(days=59)
    ada.post("/en-gb/account/sessions/end-others")
    site.clock.now += timedelta(days=59)
    assert ada.get("/en-gb/account").status_code == 200, "it was used, and so lasted"
    site.clock.now += timedelta(days=61)
    assert ada.get("/en-gb/account").status_code == 401


FORMS = (
    "sign-out",
    "account/verify",
    "account/email",
    "account/email/confirm",
    "account/password",
    "account/second-factor",
    "account/second-factor/off",
    "account/sessions/1/end",
    "account/sessions/end-others",
    "account/tokens",
    "account/tokens/1/revoke",
    "account/export",
    "account/leave",
    "account/passkeys/begin",
    "account/passkeys",
    "account/passkeys/00/remove",
    "account/verify/passkey",
    "account/providers/tower",
    "account/providers/tower/remove",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_refused_without_its_token_its_session_or_its_page(site: Reader, form: str) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    path, good = f"/en-gb/{form}", ada.token()
    assert ada.post(path, {"token": ""}).status_code == 403
    assert ada.post(path, {"token": eve.token()}).status_code == 403
    assert ada.post(path, {"token": good[:-1] + ("0" if good[-1] != "0" else "1")}).status_code == 403
    assert ada.post(path, {"token": good}, sec_fetch_site="cross-site").status_code == 403
    assert site.visitor().post(path, {"token": good}).status_code == 401
    ada.cookies = {"octavo": "x" * 43}
    assert ada.post(path, {"token": good}).status_code == 401


def test_sessions_are_listed_and_ended(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    other = sign_in(site, "ada")
    eve = site.visitor().sign_up("eve")
    numbers = re.findall(r"/account/sessions/(\d+)/end", ada.get("/en-gb/account").text)
    assert len(numbers) == 1
    assert eve.post(f"/en-gb/account/sessions/{numbers[0]}/end").status_code == 404
    assert other.get("/en-gb/account").status_code == 200
    ada.post(f"/en-gb/account/sessions/{numbers[0]}/end")
    assert other.get("/en-gb/account").status_code == 401


def test_a_new_password_ends_the_other_sessions(site: Reader) -> None:
    ada, other = site.visitor().sign_up("ada"), sign_in(site, "ada")
    wrong = ada.post("/en-gb/account/password", {"password": "wrong", "new_password": "a boat in the harbour"})
    assert wrong.status_code == 403
    done = ada.post("/en-gb/account/password", {"password": PASSWORD, "new_password": "a boat in the harbour"})
    assert done.status_code == 303
    assert other.get("/en-gb/account").status_code == 401
    assert ada.get("/en-gb/account").status_code == 200
    sign_in(site, "ada", "a boat in the harbour")


def test_where_a_second_factor_is_demanded_a_role_counts_once_it_is_on(make_reader: Callable[..., Reader]) -> None:
    site = make_reader(settings={"accounts": {"second_factor": "demanded", **QUICK}})
    owner = site.visitor().sign_up("ada", ticket=accounts.offer_first(site.tools))
    assert owner.get("/en-gb/desk/feeds").status_code == 403
    assert "once it is on" in owner.get("/en-gb/account").text
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', owner.get("/en-gb/account/second-factor").text)
    assert secret
    code = pyotp.TOTP(secret[1]).at(site.clock.now)
    for odd in ("é" * 16, "1" * 16, "A" * 17):
        again = owner.post("/en-gb/account/second-factor", {"secret": odd, "code": code})
        assert (again.status_code, odd in again.text) == (422, False)
    assert owner.post("/en-gb/account/second-factor", {"secret": secret[1], "code": code}).status_code == 200
    assert owner.get("/en-gb/desk/feeds").status_code == 200
    assert "once it is on" not in owner.get("/en-gb/account").text
    token = tokens.make(site.tools, Person(_named(site, "ada")), "desk", ("read", "edit")).token
    holder = tokens.holder(site.tools, token)
    assert holder is not None
    assert may(holder, Act.EDIT_FEEDS)
    assert owner.post("/en-gb/account/second-factor/off").status_code == 303
    assert owner.get("/en-gb/desk/feeds").status_code == 403
    held = tokens.holder(site.tools, token)
    assert held is not None
    assert not may(held, Act.EDIT_FEEDS), "by no other door either"
    assert may(held, Act.SEE_KEPT)


def _named(site: Reader, name: str) -> Account:
    with site.tools.database.read() as view:
        found = account_store.named(view, name)
    assert found is not None
    return found


def test_the_second_factor(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    page = ada.get("/en-gb/account/second-factor").text
    secret = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert secret
    code = pyotp.TOTP(secret[1]).at(site.clock.now)
    assert ada.post("/en-gb/account/second-factor", {"secret": secret[1], "code": "000000"}).status_code == 422
    shown = ada.post("/en-gb/account/second-factor", {"secret": secret[1], "code": code}).text
    codes = re.findall(r"<code>([a-z2-9]{6}(?:-[a-z2-9]{6}){3})</code>", shown)
    assert len(codes) == 10

    def step() -> tuple[Visitor, str]:
        visitor = site.visitor()
        asked = visitor.post("/en-gb/sign-in", {"name": "ada", "password": PASSWORD})
        assert visitor.cookies == {}
        ticket = re.search(r'name="ticket" value="([^"]+)"', asked.text)
        assert ticket
        return visitor, ticket[1]

    visitor, ticket = step()
    used = visitor.post("/en-gb/sign-in/code", {"ticket": ticket, "code": code})
    assert used.status_code == 403, "a code is good once"
    site.clock.now += timedelta(seconds=30)
    fresh = pyotp.TOTP(secret[1]).at(site.clock.now)
    assert visitor.post("/en-gb/sign-in/code", {"ticket": ticket, "code": fresh}).status_code == 303
    assert visitor.get("/en-gb/account").status_code == 200
    visitor, ticket = step()
    assert visitor.post("/en-gb/sign-in/code", {"ticket": ticket, "code": codes[0]}).status_code == 303
    visitor, ticket = step()
    assert visitor.post("/en-gb/sign-in/code", {"ticket": ticket, "code": codes[0]}).status_code == 403


def test_what_is_grave_asks_again_after_a_while(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    site.clock.now += timedelta(minutes=16)
    asked = ada.post("/en-gb/account/leave", {"sure": "yes"})
    assert asked.headers["location"] == "/en-gb/account/verify?back=account%2Fleave"
    assert ada.post("/en-gb/account/verify", {"password": "wrong", "back": "account"}).status_code == 403
    assert ada.post("/en-gb/account/verify", {"password": PASSWORD, "back": "account"}).status_code == 303
    assert ada.post("/en-gb/account/leave", {"sure": "yes"}).status_code == 303
    assert ada.get("/en-gb/account").status_code == 401
    assert site.visitor().post("/en-gb/sign-in", {"name": "ada", "password": PASSWORD}).status_code == 403


def test_a_token_is_shown_once_and_taken_back(site: Reader) -> None:
    ada, eve = site.visitor().sign_up("ada"), site.visitor().sign_up("eve")
    made = ada.post("/en-gb/account/tokens", {"label": "newsboat", "scope": ["read", "write"]})
    token = re.search(r"octavo_[\w-]{43}", made.text)
    assert token
    page = ada.get("/en-gb/account").text
    assert token[0] not in page
    assert token[0][:11] in page
    number = re.search(r"/account/tokens/(\d+)/revoke", page)
    assert number
    assert eve.post(f"/en-gb/account/tokens/{number[1]}/revoke").status_code == 404
    assert ada.post(f"/en-gb/account/tokens/{number[1]}/revoke").status_code == 303
    assert "newsboat" not in ada.get("/en-gb/account").text


def test_everything_kept_is_given_and_no_secret_with_it(site: Reader) -> None:
    ada = site.visitor().sign_up("ada", email="ada@example.org")
    ada.post("/en-gb/account/tokens", {"label": "newsboat", "scope": ["read"]})
    kept = json.loads(ada.post("/en-gb/account/export").text)
    assert kept["account"]["email"] == "ada@example.org"
    assert kept["tokens"][0]["label"] == "newsboat"
    assert "argon2" not in json.dumps(kept)


def test_a_forgotten_password_is_set_anew_once(site: Reader) -> None:
    site.visitor().sign_up("ada")
    with site.tools.database.read() as view:
        account = accounts.named(view, "ada")
    ticket = accounts.offer_reset(site.tools, OPERATOR, account.id)
    visitor = site.visitor()
    assert "A new password" in visitor.get(f"/en-gb/reset?ticket={ticket}").text
    assert visitor.post("/en-gb/reset", {"ticket": ticket, "password": "short"}).status_code == 422
    assert visitor.post("/en-gb/reset", {"ticket": ticket, "password": "a boat in the harbour"}).status_code == 303
    assert visitor.post("/en-gb/reset", {"ticket": ticket, "password": "a boat in the harbour"}).status_code == 403
    sign_in(site, "ada", "a boat in the harbour")


def test_a_form_that_is_none_is_refused(site: Reader) -> None:
    ada = site.visitor().sign_up("ada")
    many = {f"f{n}": "x" for n in range(1_200)}
    assert ada.post("/en-gb/sign-out", many).status_code == 422
    assert ada.post("/en-gb/sign-out", {"x": "y" * 2_100_000}).status_code == 422
    assert ada.post("/en-gb/sign-out", content_type="text/plain").status_code == 422


def test_who_leaves_takes_everything_along_at_once(site: Reader) -> None:
    ada, bo = site.visitor().sign_up("ada"), site.visitor().sign_up("bo")
    with site.tools.database.read() as view:
        people = {name: Person(accounts.named(view, name)) for name in ("ada", "bo")}
    where = under_article(site.ids["ledger"])
    said = comments.post(site.tools, people["ada"], Draft("Well, well, what a tide.", where))
    other = comments.post(site.tools, people["bo"], Draft("Quite so, is it not.", where, said.id))
    discussion.vote(site.tools, people["ada"], other.id, 1)
    kept = json.loads(ada.post("/en-gb/account/export").text)
    assert kept["comments"][0]["text"] == "Well, well, what a tide."
    assert len(kept["votes"]) == 1
    assert ada.post("/en-gb/account/leave", {"sure": "yes"}).status_code == 303
    with site.tools.database.read() as view:
        found = {one.id: one for one in comment_store.get_many(view, [said.id, other.id])}
    assert (found[said.id].state, found[said.id].text, found[said.id].name) == (CommentState.DELETED, "", "")
    assert (found[other.id].ups, found[other.id].name) == (0, "bo")
    assert bo.get("/en-gb/account").status_code == 200


def test_programs_that_fill_in_everything_at_once_get_no_account(make_reader: Make) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", "sign_up_seconds": 2, **QUICK}})
    wanted = {"name": "ada", "password": PASSWORD}
    page = site.visitor().get("/en-gb/sign-up").text
    stamp = re.search(r'name="stamp" value="([0-9a-f.]+)"', page)
    assert stamp
    forged = f"{int(stamp[1].partition('.')[0], 16) - 60:x}.{stamp[1].partition('.')[2]}"
    for wrong in ({}, {"stamp": stamp[1]}, {"stamp": forged}, {"stamp": "x"}):
        assert site.visitor().post("/en-gb/sign-up", {**wanted, **wrong}).status_code == 422
    site.clock.now += timedelta(seconds=3)
    filled = {**wanted, "stamp": stamp[1], "homepage": "https://pills.example"}
    assert site.visitor().post("/en-gb/sign-up", filled).status_code == 422
    assert site.visitor().post("/en-gb/sign-up", {**wanted, "stamp": stamp[1]}).status_code == 303
    site.clock.now += timedelta(days=1)
    assert site.visitor().post("/en-gb/sign-up", {**wanted, "name": "bo", "stamp": stamp[1]}).status_code == 422
