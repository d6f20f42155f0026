"""Rules of identity, by value: names, passwords, tokens, codes, devices, and the one table of permissions."""

import hashlib
import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from octavo.accounts import codes
from octavo.accounts.devices import device_of
from octavo.accounts.identity import names_for
from octavo.accounts.names import check_name
from octavo.accounts.passwords import Passwords, check_password
from octavo.accounts.permissions import OPERATOR, ROLES, SCOPES, Act, demand, demand_proof, may
from octavo.accounts.tokens import fever_key, fever_key_of, form_token, is_form_token, new_api_token, token_key
from octavo.domain.account import Account, Person, Role, Scope, Standing, name_key
from octavo.domain.ids import AccountId
from octavo.errors import InputError, NotAllowed, SignInRequired, VerifyAgain

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
READER, MODERATOR, EDITOR, OWNER = "reader", "moderator", "editor", "owner"

# Written out apart from the program's own table: who may do what, as the documentation promises it.
PROMISED = {
    "keep": (READER, MODERATOR, EDITOR, OWNER),
    "see_kept": (READER, MODERATOR, EDITOR, OWNER),
    "own_account": (READER, MODERATOR, EDITOR, OWNER),
    "comment": (READER, MODERATOR, EDITOR, OWNER),
    "vote": (READER, MODERATOR, EDITOR, OWNER),
    "report": (READER, MODERATOR, EDITOR, OWNER),
    "appeal": (READER, MODERATOR, EDITOR, OWNER),
    "moderate": (MODERATOR, EDITOR, OWNER),
    "ban": (MODERATOR, EDITOR, OWNER),
    "judge_appeals": (EDITOR, OWNER),
    "edit_rules": (EDITOR, OWNER),
    "edit_feeds": (EDITOR, OWNER),
    "edit_stories": (EDITOR, OWNER),
    "see_desk": (EDITOR, OWNER),
    "invite": (EDITOR, OWNER),
    "run_jobs": (OWNER,),
    "manage_webhooks": (OWNER,),
    "manage_accounts": (OWNER,),
}
NO_PROGRAM = {"own_account", "run_jobs", "manage_accounts"}
WHILE_LIMITED = {"keep", "see_kept", "own_account", "comment", "report", "appeal"}


def person(role: Role, standing: Standing = Standing.GOOD, scopes: frozenset[Scope] | None = None) -> Person:
    return Person(Account(AccountId(1), "ada", role, NOW, standing), scopes=scopes)


def test_every_act_is_in_the_promise() -> None:
    assert {str(one) for one in Act} == set(PROMISED) == {str(one) for one in ROLES} == {str(one) for one in SCOPES}


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("standing", list(Standing))
def test_every_role_and_standing_may_do_what_is_promised(act: Act, role: Role, standing: Standing) -> None:
    promised = str(role) in PROMISED[act] and standing is not Standing.BANNED
    promised = promised and (standing is Standing.GOOD or str(act) in WHILE_LIMITED)
    assert may(person(role, standing), act) is promised
    if not promised:
        with pytest.raises(NotAllowed):
            demand(person(role, standing), act)


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("scope", list(Scope))
def test_a_program_may_do_no_more_than_its_scopes(act: Act, scope: Scope) -> None:
    allowed = may(person(Role.OWNER, scopes=frozenset({scope})), act)
    assert allowed is (SCOPES[act] is scope)
    assert not (allowed and str(act) in NO_PROGRAM)
    assert not may(person(Role.OWNER, scopes=frozenset()), act)


@pytest.mark.parametrize("act", list(Act))
def test_nobody_may_nothing_and_the_operator_everything(act: Act) -> None:
    assert not may(None, act)
    with pytest.raises(SignInRequired):
        demand(None, act)
    assert may(OPERATOR, act)


def test_what_is_grave_needs_a_fresh_proof() -> None:
    within = timedelta(minutes=15)
    demand_proof(replace(person(Role.READER), verified_at=NOW - within), within, NOW)
    for late in (None, NOW - within - timedelta(seconds=1)):
        with pytest.raises(VerifyAgain):
            demand_proof(replace(person(Role.READER), verified_at=late), within, NOW)


@pytest.mark.parametrize("name", ["ada", "Zoë", "мария", "أحمد", "李雷", "ひらカタ漢", "a-b_c.d", "o2"])
def test_names_of_every_script(name: str) -> None:
    assert check_name(f" @{name} ") == name


@pytest.mark.parametrize(
    "name", ["a", "a b", "-a-", "ad\u0430m", "moderator", "M0derator", "a" * 31, "\u0301ada", "a\u202eb", "😀😀"]
)
def test_names_there_are_none_of(name: str) -> None:
    with pytest.raises(InputError):
        check_name(name)


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "a.d-a"), ("paul", "рaul"), ("b0b", "bob"), ("Zoë", "zoe"), ("ＡＤＡ", "ada")]
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_is_found_for_everybody_a_provider_vouches_for() -> None:
    assert names_for("ada.l@example.org")[:2] == ["ada.l", "ada.l2"]
    assert all(check_name(one) for said in ("", "!!", "admin", "x" * 90, "Ada Lovelace") for one in names_for(said))
    assert names_for("admin")[0] == "admin2"


def test_a_password_is_checked_whatever_it_was_hashed_with() -> None:
    one, more = Passwords(7_168), Passwords(8_192)
    kept = one.hash("a lamp in the harbour")
    assert one.fits(kept, "a lamp in the harbour")
    assert more.fits(kept, "a lamp in the harbour")
    assert not one.fits(kept, "a lamp in the harbor")
    assert not one.fits("", "nobody's")
    assert not one.fits("no hash", "x")
    longest = "a lamp " * 36 + "lamp"
    assert one.fits(one.hash(longest), longest)
    assert not one.fits(one.hash(longest), f"{longest} and more"), "nothing of a password is cut off"
    assert more.outdated(kept)
    assert not one.outdated(kept)


@pytest.mark.parametrize(
    "password",
    [
        *("short", "password123", "qwertyuiop", "aaaaaaaaaaaa", "lovelace1815", "x" * 257),
        *("OctavoNewspaper1", "octavo-news", "welcomereader", "adminowner12", "editoreditor"),
    ],
)
def test_passwords_that_are_tried_first(password: str) -> None:
    with pytest.raises(InputError):
        check_password(password, "lovelace1", "lovelace@example.org")


@pytest.mark.parametrize("password", ["four plain words here", "p@ß wört öl", "密码密码很长的一个密码"])
def test_passwords_of_every_kind(password: str) -> None:
    assert check_password(password, "ada") == password


def test_a_forms_token_is_another_each_time_and_of_its_session_alone() -> None:
    one, two = form_token("session"), form_token("session")
    assert one != two
    assert is_form_token("session", one)
    assert is_form_token("session", two)
    for wrong in ("", one[:-1], one[:-1] + "x", two[:16] + one[16:], "é" * 48):
        assert not is_form_token("session", wrong)
    assert not is_form_token("other", one)


def test_what_is_kept_of_a_token_is_not_the_token() -> None:
    token = new_api_token()
    assert token.startswith("octavo_")
    assert token.encode() not in token_key(token)
    assert fever_key("ada", token) == fever_key_of(
        hashlib.md5(f"ada:{token}".encode(), usedforsecurity=False).hexdigest().upper()
    )


def test_a_code_is_good_for_its_half_minute_and_once() -> None:
    secret = codes.new_secret()
    code = pyotp.TOTP(secret).at(NOW)
    step = codes.step_of(secret, f"{code[:3]} {code[3:]}", 0, NOW)
    assert step == int(NOW.timestamp()) // 30
    assert codes.step_of(secret, code, step, NOW) is None
    assert codes.step_of(secret, code, 0, NOW + timedelta(seconds=61)) is None
    assert codes.step_of(secret, "".join(chr(0x0660 + int(one)) for one in code), 0, NOW) == step
    assert codes.step_of(secret, "²" * 6, 0, NOW) is None
    assert codes.step_of(secret, "", 0, NOW) is None
    given = codes.new_recovery_codes()
    kept = [codes.recovery_key(one) for one in given]
    left = codes.without(kept, given[3].upper().replace("-", ""))
    assert left is not None
    assert len(left) == 9
    assert codes.without(left, given[3]) is None


@pytest.mark.parametrize("text", ["", "A" * 15, "A" * 65, "é" * 16, "٣" * 32, "1" * 16, "A" * 17])
def test_what_is_no_secret_of_an_authenticator(text: str) -> None:
    assert not codes.is_secret(text)
    assert codes.is_secret(codes.new_secret())


def test_codes_to_recover_with_are_long() -> None:
    """A plain hash keeps what nobody can guess: 112 random bits and more."""
    given = [one for _ in range(20) for one in codes.new_recovery_codes()]
    letters = set("".join(given)) - {"-"}
    assert len(set(given)) == 200
    assert all(re.fullmatch(r"[a-z2-9]{6}(-[a-z2-9]{6}){3}", one) for one in given)
    assert 24 * math.log2(len(letters)) > 112


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120 Safari/537 Edg/120", "Edge · Windows"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_named_in_few_words(said: str, device: str) -> None:
    assert device_of(said) == device
