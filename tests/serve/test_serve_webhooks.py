"""Webhooks at the editor's desk: made, tried, seen, sent again, turned off; the secret shown once."""

import re
from collections.abc import Callable

import pytest

from octavo.actions import accounts
from octavo.domain.account import Role
from octavo.domain.webhook import HappeningKind, HookState, Webhook
from octavo.store import accounts as account_store
from octavo.store import audit, webhooks

from .conftest import NOW, Reader, Visitor

PATH = "/en-gb/desk/webhooks"


@pytest.fixture
def owner(make_reader: Callable[..., Reader]) -> Visitor:
    site = make_reader(settings={"accounts": {"sign_up": "open"}})
    who = site.visitor().sign_up("olga")
    with site.tools.database.transaction() as tx:
        account_store.set_role(tx, accounts.named(tx, "olga").id, Role.OWNER)
    return who


def kept(owner: Visitor) -> list[Webhook]:
    with owner.reader.tools.database.read() as view:
        return webhooks.all(view)


def test_a_webhook_is_made_and_its_secret_shown_this_once(owner: Visitor) -> None:
    fields = {"address": "https://desk.example/in", "name": "The <b>desk</b>", "search": "tide", "least": "3"}
    answer = owner.post(PATH, fields | {"kind": ["story.grew", "search.matched"]})
    assert answer.status_code == 200
    found = re.search(r"whsec_[A-Za-z0-9+/]{43}=", answer.text)
    assert found
    [hook] = kept(owner)
    assert (hook.secret, hook.name, hook.search, hook.least) == (found[0], "The <b>desk</b>", "tide", 3)
    assert hook.kinds == (HappeningKind.STORY_GREW, HappeningKind.SEARCH_MATCHED)
    page = owner.get(PATH).text
    assert "whsec_" not in page
    assert "The &lt;b&gt;desk&lt;/b&gt;" in page
    with owner.reader.tools.database.read() as view:
        [told] = [one for one in audit.newest(view, 9) if one.act == "webhook made"]
    assert (told.actor, told.public) == ("olga", False)
    assert "/in" not in told.note, "an address may hold a secret"


def test_scripts_are_told_the_secret_as_json(owner: Visitor) -> None:
    answer = owner.post(PATH, {"address": "https://desk.example/"}, accept="application/json")
    assert answer.json() == {"id": kept(owner)[0].id, "secret": kept(owner)[0].secret}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "desk"}, "A webhook needs an address"),
        ({"address": "https://desk.example/", "least": "many"}, "This is no number"),
        ({"address": "https://desk.example/", "search": "source:harbour"}, "search needs words"),
        ({"address": "https://desk.example/", "kind": "weather"}, "nothing a webhook can be told of"),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_form(owner: Visitor, fields: dict[str, str], said: str) -> None:
    answer = owner.post(PATH, fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{fields["address"]}"' in answer.text, "what was typed is still there"
    assert kept(owner) == []


def test_a_webhook_is_tried_seen_sent_again_paused_and_removed(owner: Visitor) -> None:
    owner.post(PATH, {"address": "https://desk.example/in"})
    [hook] = kept(owner)
    one = f"{PATH}/{hook.id}"
    assert owner.post(f"{one}/test").status_code == 303
    tools = owner.reader.tools
    with tools.database.transaction() as tx:
        [message] = webhooks.log(tx, hook.id, 9)
        webhooks.turn_off(tx, hook.id, "nothing was <i>taken</i>", NOW)
    page = owner.get(PATH).text
    assert "nothing was &lt;i&gt;taken&lt;/i&gt;" in page
    assert "Turned off" in page
    assert "given up" in page
    assert owner.post(f"{one}/resume").status_code == 303
    assert owner.post(f"{one}/again", {"message": str(message.id)}).status_code == 303
    with tools.database.read() as view:
        assert [each.id for each in webhooks.due(view, NOW, 9)] == [message.id]
    assert owner.post(f"{one}/pause").status_code == 303
    assert kept(owner)[0].state is HookState.PAUSED
    assert owner.post(f"{one}/remove", {"sure": "yes"}).status_code == 303
    assert kept(owner) == []
    assert owner.post(f"{one}/remove").status_code == 404
    assert owner.post(f"{PATH}/1x/test").status_code == 404


def test_only_an_owner_is_offered_a_token_for_them(owner: Visitor) -> None:
    box = 'name="scope" value="webhooks"'
    assert box in owner.get("/en-gb/account").text
    assert box not in owner.reader.visitor().sign_up("rhea").get("/en-gb/account").text
