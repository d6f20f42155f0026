"""What a worker answers about meaning, from vectors in a real store."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from octavo.domain.ids import ArticleId
from octavo.pipeline.answer_meaning import AT_ONCE, KEPT, TEXTS_KEPT, MeaningByVector
from octavo.pipeline.passes import catch_up
from octavo.ports.meaning import Sought
from octavo.ports.tools import Tools
from octavo.ports.vector_index import Vectors

from .conftest import Keep

WATER = ("flood", "water", "rain")


@dataclass
class Toy:
    """A model of one idea: texts about water point one way, all others another; it counts what it is given."""

    given: list[str] = field(default_factory=list)
    model: str = "toy"
    languages: frozenset[str] = frozenset({"en"})

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.given += texts
        wet, dry, none = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)
        said = [wet if any(word in text.lower() for word in WATER) else dry if text.strip() else none for text in texts]
        return np.array(said, np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)


def test_the_nearest_are_given_even_by_a_worker_that_has_just_started(tools: Tools, keep: Keep) -> None:
    tools = replace(tools, embedder=Toy())
    ids = keep([("a", "Rain over Varnholm", "It poured."), ("b", "Cup final", "Rheinstadt win.")])
    catch_up(tools)
    restarted = replace(tools, vector_index=type(tools.vector_index)())
    for one in (tools, restarted):
        found = dict(MeaningByVector(one).alike(Sought("flood", 5)))
        assert round(found[ids[0]], 2) == 1.0
        assert ids[1] not in found or round(found[ids[1]], 2) == 0.0


def test_only_within_the_bounds(tools: Tools, keep: Keep) -> None:
    tools = replace(tools, embedder=Toy())
    first, second = keep([("a", "Rain over Varnholm", "It poured."), ("b", "Rain over Orrin", "It poured.")])
    catch_up(tools)
    meaning = MeaningByVector(tools)
    assert [one for one, _ in meaning.alike(Sought("flood", 5, since=second))] == [second]
    assert [one for one, _ in meaning.alike(Sought("flood", 5, until=second))] == [first]
    assert [one for one, _ in meaning.alike(Sought("flood", 1))] == [second]


def test_words_the_model_makes_nothing_of_find_nothing(tools: Tools, keep: Keep) -> None:
    tools = replace(tools, embedder=Toy())
    keep([("a", "Rain over Varnholm", "It poured.")])
    catch_up(tools)
    assert MeaningByVector(tools).alike(Sought(" ", 5)) == ()


def test_without_a_model_or_articles_nothing_is_found(tools: Tools, keep: Keep) -> None:
    assert not MeaningByVector(tools).alike(Sought("flood", 5))
    keep([("a", "Rain over Varnholm", "It poured.")])
    catch_up(tools)
    assert not MeaningByVector(tools).alike(Sought("flood", 5, ArticleId(0)))


def test_a_question_is_embedded_once_while_it_is_remembered(tools: Tools) -> None:
    model = Toy()
    meaning = MeaningByVector(replace(tools, embedder=model))
    for _ in range(2):
        meaning.alike(Sought("flood", 5))
    assert model.given == ["flood"]
    for number in range(KEPT):
        meaning.alike(Sought(str(number), 5))
    meaning.alike(Sought("flood", 5))
    assert model.given.count("flood") == 2


def test_questions_and_passages_are_embedded_once_while_they_are_remembered(tools: Tools) -> None:
    model = Toy()
    meaning = MeaningByVector(replace(tools, embedder=model))
    first = meaning.vectors(["flood", "sun"], ["a flood", "flood", "a flood"])
    assert (len(first), model.given) == (5, ["flood", "sun", "a flood", "flood"])
    assert np.allclose(meaning.vectors(["sun"], ["flood"]), first[[1, 3]], atol=1e-3)
    assert len(model.given) == 4
    meaning.vectors([], [str(number) for number in range(TEXTS_KEPT)])
    meaning.vectors(["flood"], [])
    assert model.given.count("flood") == 3


def test_what_there_is_no_time_for_is_left_out_and_told_the_next_time(tools: Tools) -> None:
    meaning = MeaningByVector(replace(tools, embedder=Toy()))
    passages = [f"flood {number}" for number in range(3 * AT_ONCE)]
    assert len(meaning.vectors(["flood"], passages, within_s=-1.0)) == 1
    assert len(meaning.vectors(["flood"], passages)) == 1 + len(passages)


def test_without_a_model_there_are_no_vectors(tools: Tools) -> None:
    assert len(MeaningByVector(tools).vectors(["flood"], ["rain"])) == 0
