"""articles -> vectors of the present model, where there are none of it: after another model became the default."""

from collections.abc import Sequence

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment
from octavo.domain.ids import ArticleId
from octavo.enrich.embedding import embeddings
from octavo.pipeline.sync_indexes import add_embeddings
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import changes

AT_ONCE = 32
AT_MOST = 512
"""Articles embedded in one job: the rest waits for the next, and what comes in goes first."""

_NEWEST = ArticleId(1 << 62)
_DONE = 1


def embed_anew(tools: Tools) -> int:
    """Go on where the last job stopped, newest articles first; gives how many were looked at.

    The position, one for each model, holds the last article's id. What comes meanwhile has the present model's anyway.
    """
    model = tools.embedder.model
    consumer = f"vectors of {model}"
    done = 0
    while tools.embedder.languages and done < AT_MOST:
        with tools.database.read() as view:
            before = ArticleId(changes.position(view, consumer) or _NEWEST)
            ids = article_store.without_vectors(view, before, AT_ONCE, model) if before > _DONE else []
            found = article_store.get_many(view, ids)
        if before == _DONE:
            break
        made = _made(tools, found)
        # Before the position is written: an index that is away is told when the job is done again.
        add_embeddings(tools, [(one.article_id, one.embedding) for one in made if one.embedding])
        with tools.database.transaction() as tx:
            article_store.save_embeddings(tx, made)
            changes.set_position(tx, consumer, ids[-1] if ids else _DONE)
        done += len(ids)
    return done


def _made(tools: Tools, found: Sequence[Article]) -> list[Enrichment]:
    vectors = embeddings(found, [one.language for one in found], tools.embedder)
    return [
        Enrichment(one.id, one.language, embedding=vector)
        for one, vector in zip(found, vectors, strict=True)
        if vector is not None
    ]
