"""what hubs brought -> new entries, as if a poll had found it; a document speaks of its own feed alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from octavo.collect import parse, schedule
from octavo.domain.feed import FeedState
from octavo.domain.journal import Event
from octavo.domain.websub import Brought
from octavo.errors import UnreadableFeed
from octavo.pipeline.know_hubs import heard
from octavo.pipeline.poll_feed import decide_on, keep
from octavo.ports.tools import Tools
from octavo.store import feed_hubs, journal
from octavo.store import feeds as feed_store

log = structlog.get_logger()

AT_ONCE = 20
"""Documents read in one go."""


def take_brought(tools: Tools) -> int:
    """Read what hubs brought; gives how many entries are new."""
    found = 0
    while True:
        with tools.database.read() as view:
            waiting = feed_hubs.brought(view, AT_ONCE)
        if not waiting:
            return found
        found += sum(_take(tools, one) for one in waiting)


def _take(tools: Tools, one: Brought) -> int:
    now = tools.now()
    with tools.database.read() as view:
        feed = feed_store.get(view, one.feed_id)
    if feed is None or feed.state is not FeedState.ACTIVE:
        _drop(tools, [one.id])
        return 0
    try:
        _, parsed = parse.parse_feed(one.body, url=feed.url, content_type=one.content_type)
    except UnreadableFeed as error:
        _failed(tools, one, feed.url, str(error), now)
        return 0
    decided = decide_on(tools, feed, parsed, now)
    wait = schedule.beside_hub(feed.poll.interval_s, tools.settings.fetch.max_poll_s)
    with tools.database.transaction() as tx:
        feed_hubs.drop(tx, [one.id])
        feed_hubs.heard(tx, feed.id, now)
        keep(tx, tools, feed, decided, now)
        feed_store.put_off(tx, heard(feed, now + timedelta(seconds=wait)))
        told = f"brought {len(decided.new)} new and {len(decided.changed)} changed of {len(parsed)} entries"
        journal.add(tx, [Event(feed.url, "take_brought", told, now)])
    log.info("feed brought", feed=feed.url, new=len(decided.new), changed=len(decided.changed))
    return len(decided.new)


def _failed(tools: Tools, one: Brought, url: str, told: str, now: datetime) -> None:
    log.warning("what a hub brought cannot be read", feed=url, reason=told)
    with tools.database.transaction() as tx:
        feed_hubs.drop(tx, [one.id])
        journal.add(tx, [Event(url, "take_brought", f"failed: {told}", now)])


def _drop(tools: Tools, numbers: Sequence[int]) -> None:
    with tools.database.transaction() as tx:
        feed_hubs.drop(tx, numbers)
