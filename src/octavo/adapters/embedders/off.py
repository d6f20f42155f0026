"""No model: every text gets a zero vector, so that relations rest on words alone."""

from collections.abc import Sequence

import numpy as np

from octavo.ports.vector_index import Vectors

DIMENSIONS = 512


class OffEmbedder:
    """The embedder of an instance that wants none."""

    @property
    def model(self) -> str:
        """Name of the model: "off"."""
        return "off"

    @property
    def languages(self) -> frozenset[str]:
        """It covers no language."""
        return frozenset()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give zero vectors, shape (len(texts), 512)."""
        return np.zeros((len(texts), DIMENSIONS), dtype=np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Give zero vectors."""
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Give zero vectors."""
        return self.embed(texts)
