"""article -> enrichment, and into the search index."""

import time
from collections.abc import Sequence

import structlog

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment
from octavo.domain.journal import Event
from octavo.enrich.article import enrich_article, enrich_articles
from octavo.errors import FAULTS
from octavo.pipeline.search_document import search_document
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import changes, journal

log = structlog.get_logger()

CONSUMER = "enrich"


def _enriched(tools: Tools, articles: Sequence[Article]) -> list[Enrichment]:
    """Enrich a batch; where one article is the undoing of it, all are enriched one by one, and it goes without."""
    try:
        return enrich_articles(articles, tools.embedder)
    except FAULTS as error:
        log.error("a batch could not be enriched at once", exc_info=error)
    return [_enriched_alone(tools, article) for article in articles]


def _enriched_alone(tools: Tools, article: Article) -> Enrichment:
    try:
        return enrich_article(article, tools.embedder)
    except FAULTS as error:
        log.error("an article could not be enriched", article=article.url, reason=type(error).__name__)
        return Enrichment(article.id, article.language)


def enrich_changed(tools: Tools, limit: int) -> int:
    """Enrich the articles changed since the last time, oldest change first; gives how many changes were taken."""
    with tools.database.read() as view:
        rows = changes.since(view, changes.position(view, CONSUMER), limit)
        articles = article_store.get_many(view, list(dict.fromkeys(row.article_id for row in rows)))
    if not rows:
        return 0
    begun = time.process_time()
    enrichments = _enriched(tools, articles)
    ms = (time.process_time() - begun) * 1000 / max(1, len(articles))
    now = tools.now()
    bar = tools.settings.quality.bar
    documents = [search_document(article, found, bar) for article, found in zip(articles, enrichments, strict=True)]
    with tools.database.transaction() as tx:
        article_store.save_enrichments(tx, enrichments)
        tools.search_index.update(tx, documents)
        changes.set_position(tx, CONSUMER, rows[-1].seq)
        journal.add(
            tx,
            [
                Event(article.url, "enrich_article", f"given {len(found.hashtags)} hashtags", now, ms)
                for article, found in zip(articles, enrichments, strict=True)
            ],
        )
    return len(rows)
