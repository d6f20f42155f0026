"""publisher -> its kept pages, read again: on the owner's word, or once when the extractor has changed."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

import structlog

from octavo.domain.health import Health, Repair
from octavo.domain.ids import PublisherId
from octavo.extract.version import extractor_version
from octavo.pipeline.extract_article import extract_pages
from octavo.ports.tools import Tools
from octavo.store import health as health_store
from octavo.store import pages as page_store
from octavo.store import repairs as repair_store
from octavo.store.dialect import chunks

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Repaired:
    """What reading a publisher's pages again came to: how many there were, and its health before and after."""

    publisher_id: PublisherId
    pages: int
    before: Health
    after: Health


def publishers_to_repair(tools: Tools) -> list[PublisherId]:
    """List the queued publishers whose pages this extractor has not read again yet, the worst first."""
    with tools.database.read() as view:
        queued = health_store.queued(view, tools.now(), tools.settings.quality.yardstick)
    version = extractor_version()
    return [one.publisher_id for one in queued if one.repair is None or one.repair.version != version]


def repair_publisher(
    tools: Tools,
    publisher: PublisherId,
    pool: Executor | None,
    *,
    since: datetime | None = None,
    report: Callable[[int], None] = lambda _: None,
) -> Repaired:
    """Read a publisher's kept pages again, newest first, and note what that changed.

    Cut off halfway, nothing is lost: pages keep their articles, and it is done again.
    """
    with tools.database.read() as view:
        before = health_store.of(view, publisher, tools.now(), tools.settings.quality.yardstick)
        keys = page_store.readable(view, publisher, since)
    done = 0
    for some in chunks(keys, tools.settings.work.batch):
        with tools.database.read() as view:
            pages = page_store.get_many(view, some)
        extract_pages(tools, pages, pool)
        done += len(pages)
        report(done)
    with tools.database.transaction() as tx:
        after = health_store.of(tx, publisher, tools.now(), tools.settings.quality.yardstick)
        repair_store.note(tx, _noted(tools, publisher, done, before, after))
    log.info("publisher read again", publisher=publisher, pages=done, before=_below(before), after=_below(after))
    return Repaired(publisher, done, before, after)


def _noted(tools: Tools, publisher: PublisherId, pages: int, before: Health, after: Health) -> Repair:
    return Repair(
        publisher_id=publisher,
        read_at=tools.now(),
        version=extractor_version(),
        pages=pages,
        before=_below(before),
        after=_below(after),
    )


def _below(health: Health) -> float:
    return round(health.recent.share(health.recent.below), 4)
