"""Webhooks, our hub's subscribers and the hubs of feeds, as they are kept: on both databases."""

from dataclasses import replace
from datetime import timedelta

from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import FeedId, PublisherId, StoryId
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.domain.webhook import (
    CHOSEN,
    Delivery,
    DeliveryId,
    Happening,
    HappeningKind,
    HookState,
    Known,
    Outcome,
    Webhook,
    WebhookId,
)
from octavo.domain.websub import Asked, Brought, FeedHub, HubState, Subscriber
from octavo.ports.database import Database, Transaction
from octavo.store import feed_hubs, feeds, hub, publishers, stories, told_stories, webhooks

from .examples import HOUR, NOON, article, keep, publisher

HOOK = Webhook("https://desk.example/in", CHOSEN, NOON, "Desk", "tide ledger", 3, secret="whsec_c2VjcmV0")
GREW = Happening(HappeningKind.STORY_GREW, "story.grew 7 3", {"reports": 3})
TOPIC, BACK = "https://news.example/en-gb.atom", "https://reader.example/back?id=1"


def hooked(tx: Transaction, **changes: object) -> WebhookId:
    return webhooks.add(tx, replace(HOOK, **changes))  # type: ignore[arg-type]


def only(tx: Transaction) -> Delivery:
    [one] = webhooks.log(tx, None, 9)
    return one


def test_a_webhook_comes_back_as_it_was_written(database: Database) -> None:
    with database.transaction() as tx:
        made = hooked(tx)
        paused = hooked(tx, state=HookState.PAUSED)
        assert webhooks.get(tx, made) == replace(HOOK, id=made)
        assert [one.id for one in webhooks.all(tx)] == [made, paused]
        assert [one.id for one in webhooks.on(tx)] == [made]
        assert webhooks.count(tx) == 2
        assert webhooks.remove(tx, paused)
        assert not webhooks.remove(tx, paused)
        assert webhooks.get(tx, paused) is None
        assert "whsec" not in repr(webhooks.get(tx, made))


def test_a_message_is_noted_once_for_each_webhook(database: Database) -> None:
    with database.transaction() as tx:
        one, other = hooked(tx), hooked(tx)
        for _ in range(2):
            webhooks.note(tx, [(one, GREW), (other, GREW)], NOON)
        found = webhooks.due(tx, NOON, 9)
        assert [(each.webhook_id, each.happening) for each in found] == [(one, GREW), (other, GREW)]
        assert webhooks.due(tx, NOON - HOUR, 9) == []
        assert [each.webhook_id for each in webhooks.log(tx, other, 9)] == [other]
        assert webhooks.log(tx, None, 9, found[0].id) == []
        webhooks.set_state(tx, one, HookState.PAUSED)
        assert [each.webhook_id for each in webhooks.due(tx, NOON, 9)] == [other], "a paused webhook is told nothing"


def test_a_message_fails_is_tried_again_and_is_taken(database: Database) -> None:
    with database.transaction() as tx:
        made = hooked(tx)
        webhooks.note(tx, [(made, GREW)], NOON)
        first = only(tx)
        assert webhooks.begin(tx, first.id, NOON + HOUR)
        webhooks.failed(tx, replace(first, status=500, told="broken"), NOON, last=False)
        assert (only(tx).tries, only(tx).status, only(tx).told, only(tx).due) == (1, 500, "broken", NOON + HOUR)
        webhooks.failed(tx, replace(first, status=500), NOON + HOUR, last=False)
        failing = webhooks.get(tx, made)
        assert failing is not None
        assert failing.failing_since == NOON, "since the first of them"
        webhooks.put_off(tx, first.id, NOON + 2 * HOUR, "busy")
        assert (only(tx).tries, only(tx).due) == (0, NOON + 2 * HOUR)
        webhooks.taken(tx, replace(first, status=204), NOON + HOUR)
        assert (only(tx).outcome, only(tx).status, only(tx).ended_at) == (Outcome.TAKEN, 204, NOON + HOUR)
        assert not webhooks.begin(tx, first.id, NOON), "what was taken is not sent again"
        healed = webhooks.get(tx, made)
        assert healed is not None
        assert healed.failing_since is None


def test_what_waits_for_a_webhook_turned_off_is_dropped_and_can_be_sent_again(database: Database) -> None:
    with database.transaction() as tx:
        made, other = hooked(tx), hooked(tx)
        webhooks.note(tx, [(made, GREW)], NOON)
        webhooks.turn_off(tx, made, "410", NOON)
        assert (only(tx).outcome, only(tx).told) == (Outcome.DROPPED, "410")
        off = webhooks.get(tx, made)
        assert off is not None
        assert (off.state, off.reason) == (HookState.OFF, "410")
        assert not webhooks.again(tx, other, only(tx).id, NOON), "only by the webhook it belongs to"
        assert webhooks.again(tx, made, only(tx).id, NOON)
        assert (only(tx).outcome, only(tx).told, only(tx).ended_at) == (Outcome.WAITING, "", None)
        assert webhooks.set_state(tx, made, HookState.ON)
        assert [one.id for one in webhooks.due(tx, NOON, 9)] == [only(tx).id]
        webhooks.failed(tx, only(tx), NOON, last=True)
        assert webhooks.forget_before(tx, NOON) == 0
        assert webhooks.forget_before(tx, NOON + HOUR) == 1
        assert not webhooks.set_state(tx, WebhookId(99), HookState.ON)
        assert not webhooks.again(tx, made, DeliveryId(99), NOON)


def test_what_is_known_of_a_story_that_ended_is_not_kept(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher()])
    [one] = keep(database, [article(1)])
    with database.transaction() as tx:
        story = stories.place(tx, Placement(one.id, None, 1.0), NOON)
        known = Known(3, {"killed||": 17.0}, frozenset({"value:killed:17:19"}))
        told_stories.save(tx, {story: Known(2), StoryId(99): known})
        told_stories.save(tx, {story: known})
        assert told_stories.get_many(tx, [story, StoryId(99)]) == {story: known}
        told_stories.forget(tx)
        assert told_stories.get_many(tx, [story]) == {}


def asked(**changes: object) -> Asked:
    return replace(Asked("subscribe", TOPIC, BACK, timedelta(days=1), NOON, NOON, "hush"), **changes)  # type: ignore[arg-type]


def subscriber(**changes: object) -> Subscriber:
    return replace(Subscriber(TOPIC, BACK, NOON + 9 * HOUR, NOON, NOON, "hush", "m1"), **changes)  # type: ignore[arg-type]


def test_a_request_waits_until_its_callback_confirms_it(database: Database) -> None:
    with database.transaction() as tx:
        hub.ask(tx, asked(mode="unsubscribe"))
        hub.ask(tx, asked())
        [one] = hub.to_confirm(tx, NOON, 9)
        assert one == asked(id=one.id), "the last word of a pair counts"
        assert hub.asked_of(tx, "reader.example", NOON - HOUR) == 2
        assert hub.asked_of(tx, "reader.example", NOON + HOUR) == 0
        assert hub.asked_of(tx, "other.example", NOON - HOUR) == 0
        assert hub.begin_confirming(tx, one.id, NOON + HOUR)
        assert hub.to_confirm(tx, NOON, 9) == []
        assert [each.tries for each in hub.to_confirm(tx, NOON + HOUR, 9)] == [1]
        hub.end_asking(tx, one.id, "confirmed", NOON)
        assert not hub.begin_confirming(tx, one.id, NOON)
        assert hub.to_confirm(tx, NOON + HOUR, 9) == []
        hub.forget_requests(tx, NOON + HOUR)
        assert hub.asked_of(tx, "reader.example", NOON - HOUR) == 0


def test_a_subscriber_is_behind_until_it_has_the_feed_as_it_is(database: Database) -> None:
    with database.transaction() as tx:
        hub.subscribe(tx, subscriber())
        assert hub.behind(tx, TOPIC, "m1", NOON, 9) == []
        [one] = hub.behind(tx, TOPIC, "m2", NOON, 9)
        assert one == subscriber(id=one.id)
        assert hub.behind(tx, "https://news.example/other.atom", "m2", NOON, 9) == []
        assert hub.begin(tx, one.id, NOON + HOUR)
        assert hub.behind(tx, TOPIC, "m2", NOON, 9) == []
        hub.failed(tx, one.id, "refused", NOON)
        hub.failed(tx, one.id, "refused again", NOON + HOUR)
        [late] = hub.behind(tx, TOPIC, "m2", NOON + HOUR, 9)
        assert (late.tries, late.told, late.failing_since) == (1, "refused again", NOON)
        hub.put_off(tx, one.id, NOON + 2 * HOUR)
        [late] = hub.behind(tx, TOPIC, "m2", NOON + 2 * HOUR, 9)
        assert late.tries == 0
        hub.sent(tx, one.id, "m2", NOON + HOUR)
        found = hub.find(tx, TOPIC, BACK)
        assert found is not None
        assert (found.sent, found.failing_since, found.told) == ("m2", None, "")
        assert hub.behind(tx, TOPIC, "m2", NOON + 2 * HOUR, 9) == []


def test_subscriptions_end_for_a_reason_and_can_begin_anew(database: Database) -> None:
    with database.transaction() as tx:
        hub.subscribe(tx, subscriber())
        hub.subscribe(tx, subscriber(callback="https://other.example/", lease_until=NOON + HOUR))
        hub.subscribe(tx, subscriber(lease_until=NOON + 2 * HOUR, secret="other"))
        assert (hub.count(tx), hub.count(tx, "reader.example"), hub.count(tx, "nobody.example")) == (2, 1, 0)
        hub.end_leases(tx, NOON + HOUR)
        found = hub.find(tx, TOPIC, "https://other.example/")
        assert found is not None
        assert (found.ended_at, found.told, found.secret) == (NOON + HOUR, "not renewed", "")
        renewed = hub.find(tx, TOPIC, BACK)
        assert renewed is not None
        assert (renewed.secret, renewed.ended_at) == ("other", None)
        hub.unsubscribe(tx, TOPIC, BACK, NOON)
        assert (hub.count(tx), hub.topics(tx)) == (0, [])
        assert not hub.begin(tx, renewed.id, NOON)
        hub.subscribe(tx, subscriber())
        hub.end(tx, [renewed.id], "gone", NOON)
        assert [one.told for one in hub.listed(tx, 9)] == ["not renewed", "gone"]
        hub.forget(tx, NOON + 2 * HOUR)
        assert hub.listed(tx, 9) == []


def test_what_a_feed_said_is_remembered_while_somebody_is_brought_it(database: Database) -> None:
    with database.transaction() as tx:
        hub.subscribe(tx, subscriber())
        hub.subscribe(tx, subscriber(callback="https://other.example/"))
        assert hub.topics(tx) == [hub.Topic(TOPIC)]
        hub.keep_topic(tx, hub.Topic(TOPIC, "m1", "s1"))
        hub.keep_topic(tx, hub.Topic(TOPIC, "m2", "s2"))
        hub.forget_topics(tx)
        assert hub.topics(tx) == [hub.Topic(TOPIC, "m2", "s2")]
        for back in (BACK, "https://other.example/"):
            hub.unsubscribe(tx, TOPIC, back, NOON)
        hub.forget_topics(tx)
        hub.subscribe(tx, subscriber())
        assert hub.topics(tx) == [hub.Topic(TOPIC)]


def followed(tx: Transaction, url: str = "https://paper.example/feed") -> FeedId:
    publishers.save(tx, [Publisher(PublisherId("paper"), "Paper")])
    return feeds.add(tx, Feed(FeedId(0), url, PublisherId("paper"))).id


def test_a_hub_of_a_feed_is_found_by_its_token_while_the_feed_is_read(database: Database) -> None:
    with database.transaction() as tx:
        feed = followed(tx)
        one = FeedHub(feed, "https://hub.example/", "https://paper.example/feed", "token", "secret", due=NOON)
        feed_hubs.save(tx, one)
        assert feed_hubs.of(tx, feed) == one
        assert feed_hubs.by_token(tx, "token") == one
        assert feed_hubs.by_token(tx, "other") is None
        assert feed_hubs.due(tx, NOON, 9) == [one]
        assert feed_hubs.due(tx, NOON - HOUR, 9) == []
        live = replace(one, state=HubState.LIVE, due=None, lease_until=NOON + HOUR)
        feed_hubs.save(tx, live)
        assert feed_hubs.due(tx, NOON, 9) == []
        feed_hubs.heard(tx, feed, NOON)
        heard = feed_hubs.of(tx, feed)
        assert heard is not None
        assert (heard.delivers(NOON), heard.delivers(NOON + HOUR)) == (True, False)
        feed_hubs.missed(tx, feed)
        silent = feed_hubs.of(tx, feed)
        assert silent is not None
        assert not silent.delivers(NOON)
        assert feed_hubs.listed(tx, 9) == [(silent, "https://paper.example/feed")]
        feeds.set_state(tx, feed, FeedState.PAUSED)
        assert feed_hubs.by_token(tx, "token") is None
        feed_hubs.save(tx, one)
        assert feed_hubs.due(tx, NOON, 9) == []
        feed_hubs.forget(tx, feed)
        assert feed_hubs.of(tx, feed) is None


def test_what_hubs_bring_waits_in_order_and_is_bounded(database: Database) -> None:
    with database.transaction() as tx:
        feed, other = followed(tx), followed(tx, "https://paper.example/other")
        assert feed_hubs.bring(tx, Brought(feed, "text/xml", b"one", NOON), 2)
        assert feed_hubs.bring(tx, Brought(feed, "text/xml", b"two", NOON), 2)
        assert not feed_hubs.bring(tx, Brought(feed, "text/xml", b"three", NOON), 2)
        assert feed_hubs.bring(tx, Brought(other, "text/xml", b"four", NOON), 2)
        found = feed_hubs.brought(tx, 9)
        assert [one.body for one in found] == [b"one", b"two", b"four"]
        feed_hubs.drop(tx, [found[0].id, found[1].id])
        feeds.remove(tx, other)
        assert feed_hubs.brought(tx, 9) == [], "what was brought goes with its feed"
