"""Milvus as a vector index: shared by workers, killed and started again, away, asked as few times as can be."""

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
from numpy.typing import NDArray
from pymilvus import MilvusClient

from milvus import MilvusServer
from octavo import app
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.vector_indexes.milvus import MilvusIndex, collection_name
from octavo.config import MilvusSettings, Settings, load
from octavo.domain.ids import ArticleId
from octavo.errors import SettingsError, VectorsAway
from octavo.ports.vector_index import Window
from running import PATIENCE_S

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

Make = Callable[..., MilvusIndex]


@pytest.fixture
def model() -> str:
    return f"small model/{secrets.token_hex(4)}"


@pytest.fixture
def make(milvus_server: MilvusServer, model: str) -> Iterator[Make]:
    """Make indexes of one model, as several workers do."""
    made: list[MilvusIndex] = []

    def one(named: str = model, **changes: object) -> MilvusIndex:
        made.append(milvus_server.index(named, **changes))
        return made[-1]

    yield one
    for each in made:
        each.close()


def rows(count: int, seed: int = 7, dimensions: int = 32) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)


def ids(*numbers: int) -> list[ArticleId]:
    return [ArticleId(number) for number in numbers]


def numbers(found: list[tuple[ArticleId, float]]) -> list[int]:
    return [one for one, _ in found]


def test_a_worker_that_starts_finds_what_another_filled(make: Make) -> None:
    first, second = make(), make()
    first.update(ids(1, 2), rows(2))
    first.heard(17)
    assert (second.position, len(second)) == (17, 2)
    assert numbers(second.nearest_each(rows(1), [(None, None)], limit=1)[0]) == [1]
    second.remove(ids(1))
    assert numbers(first.nearest_each(rows(1), [(None, None)], limit=5)[0]) == [2]


def test_two_workers_that_fill_at_once_fill_it_once(make: Make) -> None:
    def fill(index: MilvusIndex) -> None:
        for at in range(0, 400, 50):
            index.update(ids(*range(at, at + 50)), rows(400)[at : at + 50])
        index.heard(40)

    workers = [make() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, workers))
    assert {(len(one), one.position) for one in workers} == {(400, 40)}


def test_vectors_of_two_models_never_meet(make: Make, model: str) -> None:
    make().update(ids(1), rows(1))
    make().heard(5)
    other = make(f"{model}-2")
    assert (other.position, len(other), other.nearest(rows(1)[0], limit=3)) == (0, 0, [])
    other.update(ids(2), rows(1, dimensions=8))
    assert numbers(other.nearest(rows(1, dimensions=8)[0], limit=3)) == [2]
    assert numbers(make().nearest(rows(1)[0], limit=3)) == [1]


def test_two_instances_share_a_server_by_their_prefix(make: Make) -> None:
    make().update(ids(1), rows(1))
    assert len(make(prefix="other")) == 0


@pytest.mark.parametrize("model", ["A small Model/512", "a small model/512", "小さなモデル", "x" * 300])
def test_a_collections_name_is_one_that_milvus_takes(model: str) -> None:
    name = collection_name("octavo", model)
    assert name.isascii()
    assert name.replace("_", "").isalnum()
    assert len(name) < 120
    assert name != collection_name("octavo", f"{model}-2")


def test_vectors_of_another_length_are_refused_and_nothing_is_lost(make: Make) -> None:
    index = make()
    index.update(ids(1), rows(1))
    for act in (
        lambda: index.update(ids(2), rows(1, dimensions=16)),
        lambda: index.nearest(rows(1, dimensions=16)[0], limit=1),
    ):
        with pytest.raises(VectorsAway, match="holds vectors of 32 numbers, not of 16: drop it"):
            act()
    assert numbers(index.nearest(rows(1)[0], limit=3)) == [1]


def test_what_is_acknowledged_outlives_kill_nine(milvus_server: MilvusServer, make: Make) -> None:
    index, vectors = make(), rows(600)
    index.update(ids(*range(300)), vectors[:300])
    index.heard(7)
    index.remove(ids(*range(10)))
    index.update(ids(20), vectors[599:])
    milvus_server.kill()
    try:
        for act in (
            lambda: index.update(ids(*range(300, 600)), vectors[300:]),
            lambda: index.heard(9),
            lambda: index.position,
            lambda: index.nearest(vectors[50], limit=3),
            lambda: len(index),
        ):
            began = time.monotonic()
            with pytest.raises(VectorsAway, match=rf"Milvus at {milvus_server.url} did not do"):
                act()
            assert time.monotonic() - began < PATIENCE_S / 4
    finally:
        milvus_server.start()
    for one in (index, make()):
        assert one.position == 7
        assert len(one) == 290
        asked = [*range(10, 20), *range(21, 300)]
        found = one.nearest_each(vectors[asked], [(None, None)] * len(asked), limit=1)
        assert [near[0][0] for near in found] == asked
        assert numbers(one.nearest(vectors[599], limit=1)) == [20]
        assert not set(numbers(one.nearest(vectors[3], limit=300))) & set(range(10))
    index.update(ids(*range(300, 600)), vectors[300:])
    index.heard(9)
    assert (make().position, len(make())) == (9, 590)


def write_until_it_is_gone(index: MilvusIndex, vectors: NDArray[np.float32]) -> int:
    """Write vectors, twenty at a time, over and over; gives how many writes were acknowledged, and heard of."""
    done = 1
    while True:
        some = ids(*(one % len(vectors) for one in range(done, done + 20)))
        try:
            index.update(some, vectors[list(some)])
            index.heard(done + 19)
        except VectorsAway:
            return done
        done += 20


def test_kill_nine_while_it_writes_loses_nothing_acknowledged(tmp_path: Path, model: str) -> None:
    server, vectors = MilvusServer(tmp_path / "milvus"), rows(4000)
    server.start()
    index = server.index(model)
    index.update(ids(0), vectors[:1])
    killing = threading.Timer(1.0, server.kill)
    killing.start()
    done = write_until_it_is_gone(index, vectors)
    killing.join()
    server.start()
    try:
        assert index.position in {done - 1, done + 19}
        assert len(index) >= min(done, 4000)
        asked = list(range(0, min(done, 4000), 7))
        found = index.nearest_each(vectors[asked], [(None, None)] * len(asked), limit=1)
        assert [near[0][0] for near in found] == asked
    finally:
        index.close()
        server.kill()


def test_a_server_that_hangs_is_waited_for_so_long(milvus_server: MilvusServer, make: Make) -> None:
    make().update(ids(1), rows(1))
    index = make(whole_s=2.0)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:  # on a busy machine even a server that answers may take longer
        with suppress(VectorsAway):
            assert numbers(index.nearest(rows(1)[0], limit=1)) == [1]
            break
    assert milvus_server.running
    os.kill(milvus_server.running.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(VectorsAway, match="DEADLINE_EXCEEDED"):
            index.nearest(rows(1)[0], limit=1)
        assert time.monotonic() - began < PATIENCE_S / 4
    finally:
        os.kill(milvus_server.running.pid, signal.SIGCONT)
    assert numbers(make().nearest(rows(1)[0], limit=1)) == [1]


def test_who_listens_and_says_nothing_is_waited_for_so_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        index = MilvusIndex(MilvusSettings(url=url, connect_s=1.0), "", "model")
        began = time.monotonic()
        with pytest.raises(VectorsAway, match="Fail connecting"):
            _ = index.position
        assert time.monotonic() - began < PATIENCE_S / 4
        index.close()


def test_a_collection_dropped_by_hand_is_filled_from_the_start(
    milvus_server: MilvusServer, make: Make, model: str
) -> None:
    index = make()
    index.heard(3)
    index.update(ids(1), rows(1))
    assert index.position == 0, "nobody has said of this collection that it is whole"
    by_hand = MilvusClient(uri=milvus_server.url, dedicated=True)
    by_hand.drop_collection(collection_name("octavo", model))
    by_hand.close()
    with pytest.raises(VectorsAway, match="any more"):
        _ = index.position
    assert index.position == 0
    index.update(ids(2), rows(1))
    assert numbers(index.nearest(rows(1)[0], limit=3)) == [2]


def test_a_restart_nobody_noticed_is_none_of_a_workers_concern(milvus_server: MilvusServer, make: Make) -> None:
    index = make()
    index.update(ids(1), rows(1))
    index.heard(5)
    milvus_server.kill()
    milvus_server.start()
    assert index.position == 5
    assert numbers(index.nearest(rows(1)[0], limit=3)) == [1]


def test_what_was_cut_off_while_it_was_made_is_made_whole(milvus_server: MilvusServer, make: Make, model: str) -> None:
    by_hand = MilvusClient(uri=milvus_server.url, dedicated=True)
    index = make()
    index.update(ids(1), rows(1))
    by_hand.release_collection(collection_name("octavo", model))
    by_hand.drop_index(collection_name("octavo", model), "vector")
    assert numbers(make().nearest(rows(1)[0], limit=1)) == [1]
    assert by_hand.list_indexes(collection_name("octavo", model)) == ["vector"]
    by_hand.close()


def test_the_server_is_asked_once_for_windows_that_are_nearly_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    index, vectors = make(), rows(1000)
    index.update(ids(*range(1000)), vectors)
    asked: list[str] = []
    search = MilvusClient.search

    def counted(self: MilvusClient, *given: Any, **named: Any) -> Any:
        asked.append(named["filter"])
        return search(self, *given, **named)

    monkeypatch.setattr(MilvusClient, "search", counted)
    windows: list[Window] = [(ArticleId(100 + one), ArticleId(700 + one)) for one in range(40)]
    found = index.nearest_each(vectors[100:140], windows, limit=10)
    assert asked == ["id >= 100 and id < 739"]
    for one, (since, until) in enumerate(windows):
        assert numbers(found[one]) == numbers(index.nearest(vectors[100 + one], limit=10, since=since, until=until))
    asked.clear()
    index.nearest_each(vectors[:300], [(None, None)] * 300, limit=3)
    assert asked == ["", ""], "as many questions as go into one search"
    asked.clear()
    index.nearest_each(vectors[:3], [(None, ArticleId(50)), (ArticleId(900), None), (None, ArticleId(50))], limit=3)
    assert asked == ["id < 50", "id >= 900"]


def test_where_what_lies_near_is_outside_of_a_questions_own_window_it_is_asked_alone(make: Make) -> None:
    index, vectors = make(), rows(1000)
    vectors[100:110] = vectors[999] + rows(10, seed=9) / 100
    index.update(ids(*range(1000)), vectors)
    windows: list[Window] = [(ArticleId(100), ArticleId(700)), (ArticleId(110), ArticleId(710))]
    first, second = index.nearest_each(vectors[[999, 999]], windows, limit=6)
    assert set(numbers(first)) <= set(range(100, 110))
    right = 110 + np.argsort(-_cosines(vectors[110:710], vectors[999]))[:6]
    assert numbers(second) == right.tolist()


def _cosines(held: NDArray[np.float32], one: NDArray[np.float32]) -> NDArray[np.float32]:
    cosines: NDArray[np.float32] = held @ one / np.linalg.norm(held, axis=1)
    return cosines


def test_a_vector_that_becomes_zero_is_forgotten(make: Make) -> None:
    index = make()
    index.update(ids(1, 2), rows(2))
    index.update(ids(1), np.zeros((1, 32), dtype=np.float32))
    assert (numbers(index.nearest(rows(1)[0], limit=3)), len(index)) == ([2], 1)


def test_the_token_is_sent_and_never_told() -> None:
    sent: list[str] = []

    class Refusing(grpc.GenericRpcHandler):  # type: ignore[misc]
        def service(self, details: Any) -> Any:
            sent.extend(str(value) for key, value in details.invocation_metadata if key == "authorization")
            return grpc.unary_unary_rpc_method_handler(
                lambda _, context: context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure")
            )

    server = grpc.server(ThreadPoolExecutor(1), handlers=[Refusing()])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    index = MilvusIndex(MilvusSettings(url=f"http://127.0.0.1:{port}", connect_s=5.0), "root:swordfish", "model")
    try:
        with pytest.raises(VectorsAway) as raised:
            index.heard(1)
    finally:
        index.close()
        server.stop(None)
    assert set(sent) == {base64.b64encode(b"root:swordfish").decode()}
    assert "swordfish" not in str(raised.value)


def test_settings_choose_it_and_name_the_file_of_its_token(tmp_path: Path, milvus_server: MilvusServer) -> None:
    (tmp_path / "milvus").write_text("root:swordfish\n")
    said = MilvusSettings(url=milvus_server.url, token_name="milvus")
    index = app.make_vector_index(
        Settings(vector_index="milvus", milvus=said, secrets_dir=str(tmp_path)), OffEmbedder()
    )
    assert (index.position, len(index)) == (0, 0)
    index.close()
    with pytest.raises(SettingsError, match=r"milvus\.token_name: the secret cannot be read"):
        app.make_vector_index(
            Settings(vector_index="milvus", milvus=said, secrets_dir=str(tmp_path / "none")), OffEmbedder()
        )


def test_a_wrong_setting_of_it_does_not_repeat_its_token() -> None:
    with pytest.raises(SettingsError) as raised:
        load(milvus={"url": "http://root:swordfish@vectors.example:19530"})
    assert "milvus.url" in str(raised.value)
    assert "swordfish" not in str(raised.value)


def test_without_its_package_it_says_which_extra_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.adapters.vector_indexes.milvus.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"octavo\[milvus\]"):
        MilvusIndex(MilvusSettings(url="http://127.0.0.1:9"), "", "model")


def test_a_process_that_asks_it_nothing_does_not_load_its_client() -> None:
    said = (
        "import sys; from octavo.adapters.vector_indexes.milvus import MilvusIndex;"
        "from octavo.config import MilvusSettings;"
        "MilvusIndex(MilvusSettings(url='http://127.0.0.1:9'), '', 'model').close();"
        "print('pymilvus' in sys.modules, 'grpc' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False False"


def test_it_needs_an_address() -> None:
    with pytest.raises(SettingsError, match=r"milvus needs milvus\.url"):
        MilvusIndex(MilvusSettings(), "", "model")


def test_nothing_is_asked_before_it_is_needed() -> None:
    index = MilvusIndex(MilvusSettings(url="http://127.0.0.1:9"), "", "model")
    index.update([], rows(0))
    index.remove([])
    index.close()
