"""Embedder: texts in, vectors out."""

from collections.abc import Sequence
from typing import Protocol

from octavo.ports.vector_index import Vectors


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def model(self) -> str:
        """Name and version: vectors of two models never meet."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Primary language subtags it covers well; for others the caller falls back to words."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`; shape (len(texts), dimensions). Raises nothing for odd text: "" gives a zero vector."""
        ...

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, to be held against what `passages` gives and nothing else; else as `embed`."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages that may answer a question; else as `embed`."""
        ...
