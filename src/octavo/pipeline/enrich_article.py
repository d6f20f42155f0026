"""article -> enrichment, and into the search index."""

import time

from octavo.domain.journal import Event
from octavo.enrich.article import enrich_articles
from octavo.pipeline.search_document import search_document
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import changes, journal

CONSUMER = "enrich"


def enrich_changed(tools: Tools, limit: int) -> int:
    """Enrich the articles changed since the last time, oldest change first; gives how many changes were taken."""
    with tools.database.read() as view:
        rows = changes.since(view, changes.position(view, CONSUMER), limit)
        articles = article_store.get_many(view, list(dict.fromkeys(row.article_id for row in rows)))
    if not rows:
        return 0
    begun = time.process_time()
    enrichments = enrich_articles(articles, tools.embedder)
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
