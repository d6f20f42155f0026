"""words -> the articles that mean the same, and texts -> vectors, from the model and the vectors a worker has."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.relate_article import CONSUMER
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import changes

WORDS_KEPT = 8192
"""Words whose vectors are remembered, 1 KB each."""

KEPT = 256
"""Questions whose vectors are remembered, 2 KB each: pages and filters of one question follow each other."""


class MeaningByVector:
    """Answers from this process's own vector index; safe to ask beside the jobs that fill it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._words: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    def alike(self, sought: Sought) -> Alike:
        """Give the nearest articles by cosine, best first; none for words the model makes nothing of.

        The first question after a start loads the model and every vector, and is answered late. Raises StoreError.
        """
        tools = self._tools
        if tools.vector_index.position == 0:
            with tools.database.read() as view:
                position = changes.position(view, CONSUMER)
            fill_vector_index(tools, position)
        vector = self._vector(sought.words)
        if not vector.any():
            return ()
        return tools.vector_index.nearest(vector, limit=sought.limit, since=sought.since, until=sought.until)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the vectors of texts, one a row; those of single words are remembered, as most are asked for again."""
        missing = [one for one in dict.fromkeys(texts) if one not in self._words]
        found = dict(zip(missing, self._tools.embedder.embed(missing), strict=True)) if missing else {}
        rows = np.array([found[one] if one in found else self._words[one] for one in texts], np.float32)
        if not rows.any():
            return NO_VECTORS  # there is no model, or it makes nothing of them
        for word, row in found.items():
            if " " not in word:
                self._words[word] = row.astype(np.float16)
        while len(self._words) > WORDS_KEPT:
            self._words.popitem(last=False)
        return rows

    def _vector(self, words: str) -> Vectors:
        with self._lock:
            if words in self._known:
                self._known.move_to_end(words)
                return self._known[words]
        vector: Vectors = self._tools.embedder.embed([words])[0]
        with self._lock:
            self._known[words] = vector
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return vector
