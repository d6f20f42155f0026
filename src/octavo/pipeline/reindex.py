"""articles -> the search index again, where an earlier version wrote it without what is now searched."""

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment, Entity
from octavo.domain.ids import ArticleId
from octavo.pipeline.search_document import search_document
from octavo.ports.database import Read
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import changes, reading

CONSUMER = "search form 2"
"""The form documents are written in now (2: with facets). A new number has every article indexed anew."""

AT_ONCE = 200
AT_MOST = 20_000
"""Articles indexed in one job: the rest waits for the next."""

_DONE = 1 << 62
"""Behind every article: what comes from now on is indexed in the present form anyway."""


def reindex(tools: Tools) -> int:
    """Go on where the last job stopped, newest articles last; gives how many were indexed.

    The position holds the last article's id: an article that comes meanwhile is indexed as it comes.
    """
    done = 0
    while done < AT_MOST:
        with tools.database.read() as view:
            after = changes.position(view, CONSUMER)
            found = article_store.iterate(view, ArticleId(after), AT_ONCE)
            documents = [search_document(one, enriched(view, one), tools.settings.quality.bar) for one in found]
        if after >= _DONE:
            return done
        with tools.database.transaction() as tx:
            tools.search_index.update(tx, documents)
            changes.set_position(tx, CONSUMER, found[-1].id if found else _DONE)
        done += len(found)
    return done


def enriched(view: Read, article: Article) -> Enrichment:
    """Read what enriching found of an article, as far as the search index holds it."""
    topics = article_store.topics_of(view, [article.id]).get(article.id, [])
    mentions = {one.key: one for one in article_store.mentions_of(view, article.id)}
    about = {key for key, _ in reading.places_of(view, article.id)}
    places = [Entity(key, mentions[key].kind, key, key, 1.0, about=True) for key in sorted(about) if key in mentions]
    hashtags = article_store.hashtags_of(view, article.id)
    return Enrichment(article.id, article.language, tuple(hashtags), topics=tuple(topics), entities=tuple(places))
