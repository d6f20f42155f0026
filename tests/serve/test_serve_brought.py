"""Our hub and our subscriber against each other over loopback; what a subscriber takes, and from whom."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from loopback import Reply
from octavo.actions.feeds import add_subscriptions
from octavo.collect.opml import Subscription
from octavo.config import WebSettings
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import FeedId
from octavo.domain.websub import HubState
from octavo.pipeline.ask_hubs import ask_hubs
from octavo.pipeline.confirm_subscribers import confirm_subscribers
from octavo.pipeline.poll_feed import poll_feeds
from octavo.pipeline.publish_feeds import publish_feeds
from octavo.pipeline.take_brought import take_brought
from octavo.store import feed_hubs, feeds, tables
from octavo.store import pages as page_store
from octavo.text.signatures import hub_signature

from .conftest import NOW, Reader
from .newspapers import NEWS, TOPIC_PATH, Newspapers, two_newspapers


@pytest.fixture
def papers(
    make_reader: Callable[..., Reader], sqlite_template: Path, tmp_path: Path, socket_enabled: None
) -> Iterator[Newspapers]:
    with two_newspapers(make_reader, sqlite_template, tmp_path / "other") as made:
        yield made


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
    papers.later(hours=23)
    assert ask_hubs(ours.tools) == 0, "it said no: the feed is polled"
    papers.later(hours=2)
    assert ask_hubs(ours.tools) == 1, "it may have changed its mind"


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
