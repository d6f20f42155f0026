"""Forget the texts, pages and pictures of publishers that asked to be left out, once nobody takes that back."""

from datetime import timedelta

import structlog

from octavo.actions.pictures import forget
from octavo.domain.article import Article, BlockKind
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import pages as page_store
from octavo.store import retention, saving

log = structlog.get_logger()

TAKEN_BACK_WITHIN = timedelta(days=14)
"""How long texts that are shown no more can be had again: a request may turn out not to be the publisher's."""

AT_ONCE = 50


def forget_withdrawn(tools: Tools) -> int:
    """Forget all but the headlines of publishers that were left out long enough ago; gives how many articles.

    Safe to repeat: cut off anywhere, the rest is forgotten the next time. What readers marked stays theirs.
    """
    before, gone = tools.now() - TAKEN_BACK_WITHIN, 0
    while True:
        with tools.database.read() as view:
            ids = retention.withdrawn_articles(view, before, AT_ONCE)
            found = article_store.get_many(view, ids)
        if not found:
            break
        _forget_pictures(tools, found)
        with tools.database.transaction() as tx:
            saving.forget_texts(tx, found)
            blobs = page_store.let_go(tx, [one.page_key for one in found if one.page_key])
        for blob in blobs:
            tools.blobs.delete(blob)
        gone += len(found)
    if gone:
        log.info("texts of withdrawn publishers forgotten", articles=gone)
    return gone


def _forget_pictures(tools: Tools, found: list[Article]) -> None:
    """Delete what was drawn of their pictures; first, while their addresses are still known."""
    for article in found:
        urls = {block.url for block in article.blocks if block.kind is BlockKind.FIGURE}
        for url in filter(None, urls | ({article.image.url} if article.image else set())):
            forget(tools.blobs, url)
