"""Articles whose vectors another model made, or none, get those of the present one. All texts are fictional."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from octavo.domain.ids import ArticleId
from octavo.pipeline.embed_anew import embed_anew
from octavo.pipeline.enrich_article import enrich_changed
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors
from octavo.store import articles as article_store

Keep = Callable[..., list[ArticleId]]
STORM = ("gazette", "Storm closes Tarnmouth harbour", "Ilse Brandt said the storm closed the harbour.")
CALM = ("herald", "Tarnmouth harbour opens", "The harbour opened again.")


class Toy:
    """One number for what is asked of it, so that vectors tell whose they are."""

    model = "tiny-1"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        return np.array([[1.0, len(text) / 1000] for text in texts], dtype=np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)


class Later(Toy):
    """A model that came later."""

    model = "tiny-2"


def held(tools: Tools, ids: list[ArticleId]) -> list[str]:
    with tools.database.read() as view:
        return [one.model for one in article_store.candidates(view, ids)]


def test_another_models_vectors_are_made_anew_once(tools: Tools, keep: Keep) -> None:
    ids = keep([STORM, CALM])
    enrich_changed(replace(tools, embedder=Toy()), 9)
    assert held(tools, ids) == ["tiny-1", "tiny-1"]
    later = replace(tools, embedder=Later())
    assert embed_anew(later) == 2
    assert held(tools, ids) == ["tiny-2", "tiny-2"]
    assert {one for one, _ in later.vector_index.nearest(Later().embed([STORM[1]])[0], limit=9)} == set(ids)
    assert embed_anew(later) == 0


def test_those_that_never_had_one_get_it_and_what_has_one_is_left(tools: Tools, keep: Keep) -> None:
    early = keep([STORM])
    enrich_changed(tools, 9)
    late = keep([CALM])
    model = Toy()
    known = replace(tools, embedder=model)
    enrich_changed(known, 9)
    model.asked.clear()
    assert embed_anew(known) == 1
    assert held(tools, [*early, *late]) == ["tiny-1", "tiny-1"]
    assert [one.startswith("Storm") for one in model.asked] == [True]


def test_without_a_model_nothing_is_done_and_one_that_comes_later_begins(tools: Tools, keep: Keep) -> None:
    ids = keep([STORM])
    enrich_changed(tools, 9)
    assert embed_anew(tools) == 0
    assert embed_anew(replace(tools, embedder=Toy())) == 1
    assert held(tools, ids) == ["tiny-1"]
