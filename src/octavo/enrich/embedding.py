"""What to embed of an article, and embedding a batch of them in one call."""

from collections.abc import Sequence

import numpy as np

from octavo.domain.article import Article
from octavo.domain.enrichment import Embedding
from octavo.ports.embedder import Embedder

LEAD = 300
"""Characters of the body after the headline: where news says what happened. More blurs the event and costs time."""


def embedding_text(article: Article) -> str:
    """Choose the words that say what an article is about: headline, then standfirst or the first sentences."""
    lead = f"{article.standfirst} {article.text}".strip()[:LEAD].replace("\n", " ")
    if len(lead) == LEAD:
        lead = lead.rsplit(" ", 1)[0]
    return f"{article.headline}. {lead}".strip(". ") if lead else article.headline


def embeddings(articles: Sequence[Article], languages: Sequence[str], embedder: Embedder) -> list[Embedding | None]:
    """Embed a batch; None for a language the model does not cover, whose vectors would mislead."""
    covered = [index for index, language in enumerate(languages) if language.split("-")[0] in embedder.languages]
    result: list[Embedding | None] = [None] * len(articles)
    if not covered:
        return result
    vectors = embedder.embed([embedding_text(articles[index]) for index in covered])
    for index, vector in zip(covered, vectors, strict=True):
        if vector.any():
            result[index] = Embedding(embedder.model, vector.astype(np.dtype("<f2")).tobytes())
    return result
