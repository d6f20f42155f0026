"""What a worker does until nothing is left to do: poll, fetch, extract, catch up, settle; as jobs: worker.py."""

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from octavo.domain.ids import PublisherId
from octavo.pipeline.digest_story import digest_changed, digest_stories
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.fetch_page import fetch_pages
from octavo.pipeline.poll_feed import Polled, poll_feeds
from octavo.pipeline.relate_article import relate_changed
from octavo.pipeline.repair_publisher import Repaired, repair_publisher
from octavo.pipeline.settle_stories import settle_changed
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import pages as page_store
from octavo.store.dialect import ALL

FEEDS_AT_ONCE = 200
PAGES_AT_ONCE = 256
_ALONE = 256
"""Pages that a worker reads by itself before it starts processes to help: each costs as much as some sixty pages."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one pass has come to; handed to whoever shows a progress bar."""

    stage: str
    done: int


Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Tell nobody."""


def poll_due(
    tools: Tools, *, everything: bool = False, parts: Collection[int] = ALL, report: Report = silent
) -> Polled:
    """Poll every feed of these parts that is due, or every active feed; gives the sum."""
    total = Polled()
    asked: set[int] = set()
    while True:
        with tools.database.read() as view:
            now = tools.now()
            due = feed_store.active(view, parts) if everything else feed_store.due(view, now, FEEDS_AT_ONCE, parts)
        feeds = [feed for feed in due if feed.id not in asked]
        if not feeds:
            return total
        asked |= {feed.id for feed in feeds}
        total = total.plus(poll_feeds(tools, feeds))
        report(Progress("poll", total.feeds))


def fetch_waiting(tools: Tools, parts: Collection[int] = ALL) -> Iterator[int]:
    """Fetch the pages of these parts that wait, batch by batch; yields how many were done each time some are saved."""
    while True:
        with tools.database.read() as view:
            pages = page_store.pending(view, tools.now(), PAGES_AT_ONCE, parts)
        if not pages:
            return
        for done in fetch_pages(tools, pages):
            if done:
                yield done


def extract_waiting(tools: Tools, parts: Collection[int] = ALL) -> Iterator[int]:
    """Extract the pages of these parts that were fetched, batch by batch, in several processes when there are many."""
    done = 0
    with _pool(tools.settings.work.jobs) as pool:
        while True:
            with tools.database.read() as view:
                pages = page_store.fetched(view, tools.settings.work.batch, parts)
            if not pages:
                return
            extract_pages(tools, pages, pool if done >= _ALONE else None)
            done += len(pages)
            yield len(pages)


def repair(tools: Tools, publisher: PublisherId, *, since: datetime | None = None, report: Report = silent) -> Repaired:
    """Read a publisher's kept pages again, those first seen since then (all), in several processes."""
    with _pool(tools.settings.work.jobs) as pool:
        return repair_publisher(tools, publisher, pool, since=since, report=lambda n: report(Progress("extract", n)))


def catch_up(tools: Tools, report: Report = silent) -> int:
    """Enrich and relate every article that changed, and read its story closely; gives how many."""
    total = 0
    while True:
        enriched = enrich_changed(tools, tools.settings.work.batch)
        related = relate_changed(tools, tools.settings.work.batch)
        digested = digest_changed(tools, tools.settings.work.batch)
        total += related
        report(Progress("relate", total))
        if not enriched and not related and not digested:
            return total


def settle_all(tools: Tools) -> int:
    """Settle the stories that articles came into, round by round, and read those that changed closely again.

    Gives how many articles were looked at.
    """
    total = 0
    while done := settle_changed(tools):
        total += done.changes
        digest_stories(tools, done.stories)
    return total


@contextmanager
def _pool(jobs: int) -> Iterator[Executor | None]:
    """Processes for extraction, started when first needed and gone afterwards: an idle worker stays small."""
    if jobs < 2:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
        yield pool


def _end_with_parent() -> None:
    """End this process when its parent is gone: a killed worker must leave no orphans behind."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
