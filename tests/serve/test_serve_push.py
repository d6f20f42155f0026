"""What pages ask of notifications: this site's own pages alone, within bounds, nothing private, nothing for long."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from octavo.actions.push import make_first_keys
from octavo.adapters.pushers.http import HttpPusher
from octavo.config import PushSettings, Settings
from octavo.domain.push import Follow, NoticeKind, Quiet, Subscription
from octavo.serve.allowance import Allowance, reader_at
from octavo.serve.asgi import make_asgi
from octavo.store import push
from octavo.text.slugs import short_id

from .conftest import NOW, Reader

POINT = "B" + "A" * 86
SECRET = "A" * 22
ENDPOINT = "https://push.example/send/1"
OWN = {"sec-fetch-site": "same-origin", "content-type": "application/json"}


def said(reader: Reader, **changes: Any) -> dict[str, Any]:
    usual = {
        "subscription": {
            "endpoint": ENDPOINT,
            "keys": {"p256dh": POINT, "auth": SECRET},
            "server_key": "public-1",
        },
        "edition": "en-gb",
        "breaking": 5,
        "within_h": 6,
        "most_a_day": 5,
        "zone": "Europe/London",
        "quiet": {"begin": 1320, "end": 420},
        "follows": [
            {"kind": "story", "key": short_id(reader.story), "name": "Tide ledger"},
            {"kind": "hashtag", "key": "tide", "name": "Tide"},
            {"kind": "place", "key": "gb", "name": "Britain"},
        ],
    }
    return usual | changes


def post(reader: Reader, act: str, body: Any, fields: dict[str, str] | None = None) -> httpx.Response:
    reader.app = reader.app or make_asgi(reader.tools)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(reader.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://reader.test") as client:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return await client.post(f"/push/{act}", content=content, headers=OWN if fields is None else fields)

    return asyncio.run(ask())


def known(reader: Reader, endpoint: str = ENDPOINT) -> Subscription | None:
    with reader.tools.database.read() as view:
        return push.by_endpoint(view, endpoint)


@pytest.fixture
def subscriber(reader: Reader) -> Reader:
    """A reader of an instance that has its keys."""
    make_first_keys(reader.tools)
    return reader


def test_the_key_is_told_once_there_is_one(reader: Reader) -> None:
    assert reader.get("/push/key").json() == {"key": ""}
    make_first_keys(reader.tools)
    answer = reader.get("/push/key")
    assert (answer.json(), answer.headers["cache-control"]) == ({"key": "public-1"}, "no-store")


def test_a_browser_subscribes_changes_and_is_forgotten(subscriber: Reader) -> None:
    answer = post(subscriber, "subscribe", said(subscriber))
    assert (answer.status_code, answer.content) == (204, b"")
    assert "set-cookie" not in answer.headers
    kept = known(subscriber)
    assert kept
    wishes = kept.wishes
    assert (wishes.stories, wishes.breaking, wishes.quiet) == ((subscriber.story,), 5, Quiet(1320, 420))
    assert wishes.follows == (
        Follow(NoticeKind.HASHTAG, "tide", "Tide"),
        Follow(NoticeKind.PLACE, "place/gb", "Britain"),
    )
    assert "en" in wishes.languages
    post(subscriber, "subscribe", said(subscriber, edition="ar-eg", follows=[], quiet=None))
    changed = known(subscriber)
    assert changed
    assert (changed.id, changed.wishes.edition, changed.wishes.stories) == (kept.id, "ar-eg", ())
    assert changed.words["digits"] == "٠١٢٣٤٥٦٧٨٩"
    assert changed.words["story"] != kept.words["story"]
    assert post(subscriber, "forget", {"endpoint": ENDPOINT}).status_code == 204
    assert known(subscriber) is None
    assert post(subscriber, "forget", {"endpoint": ENDPOINT}).status_code == 204


def test_a_browser_that_is_signed_in_is_its_accounts(make_reader: Callable[..., Reader]) -> None:
    site = make_reader(settings={"accounts": {"sign_up": "open", "password_memory_kib": 7_168}})
    make_first_keys(site.tools)
    ada = site.visitor().sign_up("ada")
    mine = OWN | {"cookie": "; ".join(f"{name}={value}" for name, value in ada.cookies.items())}
    post(site, "subscribe", said(site), mine)
    kept = known(site)
    assert kept is not None
    assert kept.account_id is not None
    with site.tools.database.read() as view:
        assert push.of_accounts(view, [kept.account_id], site.clock.now) == {kept.account_id: [kept.id]}
    new = said(site)["subscription"] | {"endpoint": "https://push.example/send/2"}
    post(site, "move", {"endpoint": ENDPOINT, "subscription": new})
    moved = known(site, new["endpoint"])
    assert moved is not None
    assert moved.account_id == kept.account_id, "a new address changes nothing"
    ada.post("/en-gb/sign-out")
    with site.tools.database.read() as view:
        assert push.of_accounts(view, [kept.account_id], site.clock.now) == {}
    post(site, "subscribe", with_address(site, endpoint=new["endpoint"]))
    left = known(site, new["endpoint"])
    assert left is not None
    assert left.account_id is None


def test_a_browser_that_was_given_a_new_address_keeps_its_wishes(subscriber: Reader) -> None:
    post(subscriber, "subscribe", said(subscriber))
    new = said(subscriber)["subscription"] | {"endpoint": "https://push.example/send/2"}
    assert post(subscriber, "move", {"endpoint": ENDPOINT, "subscription": new}).status_code == 204
    moved = known(subscriber, new["endpoint"])
    assert moved
    assert moved.wishes.stories == (subscriber.story,)
    assert known(subscriber) is None
    assert post(subscriber, "move", {"endpoint": "https://push.example/9", "subscription": new}).status_code == 404


def test_one_test_message_a_minute(subscriber: Reader) -> None:
    assert post(subscriber, "test", {"endpoint": ENDPOINT}).status_code == 404
    post(subscriber, "subscribe", said(subscriber))
    assert post(subscriber, "test", {"endpoint": ENDPOINT}).status_code == 204
    answer = post(subscriber, "test", {"endpoint": ENDPOINT})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    subscriber.clock.now += timedelta(minutes=1)
    assert post(subscriber, "test", {"endpoint": ENDPOINT}).status_code == 204


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({**JSON}, 403),
        ({**JSON, "sec-fetch-site": "cross-site"}, 403),
        ({**JSON, "sec-fetch-site": "same-site"}, 403),
        ({**JSON, "sec-fetch-site": "none"}, 403),
        ({**JSON, "origin": "https://evil.example"}, 403),
        ({**JSON, "origin": "null"}, 403),
        ({**JSON, "origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site"}, 403),
        ({**JSON, "origin": "http://127.0.0.1:8000"}, 204),
        ({**OWN, "content-type": "text/plain"}, 415),
        ({"sec-fetch-site": "same-origin"}, 415),
    ],
)
def test_only_this_sites_own_pages_are_heard(subscriber: Reader, fields: dict[str, str], status: int) -> None:
    answer = post(subscriber, "subscribe", said(subscriber), fields)
    assert answer.status_code == status
    assert (known(subscriber) is not None) == (status == 204)


def with_address(reader: Reader, **changes: Any) -> dict[str, Any]:
    return said(reader, subscription=said(reader)["subscription"] | changes)


BAD: tuple[Callable[[Reader], Any], ...] = (
    lambda reader: with_address(reader, endpoint="http://127.0.0.1:8000/push"),
    lambda reader: with_address(reader, endpoint="ftp://push.example/1"),
    lambda reader: with_address(reader, endpoint="https://push.example/" + "x" * 2000),
    lambda reader: with_address(reader, keys={"p256dh": "AAAA", "auth": SECRET}),
    lambda reader: with_address(reader, keys={"p256dh": POINT, "auth": "A"}),
    lambda reader: with_address(reader, keys={"p256dh": POINT, "auth": "ä" * 22}),
    lambda reader: with_address(reader, server_key="another"),
    lambda reader: said(reader, edition="xx-yy"),
    lambda reader: said(reader, zone="../../etc/passwd"),
    lambda reader: said(reader, zone="Mars/Olympus"),
    lambda reader: said(reader, breaking=-1),
    lambda reader: said(reader, within_h=7),
    lambda reader: said(reader, most_a_day=0),
    lambda reader: said(reader, quiet={"begin": 1440, "end": 0}),
    lambda reader: said(reader, unheard="of"),
    lambda reader: said(reader, follows=[{"kind": "reader", "key": "1", "name": "x"}]),
    lambda reader: said(reader, follows=[{"kind": "hashtag", "key": f"t{n}", "name": "x"} for n in range(51)]),
    lambda reader: b"{",
    lambda reader: b"\xff",
    lambda reader: [],
)


@pytest.mark.parametrize("number", range(len(BAD)))
def test_what_makes_no_sense_is_refused_in_a_sentence(subscriber: Reader, number: int) -> None:
    answer = post(subscriber, "subscribe", BAD[number](subscriber))
    assert (answer.status_code, known(subscriber)) == (422, None)
    assert answer.json()["error"]


def test_a_private_address_is_refused_by_the_real_guard(make_reader: Callable[..., Reader]) -> None:
    settings = Settings(push=PushSettings(contact="mailto:a@b.example"))
    reader = make_reader(pusher=HttpPusher(settings, lambda: NOW))
    for host in ("127.0.0.1", "localhost", "10.1.2.3", "[::1]", "169.254.169.254", "192.168.1.1:8443"):
        answer = post(reader, "subscribe", with_address(reader, endpoint=f"https://{host}/send"))
        assert answer.status_code == 422, host


def test_a_body_that_is_too_long_is_not_read(subscriber: Reader) -> None:
    assert post(subscriber, "subscribe", b" " * 65_537).status_code == 413


def test_as_many_as_the_instance_takes(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"push": PushSettings(subscriptions=1)})
    make_first_keys(reader.tools)
    assert post(reader, "subscribe", said(reader)).status_code == 204
    other = with_address(reader, endpoint="https://push.example/send/2")
    answer = post(reader, "subscribe", other)
    assert (answer.status_code, answer.json()["error"]) == (
        503,
        "as many browsers are subscribed as this newspaper can notify",
    )
    assert post(reader, "subscribe", said(reader, breaking=0)).status_code == 204


def test_too_many_changes_from_one_address(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"push": PushSettings(changes_an_hour=2)})
    make_first_keys(reader.tools)
    answers = [post(reader, "subscribe", said(reader)).status_code for _ in range(3)]
    assert answers == [204, 204, 429]
    reader.clock.now += timedelta(hours=1)
    assert post(reader, "subscribe", said(reader)).status_code == 204


def test_an_address_is_that_of_the_reader_behind_a_proxy() -> None:
    forged = {"x-forwarded-for": "9.9.9.9, 8.8.4.4"}
    assert reader_at("127.0.0.1", forged) == "8.8.4.4"
    assert reader_at("1.1.1.1", forged) == "1.1.1.1"
    assert reader_at("10.0.0.1", {}) == "10.0.0.1"
    assert reader_at("2606:4700::1", {}) == reader_at("2606:4700::2", {}) == "2606:4700::/64"
    assert reader_at("::ffff:1.1.1.1", forged) == "1.1.1.1", "as a socket for both kinds of address writes it"
    assert reader_at("::ffff:127.0.0.1", forged) == "8.8.4.4"
    assert reader_at("", {"x-forwarded-for": "x"}) == "unknown"


def test_an_allowance_remembers_no_more_addresses_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.serve.allowance._MOST", 2)
    allowance = Allowance(1)
    for number in range(5):
        allowance.take(f"1.1.1.{number}", NOW)
    assert len(allowance._asked) == 2


def test_the_bell_stands_on_pages_that_can_be_followed(subscriber: Reader) -> None:
    for path in (f"/en-gb/story/{short_id(subscriber.story)}", "/en-gb/hashtag/tide"):
        answer = subscriber.get(path)
        page = subscriber.get(answer.headers["location"]) if answer.status_code == 301 else answer
        assert 'data-follow="/en-gb/' in page.text
        assert "/static/js/follow." in page.text
        assert page.text.count("data-bell") == 1
    assert "data-follow" not in subscriber.get("/en-gb").text


def test_where_it_is_off_there_is_nothing_of_it(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings={"push": PushSettings(on=False)})
    make_first_keys(reader.tools)
    assert reader.get("/en-gb/notifications").status_code == 404
    assert reader.get("/push/key").json() == {"key": ""}
    assert post(reader, "subscribe", said(reader)).status_code == 404
    assert "/notifications" not in reader.get("/en-gb").text
    assert "data-follow" not in reader.get("/en-gb/hashtag/tide").text


def test_the_page_says_nothing_of_any_reader(subscriber: Reader) -> None:
    post(subscriber, "subscribe", said(subscriber))
    page = subscriber.get("/en-gb/notifications")
    assert page.status_code == 200
    assert "push.example" not in page.text
    assert '<meta name="robots" content="noindex,follow">' in page.text


def test_the_service_worker_shows_what_is_pushed(reader: Reader) -> None:
    worker = reader.get("/sw.js").text
    assert 'addEventListener("push"' in worker
    told = re.search(r"self\.OCTAVO = (.*);$", worker, re.MULTILINE)
    assert told
    assert "pushed." not in json.dumps(json.loads(told[1])["precache"])
