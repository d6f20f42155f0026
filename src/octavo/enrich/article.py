"""enrich_article: an article gains language, hashtags, entities, topics, embedding and fingerprint."""

from collections.abc import Sequence

from octavo.domain.article import Article
from octavo.domain.enrichment import Embedding, Enrichment
from octavo.enrich.embedding import embeddings
from octavo.enrich.entities import find_mentions
from octavo.enrich.fingerprint import fingerprint
from octavo.enrich.hashtags import article_hashtags
from octavo.enrich.language import article_language
from octavo.enrich.marked import Marked
from octavo.enrich.salience import entities_of, publisher_country
from octavo.enrich.themes import find_themes
from octavo.enrich.topics import article_topics
from octavo.enrich.words import words
from octavo.ports.embedder import Embedder
from octavo.text import telling

LONGEST = 20_000
"""Characters of a body that are read for names and labels; the longest reports repeat themselves by then."""


def enrich_article(article: Article, embedder: Embedder) -> Enrichment:
    """Enrich one article; for many, `enrich_articles` embeds them in one call."""
    return enrich_articles([article], embedder)[0]


def enrich_articles(articles: Sequence[Article], embedder: Embedder) -> list[Enrichment]:
    """Enrich a batch, in its order."""
    texts = [article.text for article in articles]
    languages = [
        article_language(f"{article.headline}\n{article.standfirst}\n{text}", article.language)
        for article, text in zip(articles, texts, strict=True)
    ]
    telling.release()
    vectors = embeddings(articles, languages, embedder)
    return [_enrich(*parts) for parts in zip(articles, texts, languages, vectors, strict=True)]


def _enrich(article: Article, text: str, language: str, embedding: Embedding | None) -> Enrichment:
    whole = f"{article.headline}\n{text[:LONGEST]}"
    found = words(whole, language)
    end = len(article.headline)
    mentions = find_mentions(whole, found, language, article.keywords, publisher_country(article.url))
    marked = Marked(
        whole,
        found,
        language,
        end,
        mentions,
        entities_of(whole, mentions, end, language),
        find_themes(whole, found, language, end),
    )
    return Enrichment(
        article_id=article.id,
        language=language,
        hashtags=article_hashtags(article, marked),
        mentions=mentions,
        topics=article_topics(article, marked),
        embedding=embedding,
        fingerprint=fingerprint(text or article.headline),
        entities=tuple(marked.entities),
    )
