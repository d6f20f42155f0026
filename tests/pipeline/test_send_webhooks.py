"""send_webhooks to a real server on loopback: signed, tried again by its schedule, given up and turned off."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from loopback import Loopback, Reply, loopback
from octavo import __version__
from octavo.accounts.permissions import OPERATOR
from octavo.actions import webhooks as actions
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.config import FetchSettings, WebhookSettings
from octavo.domain.webhook import Delivery, Happening, HappeningKind, HookState, Outcome, Webhook
from octavo.pipeline.send_webhooks import PAUSES, send_webhooks
from octavo.pipeline.tidy import tidy
from octavo.ports.tools import Tools
from octavo.store import webhooks
from octavo.text.signatures import signed

from .conftest import NOW

DATA = {"story": {"headline": "Ferry “Star” aground"}, "reports": 3}
GREW = Happening(HappeningKind.STORY_GREW, "story.grew 7 3", DATA)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Wire:
    """A newspaper with one webhook, and the server it tells."""

    tools: Tools
    web: Loopback
    now: list[datetime]
    hook: Webhook = field(default_factory=lambda: Webhook("", (), NOW))

    def later(self, more: timedelta) -> None:
        self.now.append(self.now[-1] + more)

    def note(self, *found: Happening) -> None:
        with self.tools.database.transaction() as tx:
            webhooks.note(tx, [(self.hook.id, one) for one in found], self.now[-1])

    def log(self) -> list[Delivery]:
        with self.tools.database.read() as view:
            return webhooks.log(view, None, 99)

    def kept(self) -> Webhook:
        with self.tools.database.read() as view:
            found = webhooks.get(view, self.hook.id)
        assert found is not None
        return found


@pytest.fixture
def wire(tools: Tools, socket_enabled: None) -> Iterator[Wire]:
    now = [NOW]
    with loopback() as web:
        settings = FetchSettings(delay_s=0, timeout_s=60, allow_networks=(f"127.0.0.1/32:{web.port}",))
        fetcher = HttpFetcher(settings, lambda: now[-1])
        made = Wire(replace(tools, fetcher=fetcher, now=lambda: now[-1]), web, now)
        made.hook = actions.add(made.tools, OPERATOR, Webhook(web.url("/in?k=1"), (), NOW, "Desk"))
        yield made
        fetcher.close()


def test_a_message_is_signed_as_the_standard_says_and_sent_once(wire: Wire) -> None:
    wire.note(GREW)
    assert send_webhooks(wire.tools) == 1
    assert send_webhooks(wire.tools) == 0
    [call] = wire.web.calls
    assert (call.method, call.path, call.fields["content-type"]) == ("POST", "/in?k=1", "application/json")
    assert json.loads(call.body) == {"type": "story.grew", "timestamp": "2026-11-20T12:00:00Z", "data": GREW.data}
    name, at = call.fields["webhook-id"], call.fields["webhook-timestamp"]
    assert name.startswith("msg_")
    assert at == str(int(NOW.timestamp()))
    assert call.fields["webhook-signature"] == signed(wire.hook.secret, name, int(at), call.body)
    assert call.fields["x-octavo-version"] == __version__
    [one] = wire.log()
    assert (one.outcome, one.status, one.tries) == (Outcome.TAKEN, 200, 1)


def test_a_message_is_tried_by_its_schedule_under_one_id_and_then_given_up(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(500)
    wire.note(GREW)
    patient = wire.tools.settings.model_copy(update={"webhooks": WebhookSettings(days=30)})
    wire.tools = replace(wire.tools, settings=patient)
    for pause in PAUSES:
        assert send_webhooks(wire.tools) == 0
        wire.later(pause - timedelta(seconds=1))
        before = len(wire.web.calls)
        assert send_webhooks(wire.tools) == 0
        assert len(wire.web.calls) == before, "not before its pause is over"
        wire.later(timedelta(seconds=1))
    assert send_webhooks(wire.tools) == 0
    assert len(wire.web.calls) == len(PAUSES) + 1
    assert len({call.fields["webhook-id"] for call in wire.web.calls}) == 1
    assert len({call.fields["webhook-signature"] for call in wire.web.calls}) == len(PAUSES) + 1, "signed anew"
    assert len({call.body for call in wire.web.calls}) == 1
    [one] = wire.log()
    assert (one.outcome, one.status) == (Outcome.DROPPED, 500)
    wire.later(DAY)
    send_webhooks(wire.tools)
    assert len(wire.web.calls) == len(PAUSES) + 1
    assert wire.kept().state is HookState.ON


def test_a_server_that_comes_back_is_forgiven(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(503)
    wire.note(GREW)
    send_webhooks(wire.tools)
    assert wire.kept().failing_since == NOW
    wire.web.answer = lambda _: Reply(204)
    wire.later(HOUR)
    assert send_webhooks(wire.tools) == 1
    assert wire.kept().failing_since is None
    assert wire.log()[0].status == 204


def test_a_server_that_asks_for_rest_gets_it_and_no_message_loses_a_try(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(429, b"", {"Retry-After": "3600"})
    wire.note(GREW)
    send_webhooks(wire.tools)
    assert wire.log()[0].tries == 1
    wire.later(MINUTE)
    send_webhooks(wire.tools)
    assert (len(wire.web.calls), wire.log()[0].tries) == (1, 1), "it was not asked again"
    assert "left alone" in wire.log()[0].told


def test_a_webhook_that_takes_nothing_for_days_is_turned_off_with_the_reason(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(404)
    wire.note(GREW)
    for _ in range(8):
        send_webhooks(wire.tools)
        wire.later(DAY)
        wire.note(replace(GREW, key=f"story.grew {len(wire.now)}"))
    found = wire.kept()
    assert found.state is HookState.OFF
    assert found.reason.startswith("nothing was taken for 5 days")
    assert "404" in found.reason
    waiting = [one for one in wire.log() if one.outcome is Outcome.WAITING]
    before = len(wire.web.calls)
    send_webhooks(wire.tools)
    assert len(wire.web.calls) == before, "nothing more is sent"
    wire.web.answer = lambda _: Reply()
    actions.set_state(wire.tools, OPERATOR, str(wire.hook.id), HookState.ON)
    assert send_webhooks(wire.tools) == len(waiting), "what came in since"


def test_a_webhook_that_is_gone_is_turned_off_at_once(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(410)
    wire.note(GREW, replace(GREW, key="another"))
    send_webhooks(wire.tools)
    assert (wire.kept().state, wire.kept().reason) == (HookState.OFF, "its server says that it is gone (410)")
    assert {one.outcome for one in wire.log()} == {Outcome.DROPPED}


def test_a_redirect_is_not_followed(wire: Wire) -> None:
    wire.web.answer = lambda _: Reply(307, b"", {"Location": "/elsewhere"})
    wire.note(GREW)
    send_webhooks(wire.tools)
    assert [call.path for call in wire.web.calls] == ["/in?k=1"]
    assert wire.log()[0].status == 307


def test_a_private_address_is_told_nothing_unless_the_owner_allows_it(wire: Wire) -> None:
    hook = actions.add(wire.tools, OPERATOR, Webhook("http://127.0.0.1:9/", (), NOW))
    with wire.tools.database.transaction() as tx:
        webhooks.note(tx, [(hook.id, GREW)], NOW)
    assert send_webhooks(wire.tools) == 0
    assert "fetch.allow_networks" in wire.log()[0].told
    assert wire.web.calls == []


def test_an_owner_sends_again_what_was_given_up_and_sees_the_log(wire: Wire) -> None:
    wire.note(GREW)
    send_webhooks(wire.tools)
    told = actions.told(wire.tools, OPERATOR, str(wire.hook.id))
    assert told.hook.secret == "", "nobody sees it again"
    [message] = told.messages
    actions.again(wire.tools, OPERATOR, str(wire.hook.id), str(message.id))
    assert send_webhooks(wire.tools) == 1
    first, second = wire.web.calls
    assert first.fields["webhook-id"] == second.fields["webhook-id"]
    actions.test(wire.tools, OPERATOR, str(wire.hook.id))
    assert send_webhooks(wire.tools) == 1
    assert json.loads(wire.web.calls[-1].body)["type"] == "test"


def test_old_messages_are_forgotten(wire: Wire) -> None:
    wire.note(GREW)
    send_webhooks(wire.tools)
    wire.later(29 * DAY)
    tidy(wire.tools)
    assert len(wire.log()) == 1
    wire.later(2 * DAY)
    tidy(wire.tools)
    assert wire.log() == []
