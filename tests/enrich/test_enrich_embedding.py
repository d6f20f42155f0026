"""What is embedded, for which languages, and what comes of it."""

from collections.abc import Sequence

import numpy as np
import pytest

from octavo.adapters.embedders.local import LocalEmbedder
from octavo.adapters.embedders.off import OffEmbedder
from octavo.enrich.embedding import LEAD, embedding_text, embeddings
from octavo.ports.vector_index import Vectors

from .samples import TEXTS, TinyEmbedder, article, in_language


class NullEmbedder(TinyEmbedder):
    """Covers every language and finds nothing in any text."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 16), dtype=np.float32)


def unpacked(vector: object) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    assert isinstance(vector, bytes)
    return np.frombuffer(vector, dtype="<f2").astype(np.float32)


def test_the_headline_and_the_lead_are_embedded() -> None:
    assert embedding_text(article("Rain", "It fell.\nAnd fell.")) == "Rain. It fell. And fell"
    assert embedding_text(article("Rain", "It fell.", standfirst="Again.")) == "Rain. Again. It fell"
    assert embedding_text(article("Rain")) == "Rain"


def test_a_long_lead_is_cut_between_words() -> None:
    text = embedding_text(article("Rain", "splash " * 100))
    assert len(text) <= len("Rain. ") + LEAD
    assert set(text.removeprefix("Rain. ").split()) == {"splash"}


def test_one_call_embeds_the_languages_covered_and_no_others() -> None:
    embedder = TinyEmbedder()
    batch = [article("Rain in town"), article("Watu wanaswa", language="sw"), article("Regen", language="de-AT")]
    found = embeddings(batch, ["en", "sw", "de-AT"], embedder)
    assert [one is not None for one in found] == [True, False, True]
    assert embedder.asked == ["Rain in town", "Regen"]
    assert found[0] is not None
    assert found[0].model == "tiny-1"
    assert np.linalg.norm(unpacked(found[0].vector)) == pytest.approx(1.0, abs=1e-2)


def test_a_null_vector_is_no_embedding() -> None:
    assert embeddings([article("Rain")], ["en"], NullEmbedder()) == [None]


def test_no_embedder_is_asked_nothing() -> None:
    assert embeddings([article("Rain")], ["en"], OffEmbedder()) == [None]
    assert embeddings([], [], TinyEmbedder()) == []


def test_the_real_model_finds_the_same_event_in_other_languages() -> None:
    spanish = in_language("es")
    others = [article("Chile announces malaria vaccine", "The government of Chile announced a malaria vaccine.")]
    others += [in_language(language) for language in TEXTS if language not in ("es", "hi")]
    found = embeddings([spanish, *others], ["es", *(one.language for one in others)], LocalEmbedder())
    vectors = [unpacked(one.vector) for one in found if one is not None]
    assert len(vectors) == len(found)
    cosines = [float(vectors[0] @ other) for other in vectors[1:]]
    assert cosines[0] > 0.6
    assert cosines[0] > max(cosines[1:]) + 0.2
