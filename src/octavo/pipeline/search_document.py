"""What of an article the search index holds: only words that readers may be shown."""

from octavo.domain import facets
from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment
from octavo.ports.search_index import SearchDocument


def search_document(article: Article, found: Enrichment, bar: float) -> SearchDocument:
    """Make an article searchable. Of a text below the quality `bar` of this hour the excerpt alone is: it is all
    that is shown, and a find nobody can see is none."""
    body = article.excerpt if article.complete < bar else article.text
    text = "\n".join(part for part in (article.standfirst, body) if part)
    tags = tuple(tag.label for tag in found.hashtags)
    return SearchDocument(
        article.id, article.headline, text, tags, article.publisher_id, found.language, facets_of(article, found)
    )


def facets_of(article: Article, found: Enrichment) -> tuple[str, ...]:
    """Say what an article is besides its words: what filters of a search ask for."""
    given = [facets.hashtag(tag.tag) for tag in found.hashtags]
    given += [facets.topic(topic.code) for topic in found.topics]
    given += [facets.place(one.key) for one in found.entities if one.about and one.key.startswith("place/")]
    given += [word for name in article.byline.people for word in facets.author(name)]
    given += [facets.PICTURE] if article.image else []
    return tuple(dict.fromkeys(given))
