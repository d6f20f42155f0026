"""Feeds: followed once, polled when due, and what a poll taught is kept."""

from dataclasses import replace
from typing import Any

from octavo.domain.feed import Feed, FeedState, PollState
from octavo.domain.ids import FeedId
from octavo.ports.database import Database
from octavo.store import entries, feeds, publishers

from .examples import DAY, GAZETTE, HERALD, HOUR, NOON, entry, feed, keep_feed, publisher

POLL = PollState(
    etag='"e1"',
    last_modified="Sun, 01 Mar 2026 11:00:00 GMT",
    content_hash="c1",
    next_poll_at=NOON + HOUR,
    interval_s=1234,
    last_attempt_at=NOON,
    last_success_at=NOON - HOUR,
    failures=3,
    last_error="it was shut\x00",
    entries_per_day=2.5,
)


def test_a_feed_comes_back_as_it_was_given(database: Database) -> None:
    whole = feed(title="News ش", site_url="https://gazette.example/", language="en-GB", section="Politics")
    kept = keep_feed(database, replace(whole, state=FeedState.PAUSED, poll=POLL))
    expected = replace(POLL, last_error="it was shut")
    assert kept.id > 0
    assert kept == replace(whole, id=kept.id, state=FeedState.PAUSED, poll=expected)
    with database.read() as read:
        assert feeds.get(read, kept.id) == kept
        assert feeds.by_url(read, kept.url) == kept
        assert feeds.by_url(read, f"{kept.url}x") is None
        assert feeds.get(read, FeedId(kept.id + 1)) is None


def test_a_feed_is_followed_once(database: Database) -> None:
    first = keep_feed(database, feed(title="First"))
    assert keep_feed(database, feed(title="Second")) == first
    with database.read() as read:
        assert feeds.all(read) == [first]


def test_an_address_of_any_length_is_kept(database: Database) -> None:
    long = "https://gazette.example/" + "ab€" * 4000
    assert keep_feed(database, feed(url=long)).url == long
    with database.read() as read:
        assert feeds.by_url(read, long) is not None


def _due(minutes: float | None, number: int, **given: Any) -> Feed:
    at = None if minutes is None else NOON + HOUR / 60 * minutes
    return feed(number, poll=PollState(next_poll_at=at), **given)


def test_those_due_come_never_polled_first_then_longest_overdue(database: Database) -> None:
    late, later, new, not_yet, paused, now = (
        keep_feed(database, one).id
        for one in (
            _due(-5, 1),
            _due(-9, 2),
            _due(None, 3),
            _due(1, 4),
            _due(-99, 5, state=FeedState.PAUSED),
            _due(0, 6),
        )
    )
    with database.read() as read:
        assert [one.id for one in feeds.due(read, NOON, 10)] == [new, later, late, now]
        assert [one.id for one in feeds.due(read, NOON, 2)] == [new, later]
        assert [one.id for one in feeds.active(read)] == [late, later, new, not_yet, now]
        assert [one.id for one in feeds.all(read)] == [late, later, new, not_yet, paused, now]


def test_a_poll_keeps_state_title_and_address_but_not_whose_it_is(database: Database) -> None:
    kept = keep_feed(database, feed(section="Politics"))
    polled = replace(
        kept, url="https://gazette.example/moved.xml", title="New title", site_url="https://gazette.example/", poll=POLL
    )
    with database.transaction() as tx:
        publishers.save(tx, [publisher(HERALD)])
        feeds.save_poll(tx, replace(polled, publisher_id=HERALD, section="Sport", added_at=None))
    with database.read() as read:
        found = feeds.get(read, kept.id)
        assert found == replace(polled, poll=replace(POLL, last_error="it was shut"))
        assert found.publisher_id == GAZETTE
        assert feeds.by_url(read, "https://gazette.example/moved.xml") == found


def test_an_address_that_another_feed_has_is_not_taken_over(database: Database) -> None:
    first, second = keep_feed(database, feed(1)), keep_feed(database, feed(2))
    with database.transaction() as tx:
        feeds.save_poll(tx, replace(first, url=second.url, title="Moved"))
    with database.read() as read:
        assert feeds.get(read, first.id) == replace(first, title="Moved")
        assert feeds.get(read, second.id) == second


def test_many_feeds_with_nothing_new_are_noted_at_once(database: Database) -> None:
    first, second, third = (keep_feed(database, feed(number)) for number in (1, 2, 3))
    with database.transaction() as tx:
        feeds.save_rests(tx, [replace(one, poll=POLL, title="Not kept") for one in (first, third)])
        feeds.save_rests(tx, [])
        noted = replace(POLL, last_error="it was shut")
        assert feeds.all(tx) == [replace(first, poll=noted), second, replace(third, poll=noted)]


def test_a_feed_that_is_resumed_is_due_at_once_and_forgiven(database: Database) -> None:
    kept = keep_feed(database, feed(poll=POLL))
    with database.transaction() as tx:
        feeds.set_state(tx, kept.id, FeedState.RETIRED)
        assert feeds.get(tx, kept.id) == replace(kept, state=FeedState.RETIRED)
        feeds.set_state(tx, kept.id, FeedState.ACTIVE)
        expected = replace(kept.poll, next_poll_at=None, failures=0, last_error="")
        assert feeds.get(tx, kept.id) == replace(kept, poll=expected)


def test_a_feed_is_forgotten_with_its_entries(database: Database) -> None:
    gone, stays = keep_feed(database, feed(1)), keep_feed(database, feed(2))
    with database.transaction() as tx:
        entries.save(tx, [entry(gone.id, 1), entry(stays.id, 2)])
        feeds.remove(tx, gone.id)
        assert feeds.all(tx) == [stays]
        assert entries.known(tx, gone.id, ["guid-1"]) == {}
        assert entries.known(tx, stays.id, ["guid-2"]) == {"guid-2": ""}


def test_feeds_polled_by_a_clock_that_was_ahead_are_due(database: Database) -> None:
    ahead = NOON + 30 * DAY
    with database.transaction() as tx:
        publishers.save(tx, [publisher()])
        kept = feeds.add(tx, feed())
        poll = PollState(next_poll_at=ahead + HOUR, last_attempt_at=ahead)
        feeds.save_poll(tx, replace(kept, poll=poll))
    with database.read() as view:
        assert [one.id for one in feeds.due(view, NOON, 10)] == [kept.id]
        assert feeds.due(view, ahead, 10) == []
