"""Our hub and our subscriber: what each takes from strangers, and the two of them against each other over loopback."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from sqlalchemy import select

from loopback import Call, Loopback, Reply, loopback
from octavo.actions.feeds import add_subscriptions
from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.collect.opml import Subscription
from octavo.config import FetchSettings, Settings, WebSettings
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import FeedId
from octavo.domain.websub import HubState
from octavo.pipeline.ask_hubs import ask_hubs
from octavo.pipeline.confirm_subscribers import confirm_subscribers
from octavo.pipeline.poll_feed import poll_feeds
from octavo.pipeline.publish_feeds import publish_feeds
from octavo.pipeline.take_brought import take_brought
from octavo.serve.topics import open_topics
from octavo.store import articles, feed_hubs, feeds, hub, migrations_path, tables
from octavo.store import pages as page_store
from octavo.text.signatures import hub_signature, is_signed_by

from .conftest import NOW, Clock, Reader, article, fill
from .test_serve_routes import story_path

NEWS, BACK = "one.localhost", "two.localhost"
TOPIC_PATH = "/en-gb/latest.atom"
FORM = {"content_type": "application/x-www-form-urlencoded"}


@dataclass
class Newspapers:
    """Two newspapers of ours behind one loopback server, told apart by their hosts; the first publishes."""

    web: Loopback
    publisher: Reader
    subscriber: Reader
    clock: Clock
    strangers: Callable[[Call], Reply] = lambda _: Reply(404)
    down: set[str] = field(default_factory=set)

    @property
    def topic(self) -> str:
        return self.web.url(TOPIC_PATH, NEWS)

    def answer(self, call: Call) -> Reply:
        site = {NEWS: self.publisher, BACK: self.subscriber}.get(call.host)
        if site is None:
            return self.strangers(call)
        if call.host in self.down:
            return Reply(500)
        kept = {name: value for name, value in call.fields.items() if name not in ("host", "content-length")}
        found = site.ask(call.method, call.path, kept | {"accept-encoding": "identity"}, content=call.body or None)
        names = ("content-type", "link", "location", "etag")
        return Reply(found.status_code, found.content, {n: found.headers[n] for n in names if n in found.headers})

    def ask(self, **said: str) -> Any:
        """Ask the hub as a stranger whose callback is at three.localhost."""
        callback = self.web.url("/in?x=1", "three.localhost")
        usual = {"hub.mode": "subscribe", "hub.topic": self.topic, "hub.callback": callback}
        given = usual | {f"hub.{name}": value for name, value in said.items()}
        return self.publisher.ask("POST", "/hub", {}, given)

    def publish(self, name: str, headline: str) -> None:
        """Write an article in the first newspaper."""
        with self.publisher.tools.database.transaction() as tx:
            articles.save(tx, [article("harbour", name, headline, -0.5)], now=self.clock.now)

    def later(self, **more: float) -> None:
        self.clock.now += timedelta(**more)


def confirming(call: Call) -> Reply:
    """A callback that means it, and takes what it is brought."""
    asked = parse_qs(urlsplit(call.path).query)
    return Reply(200, asked["hub.challenge"][0].encode()) if call.method == "GET" else Reply(204)


@pytest.fixture
def papers(
    make_reader: Callable[..., Reader], sqlite_template: Path, tmp_path: Path, socket_enabled: None
) -> Iterator[Newspapers]:
    with loopback() as web:
        fetch = FetchSettings(delay_s=0, timeout_s=60, allow_networks=(f"127.0.0.1/32:{web.port}",))

        def at(host: str) -> WebSettings:
            return WebSettings(public_url=web.url("", host), policy="full")

        first = make_reader(at(NEWS), settings={"fetch": fetch})
        fetcher = HttpFetcher(fetch, first.clock)
        first.tools = replace(first.tools, fetcher=fetcher, topics=open_topics(first.tools))
        folder = tmp_path / "other"
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "octavo.db")
        database = SqliteDatabase(folder / "octavo.db", migrations_path(), busy_s=60)
        search = SqliteSearch(database)
        fill(database, search)
        settings = Settings(data_dir=folder, web=at(BACK), fetch=fetch)
        other = replace(
            first.tools, settings=settings, database=database, search_index=search, blobs=DiskBlobs(folder / "blobs")
        )
        made = Newspapers(web, first, Reader(other, first.clock), first.clock)
        web.answer = made.answer
        yield made
        fetcher.close()
        database.close()


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


# Our hub and our subscriber, against each other


def follow(papers: Newspapers) -> Feed:
    [feed] = add_subscriptions(papers.subscriber.tools, [Subscription(papers.topic)])
    assert poll_feeds(papers.subscriber.tools, [feed]).failed == 0
    return now_kept(papers, feed.id)


def now_kept(papers: Newspapers, feed_id: FeedId) -> Feed:
    with papers.subscriber.tools.database.read() as view:
        kept = feeds.get(view, feed_id)
    assert kept is not None
    return kept


def titles(papers: Newspapers, feed: Feed) -> list[str]:
    with papers.subscriber.tools.database.read() as view:
        return list(view.execute(select(tables.entries.c.title).where(tables.entries.c.feed_id == feed.id)).scalars())


def test_one_newspaper_brings_another_its_news(papers: Newspapers) -> None:
    feed = follow(papers)
    ours, theirs = papers.subscriber.tools, papers.publisher.tools
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert (found.hub, found.topic, found.state) == (papers.web.url("/hub", NEWS), papers.topic, HubState.WANTED)
    assert len(found.token) > 40
    assert ask_hubs(ours) == 1
    assert confirm_subscribers(theirs) == 1
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert (found.state, found.lease_until) == (HubState.LIVE, NOW + timedelta(days=10))
    papers.later(minutes=1)
    papers.publish("quay", "A quay is found under the quay")
    assert publish_feeds(theirs) == 1
    assert "A quay is found under the quay" not in titles(papers, feed)
    assert take_brought(ours) == 1
    assert "A quay is found under the quay" in titles(papers, feed)
    with ours.database.read() as view:
        waiting = {page.url for page in page_store.pending(view, papers.clock.now, 99)}
    assert any("/a-quay-is-found" in url for url in waiting), "its page is fetched as that of any entry"
    brought = now_kept(papers, feed.id)
    assert brought.poll.next_poll_at is not None
    assert brought.poll.next_poll_at - papers.clock.now >= timedelta(hours=1), "polled less often from now on"
    papers.later(days=8)
    assert ask_hubs(ours) == 1, "renewed before it ends"
    assert confirm_subscribers(theirs) == 1
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert found.lease_until == papers.clock.now + timedelta(days=10)


def test_a_hub_that_goes_silent_is_no_longer_relied_on(papers: Newspapers) -> None:
    feed = follow(papers)
    ours, theirs = papers.subscriber.tools, papers.publisher.tools
    ask_hubs(ours)
    confirm_subscribers(theirs)
    papers.publish("one", "First")
    publish_feeds(theirs)
    assert take_brought(ours) == 1
    papers.later(hours=2)
    papers.publish("two", "Second")  # published half an hour after the newspaper's noon: long ago by now
    polled = poll_feeds(ours, [now_kept(papers, feed.id)])
    assert polled.entries == 1
    slow = now_kept(papers, feed.id)
    assert slow.poll.next_poll_at is not None
    assert slow.poll.next_poll_at - papers.clock.now < timedelta(seconds=slow.poll.interval_s * 1.11)
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert found.missed
    publish_feeds(theirs)
    take_brought(ours)
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert found.delivers(papers.clock.now), "until it brings something again"


def live(papers: Newspapers) -> tuple[Feed, str, str]:
    """Follow, have the hub confirm; gives the feed, the path that is called back, and the secret."""
    feed = follow(papers)
    ask_hubs(papers.subscriber.tools)
    confirm_subscribers(papers.publisher.tools)
    with papers.subscriber.tools.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    return feed, f"/websub/{found.token}", found.secret


FORGED = b"""<rss version="2.0"><channel><title>P</title><item><guid>https://x.example/1</guid>
<link>https://x.example/1</link><title>Brought</title></item></channel></rss>"""


def test_only_what_is_signed_is_read(papers: Newspapers) -> None:
    feed, path, secret = live(papers)
    ours = papers.subscriber
    signs = ["", "sha256=00", hub_signature("other", FORGED), hub_signature(secret, FORGED + b" ")]
    for sign in signs:
        answer = ours.ask("POST", path, {"x-hub-signature": sign, "content-type": "text/xml"}, content=FORGED)
        assert answer.status_code == 202, "who guesses learns nothing"
    assert take_brought(ours.tools) == 0
    told = {"x-hub-signature": hub_signature(secret, FORGED), "content-type": "text/xml"}
    assert ours.ask("POST", path, told, content=FORGED).status_code == 202
    assert take_brought(ours.tools) == 1
    assert "Brought" in titles(papers, feed)


def test_a_document_changes_the_entries_of_its_own_feed_alone(papers: Newspapers) -> None:
    feed, path, secret = live(papers)
    ours = papers.subscriber
    [other] = add_subscriptions(ours.tools, [Subscription(papers.web.url("/en-gb/hashtag/tide.atom", NEWS))])
    poll_feeds(ours.tools, [other])
    before = titles(papers, other)
    with ours.tools.database.read() as view:
        guid = view.execute(select(tables.entries.c.guid).where(tables.entries.c.feed_id == other.id)).scalars().first()
    assert guid
    body = FORGED.replace(b"https://x.example/1</guid>", guid.encode() + b"</guid>")
    told = {"x-hub-signature": hub_signature(secret, body), "content-type": "text/xml"}
    assert ours.ask("POST", path, told, content=body).status_code == 202
    take_brought(ours.tools)
    assert titles(papers, other) == before
    assert "Brought" in titles(papers, feed)


def test_nobody_else_can_have_a_subscription_confirmed(papers: Newspapers) -> None:
    feed, path, _ = live(papers)
    ours = papers.subscriber
    good = f"hub.mode=subscribe&hub.topic={papers.topic}&hub.challenge=abc&hub.lease_seconds=60"
    assert ours.get(f"{path}?{good}").text == "abc"
    assert ours.get(f"/websub/unknown?{good}").status_code == 410
    assert ours.get(f"{path}?{good.replace('latest', 'other')}").status_code == 404, "another feed"
    assert ours.get(f"{path}?{good.replace('subscribe', 'unsubscribe')}").status_code == 404, "it is still wanted"
    assert ours.get(f"{path}?{good.replace('hub.challenge=abc', '')}").status_code == 404
    assert ours.get(f"{path}?{good.replace('=abc', '=%0d%0aX:1')}").status_code == 404
    with ours.tools.database.transaction() as tx:
        feeds.set_state(tx, feed.id, FeedState.PAUSED)
    assert ours.get(f"{path}?{good}").status_code == 410
    assert ours.get(f"{path}?{good.replace('subscribe', 'unsubscribe')}").text == "abc", "nobody waits for it"
    assert ours.ask("POST", path, {}, content=FORGED).status_code == 410, "the hub drops what is no longer read"


def test_a_hub_may_refuse(papers: Newspapers) -> None:
    feed, path, _ = live(papers)
    ours = papers.subscriber
    assert ours.get(f"{path}?hub.mode=denied&hub.topic=https://x.example/&hub.reason=no").status_code == 410
    assert ours.get(f"{path}?hub.mode=denied&hub.topic={papers.topic}&hub.reason=too%20many").status_code == 200
    with ours.tools.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert (found.state, found.told) == (HubState.REFUSED, "refused: too many")
    assert not found.delivers(papers.clock.now)


def test_a_flood_is_polled_instead_of_kept(papers: Newspapers) -> None:
    feed, path, secret = live(papers)
    ours = papers.subscriber
    told = {"x-hub-signature": hub_signature(secret, FORGED), "content-type": "text/xml"}
    for _ in range(7):
        assert ours.ask("POST", path, told, content=FORGED).status_code == 202
    with ours.tools.database.read() as view:
        assert len(feed_hubs.brought(view, 99)) == 4
    assert now_kept(papers, feed.id).poll.next_poll_at == papers.clock.now
    assert take_brought(ours.tools) == 1
    broken = b"<rss"
    told["x-hub-signature"] = hub_signature(secret, broken)
    ours.ask("POST", path, told, content=broken)
    assert take_brought(ours.tools) == 0
    with ours.tools.database.read() as view:
        assert feed_hubs.brought(view, 99) == []


def test_a_hub_that_cannot_be_asked_is_asked_later(papers: Newspapers) -> None:
    feed = follow(papers)
    ours = papers.subscriber.tools
    papers.down.add(NEWS)
    assert ask_hubs(ours) == 0
    with ours.database.read() as view:
        found = feed_hubs.of(view, feed.id)
    assert found is not None
    assert "500" in found.told
    assert found.due == papers.clock.now + timedelta(minutes=10)
    papers.down.clear()
    papers.later(minutes=11)
    assert ask_hubs(ours) == 1


def test_a_feed_that_names_no_hub_any_more_has_none(papers: Newspapers) -> None:
    feed, path, _ = live(papers)
    plain = Reply(200, FORGED, {"Content-Type": "text/xml"})
    usual = papers.web.answer
    papers.web.answer = lambda call: plain if call.method == "GET" and call.path == TOPIC_PATH else usual(call)
    poll_feeds(papers.subscriber.tools, [now_kept(papers, feed.id)])
    assert papers.subscriber.ask("POST", path, {}, content=FORGED).status_code == 410


def test_an_instance_without_a_public_address_asks_no_hub(papers: Newspapers) -> None:
    settings = papers.subscriber.tools.settings.model_copy(update={"web": WebSettings()})
    papers.subscriber.tools = replace(papers.subscriber.tools, settings=settings)
    feed = follow(papers)
    with papers.subscriber.tools.database.read() as view:
        assert feed_hubs.of(view, feed.id) is None
    assert ask_hubs(papers.subscriber.tools) == 0
    assert papers.subscriber.get("/websub/any").status_code == 404
