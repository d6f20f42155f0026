"""words -> the articles that mean the same, and texts -> vectors, from the model and the vectors a worker has."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from octavo.pipeline.relate_article import CONSUMER
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import changes

TEXTS_KEPT = 16_384
"""Questions and passages whose vectors are remembered, 1 KB each: an article is asked about more than once."""

AT_ONCE = 4
"""Passages between two looks at the clock."""

KEPT = 256
"""Questions whose vectors are remembered, 2 KB each: pages and filters of one question follow each other."""


class MeaningByVector:
    """Answers from the vector index; safe to ask beside the jobs that fill it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._texts: OrderedDict[tuple[bool, str], NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()
        self._filled = False

    def alike(self, sought: Sought) -> Alike:
        """Give the nearest articles by cosine, best first; none for words the model makes nothing of.

        The first question after a start loads the model and every vector, and is answered late. Raises StoreError.
        """
        tools = self._tools
        if not self._filled:
            self._fill()
        vector = self._vector(sought.words)
        if not vector.any():
            return ()
        return tools.vector_index.nearest(vector, limit=sought.limit, since=sought.since, until=sought.until)

    def vectors(self, questions: Sequence[str], passages: Sequence[str], within_s: float = math.inf) -> Vectors:
        """Give the vectors of questions, then of as many passages as are told within so many seconds, one a row.

        All are remembered, so that who asks again is told more.
        """
        end = monotonic() + within_s
        rows = self._rows(self._tools.embedder.questions, questions, passages=False)
        for at in range(0, len(passages), AT_ONCE):
            if monotonic() > end:
                break
            rows += self._rows(self._tools.embedder.passages, passages[at : at + AT_ONCE], passages=True)
        while len(self._texts) > TEXTS_KEPT:
            self._texts.popitem(last=False)
        found = np.array(rows, np.float32)
        return found if found.any() else NO_VECTORS  # there is no model, or it makes nothing of them

    def _rows(
        self, embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str], *, passages: bool
    ) -> list[NDArray[np.float16]]:
        missing = [one for one in dict.fromkeys(texts) if (passages, one) not in self._texts]
        if missing:
            self._texts.update(
                ((passages, one), row.astype(np.float16)) for one, row in zip(missing, embed(missing), strict=True)
            )
        for one in texts:
            self._texts.move_to_end((passages, one))
        return [self._texts[passages, one] for one in texts]

    def _fill(self) -> None:
        """Fill the index where nobody has; asked of it until somebody has, and no more: it may be far away."""
        if self._tools.vector_index.position == 0:
            with self._tools.database.read() as view:
                position = changes.position(view, CONSUMER)
            fill_vector_index(self._tools, position)
        self._filled = self._tools.vector_index.position > 0

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
