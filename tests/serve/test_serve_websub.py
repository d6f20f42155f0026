"""Our WebSub hub: what each feed says of it, what it takes from strangers, whom it brings what."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from loopback import Reply
from octavo.config import WebSettings
from octavo.pipeline.confirm_subscribers import confirm_subscribers
from octavo.pipeline.publish_feeds import publish_feeds
from octavo.serve.topics import open_topics
from octavo.store import hub
from octavo.text.signatures import is_signed_by

from .conftest import Reader
from .newspapers import NEWS, TOPIC_PATH, Newspapers, confirming, two_newspapers
from .test_serve_routes import story_path


@pytest.fixture
def papers(
    make_reader: Callable[..., Reader], sqlite_template: Path, tmp_path: Path, socket_enabled: None
) -> Iterator[Newspapers]:
    with two_newspapers(make_reader, sqlite_template, tmp_path / "other") as made:
        yield made


# What each feed says of its hub


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize(
    "path",
    ["/en-gb", "/en-gb/latest", "/en-gb/hashtag/tide", "/en-gb/search?q=ledger", "{story}", "{story}/comments"],
)
def test_every_feed_names_the_hub_and_itself(public_reader: Reader, path: str, kind: str) -> None:
    bare, mark, query = path.replace("{story}", story_path(public_reader)).partition("?")
    answer = public_reader.get(f"{bare}.{kind}{mark}{query}")
    own = f"https://news.example{bare}.{kind}{mark}{query}"
    assert answer.headers["link"] == f'<https://news.example/hub>; rel="hub", <{own}>; rel="self"'
    if kind == "json":
        written = json.loads(answer.text)
        assert written["hubs"] == [{"type": "WebSub", "url": "https://news.example/hub"}]
        assert written["feed_url"] == own
        return
    parsed = feedparser.parse(answer.content)
    links = {one.rel: one.href for one in parsed.feed.links}
    assert not parsed.bozo
    assert (links["hub"], links["self"]) == ("https://news.example/hub", own)
    assert open_topics(public_reader.tools).is_own(own)


@pytest.mark.parametrize(
    ("web", "websub"), [(WebSettings(), {}), (WebSettings(public_url="https://news.example"), {"hub": False})]
)
def test_no_hub_is_named_where_there_is_none(
    make_reader: Callable[..., Reader], web: WebSettings, websub: dict[str, bool]
) -> None:
    site = make_reader(web, settings={"websub": websub})
    answer = site.get(TOPIC_PATH)
    assert "link" not in answer.headers
    assert "hub" not in answer.text
    assert "hubs" not in json.loads(site.get("/en-gb/latest.json").text)
    assert site.ask("POST", "/hub", {}, {"hub.mode": "subscribe"}).status_code == 405


# What the hub takes


def test_a_subscriber_is_confirmed_and_brought_what_is_new_signed(papers: Newspapers) -> None:
    papers.strangers = confirming
    assert papers.ask(secret="hush", lease_seconds="3600").status_code == 202
    assert papers.web.calls == [], "nobody is called while a stranger waits"
    assert confirm_subscribers(papers.publisher.tools) == 1
    [call] = papers.web.calls
    asked = {name: value[0] for name, value in parse_qs(urlsplit(call.path).query).items()}
    challenge = asked.pop("hub.challenge")
    assert len(challenge) > 40
    assert asked == {"x": "1", "hub.mode": "subscribe", "hub.topic": papers.topic, "hub.lease_seconds": "3600"}
    assert publish_feeds(papers.publisher.tools) == 0, "nothing is new"
    papers.later(minutes=1)
    papers.publish("quay", "A quay is found under the quay")
    assert publish_feeds(papers.publisher.tools) == 1
    brought = papers.web.calls[-1]
    assert (brought.method, brought.path) == ("POST", "/in?x=1")
    assert brought.fields["content-type"] == "application/atom+xml; charset=utf-8"
    assert brought.fields["link"] == f'<{papers.web.url("/hub", NEWS)}>; rel="hub", <{papers.topic}>; rel="self"'
    assert is_signed_by("hush", brought.fields["x-hub-signature"], brought.body)
    assert feedparser.parse(brought.body).entries[0].title == "A quay is found under the quay"
    assert publish_feeds(papers.publisher.tools) == 0, "once"
    papers.later(hours=1)
    papers.publish("late", "Nobody is brought this")
    assert publish_feeds(papers.publisher.tools) == 0, "the lease is over"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"not the challenge"),
        Reply(404),
        Reply(302, b"", {"Location": "/elsewhere"}),
        Reply(200, b""),
        Reply(500),
    ],
)
def test_a_callback_that_does_not_mean_it_is_called_once_and_never_again(papers: Newspapers, reply: Reply) -> None:
    papers.strangers = lambda _: reply
    assert papers.ask().status_code == 202
    for _ in range(3):
        assert confirm_subscribers(papers.publisher.tools) == 0
        papers.later(hours=1)
    assert len(papers.web.calls) == 1, "nothing is followed, nothing is tried again"
    papers.publish("quay", "A quay")
    assert publish_feeds(papers.publisher.tools) == 0
    assert len(papers.web.calls) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"mode": "publish"}, "hub.mode"),
        ({"mode": ""}, "hub.mode"),
        ({"topic": "https://elsewhere.example/feed"}, "no feed of this newspaper"),
        ({"topic": "{origin}/en-gb"}, "no feed of this newspaper"),
        ({"topic": "{origin}/en-gb/about.atom"}, "no feed of this newspaper"),
        ({"topic": "{origin}/en-gb/hashtag/nothing-here.atom"}, "no feed of this newspaper"),
        ({"topic": "{origin}/EN-GB/latest.atom"}, "no feed of this newspaper"),
        ({"topic": "{origin}/en-gb/latest.atom?x=1"}, "no feed of this newspaper"),
        ({"topic": "{origin}/en-gb/search.atom"}, "no feed of this newspaper"),
        ({"callback": "ftp://three.localhost/"}, "http"),
        ({"callback": "http://three.localhost:25/"}, "port"),
        ({"callback": "https://three.localhost/#there"}, "fragment"),
        ({"callback": "https://three.localhost/" + "a" * 1100}, "length"),
        ({"callback": ""}, "callback"),
        ({"lease_seconds": "soon"}, "lease"),
        ({"lease_seconds": "-5"}, "lease"),
        ({"secret": "a" * 200}, "secret"),
    ],
)
def test_the_hub_says_what_it_does_not_take(papers: Newspapers, said: dict[str, str], why: str) -> None:
    origin = papers.web.url("", NEWS)
    answer = papers.ask(**{name: value.replace("{origin}", origin) for name, value in said.items()})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert why in answer.text
    assert confirm_subscribers(papers.publisher.tools) == 0
    assert papers.web.calls == []


def test_a_private_address_is_never_called(papers: Newspapers) -> None:
    for callback in ("http://10.0.0.1/", "http://127.0.0.1:8081/", "http://[::1]/", "http://169.254.169.254/latest"):
        assert papers.ask(callback=callback).status_code == 202
    for _ in range(3):
        assert confirm_subscribers(papers.publisher.tools) == 0
        papers.later(hours=1)
    with papers.publisher.tools.database.read() as view:
        assert hub.to_confirm(view, papers.clock.now, 9) == []
        assert hub.count(view) == 0


def test_the_hub_is_no_amplifier(make_reader: Callable[..., Reader]) -> None:
    limits = {"per_host": 2, "most": 3, "host_an_hour": 6, "requests_an_hour": 9}
    site = make_reader(WebSettings(public_url="https://news.example"), settings={"websub": limits})
    topics = open_topics(site.tools)

    def ask(callback: str) -> int:
        said = {"hub.mode": "subscribe", "hub.topic": f"https://news.example{TOPIC_PATH}", "hub.callback": callback}
        return site.ask("POST", "/hub", {}, said).status_code

    assert topics.is_own(f"https://news.example{TOPIC_PATH}")
    assert [ask(f"https://victim.example/{n}") for n in range(7)] == [202] * 6 + [429], "so many an hour for one host"
    assert ask("https://other.example/") == 202
    assert [ask("https://third.example/") for _ in range(2)] == [202, 429], "so many an hour for one network"


def test_there_are_only_so_many_subscriptions(papers: Newspapers) -> None:
    papers.strangers = confirming
    limits = papers.publisher.tools.settings.websub.model_copy(update={"per_host": 1, "most": 2})
    settings = papers.publisher.tools.settings.model_copy(update={"websub": limits})
    papers.publisher.tools = replace(papers.publisher.tools, settings=settings)
    papers.publisher.app = None
    assert papers.ask().status_code == 202
    assert confirm_subscribers(papers.publisher.tools) == 1
    assert papers.ask(callback=papers.web.url("/other", "three.localhost")).status_code == 503
    assert papers.ask().status_code == 202, "what there is may be renewed"
    assert papers.ask(callback=papers.web.url("/", "four.localhost")).status_code == 202
    assert confirm_subscribers(papers.publisher.tools) == 2
    assert papers.ask(callback=papers.web.url("/", "five.localhost")).status_code == 503


def test_who_unsubscribes_has_to_mean_it_too(papers: Newspapers) -> None:
    assert papers.ask(mode="unsubscribe").status_code == 400, "there is nothing to end"
    papers.strangers = confirming
    papers.ask()
    confirm_subscribers(papers.publisher.tools)
    papers.strangers = lambda _: Reply(404)
    assert papers.ask(mode="unsubscribe").status_code == 202
    assert confirm_subscribers(papers.publisher.tools) == 0
    with papers.publisher.tools.database.read() as view:
        assert hub.count(view) == 1, "a stranger cannot end another's subscription"
    papers.strangers = confirming
    papers.ask(mode="unsubscribe")
    assert confirm_subscribers(papers.publisher.tools) == 1
    with papers.publisher.tools.database.read() as view:
        assert hub.count(view) == 0
    assert "lease_seconds" not in papers.web.calls[-1].path


def test_a_callback_that_fails_is_tried_again_with_what_is_new_then_and_dropped_after_days(papers: Newspapers) -> None:
    papers.strangers = confirming
    papers.ask(lease_seconds=str(30 * 86_400))
    confirm_subscribers(papers.publisher.tools)
    papers.strangers = lambda _: Reply(500)
    papers.publish("one", "First")
    tools, before = papers.publisher.tools, len(papers.web.calls)
    assert publish_feeds(tools) == 0
    assert publish_feeds(tools) == 0
    assert len(papers.web.calls) == before + 1, "not before its pause is over"
    papers.later(minutes=2)
    papers.publish("two", "Second")
    assert publish_feeds(tools) == 0
    assert len(papers.web.calls) == before + 2
    papers.strangers = confirming
    papers.later(minutes=3)
    assert publish_feeds(tools) == 1
    assert {one.title for one in feedparser.parse(papers.web.calls[-1].body).entries} >= {"First", "Second"}
    papers.strangers = lambda _: Reply(500)
    papers.publish("three", "Third")
    for _ in range(12):
        publish_feeds(tools)
        papers.later(hours=7)
    with tools.database.read() as view:
        [found] = hub.listed(view, 9)
    assert found.ended_at is not None
    assert found.told.startswith("nothing was taken for 3 days")
    assert found.secret == ""


def test_a_callback_that_is_gone_is_dropped_at_once(papers: Newspapers) -> None:
    papers.strangers = confirming
    papers.ask()
    confirm_subscribers(papers.publisher.tools)
    papers.strangers = lambda _: Reply(410)
    papers.publish("one", "First")
    assert publish_feeds(papers.publisher.tools) == 0
    with papers.publisher.tools.database.read() as view:
        assert [one.told for one in hub.listed(view, 9)] == ["its callback says that it is gone (410)"]
