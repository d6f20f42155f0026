"""What every vector index must do: the one in memory, and Milvus, which is a real server (Milvus Lite)."""

import secrets
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from octavo.adapters.vector_indexes.exact import ExactIndex
from octavo.domain.ids import ArticleId
from octavo.ports.vector_index import VectorIndex

pytestmark = pytest.mark.enable_socket


@pytest.fixture(params=["exact", pytest.param("milvus", marks=pytest.mark.slow)])
def index(request: pytest.FixtureRequest) -> Iterator[VectorIndex]:
    if request.param == "exact":
        yield ExactIndex()
        return
    # A model that no other test has: its vectors lie in a collection of their own.
    made = request.getfixturevalue("milvus_server").index(secrets.token_hex(4))
    yield made
    made.close()


def _unit(count: int, seed: int = 7) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def _ids(*numbers: int) -> list[ArticleId]:
    return [ArticleId(number) for number in numbers]


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.nearest(_unit(1)[0], limit=5) == []
    assert len(index) == 0


def test_it_agrees_with_arithmetic(index: VectorIndex) -> None:
    rows = _unit(500)
    index.update(_ids(*range(1, 501)), rows)
    query = _unit(1, seed=8)[0]
    expected = np.argsort(-(rows @ query))[:10] + 1
    found = index.nearest(query, limit=10)
    assert [article_id for article_id, _ in found][:3] == list(expected[:3])
    assert len({article_id for article_id, _ in found} & set(expected.tolist())) >= 9
    assert found[0][1] == pytest.approx(float((rows @ query).max()), abs=0.005)


def test_itself_is_nearest(index: VectorIndex) -> None:
    rows = _unit(20)
    index.update(_ids(*range(1, 21)), rows)
    [(found, cosine)] = index.nearest(rows[4], limit=1)
    assert found == 5
    assert cosine == pytest.approx(1.0, abs=0.005)


def test_the_window_holds_its_start_and_not_its_end(index: VectorIndex) -> None:
    index.update(_ids(10, 20, 30), _unit(3))
    found = index.nearest(_unit(1)[0], limit=9, since=ArticleId(10), until=ArticleId(30))
    assert {article_id for article_id, _ in found} == {10, 20}


def test_many_at_once_are_found_as_one_by_one(index: VectorIndex) -> None:
    rows = _unit(300)
    index.update(_ids(*range(100, 400)), rows)
    index.update(_ids(*range(1, 30)), _unit(29, seed=9))
    windows = [(ArticleId(120), ArticleId(200)), (None, ArticleId(50)), (ArticleId(390), None), (None, None)]
    queries = np.vstack([rows[:3], np.zeros((1, 32), dtype=np.float32)])
    found = index.nearest_each(queries, windows, limit=5)
    for query, (since, until), near in zip(queries, windows, found, strict=True):
        assert [one for one, _ in near] == [one for one, _ in index.nearest(query, limit=5, since=since, until=until)]
        assert all((since or 0) <= one < (until or 1000) for one, _ in near)
    assert [len(near) for near in found] == [5, 5, 5, 0]
    assert index.nearest_each(np.zeros((0, 32), dtype=np.float32), [], limit=5) == []


def test_windows_scattered_over_all_time_are_each_kept_to(index: VectorIndex) -> None:
    rows = _unit(3000)
    index.update(_ids(*range(0, 6000, 2)), rows)
    index.update(_ids(*range(1001, 1041, 2)), _unit(20, seed=9))
    random = np.random.default_rng(4)
    starts = random.integers(0, 6000, 80)
    windows = [
        (ArticleId(int(start)), ArticleId(int(start + width)))
        for start, width in zip(starts, random.choice([0, 30, 400, 3000], 80), strict=True)
    ]
    queries = _unit(80, seed=10)
    found = index.nearest_each(queries, windows, limit=7)
    for query, (since, until), near in zip(queries, windows, found, strict=True):
        alone = index.nearest(query, limit=7, since=since, until=until)
        assert [one for one, _ in near] == [one for one, _ in alone]
        assert [cosine for _, cosine in near] == pytest.approx([cosine for _, cosine in alone], abs=1e-5)
        held = [one for one in range(6000) if one % 2 == 0 or 1001 <= one < 1041]
        assert len(near) == min(7, sum((since or 0) <= one < (until or 6000) for one in held))


def test_late_arrivals_are_found_and_windows_still_hold(index: VectorIndex) -> None:
    rows = _unit(6)
    index.update(_ids(100, 200), rows[:2])
    index.update(_ids(150, 50), rows[2:4])
    assert index.nearest(rows[2], limit=1)[0][0] == 150
    assert index.nearest(rows[2], limit=1, since=ArticleId(160))[0][0] == 200
    index.update(_ids(300), rows[4:5])
    assert {article_id for article_id, _ in index.nearest(rows[4], limit=9)} == {50, 100, 150, 200, 300}


def test_replacing_and_removing(index: VectorIndex) -> None:
    rows = _unit(4)
    index.update(_ids(1, 3, 2), rows[:3])
    index.update(_ids(2), rows[3:4])
    assert len(index) == 3
    assert index.nearest(rows[3], limit=1)[0][0] == 2
    index.remove(_ids(2, 99))
    assert len(index) == 2
    assert 2 not in {article_id for article_id, _ in index.nearest(rows[3], limit=9)}


def test_of_an_id_given_twice_the_last_counts(index: VectorIndex) -> None:
    rows = _unit(2)
    index.update(_ids(1, 1), rows)
    assert len(index) == 1
    assert index.nearest(rows[1], limit=1)[0][1] == pytest.approx(1.0, abs=0.005)


def test_a_zero_vector_is_nobodys_neighbour(index: VectorIndex) -> None:
    index.update(_ids(1, 2), np.vstack([np.zeros(32, dtype=np.float32), _unit(1)[0]]))
    assert index.nearest(np.zeros(32, dtype=np.float32), limit=3) == []
    assert [article_id for article_id, _ in index.nearest(_unit(1)[0], limit=3)] == [2]


def test_many_late_arrivals_stay_in_order(index: VectorIndex) -> None:
    rows = _unit(9001)
    numbers = np.random.default_rng(3).permutation(9001) + 1
    for start in range(0, 9001, 700):
        index.update(_ids(*numbers[start : start + 700].tolist()), rows[start : start + 700])
    assert len(index) == 9001
    window = index.nearest(rows[0], limit=9001, since=ArticleId(1000), until=ArticleId(1100))
    assert {article_id for article_id, _ in window} == set(range(1000, 1100))


def test_it_remembers_what_it_has_heard_of(index: VectorIndex) -> None:
    assert index.position == 0
    index.heard(3)
    assert index.position == 3
    index.update(_ids(1), _unit(1))
    index.heard(8)
    assert index.position == 8
    assert len(index) == 1
    near = np.eye(1, 32, dtype=np.float32)[0] + _unit(1)[0] / 100
    assert [one for one, _ in index.nearest(near, limit=1)] == [1]
    assert [one for one, _ in index.nearest(near, limit=5, until=ArticleId(9))] == [1]


def test_readers_and_writers_at_once(index: VectorIndex) -> None:
    rows = _unit(2000)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for row in rows[:100]:
                index.nearest(row, limit=3)
        except BaseException as error:  # noqa: BLE001 - whatever a thread raises must reach the test
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(0, 2000, 50):
        index.update(_ids(*range(2000 - number, 2050 - number)), rows[number : number + 50])
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(index) == 2000
