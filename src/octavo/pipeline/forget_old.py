"""Forget articles older than the settings say, and the oldest original pages beyond the room they may take."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from octavo.domain.ids import ArticleId, PageKey, StoryId
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import pages as page_store
from octavo.store import retention, saving
from octavo.store import stories as story_store
from octavo.store.dialect import one_at_a_time

log = structlog.get_logger()

MEGABYTE = 1_000_000
AT_ONCE = 50
"""Stories, or articles of none, in one transaction: people write, too."""


def forget_old(tools: Tools) -> int:
    """Forget what is old and nobody holds on to; gives how many articles went. Safe to repeat."""
    days = tools.settings.retention.days
    if not days:
        return 0
    before, gone = tools.now() - timedelta(days=days), 0
    while True:
        with tools.database.read() as view:
            stories = retention.old_stories(view, before, AT_ONCE)
            alone = [] if stories else retention.old_articles(view, before, AT_ONCE)
        if not stories and not alone:
            break
        gone += _forget(tools, stories, alone)
    if gone:
        log.info("old articles forgotten", articles=gone, days=days)
    return gone


def _forget(tools: Tools, stories: Sequence[StoryId], alone: Sequence[ArticleId]) -> int:
    with tools.database.read() as view:
        known = _articles(view, stories, alone)
    # Their vectors first: once the articles are gone, nobody would tell an index that is away just now.
    tools.vector_index.remove(known)
    with tools.database.transaction() as tx:
        one_at_a_time(tx)
        ids = _articles(tx, stories, alone)
        keys = [one.page_key for one in article_store.get_many(tx, ids) if one.page_key]
        tools.search_index.remove(tx, ids)
        saving.forget(tx, ids)
        story_store.forget(tx, stories)
        blobs = page_store.let_go(tx, keys)
    tools.vector_index.remove([one for one in ids if one not in set(known)])
    for blob in blobs:
        tools.blobs.delete(blob)
    return len(ids)


def _articles(view: Read, stories: Sequence[StoryId], alone: Sequence[ArticleId]) -> list[ArticleId]:
    return [*alone, *(one for story in stories for one in story_store.article_ids(view, story))]


def trim_pages(tools: Tools) -> int:
    """Let go of the oldest original pages until the rest take no more room than they may; gives how many went.

    Their articles stay as they are; only reading them again with a better extractor is no longer possible.
    """
    most = tools.settings.retention.pages_mb * MEGABYTE
    if not most:
        return 0
    kept = sorted(tools.blobs.under("pages"), key=lambda one: one.written)
    over, gone = sum(one.size for one in kept) - most, []
    for one in kept:
        if over <= 0:
            break
        gone.append(PageKey(one.key.rpartition("/")[2]))
        over -= one.size
    with tools.database.transaction() as tx:
        blobs = page_store.let_go(tx, gone)
    for blob in blobs:
        tools.blobs.delete(blob)
    return len(blobs)
