"""Hubs by value: which one a feed names, what is asked of it, and when again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from octavo.collect import hubs
from octavo.collect.parse import parse_feed
from octavo.collect.schedule import beside_hub
from octavo.domain.feed import FeedUpdate
from octavo.domain.ids import FeedId
from octavo.domain.websub import FeedHub, HubState

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://paper.example/feed"
HUB = FeedHub(FeedId(1), "https://hub.example/", URL, "token", "hush", due=NOW)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


HUBBED = "https://hub.example/"
TOLD = FeedUpdate("atom", hub=HUBBED)
BOTH = FeedUpdate("atom", hub=HUBBED, topic="https://p.example/f")
LINKS = '<https://h.example/>; rel="hub", <https://p.example/g>; rel="self"'
NONE = FeedUpdate("atom")


@pytest.mark.parametrize(
    ("link", "update", "named"),
    [
        ("", NONE, ("", "")),
        ("", TOLD, (HUBBED, URL)),
        ("", BOTH, (HUBBED, "https://p.example/f")),
        (LINKS, BOTH, ("https://h.example/", "https://p.example/g")),
        ("</hub>; rel=hub", NONE, ("https://paper.example/hub", URL)),
        ("<https://h.example/>;title='a';rel='alternate hub'", NONE, ("https://h.example/", URL)),
        ('<https://h.example/>; rel="hubs"', NONE, ("", "")),
        ("<javascript:alert(1)>; rel=hub", NONE, ("", "")),
        ("", FeedUpdate("atom", hub="ftp://hub.example/"), ("", "")),
    ],
)
def test_a_feed_names_its_hub_in_its_header_or_its_document(
    link: str, update: FeedUpdate, named: tuple[str, str]
) -> None:
    assert hubs.named({"link": link} if link else {}, update, URL) == named


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><link rel="hub" href="https://h.example/"/>
<link rel="self" href="https://p.example/f"/></feed>"""
RSS = """<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>P</title>
<a:link rel="hub" href="https://h.example/"/><a:link rel="self" href="https://p.example/f"/></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "P", "feed_url": "https://p.example/f", "items": [],
"hubs": [{"type": "WebSub", "url": "https://h.example/"}]}"""


@pytest.mark.parametrize(
    ("body", "kind"), [(ATOM, "application/atom+xml"), (RSS, "application/rss+xml"), (JSON, "application/feed+json")]
)
def test_every_kind_of_feed_can_name_one(body: str, kind: str) -> None:
    update, _ = parse_feed(body.encode(), url=URL, content_type=kind)
    assert hubs.named({}, update, URL) == ("https://h.example/", "https://p.example/f")


def test_a_hub_is_asked_as_the_standard_says() -> None:
    request = hubs.subscribing(HUB, "https://we.example/websub/token")
    assert request.url == "https://hub.example/"
    assert ("Content-Type", "application/x-www-form-urlencoded") in request.fields
    assert parse_qs((request.sent or b"").decode()) == {
        "hub.mode": ["subscribe"],
        "hub.topic": [URL],
        "hub.callback": ["https://we.example/websub/token"],
        "hub.lease_seconds": ["864000"],
        "hub.secret": ["hush"],
    }


def test_a_hub_that_does_not_confirm_is_asked_less_and_less_often() -> None:
    waits, one = [], HUB
    for _ in range(6):
        one = hubs.asked(one, NOW)
        assert one.due is not None
        waits.append(one.due - NOW)
    assert waits == [HOUR, HOUR, 6 * HOUR, DAY, DAY, DAY]
    assert one.state is HubState.ASKED
    refused = hubs.not_taken(HUB, "no", NOW)
    assert (refused.due, refused.told, refused.state) == (NOW + 10 * MINUTE, "no", HubState.WANTED)


def test_a_lease_is_renewed_before_it_ends() -> None:
    live = hubs.confirmed(replace(HUB, tries=3), 10 * DAY, NOW)
    assert (live.state, live.tries) == (HubState.LIVE, 0)
    assert (live.due, live.lease_until) == (NOW + 8 * DAY, NOW + 10 * DAY)
    assert hubs.asked(live, NOW).state is HubState.LIVE, "while it is renewed it goes on"
    short = hubs.confirmed(HUB, timedelta(seconds=5), NOW)
    assert short.due == NOW + MINUTE
    assert hubs.confirmed(HUB, 10_000 * DAY, NOW).lease_until == NOW + 366 * DAY


def test_a_hub_that_refuses_is_asked_again_a_day_later() -> None:
    found = hubs.refused(hubs.confirmed(HUB, DAY, NOW), "too many feeds", NOW)
    assert (found.state, found.due, found.lease_until) == (HubState.REFUSED, NOW + DAY, None)
    assert found.told == "refused: too many feeds"


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(300, 3600), (900, 3600), (3600, 14_400), (20_000, 80_000), (86_400, 86_400), (99_000, 99_000)],
)
def test_a_feed_that_is_brought_is_looked_at_now_and_then(seconds: int, wait: int) -> None:
    assert beside_hub(seconds, 86_400) == wait
