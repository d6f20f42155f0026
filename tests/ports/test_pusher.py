"""What every pusher must do; and that the real one's messages can be read by the browser alone, as a browser reads."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from octavo.adapters.pushers import sealing
from octavo.adapters.pushers.http import HttpPusher
from octavo.adapters.pushers.recorded import RecordedPusher
from octavo.config import FetchSettings, PushSettings, Settings
from octavo.domain.ids import EditionKey
from octavo.domain.push import Message, Sent, ServerKeys, Subscription, Wishes
from octavo.ports.pusher import Pusher

from .conftest import NOW, Web, send

pytestmark = pytest.mark.enable_socket
SECRET = bytes(range(16))
TEXT = json.dumps({"title": "Tide ledger found", "body": "سجل المد"}).encode()


class Browser:
    """The keys a browser makes when it subscribes, and how it reads what it is pushed."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())

    def subscription(self, endpoint: str, keys: ServerKeys) -> Subscription:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        wishes = Wishes(EditionKey("en-gb"))
        return Subscription(endpoint, sealing.write(point), sealing.write(SECRET), keys.public, wishes)

    def read(self, sealed: bytes) -> bytes:
        text: bytes = http_ece.decrypt(sealed, private_key=self.private, auth_secret=SECRET, version="aes128gcm")
        return text


class Service:
    """A push service: notes what is posted to it."""

    def __init__(self, web: Web) -> None:
        self.posted: list[tuple[dict[str, str], bytes]] = []
        self._web = web

    def open(self, path: str, status: int = 201, **fields: str) -> str:
        def take(handler: BaseHTTPRequestHandler) -> None:
            body = next(one.body for one in reversed(self._web.visits) if one.path == handler.path)
            self.posted.append(({name.lower(): value for name, value in handler.headers.items()}, body))
            send(handler, b"", status, **fields)

        self._web.pages[path] = take
        return self._web.url(path)


@pytest.fixture
def service(web: Web) -> Service:
    return Service(web)


@pytest.fixture
def make_pusher(web: Web) -> Iterator[Callable[..., HttpPusher]]:
    made: list[HttpPusher] = []

    def one(networks: tuple[str, ...] = (f"127.0.0.1/32:{web.port}",), **fetch: Any) -> HttpPusher:
        push = PushSettings(contact="mailto:editor@octavo.example", allow_networks=networks)
        settings = Settings(push=push, fetch=FetchSettings.model_validate({"timeout_s": 5} | fetch))
        made.append(HttpPusher(settings, lambda: NOW))
        return made[-1]

    yield one
    for pusher in made:
        pusher.close()


KEYS = sealing.make_keys()


def message(to: Subscription, text: bytes = TEXT) -> Message:
    return Message(to, text, "t0pic", 3600, "high")


@pytest.fixture(params=["http", "recorded"])
def pusher(
    request: pytest.FixtureRequest, service: Service, web: Web, make_pusher: Callable[..., HttpPusher]
) -> Pusher:
    service.open("/taken")
    service.open("/gone", 410)
    service.open("/unknown", 404)
    service.open("/busy", 429, Retry_After="120")
    if request.param == "http":
        return make_pusher()
    recorded = RecordedPusher()
    recorded.answers = {
        web.url("/gone"): Sent("gone"),
        web.url("/unknown"): Sent("gone"),
        web.url("/busy"): Sent("later", until=NOW + timedelta(seconds=120), blamed=False),
    }
    return recorded


def test_what_comes_of_a_message(pusher: Pusher, web: Web) -> None:
    browser = Browser()
    to = [browser.subscription(web.url(f"/{path}"), KEYS) for path in ("taken", "gone", "unknown", "busy")]
    came = {one.subscription.endpoint: sent for one, sent in pusher.send([message(one) for one in to], [KEYS])}
    assert [came[one.endpoint].outcome for one in to] == ["taken", "gone", "gone", "later"]
    busy = came[web.url("/busy")]
    assert (busy.until, busy.blamed) == (NOW + timedelta(seconds=120), False)


def test_a_subscription_made_with_an_unknown_key_is_gone(pusher: Pusher, web: Web) -> None:
    to = Browser().subscription(web.url("/taken"), ServerKeys("other", "other"))
    assert [sent.outcome for _, sent in pusher.send([message(to)], [KEYS])] == ["gone"]


def test_only_the_browser_can_read_it_and_the_service_knows_who_sends(
    make_pusher: Callable[..., HttpPusher], service: Service, web: Web
) -> None:
    browser, endpoint = Browser(), service.open("/inbox?u=1")
    [(_, sent)] = make_pusher().send([message(browser.subscription(endpoint, KEYS))], [KEYS])
    [(fields, body)] = service.posted
    assert sent == Sent("taken")
    assert browser.read(body) == TEXT
    assert b"Tide" not in body
    with pytest.raises(http_ece.ECEException):
        Browser().read(body)
    assert (fields["content-encoding"], fields["ttl"], fields["urgency"]) == ("aes128gcm", "3600", "high")
    assert (fields["topic"], fields["content-type"]) == ("t0pic", "application/octet-stream")
    assert Vapid02.verify(fields["authorization"])
    claims = json.loads(sealing.read(fields["authorization"].split("t=")[1].split(".")[1]))
    assert claims == {
        "aud": f"http://one.localhost:{web.port}",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:editor@octavo.example",
    }
    assert fields["authorization"].endswith(f",k={KEYS.public}")


def test_the_longest_text_fits_into_the_bytes_every_service_takes(make_pusher: Callable[..., HttpPusher]) -> None:
    to = Browser().subscription("https://push.example/1", KEYS)
    assert len(sealing.seal(b"x" * sealing.MOST_TEXT, to)) == 4096
    with pytest.raises(ValueError, match="do not fit"):
        sealing.seal(b"x" * (sealing.MOST_TEXT + 1), to)


@pytest.mark.parametrize("point", ["", "AAAA", sealing.write(b"\x04" + b"\x01" * 64), "!"])
def test_keys_that_are_none_are_gone_and_nothing_is_sent(
    make_pusher: Callable[..., HttpPusher], service: Service, point: str
) -> None:
    to = Subscription(service.open("/inbox"), point, sealing.write(SECRET), KEYS.public, Wishes(EditionKey("en-gb")))
    assert [sent.outcome for _, sent in make_pusher().send([message(to)], [KEYS])] == ["gone"]
    assert service.posted == []


def test_no_redirect_is_followed(make_pusher: Callable[..., HttpPusher], service: Service) -> None:
    elsewhere = service.open("/elsewhere")
    to = Browser().subscription(service.open("/moved", 307, Location=elsewhere), KEYS)
    [(_, sent)] = make_pusher().send([message(to)], [KEYS])
    assert (sent.outcome, len(service.posted)) == ("later", 1)


def test_what_may_be_fetched_may_not_be_pushed_to(
    make_pusher: Callable[..., HttpPusher], service: Service, web: Web
) -> None:
    """An owner's own networks are open to feeds the owner chose, never to addresses that readers bring."""
    endpoint = service.open("/inbox")
    strict = make_pusher((), allow_networks=("127.0.0.0/8",))
    assert not strict.takes(endpoint)
    [(_, sent)] = strict.send([message(Browser().subscription(endpoint, KEYS))], [KEYS])
    assert sent.outcome == "gone"
    assert (service.posted, web.visits) == ([], [])


def test_a_name_that_leads_inside_reaches_nothing(make_pusher: Callable[..., HttpPusher], web: Web) -> None:
    """Any name is taken at first sight; where it leads is seen at the socket (localhost.localdomain, rebinding)."""
    pusher = make_pusher(())
    pusher._guard = make_pusher()._guard  # as a name would that does not look like what it is
    [(_, sent)] = pusher.send([message(Browser().subscription(web.url("/inbox"), KEYS))], [KEYS])
    assert sent.outcome == "gone"
    assert web.visits == []


@pytest.mark.parametrize(
    ("endpoint", "takes"),
    [
        ("https://push.example/send/abc", True),
        ("https://push.example:8443/send/abc?x=1", True),
        ("https://push.example:25/send/abc", False),
        ("https://push.example/send abc", False),
        ("https://push.example/send\nabc", False),
        ("https://pùsh.example/send", False),
        ("http://push.example/send/abc", False),
        ("https://127.0.0.1/x", False),
        ("https://127.1/x", False),
        ("https://[::1]/x", False),
        ("https://[fd00::1]/x", False),
        ("https://10.0.0.5/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://localhost/x", False),
        ("https://name:word@push.example/x", False),
        ("https:///x", False),
        ("https://push.example:99999/x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_where_messages_may_go(make_pusher: Callable[..., HttpPusher], endpoint: str, takes: bool) -> None:
    assert make_pusher(()).takes(endpoint) is takes


def test_what_a_service_says_is_told_without_the_address(
    make_pusher: Callable[..., HttpPusher], service: Service
) -> None:
    to = [Browser().subscription(service.open(f"/secret/{status}", status), KEYS) for status in (403, 410, 500)]
    told = [sent.told for _, sent in make_pusher().send([message(one) for one in to], [KEYS])]
    assert sorted(told) == [f"one.localhost answered {status}" for status in (403, 410, 500)]


@pytest.mark.slow
def test_keys_are_made_in_a_process_of_their_own(make_pusher: Callable[..., HttpPusher]) -> None:
    made = make_pusher().make_keys()
    assert len(sealing.read(made.public)) == 65
    assert len(sealing.read(made.private)) == 32
    assert sealing.signed("https://push.example/1", made, "mailto:a@b.example", datetime(2026, 1, 1, tzinfo=UTC))
