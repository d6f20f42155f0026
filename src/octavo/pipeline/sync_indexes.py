"""changes -> the vector index of this process; safe to repeat."""

from collections.abc import Sequence

import numpy as np

from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import articles as article_store
from octavo.store import changes

AT_ONCE = 4096


def fill_vector_index(tools: Tools, position: int) -> None:
    """Bring this process's vector index up to change `position`: from the start when it is new, else what it missed."""
    index = tools.vector_index
    if index.position == position:
        return
    if index.position == 0:
        _fill_whole(tools)
    else:
        with tools.database.read() as view:
            rows = changes.since(view, index.position, position - index.position)
            missed = article_store.candidates(view, [row.article_id for row in rows])
        add_vectors(tools, missed)
    index.heard(position)


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


def _matrix(stored: Sequence[bytes]) -> Vectors:
    rows = np.frombuffer(b"".join(stored), dtype="<f2").reshape(len(stored), -1)
    return rows.astype(np.float32)
