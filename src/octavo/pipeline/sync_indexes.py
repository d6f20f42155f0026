"""changes -> the vector index, of this process or shared by all workers; safe to repeat."""

from collections.abc import Iterable, Sequence

import numpy as np

from octavo.domain.enrichment import Embedding
from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import articles as article_store
from octavo.store import changes

AT_ONCE = 4096

MISSED = 512
"""Changes caught up with at once: whole articles are read for them."""


def fill_vector_index(tools: Tools, position: int) -> None:
    """Bring the vector index up to change `position`: from the start when it is new, else what it missed.

    Where workers share one, another may have told it more already: then nothing is to be done. One that has heard of
    changes the store does not have was filled from another store, or before a backup was put back: it is filled anew.
    """
    held = tools.vector_index.position
    if held > position:
        with tools.database.read() as view:
            held = 0 if held > changes.last_seq(view) else held
    if held == 0 and position:
        _fill_whole(tools)
        tools.vector_index.heard(position)
    elif held < position:
        _catch_up(tools, held, position)


def _catch_up(tools: Tools, held: int, position: int) -> None:
    while held < position:
        with tools.database.read() as view:
            rows = [row for row in changes.since(view, held, MISSED) if row.seq <= position]
            missed = article_store.candidates(view, [row.article_id for row in rows])
        add_vectors(tools, missed)
        held = rows[-1].seq if len(rows) == MISSED else position
        tools.vector_index.heard(held)


def _fill_whole(tools: Tools) -> None:
    after = ArticleId(-1)
    while True:
        with tools.database.read() as view:
            found = article_store.vectors(view, after, AT_ONCE, tools.embedder.model)
        if not found:
            return
        ids = [article_id for article_id, _ in found]
        tools.vector_index.update(ids, _matrix([vector for _, vector in found]))
        after = ids[-1]


def add_vectors(tools: Tools, candidates: Sequence[Candidate]) -> None:
    """Put the vectors of these articles in, where the present model made them."""
    usable = [one for one in candidates if one.vector and one.model == tools.embedder.model]
    if usable:
        tools.vector_index.update([one.id for one in usable], _matrix([one.vector for one in usable]))


def add_embeddings(tools: Tools, made: Iterable[tuple[ArticleId, Embedding]]) -> None:
    """Put vectors in that the present model has just made."""
    rows = {article_id: one.vector for article_id, one in made}
    if rows:
        packed = [one if isinstance(one, bytes) else np.array(one, dtype="<f2").tobytes() for one in rows.values()]
        tools.vector_index.update([*rows], _matrix(packed))


def _matrix(stored: Sequence[bytes]) -> Vectors:
    rows = np.frombuffer(b"".join(stored), dtype="<f2").reshape(len(stored), -1)
    return rows.astype(np.float32)
