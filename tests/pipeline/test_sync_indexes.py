"""Vectors in an engine that workers share: filled once, caught up with, away for a while. All texts are fictional."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from milvus import MilvusServer
from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.config import RetentionSettings
from octavo.domain.ids import ArticleId
from octavo.errors import VectorsAway
from octavo.pipeline.answer_meaning import MeaningByVector
from octavo.pipeline.embed_anew import embed_anew
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.forget_old import forget_old
from octavo.pipeline.passes import catch_up
from octavo.pipeline.relate_article import CONSUMER, relate_changed
from octavo.pipeline.sync_indexes import fill_vector_index
from octavo.ports.meaning import Sought
from octavo.ports.tools import Tools
from octavo.ports.vector_index import VectorIndex, Vectors
from octavo.store import changes

from .conftest import Keep

RAIN = ("gazette", "Rain over Varnholm", "It poured all day in Varnholm.")
FLOOD = ("herald", "Flood in Varnholm", "The rain brought a flood to Varnholm.")
CUP = ("courier", "Rheinstadt win the cup", "Rheinstadt beat Orrin in the final.")


class Toy:
    """A model of one idea: what is about water, and what is not."""

    languages = frozenset({"en"})

    def __init__(self, model: str = "toy") -> None:
        self.model = model

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([[1, 0.1] if "ain" in one or "lood" in one else [0.1, 1] for one in texts], np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed(texts)


class Engine(ExactIndex):
    """An engine that may be away, and notes the vectors it is given and the positions it hears of."""

    def __init__(self) -> None:
        super().__init__()
        self.away = self.deaf = False
        self.told: list[int] = []
        self.given: list[ArticleId] = []

    def _ask(self) -> None:
        if self.away:
            raise VectorsAway("the engine does not answer")

    @property
    def position(self) -> int:
        self._ask()
        return super().position

    def heard(self, position: int) -> None:
        self._ask()
        if self.deaf:
            raise VectorsAway("the engine has gone")
        self.told.append(position)
        super().heard(position)

    def update(self, ids: Sequence[ArticleId], vectors: Vectors) -> None:
        self._ask()
        self.given.extend(ids)
        super().update(ids, vectors)

    def remove(self, ids: Sequence[ArticleId]) -> None:
        self._ask()
        super().remove(ids)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def shared(tools: Tools, engine: Engine) -> Tools:
    return replace(tools, vector_index=engine, embedder=Toy())


def told(tools: Tools) -> int:
    with tools.database.read() as view:
        return changes.position(view, CONSUMER)


def alike(tools: Tools, words: str = "flood") -> set[ArticleId]:
    return {one for one, cosine in MeaningByVector(tools).alike(Sought(words, 9)) if cosine > 0.9}


def test_nothing_is_related_while_the_engine_is_away_and_nothing_is_lost(
    shared: Tools, engine: Engine, keep: Keep
) -> None:
    ids = keep([RAIN, FLOOD])
    engine.away = True
    with pytest.raises(VectorsAway):
        catch_up(shared)
    assert told(shared) == 0
    engine.away = False
    catch_up(shared)
    assert (told(shared), engine.position) == (2, 2)
    assert alike(shared) == set(ids)


def test_an_engine_that_goes_before_it_has_heard_is_told_again(shared: Tools, engine: Engine, keep: Keep) -> None:
    keep([RAIN])
    enrich_changed(shared, 9)
    engine.deaf = True
    with pytest.raises(VectorsAway):
        relate_changed(shared, 9)
    assert told(shared) == 1
    engine.deaf = False
    assert engine.position == 0
    fill_vector_index(shared, told(shared))
    assert (engine.position, len(engine)) == (1, 1)


def test_a_worker_that_starts_fills_nothing_that_is_filled(shared: Tools, engine: Engine, keep: Keep) -> None:
    ids = keep([RAIN, FLOOD])
    catch_up(shared)
    engine.given.clear()
    fill_vector_index(shared, told(shared))
    assert alike(shared) == set(ids)
    assert engine.given == []


def test_what_another_worker_told_it_meanwhile_is_not_told_back(shared: Tools, engine: Engine, keep: Keep) -> None:
    keep([RAIN, FLOOD, CUP])
    catch_up(shared)
    engine.given.clear()
    fill_vector_index(shared, 1)
    assert (engine.position, engine.given) == (3, [])


def test_only_what_it_missed_is_told_piece_by_piece(
    shared: Tools, engine: Engine, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = keep([RAIN, FLOOD, CUP, *(("herald", f"Rain, day {day}", "It rained.") for day in range(4))])
    catch_up(shared)
    late = Engine()
    late.update(ids[:1], Toy().embed(["Rain"]))
    late.heard(1)
    late.given.clear()
    monkeypatch.setattr("octavo.pipeline.sync_indexes.MISSED", 2)
    fill_vector_index(replace(shared, vector_index=late), 6)
    assert (late.given, late.told) == (ids[1:6], [1, 3, 5, 6])


def test_an_engine_that_knows_of_more_than_the_store_is_filled_anew(shared: Tools, engine: Engine, keep: Keep) -> None:
    ids = keep([RAIN, FLOOD])
    catch_up(shared)
    engine.given.clear()
    engine.heard(90)
    fill_vector_index(shared, 2)
    assert (engine.position, engine.given) == (2, ids)


def test_vectors_made_anew_reach_an_engine_that_was_away(shared: Tools, engine: Engine, keep: Keep) -> None:
    ids = keep([RAIN])
    enrich_changed(shared, 9)
    later = replace(shared, embedder=Toy("toy-2"))
    engine.away = True
    with pytest.raises(VectorsAway):
        embed_anew(later)
    engine.away = False
    assert embed_anew(later) == 1
    assert engine.given == ids


def test_what_is_forgotten_is_forgotten_by_an_engine_that_was_away(shared: Tools, engine: Engine, keep: Keep) -> None:
    keep([RAIN])
    catch_up(shared)
    settings = shared.settings.model_copy(update={"retention": RetentionSettings(days=1)})
    old = replace(shared, settings=settings, now=lambda: shared.now().replace(year=shared.now().year + 1))
    engine.away = True
    with pytest.raises(VectorsAway):
        forget_old(old)
    engine.away = False
    assert len(engine) == 1
    assert forget_old(old) == 1
    assert len(engine) == 0


def test_who_asks_for_meaning_asks_for_the_position_no_more_once_it_is_filled(
    shared: Tools, engine: Engine, keep: Keep
) -> None:
    meaning = MeaningByVector(shared)
    assert not meaning.alike(Sought("flood", 9))
    ids = keep([RAIN])
    catch_up(shared)
    assert [one for one, _ in meaning.alike(Sought("flood", 9))] == ids
    engine.away = True
    assert [one for one, _ in meaning.alike(Sought("flood", 9))] == ids


@pytest.mark.slow
@pytest.mark.enable_socket
def test_two_workers_and_a_milvus(tools: Tools, keep: Keep, milvus_server: MilvusServer) -> None:
    model = secrets.token_hex(4)
    indexes: list[VectorIndex] = [milvus_server.index(model), milvus_server.index(model)]
    one, two = (replace(tools, vector_index=index, embedder=Toy(model)) for index in indexes)
    wet = keep([RAIN, FLOOD, CUP])[:2]
    catch_up(one)
    assert alike(two) == set(wet)
    milvus_server.kill()
    wet += keep([("north", "More rain in Orrin", "It rains.")])
    with pytest.raises(VectorsAway):
        catch_up(two)
    milvus_server.start()
    catch_up(two)
    assert (alike(one), told(two), indexes[0].position) == (set(wet), 4, 4)
    for index in indexes:
        index.close()
