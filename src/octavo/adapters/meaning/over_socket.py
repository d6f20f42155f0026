"""Meaning over a Unix domain socket: the worker, which has the model, answers; the website asks.

One connection is one question: a line of JSON there, a line of JSON back, behind which the numbers of vectors follow.
The socket lies in the data folder and only its owner may open it. Who asks waits a few dozen milliseconds, for vectors
a second, and no longer; a question nobody waits for any more is not worked on.
"""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import numpy as np
import structlog

from octavo.domain.ids import ArticleId
from octavo.errors import OctavoError
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.vector_index import Vectors

log = structlog.get_logger()

NAME = "meaning.sock"
_MODE = 0o600
_WAITING = 16
_LONGEST = 1 << 19
"""Bytes of a question: one for vectors holds some sixty passages."""

_LONGEST_FOUND, _LONGEST_VECTORS = 1 << 16, 1 << 23
"""Bytes of an answer: articles, vectors."""

_LONGEST_SHAPE = 100
_READ_S = 1.0
_MOST = 1000
_TEXTS = 4096
_PATIENT = 12
"""How much longer vectors are waited for than finds: they are a hundred times as many words."""

_SHARE = 0.7
"""Of that time what the worker may take; the rest is for the way, and for the passages it is at."""


class WorkerMeaning:
    """Asks the worker; away, busy or broken, it finds nothing."""

    def __init__(self, folder: Path, patience_ms: int) -> None:
        self._path = str(folder / NAME)
        self._patience = patience_ms / 1000

    def alike(self, sought: Sought) -> Alike:
        """Give the nearest articles; none when the worker does not answer in time."""
        if not self._patience:
            return ()
        asked: dict[str, Any] = {
            "words": sought.words,
            "limit": sought.limit,
            "since": sought.since,
            "until": sought.until,
        }
        try:
            return _read_answer(self._ask(asked, self._patience, _LONGEST_FOUND)[0])
        except (OSError, ValueError, TypeError):
            return ()

    def vectors(self, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        """Give the vectors of texts, as many as the worker tells in time; no row when it does not answer."""
        if not self._patience or not (questions or passages):
            return NO_VECTORS
        patience = self._patience * _PATIENT
        asked = {"questions": list(questions), "passages": list(passages), "within_s": patience * _SHARE}
        try:
            head, rest = self._ask(asked, patience, _LONGEST_VECTORS)
            rows = np.frombuffer(rest, np.float16).reshape(json.loads(head[:_LONGEST_SHAPE])["shape"])
        except (OSError, ValueError, TypeError, KeyError):
            return NO_VECTORS
        most = len(questions) + len(passages)
        return rows.astype(np.float32) if len(questions) <= len(rows) <= most else NO_VECTORS

    def _ask(self, asked: dict[str, Any], patience: float, longest: int) -> tuple[bytes, bytes]:
        """Give the line of the answer, and what follows it."""
        end = monotonic() + patience
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(patience)
            link.connect(self._path)
            link.sendall(json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            held = b"".join(_pieces(link, end, longest))
            line, _, rest = held.partition(b"\n")
            return line, rest


def _read_answer(line: bytes) -> Alike:
    return [(ArticleId(int(one)), float(cosine)) for one, cosine in json.loads(line)]


class Told(Protocol):
    """What tells meaning in the worker: a Meaning that is told how long it may take."""

    def alike(self, sought: Sought) -> Alike:
        """See `Meaning`."""
        ...

    def vectors(self, questions: Sequence[str], passages: Sequence[str], within_s: float) -> Vectors:
        """See `Meaning`; what is not told within so many seconds is left out."""
        ...


class Answering:
    """Answers on the socket in a thread of its own, one question after the other, until it is stopped."""

    def __init__(self, folder: Path, meaning: Told) -> None:
        self._path = folder / NAME
        self._meaning = meaning
        self._door: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Open the socket and begin to answer; False where another worker answers already, or no socket can be."""
        if self._is_answered():
            return False
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._path.unlink(missing_ok=True)
            door.bind(str(self._path))
            # Before it listens, so that nobody else can have come in.
            self._path.chmod(_MODE)
            door.listen(_WAITING)
        except OSError as error:
            door.close()
            log.warning("search will not find by meaning", socket=str(self._path), reason=error.strerror or str(error))
            return False
        self._door = door
        self._thread = threading.Thread(target=self._serve, args=(door,), name="meaning", daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Close the socket; a question being answered is left."""
        door, self._door = self._door, None
        if door is None:
            return
        self._path.unlink(missing_ok=True)
        with suppress(OSError):  # wakes accept()
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        if self._thread is not None:
            self._thread.join(_READ_S)

    def _is_answered(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(_READ_S)
            try:
                link.connect(str(self._path))
            except OSError:
                return False
        return True

    def _serve(self, door: socket.socket) -> None:
        while self._door is door:
            try:
                link, _ = door.accept()
            except OSError:
                return
            with link:
                try:
                    self._answer_one(link)
                except (OSError, ValueError, TypeError, KeyError, RecursionError, OctavoError) as error:
                    log.info("a question about meaning was not answered", reason=str(error))

    def _answer_one(self, link: socket.socket) -> None:
        link.settimeout(_READ_S)
        line = _line(link, monotonic() + _READ_S, _LONGEST)
        if not line or _is_gone(link):
            return
        told = self._told(json.loads(line))
        link.settimeout(_READ_S)
        link.sendall(told)

    def _told(self, asked: dict[str, Any]) -> bytes:
        if "passages" in asked:
            questions, passages = ([str(one) for one in asked[name]][:_TEXTS] for name in ("questions", "passages"))
            rows = self._meaning.vectors(questions, passages, float(asked["within_s"]))
            return json.dumps({"shape": rows.shape}).encode() + b"\n" + rows.astype(np.float16).tobytes()
        found = self._meaning.alike(_read_question(asked))
        return json.dumps([(one, round(cosine, 4)) for one, cosine in found]).encode() + b"\n"


def _read_question(given: dict[str, Any]) -> Sought:
    since, until = (None if given[name] is None else ArticleId(int(given[name])) for name in ("since", "until"))
    return Sought(str(given["words"]), min(int(given["limit"]), _MOST), since, until)


def _line(link: socket.socket, end: float, longest: int) -> bytes:
    """Read one line; b"" when the other side has hung up. Raises TimeoutError, ValueError when it is too long."""
    held = b""
    for piece in _pieces(link, end, longest):
        held += piece
        if held.endswith(b"\n"):
            return held
    return b""


def _pieces(link: socket.socket, end: float, longest: int) -> Iterator[bytes]:
    """Read until the other side ends. Raises TimeoutError, ValueError when that is too much."""
    size = 0
    while True:
        left = end - monotonic()
        if left <= 0:
            raise TimeoutError
        link.settimeout(left)
        piece = link.recv(262_144)
        if not piece:
            return
        size += len(piece)
        if size > longest:
            raise ValueError("it is too long")
        yield piece


def _is_gone(link: socket.socket) -> bool:
    """Say whether who asked has hung up meanwhile."""
    link.setblocking(False)
    try:
        return link.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
