"""Vectors from a server that speaks the OpenAI embeddings API: POST /embeddings."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from octavo.adapters.embedders.local import LANGUAGES
from octavo.adapters.model_servers.server import ModelServer, Patience
from octavo.config import EmbeddingSettings
from octavo.errors import ModelError, SettingsError
from octavo.ports.vector_index import Vectors

AT_ONCE = 16
"""Texts in one request: with 4096 numbers each, their vectors stay within what an answer may have."""

MOST_CHARACTERS = 8000
"""Of one text; servers refuse what is longer than their model's context."""


class OpenAiEmbedder:
    """An embedder behind a server. Raises SettingsError when it is not named; `embed` raises ModelError."""

    def __init__(self, settings: EmbeddingSettings, key: str) -> None:
        if not settings.address or not settings.model:
            raise SettingsError("setting embedder: openai needs embeddings.address and embeddings.model")
        fields = {"Authorization": f"Bearer {key}"} if key else {}
        patience = Patience(first_s=settings.whole_s, whole_s=settings.whole_s)
        self._server = ModelServer("the server of embeddings", settings.address, fields, patience)
        self._settings = settings

    @property
    def model(self) -> str:
        """The name its server knows it by, and its dimensions."""
        return f"{self._settings.model}/{self._settings.dimensions}"

    @property
    def languages(self) -> frozenset[str]:
        """Those the settings name, or else those of the built-in model."""
        return frozenset(self._settings.languages) or LANGUAGES

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, shape (len(texts), dimensions), each of length 1; a text without words gives a zero vector."""
        vectors = np.zeros((len(texts), self._settings.dimensions), dtype=np.float32)
        filled = [index for index, text in enumerate(texts) if any(map(str.isalnum, text))]
        for at in range(0, len(filled), AT_ONCE):
            some = filled[at : at + AT_ONCE]
            body = {"model": self._settings.model, "input": [texts[index][:MOST_CHARACTERS] for index in some]}
            vectors[some] = self._read(self._server.ask("/embeddings", body), len(some))
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: such a server is told no difference."""
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: such a server is told no difference."""
        return self.embed(texts)

    def _read(self, told: Any, wanted: int) -> Vectors:
        rows = told.get("data") if isinstance(told, dict) else None
        try:
            ordered = sorted(rows or (), key=lambda row: row["index"])
            found = np.array([row["embedding"] for row in ordered], dtype=np.float32)
        except (TypeError, KeyError, ValueError, OverflowError) as error:
            raise ModelError("the server of embeddings answers with something that is no list of vectors") from error
        if found.shape != (wanted, self._settings.dimensions) or not np.isfinite(found).all():
            raise ModelError(
                f"the server of embeddings gives vectors of another shape than {wanted} of "
                f"{self._settings.dimensions} numbers: see embeddings.dimensions"
            )
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, np.float32(1e-12))
        return unit
