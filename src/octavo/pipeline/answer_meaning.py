"""words -> the articles that mean the same, from the model and the vectors a worker has at hand."""

import threading
from collections import OrderedDict

from octavo.pipeline.relate_article import CONSUMER
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.meaning import Alike, Sought
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import changes

KEPT = 256
"""Questions whose vectors are remembered, 2 KB each: pages and filters of one question follow each other."""


class MeaningByVector:
    """Answers from this process's own vector index; safe to ask beside the jobs that fill it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._known: OrderedDict[str, Vectors] = OrderedDict()
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
