"""The default model on this machine, its weights inside a package: nothing is downloaded.

Multilingual E5, small (Wang et al. 2024, arXiv:2402.05672; MIT), 384 dimensions, weights of 4 bits. What tells a text's
language, and that it is news, is taken out of its vectors (evals/fit_languages.py).
"""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files

import numpy as np

from octavo.adapters.embedders.e5.model import PASSAGE, QUERY, Model, find
from octavo.ports.vector_index import Vectors

DIMENSIONS = 384
MODEL = "multilingual-e5-small/1"
PLACE = "data/embeddings/languages.npz"

LANGUAGES = frozenset(
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu ha he hi hr hu hy id "
    "is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn no om or pa pl ps pt ro ru sa sd si "
    "sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh".split()
)
"""Those the model it comes from, XLM-R, has read (Conneau et al. 2020, table 6); the rarest it knows poorly."""

MOST = 2000
"""Characters of a text that are read: more than is ever asked for; time and memory grow with them."""


class LocalEmbedder:
    """The default embedder. The model is loaded on first use: 97 MB, and words' vectors on a file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Model | None = None
        with (files("octavo") / PLACE).open("rb") as file, np.load(file, allow_pickle=False) as held:
            self._middle, self._directions, self._news = (held[one] for one in ("middle", "directions", "news"))

    @property
    def model(self) -> str:
        """Name and version: vectors of two models never meet."""
        return MODEL

    @property
    def languages(self) -> frozenset[str]:
        """Primary language subtags whose texts it can tell apart."""
        return LANGUAGES

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`, shape (len(texts), 384); a text without words gives a zero vector."""
        return _filled(texts, self._plainly)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions as the model itself does: it was trained to find what answers them, in any language."""
        return _filled(texts, self.raw)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what may answer a question, as the model itself does."""
        return _filled(texts, partial(self.raw, passages=True))

    def raw(self, texts: Sequence[str], *, passages: bool = False) -> Vectors:
        """Give what the model itself says, shape (len(texts), 384); each text has a letter or a digit."""
        found: Vectors = self._load().embed([_plain(text) for text in texts], PASSAGE if passages else QUERY)
        return found

    def _plainly(self, texts: Sequence[str]) -> Vectors:
        """Embed without what tells the language, and that it is news."""
        found = self.raw(texts) - self._middle
        return unit(unit(found - found @ self._directions.T @ self._directions) - self._news)

    def _load(self) -> Model:
        with self._lock:
            if self._engine is None:
                self._engine = Model(find())
            return self._engine


def unit(rows: Vectors) -> Vectors:
    """Bring each row to length 1."""
    made: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return made


def _filled(texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
    """Embed the texts with words in them; the others give zero vectors."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    filled = [index for index, text in enumerate(texts) if any(map(str.isalnum, text))]
    if filled:
        vectors[filled] = embed([texts[index] for index in filled])
    return vectors


def _plain(text: str) -> str:
    return text[:MOST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
