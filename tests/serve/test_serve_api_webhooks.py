"""Webhooks by the API: an owner's alone, by a token with their scope; the secret shown once."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from octavo.actions import accounts
from octavo.actions.webhooks import LOGGED
from octavo.domain.account import Role, Scope
from octavo.domain.webhook import CHOSEN, Happening, HappeningKind
from octavo.serve.api.schemas.webhooks import Kind
from octavo.store import accounts as account_store
from octavo.store import audit, webhooks

from .conftest import NOW, Program, Reader
from .test_serve_api_manners import ACCOUNTS, token_of

NEW = {"url": "https://desk.example/in#there", "kinds": ["story.grew", "search.matched"], "name": "Desk", "least": 3}


@pytest.fixture
def program(make_reader: Callable[..., Reader]) -> Program:
    """A program at a newspaper where anybody may have an account."""
    return Program(make_reader(settings=ACCOUNTS))


def holder(program: Program, name: str, role: Role, *scopes: Scope) -> dict[str, str]:
    """Give somebody a role and a token."""
    token = token_of(program.reader, name, *scopes)
    tools = program.reader.tools
    with tools.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, name).id, role)
    return token


@pytest.fixture
def olga(program: Program) -> dict[str, str]:
    return holder(program, "olga", Role.OWNER, Scope.WEBHOOKS)


def made(program: Program, who: dict[str, str], **more: Any) -> Any:
    answer = program.send("/webhooks", NEW | {"search": "tide"} | more, **who)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_the_kinds_are_those_there_are() -> None:
    assert [str(one) for one in CHOSEN] == list(get_args(Kind))


def test_a_webhook_is_made_and_its_secret_shown_this_once(program: Program, olga: dict[str, str]) -> None:
    hook = made(program, olga)
    secret = hook.pop("secret")
    assert secret.startswith("whsec_")
    assert hook == {
        "id": "1",
        "url": "https://desk.example/in",
        "kinds": ["story.grew", "search.matched"],
        "made": hook["made"],
        "state": "on",
        "name": "Desk",
        "search": "tide",
        "least": 3,
        "reason": "",
        "failing": None,
    }
    assert program.get("/webhooks/1", **olga).json() == hook
    listed = program.get("/webhooks", **olga)
    assert listed.json() == {"items": [hook], "next": None}
    assert listed.headers["cache-control"] == "private, no-cache"
    assert program.get("/webhooks?fields=name", **olga).json()["items"][0].keys() == {
        *("id", "url", "kinds", "made", "state", "name")
    }
    with program.reader.tools.database.read() as view:
        assert webhooks.all(view)[0].secret == secret
        [told] = [one for one in audit.newest(view, 9) if one.act == "webhook made"]
    assert told.actor == "olga"


def test_a_webhook_is_told_of_everything_by_default(program: Program, olga: dict[str, str]) -> None:
    every = {str(one) for one in CHOSEN}
    assert set(made(program, olga, kinds=[])["kinds"]) == every
    assert set(made(program, olga, kinds=[], search="")["kinds"]) == every - {"search.matched"}


def test_a_webhook_is_tried_looked_into_sent_again_paused_and_removed(program: Program, olga: dict[str, str]) -> None:
    one = f"/webhooks/{made(program, olga)['id']}"
    assert program.send(f"{one}/test", None, **olga).status_code == 204
    [message] = program.get(f"{one}/messages", **olga).json()["items"]
    assert (message["type"], message["outcome"], message["tries"]) == (str(HappeningKind.TEST), "waiting", 0)
    tools = program.reader.tools
    with tools.database.transaction() as tx:
        webhooks.turn_off(tx, webhooks.all(tx)[0].id, "nothing was taken", NOW)
    hook = program.get(one, **olga).json()
    assert (hook["state"], hook["reason"]) == ("off", "nothing was taken")
    [message] = program.get(f"{one}/messages", **olga).json()["items"]
    assert (message["outcome"], message["due"], message["said"]) == ("dropped", None, "nothing was taken")
    assert program.change(f"{one}/state", "PUT", {"state": "on"}, **olga).json()["state"] == "on"
    assert program.send(f"{one}/messages/{message['id']}/again", None, **olga).status_code == 204
    with tools.database.read() as view:
        assert [str(each.id) for each in webhooks.due(view, NOW, 9)] == [message["id"]]
    assert program.change(f"{one}/state", "PUT", {"state": "paused"}, **olga).json()["state"] == "paused"
    assert program.get(one, "DELETE", **olga).status_code == 204
    assert program.get("/webhooks", **olga).json()["items"] == []
    assert program.get(one, "DELETE", **olga).status_code == 404
    assert program.get(f"{one}/messages", **olga).status_code == 404


def test_the_log_comes_in_pages(program: Program, olga: dict[str, str]) -> None:
    one = f"/webhooks/{made(program, olga)['id']}"
    tools = program.reader.tools
    with tools.database.transaction() as tx:
        [hook] = webhooks.all(tx)
        many = [(hook.id, Happening(HappeningKind.TEST, f"test {number}", {})) for number in range(LOGGED + 2)]
        webhooks.note(tx, many, NOW)
    page = program.get(f"{one}/messages", **olga)
    assert 'rel="next"' in page.headers["link"]
    rest = program.get(f"{one}/messages?cursor={page.json()['next']}", **olga).json()
    seen = [int(each["id"]) for each in page.json()["items"] + rest["items"]]
    assert seen == sorted(set(seen), reverse=True)
    assert (len(seen), rest["next"]) == (LOGGED + 2, None)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"url": "desk"}, "needs an address"),
        ({"url": "file:///etc/passwd"}, "needs an address"),
        ({"kinds": ["weather"]}, "body.kinds.0"),
        ({"kinds": ["search.matched"], "search": ""}, "search needs words"),
        ({"search": "source:harbour"}, "search needs words"),
        ({"least": 0}, "body.least"),
        ({"secret": "whsec_mine"}, "body.secret"),
        ({"url": "https://desk.example/" + "a" * 2_000}, "body.url"),
    ],
)
def test_what_cannot_be_made_is_said(program: Program, olga: dict[str, str], sent: dict[str, Any], said: str) -> None:
    answer = program.send("/webhooks", NEW | sent, **olga)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert said in answer.text
    assert program.get("/webhooks", **olga).json()["items"] == []


CALLS: tuple[tuple[str, str, Any], ...] = (
    ("GET", "/webhooks", None),
    ("POST", "/webhooks", NEW | {"search": "tide"}),
    ("GET", "/webhooks/1", None),
    ("PUT", "/webhooks/1/state", {"state": "paused"}),
    ("DELETE", "/webhooks/1", None),
    ("POST", "/webhooks/1/test", None),
    ("GET", "/webhooks/1/messages", None),
    ("POST", "/webhooks/1/messages/1/again", None),
)


@pytest.mark.parametrize(("method", "path", "sent"), CALLS)
def test_nobody_but_an_owner_with_the_scope_has_to_do_with_them(
    program: Program, olga: dict[str, str], method: str, path: str, sent: Any
) -> None:
    """Not a stranger, not an owner's token made for all else, not an editor's or a reader's made for this."""
    made(program, olga)
    program.send("/webhooks/1/test", None, **olga)
    before = kept(program)
    rest = [one for one in Scope if one is not Scope.WEBHOOKS]
    others = {
        "nobody": ({}, 401),
        "owner, for all else": (holder(program, "otto", Role.OWNER, *rest), 403),
        "editor": (holder(program, "edda", Role.EDITOR, *Scope), 403),
        "reader": (holder(program, "rhea", Role.READER, *Scope), 403),
    }
    for name, (token, status) in others.items():
        answer = program.change(path, method, sent, **token)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), name
        assert kept(program) == before, name
    assert program.change(path, method, sent, **olga).status_code < 300


def kept(program: Program) -> Any:
    with program.reader.tools.database.read() as view:
        return webhooks.all(view), webhooks.log(view, None, 9)


@pytest.mark.parametrize("path", ["/webhooks/0", "/webhooks/99", "/webhooks/999999999999999"])
def test_there_is_no_such_webhook(program: Program, olga: dict[str, str], path: str) -> None:
    made(program, olga)
    assert program.get(path, **olga).status_code == 404
    assert program.send(f"{path}/test", None, **olga).status_code == 404
    assert program.send(f"/webhooks/1/messages/{path.rpartition('/')[2]}/again", None, **olga).status_code == 404
    assert program.get("/webhooks/x", **olga).status_code == 422
