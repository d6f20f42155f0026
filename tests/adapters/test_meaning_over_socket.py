"""The worker answers the website about meaning, or does not, over a socket."""

import json
import socket
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from octavo.adapters.meaning.over_socket import NAME, Answering, WorkerMeaning
from octavo.domain.ids import ArticleId
from octavo.errors import StoreBusy
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.vector_index import Vectors

PATIENT_MS = 5000
FLOOD = Sought("flood", 5, ArticleId(7), None)


def _answer(sought: Sought) -> Alike:
    if sought.words == "busy":
        raise StoreBusy("the store is busy")
    return [(ArticleId(2**50), 0.51234), (ArticleId(sought.limit), 0.25)]


MOST_TOLD = 3_000
"""Texts a test's meaning has time for."""


@dataclass
class Told:
    """A meaning as a test tells it: of each text how long it is, twice."""

    alike: Callable[[Sought], Alike]

    def vectors(self, questions: Sequence[str], passages: Sequence[str], within_s: float) -> Vectors:
        assert 0 < within_s < PATIENT_MS
        told = [*questions, *passages][:MOST_TOLD]
        return np.array([[len(text), len(text) / 2] for text in told], np.float32) if told[0] else NO_VECTORS


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short name: a socket's address holds 107 bytes."""
    return tmp_path_factory.mktemp("s")


@pytest.fixture
def answering(folder: Path) -> Iterator[Answering]:
    made = Answering(folder, Told(_answer))
    assert made.start()
    yield made
    made.stop()


def test_what_is_asked_arrives_and_what_is_answered_comes_back(folder: Path) -> None:
    heard: list[Sought] = []

    def answer(sought: Sought) -> Alike:
        heard.append(sought)
        return _answer(sought)

    made = Answering(folder, Told(answer))
    assert made.start()
    try:
        asker = WorkerMeaning(folder, PATIENT_MS)
        assert asker.alike(FLOOD) == [(ArticleId(2**50), 0.5123), (ArticleId(5), 0.25)]
        asker.alike(Sought("فيضان\n" + "𝄞" * 300, 200))
    finally:
        made.stop()
    assert heard == [FLOOD, Sought("فيضان\n" + "𝄞" * 300, 200)]


def test_vectors_come_one_a_text_and_none_where_nobody_can_tell(folder: Path, answering: Answering) -> None:
    asker = WorkerMeaning(folder, PATIENT_MS)
    asked, texts = ["a ferry?", "?"], ["فيضان\n" + "𝄞" * 300, "\ud800 alone", *map(str, range(2_000))]
    assert asker.vectors(asked, texts).tolist() == [[len(one), len(one) / 2] for one in [*asked, *texts]]
    assert len(asker.vectors([""], [])) == len(asker.vectors([], [])) == 0
    assert len(asker.vectors(["x" * 600_000], [])) == 0
    answering.stop()
    assert len(asker.vectors(asked, texts)) == 0


def test_passages_there_was_no_time_for_have_no_row_but_questions_have(folder: Path, answering: Answering) -> None:
    asker = WorkerMeaning(folder, PATIENT_MS)
    assert asker.vectors(["ferry"], ["x"] * MOST_TOLD).shape == (MOST_TOLD, 2)
    assert len(asker.vectors(["ferry"] * (MOST_TOLD + 1), [])) == 0


def test_nobody_else_may_open_it(folder: Path, answering: Answering) -> None:
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600


def test_it_goes_with_the_worker(folder: Path) -> None:
    made = Answering(folder, Told(_answer))
    made.start()
    made.stop()
    assert not (folder / NAME).exists()
    assert WorkerMeaning(folder, PATIENT_MS).alike(FLOOD) == ()


def test_a_socket_left_by_a_crash_is_replaced(folder: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(folder / NAME))
    left.close()
    made = Answering(folder, Told(_answer))
    assert made.start()
    assert WorkerMeaning(folder, PATIENT_MS).alike(FLOOD)
    made.stop()


def test_the_first_of_two_workers_answers(folder: Path, answering: Answering) -> None:
    other = Answering(folder, Told(_answer))
    assert not other.start()
    other.stop()
    assert WorkerMeaning(folder, PATIENT_MS).alike(FLOOD)


def test_a_question_that_fails_or_makes_no_sense_ends_nothing(folder: Path, answering: Answering) -> None:
    for line in (b"nonsense\n", b"{}\n", b"[1]\n", b"x" * 600_000, b"[" * 100_000 + b"\n", b""):
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(folder / NAME))
            link.sendall(line)
    asker = WorkerMeaning(folder, PATIENT_MS)
    assert asker.alike(Sought("busy", 5)) == ()
    assert len(asker.alike(FLOOD)) == 2


@pytest.mark.parametrize("said", [b"", b"nonsense\n", b"7\n", b"[[1]]\n", b'[["a", 1]]\n', b"[" * 70_000])
def test_an_answer_that_makes_no_sense_is_none(folder: Path, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / NAME))
        door.listen()

        def answer() -> None:
            link, _ = door.accept()
            with link:
                link.recv(8192)
                link.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        assert WorkerMeaning(folder, PATIENT_MS).alike(FLOOD) == ()
        thread.join()


@pytest.mark.parametrize(
    "said", [b"", b"7\n", b'{"shape": [1, 2]}\n12', b'{"shape": [2, 1]}\n1234', b'{"shape": "x"}\n']
)
def test_vectors_that_make_no_sense_are_none(folder: Path, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / NAME))
        door.listen()

        def answer() -> None:
            link, _ = door.accept()
            with link:
                link.recv(8192)
                link.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        assert len(WorkerMeaning(folder, PATIENT_MS).vectors(["flood"], [])) == 0
        thread.join()


def test_who_waits_too_long_goes_without(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / NAME))
        door.listen()
        assert WorkerMeaning(folder, 20).alike(FLOOD) == ()


def test_a_question_nobody_waits_for_is_not_worked_on(folder: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    heard: list[str] = []

    def answer(sought: Sought) -> Alike:
        heard.append(sought.words)
        begun.set()
        go_on.wait(10)
        return []

    made = Answering(folder, Told(answer))
    made.start()
    with socket.socket(socket.AF_UNIX) as first, socket.socket(socket.AF_UNIX) as second:
        for link, words in ((first, "first"), (second, "second")):
            link.connect(str(folder / NAME))
            link.sendall(json.dumps({"words": words, "limit": 1, "since": None, "until": None}).encode() + b"\n")
        begun.wait(10)
    go_on.set()
    WorkerMeaning(folder, PATIENT_MS).alike(Sought("third", 1))
    made.stop()
    assert heard == ["first", "third"]


def test_no_socket_can_be_where_its_name_is_too_long(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 120)
    deep.mkdir()
    made = Answering(deep, Told(_answer))
    assert not made.start()
    made.stop()
    assert WorkerMeaning(deep, PATIENT_MS).alike(FLOOD) == ()


def test_no_patience_asks_nobody(folder: Path, answering: Answering) -> None:
    assert WorkerMeaning(folder, 0).alike(FLOOD) == ()
