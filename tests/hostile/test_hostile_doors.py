"""Every way out of Octavo, on a network that lies: names of the world lead to a canary on this machine.

Each door goes through the guarded fetcher, which looks at the address it connects to: the canary is never asked. (The
servers the owner names, of models and of mail, have doors of their own, which no publisher and no reader can point
anywhere: import contracts in pyproject.toml keep them to one module each.)
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pycurl
import pytest

from octavo.actions.feeds import check, discover_feed
from octavo.actions.pictures import asked_ahead
from octavo.actions.providers import _configuration
from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.adapters.fetchers.seat import Seat
from octavo.adapters.pushers.http import HttpPusher
from octavo.config import FetchSettings, Settings
from octavo.config.people import ProviderSettings
from octavo.domain.feed import Feed
from octavo.domain.ids import FeedId, PageKey, PublisherId
from octavo.domain.page import Page
from octavo.domain.publisher import Publisher
from octavo.domain.web import Request
from octavo.errors import FetchError, OctavoError
from octavo.pipeline.fetch_page import fetch_pages, rules_of
from octavo.pipeline.poll_feed import page_key, poll_feeds
from octavo.pipeline.second_chance import fetch_forms
from octavo.ports.tools import Tools
from octavo.store import feeds, journal, pages, publishers

from .publisher import NOW, open_publisher
from .publisher import Publisher as Canary

pytestmark = pytest.mark.enable_socket

SOURCE = Path(__file__).parents[2] / "src" / "octavo"

INSIDE = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 "
    "172.31.255.254 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 "
    "255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:a00:1 64:ff9b::a00:1 64:ff9b::7f00:1 "
    "64:ff9b:1::a00:1 100::1 2001::1 2001:0:a00:1::f5ff:fffe 2001:2::1 2001:10::1 2001:db8::1 2002:a00:1:: "
    "2002:7f00:1::1 2002:a9fe:a9fe:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%lo fec0::1 ff02::1 "
    "ff0e::1"
).split()
"""Private, shared, loopback, link-local, documentation, multicast, reserved; and IPv4 written into IPv6, every way."""

OUTSIDE = "1.1.1.1 8.8.8.8 93.184.215.14 2606:4700::1111 2a00:1450:4001::8a 64:ff9b::808:808 2002:808:808::1".split()


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_the_inside_is_connected_to(address: str) -> None:
    assert not Guard().permits(address, 443)
    assert not Guard(("10.9.0.0/16", "127.0.0.1/32:8010")).permits(address, 443)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_world_are(address: str) -> None:
    assert Guard().permits(address, 443)


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server of this machine nobody may ask."""
    with open_publisher() as made:
        yield made


@pytest.fixture
def lied_to(tools: Tools, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tools]:
    """An instance with the real way out, for whose resolver every name is on this machine."""
    aim = Seat.aim

    def lie(seat: Seat, request: Request, url: str, direct: bool) -> None:
        seat.curl.setopt(pycurl.RESOLVE, [f"*:{port}:127.0.0.1,[::1]" for port in (canary.port, 80, 443)])
        aim(seat, request, url, direct)

    monkeypatch.setattr(Seat, "aim", lie)
    fetcher = HttpFetcher(FetchSettings.model_validate({"delay_s": 0, "timeout_s": 20}), lambda: NOW)
    yield replace(tools, fetcher=fetcher)
    fetcher.close()


def _feed(tools: Tools, url: str) -> Feed:
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("tides"), "Tides")])
        return feeds.add(tx, Feed(FeedId(0), url, PublisherId("tides")))


def _page(tools: Tools, url: str) -> Page:
    _feed(tools, f"{url}/feed")
    page = Page(key=page_key(url), url=url, host="tides.example", publisher_id=PublisherId("tides"), first_seen_at=NOW)
    with tools.database.transaction() as tx:
        pages.add(tx, [page])
    return page


def _poll(tools: Tools, url: str) -> str:
    feed = _feed(tools, url)
    poll_feeds(tools, [feed])
    with tools.database.read() as view:
        kept = feeds.get(view, feed.id)
    return kept.poll.last_error if kept else ""


def _pages(tools: Tools, url: str) -> str:
    unruled = replace(tools, settings=tools.settings.model_copy(update={"fetch": FetchSettings(obey_robots=False)}))
    list(fetch_pages(unruled, [_page(tools, url)]))
    with tools.database.read() as view:
        return journal.of(view, url)[0].outcome


def _robots(tools: Tools, url: str) -> str:
    assert rules_of(tools, [url]) == {}, "there is nowhere to ask, so nothing is forbidden"
    return "not a public address"


def _asked(error: Callable[[], object]) -> str:
    with pytest.raises(OctavoError) as caught:
        error()
    return str(caught.value)


def _second_chance(tools: Tools, url: str) -> str:
    return "not a public address" if fetch_forms(tools, {PageKey("k"): url}) == {} else "fetched"


def _push(tools: Tools, url: str) -> str:
    pusher = HttpPusher(Settings(), lambda: NOW)
    try:
        if not pusher.takes(url):
            return "not a public address: only https is taken"
        [(_, answer)] = pusher._open().fetch_all([Request(url, sent=b"x")])
        return str(answer)
    finally:
        pusher.close()


def _posted(tools: Tools, url: str) -> str:
    """Ask as the steps do that post to hubs, subscribers and programs, by the same way out, and as the doctor does."""
    [(_, posted)] = tools.fetcher.fetch_all([Request(f"{url}/posted", sent=b"x")])
    [(_, asked)] = tools.fetcher.fetch_all([Request(f"{url}/asked", max_bytes=1000)])
    assert type(posted) is type(asked)
    return str(posted)


DOORS: dict[str, Callable[[Tools, str], str]] = {
    "pipeline/poll_feed.py": _poll,
    "pipeline/fetch_page.py": _pages,
    "pipeline/fetch_page.py robots": _robots,
    "pipeline/second_chance.py": _second_chance,
    "pipeline/fetch_pictures.py": lambda tools, url: _asked(lambda: tools.fetcher.fetch(asked_ahead(url))),
    "actions/pictures.py": lambda tools, url: _asked(lambda: tools.fetcher.fetch(Request(url, prompt=True))),
    "actions/feeds.py": lambda tools, url: _asked(lambda: discover_feed(tools, url)),
    "actions/feeds.py check": lambda tools, url: next(iter(check(tools, [_feed(tools, url)]))).problem,
    "actions/providers.py": lambda tools, url: _asked(lambda: _configuration(tools, _provider(url))),
    "adapters/pushers/http.py": _push,
    "pipeline/ask_hubs.py": _posted,
    "pipeline/confirm_subscribers.py": _posted,
    "pipeline/publish_feeds.py": _posted,
    "pipeline/send_webhooks.py": _posted,
    "pipeline/deliver_fediverse.py": _posted,
    "pipeline/hear_fediverse.py": _posted,
    "cli/mistakes.py": _posted,
}
"""Every module that asks for an address, and how it is made to."""


def _provider(url: str) -> ProviderSettings:
    return ProviderSettings(key="x", label="X", issuer=url, client_id="x")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_door_leads_inside_whatever_a_name_resolves_to(
    lied_to: Tools, canary: Canary, door: str, scheme: str
) -> None:
    told = DOORS[door](lied_to, f"{scheme}://tides.example:{canary.port}")
    assert canary.asked == {}
    assert "not a public address" in told, told


def test_these_are_all_the_doors_there_are() -> None:
    """A new one is added here, with the way it is made to ask."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"fetch", "fetch_all"}:
                found.add(str(path.relative_to(SOURCE)))
    known = {door.partition(" ")[0] for door in DOORS}
    assert {one for one in found if not one.startswith("adapters/fetchers/")} == known


def test_an_allowed_place_is_asked_and_no_other(lied_to: Tools, canary: Canary) -> None:
    """The lie works: with that one port allowed, the canary is asked."""
    settings = FetchSettings.model_validate({"delay_s": 0, "allow_networks": (f"127.0.0.1/32:{canary.port}",)})
    fetcher = HttpFetcher(settings, lambda: NOW)
    assert fetcher.fetch(Request(f"http://tides.example:{canary.port}/")).status == 200
    assert sum(canary.asked.values()) == 1
    with pytest.raises(FetchError):
        fetcher.fetch(Request("http://tides.example/"))
    fetcher.close()
