"""Feeds polled from a recorded world onto SQLite: what is new, what changed, what fails and when it is tried again."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from octavo.actions.feeds import add_subscriptions
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.collect.opml import Subscription
from octavo.domain.feed import Feed, FeedState
from octavo.domain.page import Page, PageState
from octavo.domain.web import Response
from octavo.errors import FetchError, Gone, HostBusy
from octavo.pipeline.poll_feed import STREAK_TO_RETIRE, Polled, page_key, poll_feeds
from octavo.ports.database import Database, Transaction
from octavo.ports.tools import Tools
from octavo.store import entries as entry_store
from octavo.store import feeds as feed_store
from octavo.store import journal
from octavo.store import pages as page_store
from octavo.text.urls import canonical_url

FEED = "https://paper.example/feed"
NAMES = ("flood", "bridge")


def rss(*names: str, title: str = "", query: str = "") -> bytes:
    """A fictional feed with an entry for each name, an hour apart, the first the newest."""
    entries = "".join(
        f"<item><guid>{name}</guid><link>https://paper.example/{name}{query}</link><title>{title or name}</title>"
        f"<pubDate>Mon, 02 Mar 2026 0{8 - number}:00:00 GMT</pubDate></item>"
        for number, name in enumerate(names)
    )
    head = "<title>The Paper</title><link>https://paper.example/</link><language>en</language>"
    return f'<rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def follow(tools: Tools, *urls: str) -> list[Feed]:
    return add_subscriptions(tools, [Subscription(url) for url in urls])


def now_kept(tools: Tools, feed: Feed) -> Feed:
    with tools.database.read() as view:
        kept = feed_store.get(view, feed.id)
    assert kept is not None
    return kept


def waiting(tools: Tools) -> list[Page]:
    with tools.database.read() as view:
        return page_store.pending(view, tools.now(), 1000)


def poll(tools: Tools, feed: Feed) -> Polled:
    return poll_feeds(tools, [now_kept(tools, feed)])


def test_new_entries_are_taken_once(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {}, rss(*NAMES))
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=2)
    assert {page.url for page in waiting(recorded_tools)} == {f"https://paper.example/{name}" for name in NAMES}
    kept = now_kept(recorded_tools, feed)
    assert (kept.title, kept.site_url, kept.language) == ("The Paper", "https://paper.example/", "en")
    assert (kept.poll.failures, kept.poll.last_success_at) == (0, recorded_tools.now())

    assert poll(recorded_tools, feed) == Polled(feeds=1, unchanged=1)
    recorded.answers[FEED] = Response(FEED, 200, {}, rss("storm", *NAMES))
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=1)
    assert len(waiting(recorded_tools)) == 3
    with recorded_tools.database.read() as view:
        told = [event.outcome for event in journal.of(view, FEED)]
    assert told == ["found 2 new and 0 changed of 2 entries", "found 1 new and 0 changed of 3 entries"]


def test_a_changed_entry_has_its_page_fetched_again(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {}, rss(*NAMES))
    poll(recorded_tools, feed)
    with recorded_tools.database.transaction() as tx:
        page_store.save(
            tx, [replace(page, state=PageState.DONE) for page in page_store.pending(tx, recorded_tools.now(), 9)]
        )
    recorded.answers[FEED] = Response(FEED, 200, {}, rss("flood", title="Flood: two bridges closed"))
    assert poll(recorded_tools, feed) == Polled(feeds=1)
    assert [page.url for page in waiting(recorded_tools)] == ["https://paper.example/flood"]
    with recorded_tools.database.read() as view:
        assert journal.of(view, FEED)[-1].outcome == "found 0 new and 1 changed of 1 entries"


def test_an_unchanged_feed_is_asked_for_politely(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    (feed,) = follow(recorded_tools, FEED)
    fields = {"etag": '"a1"', "last-modified": "Mon, 02 Mar 2026 08:00:00 GMT"}
    recorded.answers[FEED] = Response(FEED, 200, fields, rss(*NAMES))
    poll(recorded_tools, feed)
    assert poll(recorded_tools, feed) == Polled(feeds=1, unchanged=1)
    assert (recorded.asked[-1].etag, recorded.asked[-1].last_modified) == (fields["etag"], fields["last-modified"])


def test_a_feed_that_moved_for_good_is_followed(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    new = "https://paper.example/news.xml"
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(new, 200, {}, rss(*NAMES), permanent_url=new)
    recorded.answers[new] = Response(new, 200, {}, rss("storm", *NAMES))
    poll(recorded_tools, feed)
    assert now_kept(recorded_tools, feed).url == new
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=1)
    assert [request.url for request in recorded.asked] == [FEED, new]


def test_a_move_to_what_is_no_feed_is_not_believed(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    home = "https://paper.example/"
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(home, 200, {}, b"<html><body>Welcome</body></html>", permanent_url=home)
    assert poll(recorded_tools, feed) == Polled(feeds=1, failed=1)
    assert now_kept(recorded_tools, feed).url == FEED


def test_a_feed_that_is_gone_is_retired(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Gone(f"{FEED} is gone for good (410)", url=FEED, status=410)
    poll(recorded_tools, feed)
    kept = now_kept(recorded_tools, feed)
    assert kept.state is FeedState.RETIRED
    assert "gone" in kept.poll.last_error
    with recorded_tools.database.read() as view:
        assert feed_store.due(view, recorded_tools.now() + timedelta(days=365), 9) == []


@pytest.mark.parametrize(
    ("asked_s", "waits_s"), [(3600, 3600), (10, 300), (10_000_000, 86_400)], ids=["obeyed", "least", "most"]
)
def test_a_busy_host_is_left_alone_as_long_as_it_asks(
    recorded_tools: Tools, recorded: RecordedFetcher, asked_s: int, waits_s: int
) -> None:
    now = recorded_tools.now()
    (feed,) = follow(recorded_tools, FEED)
    until = now + timedelta(seconds=asked_s)
    recorded.answers[FEED] = HostBusy("paper.example is busy", url=FEED, status=429, until=until)
    poll(recorded_tools, feed)
    assert now_kept(recorded_tools, feed).poll.next_poll_at == now + timedelta(seconds=waits_s)


def test_a_feed_that_was_not_asked_for_only_waits(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    until = recorded_tools.now() + timedelta(hours=2)
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = HostBusy("is left alone", url=FEED, status=429, until=until, asked=False)
    poll(recorded_tools, feed)
    kept = now_kept(recorded_tools, feed)
    assert (kept.poll.failures, kept.poll.last_error, kept.poll.next_poll_at) == (0, "", until)


def test_the_pages_of_a_busy_feeds_host_rest_as_well(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {}, rss(*NAMES))
    poll(recorded_tools, feed)
    assert len(waiting(recorded_tools)) == 2
    until = recorded_tools.now() + timedelta(hours=2)
    recorded.answers[FEED] = HostBusy("paper.example is busy", url=FEED, status=503, until=until)
    poll(recorded_tools, feed)
    assert waiting(recorded_tools) == []


def test_a_poll_that_is_cut_off_before_its_end_leaves_no_trace(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    """All that a poll learns is kept in one go: an ETag without its entries would lose them for good."""

    class CutOff:
        read = staticmethod(recorded_tools.database.read)

        @contextmanager
        def transaction(self) -> Iterator[Transaction]:
            with recorded_tools.database.transaction() as tx:
                yield tx
                raise KeyboardInterrupt

    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {"etag": '"a1"'}, rss(*NAMES))
    with pytest.raises(KeyboardInterrupt):
        poll_feeds(replace(recorded_tools, database=cast("Database", CutOff())), [feed])
    assert now_kept(recorded_tools, feed) == feed
    assert waiting(recorded_tools) == []
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=2)
    assert len(waiting(recorded_tools)) == 2


@pytest.mark.parametrize("broken", ["page", "not found", "empty"])
def test_a_broken_feed_is_noted_and_tried_less_and_less_often(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime], broken: str
) -> None:
    (feed, good) = follow(recorded_tools, FEED, "https://other.example/feed")
    answers: dict[str, tuple[Response | FetchError, str]] = {
        "page": (Response(FEED, 200, {}, b"<!doctype html><html><body>Sorry</body></html>"), "web page, not a feed"),
        "not found": (FetchError("paper.example has nothing here (404)", url=FEED, status=404), "404"),
        "empty": (Response(FEED, 200, {}, b""), "empty"),
    }
    recorded.answers[FEED], told = answers[broken]
    recorded.answers[good.url] = Response(good.url, 200, {}, rss(*NAMES))
    assert poll_feeds(recorded_tools, [feed, good]) == Polled(feeds=2, failed=1, entries=2)
    waits = []
    for _ in range(8):
        kept = now_kept(recorded_tools, feed)
        assert kept.poll.next_poll_at is not None
        waits.append((kept.poll.next_poll_at - moments[-1]).total_seconds())
        moments.append(kept.poll.next_poll_at)
        poll(recorded_tools, feed)
    assert told in kept.poll.last_error
    assert (kept.poll.failures, kept.state) == (8, FeedState.ACTIVE)
    assert 900 <= waits[0] <= 990
    assert all(later > 1.7 * earlier for earlier, later in itertools.pairwise(waits[:6]))
    assert 86_400 <= waits[-1] <= 1.1 * 86_400

    recorded.answers[FEED] = Response(FEED, 200, {}, rss("storm"))
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=1)
    assert (now_kept(recorded_tools, feed).poll.failures, now_kept(recorded_tools, feed).poll.last_error) == (0, "")


def test_what_was_not_found_for_long_enough_is_retired(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime]
) -> None:
    (feed,) = follow(recorded_tools, FEED)
    for _ in range(STREAK_TO_RETIRE):
        assert now_kept(recorded_tools, feed).state is FeedState.ACTIVE
        poll(recorded_tools, feed)
        moments.append(moments[-1] + timedelta(days=1))
    assert now_kept(recorded_tools, feed).state is FeedState.RETIRED
    assert {request.url for request in recorded.asked} == {FEED}


def test_one_page_in_two_feeds_is_one_page(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    urls = [FEED, "https://paper.example/local"]
    feeds = follow(recorded_tools, *urls)
    for url, query in zip(urls, ("?utm_source=rss", "?utm_source=local"), strict=True):
        recorded.answers[url] = Response(url, 200, {}, rss("flood", query=query))
    assert poll_feeds(recorded_tools, feeds) == Polled(feeds=2, entries=2)
    (page,) = waiting(recorded_tools)
    assert page.url == "https://paper.example/flood?utm_source=rss"
    assert page.key == page_key(canonical_url("https://paper.example/flood"))


def test_only_the_newest_of_a_new_feed_are_fetched_and_later_all(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    fetch = recorded_tools.settings.fetch.model_copy(update={"first_entries": 1})
    tools = replace(recorded_tools, settings=recorded_tools.settings.model_copy(update={"fetch": fetch}))
    (feed,) = follow(tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {}, rss(*NAMES))
    assert poll(tools, feed) == Polled(feeds=1, entries=2)
    assert [page.url for page in waiting(tools)] == ["https://paper.example/flood"]
    recorded.answers[FEED] = Response(FEED, 200, {}, rss("storm", "fire"))
    poll(tools, feed)
    assert len(waiting(tools)) == 3, "a known feed that turned over wholly is no new feed"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mailto:desk@paper.example", "https://"])
def test_an_entry_without_an_address_to_fetch_has_no_page(
    recorded_tools: Tools, recorded: RecordedFetcher, address: str
) -> None:
    (feed,) = follow(recorded_tools, FEED)
    entry = f"<item><guid>a</guid><title>A</title><link>{address}</link></item>"
    body = f"<rss version='2.0'><channel>{entry}</channel></rss>"
    recorded.answers[FEED] = Response(FEED, 200, {}, body.encode())
    assert poll(recorded_tools, feed) == Polled(feeds=1, entries=1)
    assert waiting(recorded_tools) == []
    with recorded_tools.database.read() as view:
        assert entry_store.for_pages(view, [page_key(FEED)]) == {}, "nor is it the entry of the feed's own page"


def test_a_feed_rests_as_long_as_its_rhythm_and_its_server_ask(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    (feed,) = follow(recorded_tools, FEED)
    recorded.answers[FEED] = Response(FEED, 200, {"cache-control": "public, max-age=40000"}, rss(*NAMES))
    poll(recorded_tools, feed)
    kept = now_kept(recorded_tools, feed)
    assert kept.poll.interval_s == 40_000
    assert kept.poll.next_poll_at is not None
    assert 40_000 <= (kept.poll.next_poll_at - recorded_tools.now()).total_seconds() <= 44_000
