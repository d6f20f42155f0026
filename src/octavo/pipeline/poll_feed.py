"""feed -> new entries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from octavo.collect import decide, hubs, parse, request, response, schedule
from octavo.collect.decide import EPOCH, Decided
from octavo.config import FetchSettings
from octavo.domain.entry import Entry
from octavo.domain.feed import Feed, FeedState, FeedUpdate, PollState
from octavo.domain.ids import PageKey
from octavo.domain.journal import Event
from octavo.domain.page import Page
from octavo.domain.web import Response
from octavo.domain.websub import FeedHub
from octavo.errors import FetchError, Gone, HostBusy, OctavoError, UnreadableFeed, UnusableUrl
from octavo.pipeline.know_hubs import has_missed, know_hub
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import entries as entry_store
from octavo.store import feed_hubs, journal
from octavo.store import feeds as feed_store
from octavo.store import pages as page_store
from octavo.store import publishers as publisher_store
from octavo.text.hashes import content_hash
from octavo.text.urls import absolute_url, canonical_url, host_of

log = structlog.get_logger()

MOST_WANTED = 1_000
"""Pages that one answer of a feed may ask for: its newest."""

STREAK_TO_RETIRE = 30
"""Failures in a row after which a feed that says 404 is taken for gone."""


RESTED = 64
"""Feeds with nothing new that are noted in one transaction."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one round of polling came to."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    entries: int = 0

    def plus(self, other: "Polled") -> "Polled":
        """Add two rounds."""
        return Polled(
            self.feeds + other.feeds,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
            self.entries + other.entries,
        )


def poll_feeds(tools: Tools, feeds: Sequence[Feed]) -> Polled:
    """Poll these feeds side by side and save what each brings; a feed that fails is noted and never stops others."""
    by_url: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_url.setdefault(feed.url, []).append(feed)
    requests = [request.for_feed(same[0], tools.settings.fetch.max_feed_bytes) for same in by_url.values()]
    total = Polled()
    rested: list[Feed] = []
    for asked, answer in tools.fetcher.fetch_all(requests):
        for feed in by_url[asked.url]:
            total = total.plus(_take(tools, feed, answer, rested))
        if len(rested) >= RESTED:
            _rest(tools, rested)
    _rest(tools, rested)
    return total


def _rest(tools: Tools, rested: list[Feed]) -> None:
    """Note the feeds that had nothing new, all at once. Cut off before, they are asked again, and have nothing new."""
    if not rested:
        return
    now, greatest = tools.now(), tools.settings.fetch.max_poll_s
    with tools.database.transaction() as tx:
        known = feed_hubs.of_these(tx, [feed.id for feed in rested])
        feed_store.save_rests(tx, [paced(feed, known.get(feed.id), now, greatest) for feed in rested])
    rested.clear()


def _take(tools: Tools, feed: Feed, answer: Response | FetchError, rested: list[Feed]) -> Polled:
    now = tools.now()
    try:
        if isinstance(answer, FetchError):
            raise answer
        return _save(tools, feed, answer, now, rested)
    except (FetchError, UnreadableFeed) as error:
        failed = after_failure(feed, error, now, tools.settings.fetch)
        with tools.database.transaction() as tx:
            feed_store.save_poll(tx, failed)
            if isinstance(error, HostBusy) and error.until and failed.poll.next_poll_at:
                page_store.rest(tx, {host_of(feed.url): failed.poll.next_poll_at})
            journal.add(tx, [Event(feed.url, "poll_feed", f"failed: {error}", now)])
        tools.meter.count("errors_total", code=type(error).__name__)
        log.warning("feed could not be polled", feed=feed.url, reason=str(error))
        return Polled(feeds=1, failed=1)


def _save(tools: Tools, feed: Feed, answer: Response, now: datetime, rested: list[Feed]) -> Polled:
    read_answer = response.read(feed, answer)
    bounds = (tools.settings.fetch.min_poll_s, tools.settings.fetch.max_poll_s)
    if read_answer.body is None and read_answer.moved_to in ("", feed.url):
        timing = (now, bounds, schedule.max_age(answer))
        rested.append(_polled(feed, read_answer, feed.poll.entries_per_day, None, timing))
        return Polled(feeds=1, unchanged=1)
    with tools.database.read() as view:
        hub = feed_hubs.of(view, feed.id)
    if read_answer.body is None:
        moved = _polled(feed, read_answer, feed.poll.entries_per_day, None, (now, bounds, schedule.max_age(answer)))
        with tools.database.transaction() as tx:
            feed_store.save_poll(tx, paced(moved, hub, now, bounds[1]))
        return Polled(feeds=1, unchanged=1)
    update, parsed = parse.parse_feed(read_answer.body, url=answer.url, content_type=read_answer.content_type)
    decided = decide_on(tools, feed, parsed, now)
    times = [moment for entry in parsed if (moment := entry.published_at or entry.updated_at)]
    rate = schedule.observed_rate(times, now, feed.poll.entries_per_day)
    timing = (now, bounds, schedule.max_age(answer))
    polled = _polled(_described(feed, update), read_answer, rate, update, timing)
    missed = has_missed(hub, decided.new, now)
    with tools.database.transaction() as tx:
        feed_store.save_poll(tx, paced(polled, None if missed else hub, now, bounds[1]))
        keep(tx, tools, feed, decided, now)
        know_hub(tx, tools, feed, hub, hubs.named(answer.headers, update, answer.url))
        if missed:
            feed_hubs.missed(tx, feed.id)
        outcome = f"found {len(decided.new)} new and {len(decided.changed)} changed of {len(parsed)} entries"
        outcome += decide.cleaned(parsed, decided, now)
        journal.add(tx, [Event(feed.url, "poll_feed", outcome, now)])
    log.info("feed polled", feed=feed.url, new=len(decided.new), changed=len(decided.changed))
    return Polled(feeds=1, entries=len(decided.new))


def decide_on(tools: Tools, feed: Feed, parsed: Sequence[Entry], now: datetime) -> Decided:
    """Tell which entries of a feed's document are new or changed, however it came here.

    One whose identifier is new, but whose page this feed has named before, is that earlier entry: some publishers make
    identifiers anew for each answer, and each of their entries would be kept again and again.
    """
    with tools.database.read() as view:
        known = entry_store.known(view, feed.id, [entry.guid for entry in parsed])
        strange = (
            _keys(feed, [entry for entry in parsed if entry.guid not in known]) if feed.poll.last_success_at else {}
        )
        earlier = entry_store.named(view, feed.id, strange.values())
        guids = {guid: earlier[key] for guid, key in strange.items() if earlier.get(key, guid) not in {guid, *known}}
        known |= entry_store.known(view, feed.id, guids.values())
    renamed = [replace(entry, guid=guids.get(entry.guid, entry.guid)) for entry in parsed]
    return decide.decide(feed, renamed, known, now)


def _keys(feed: Feed, entries: Sequence[Entry]) -> dict[str, PageKey]:
    """Give the page each of these entries points to, by its identifier, where it is the only one to do so."""
    counted = Counter(entry.url for entry in entries if entry.url)
    alone = [entry for entry in entries if counted[entry.url] == 1]
    return {entry.guid: page.key for entry in alone for page in pages_for(feed, [entry], EPOCH)}


def keep(tx: Transaction, tools: Tools, feed: Feed, decided: Decided, now: datetime) -> None:
    """Save what is new and changed, and have the pages fetched; of a feed never read before the newest only."""
    first = feed.poll.last_success_at is None
    wanted = decided.new[: tools.settings.fetch.first_entries if first else MOST_WANTED]
    entry_store.save(tx, [*decided.new, *decided.changed])
    page_store.add(tx, _owned(tx, pages_for(feed, wanted, now)))
    changed = _owned(tx, pages_for(feed, decided.changed, now))
    page_store.refresh(tx, [page.key for page in changed if page.publisher_id == feed.publisher_id])


def paced(feed: Feed, hub: FeedHub | None, now: datetime, greatest: int) -> Feed:
    """Have a feed polled less often while its hub brings what is new."""
    if hub is None or not hub.delivers(now):
        return feed
    wait = schedule.beside_hub(feed.poll.interval_s, greatest)
    return replace(feed, poll=replace(feed.poll, next_poll_at=schedule.jittered(feed.url, now, wait)))


def pages_for(feed: Feed, entries: Iterable[Entry], now: datetime) -> list[Page]:
    """Name the pages entries point to; an entry whose address cannot be fetched has none.

    A page is known by its canonical address, and fetched from the very one its feed gives: some servers have nothing
    at an address whose campaign parameters were taken off.
    """
    base = feed.site_url or feed.url
    pages = []
    for entry in entries:
        if not entry.url:
            continue
        try:
            url = absolute_url(entry.url, base)
            key = page_key(canonical_url(url))
        except UnusableUrl:
            continue
        pages.append(
            Page(
                key=key,
                url=url,
                host=host_of(url),
                publisher_id=feed.publisher_id,
                feed_id=feed.id,
                first_seen_at=now,
            )
        )
    return pages


def _owned(tx: Read, pages: Sequence[Page]) -> list[Page]:
    """Give each page to the publisher whose host it lies on, where one is known: a feed may link to anybody's."""
    owners = publisher_store.owners(tx, {page.host for page in pages})
    return [replace(page, publisher_id=owners.get(page.host, page.publisher_id)) for page in pages]


def page_key(url: str) -> PageKey:
    """Name a page by its canonical address."""
    return PageKey(content_hash(url))


def _described(feed: Feed, update: FeedUpdate) -> Feed:
    return replace(
        feed,
        title=feed.title or update.title,
        site_url=feed.site_url or update.site_url,
        language=feed.language or update.language,
    )


def _polled(
    feed: Feed,
    answer: response.Answer,
    rate: float,
    update: FeedUpdate | None,
    timing: tuple[datetime, tuple[int, int], int],
) -> Feed:
    now, bounds, max_age = timing
    interval = schedule.next_interval(rate, update, max_age, bounds)
    poll = PollState(
        etag=answer.etag,
        last_modified=answer.last_modified,
        content_hash=answer.body_hash,
        next_poll_at=schedule.jittered(feed.url, now, interval),
        interval_s=interval,
        last_attempt_at=now,
        last_success_at=now,
        entries_per_day=rate,
    )
    return replace(feed, url=answer.moved_to or feed.url, poll=poll)


def after_failure(feed: Feed, error: OctavoError, now: datetime, settings: FetchSettings) -> Feed:
    """Note a failure: retire what is gone, wait as long as the host asks, else slow down with each failure.

    A feed that was not asked, because its host had asked for rest, has not failed: it only waits.
    """
    wait = schedule.after_failure(feed.poll, (settings.min_poll_s, settings.max_poll_s))
    next_at = schedule.jittered(feed.url, now, wait)
    if isinstance(error, HostBusy) and error.until:
        latest = now + timedelta(seconds=settings.max_poll_s)
        next_at = min(max(error.until, now + timedelta(seconds=settings.min_poll_s)), latest)
        if not error.asked:
            return replace(feed, poll=replace(feed.poll, next_poll_at=next_at))
    failures = feed.poll.failures + 1
    not_found = isinstance(error, FetchError) and error.status == 404 and failures >= STREAK_TO_RETIRE
    poll = replace(feed.poll, failures=failures, last_error=str(error), last_attempt_at=now, next_poll_at=next_at)
    state = FeedState.RETIRED if isinstance(error, Gone) or not_found else feed.state
    return replace(feed, poll=poll, state=state)
