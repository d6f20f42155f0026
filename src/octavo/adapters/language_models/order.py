"""Several models in order: the next one is asked when one gives nothing, but never in the middle of an answer."""

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from octavo.errors import ModelBusy, ModelError, ModelOff, ModelRefused
from octavo.ports.language_model import LanguageModel, Piece, Prompt


class InOrder:
    """Tries models in order. One that said it would not answer for a while is left alone that long."""

    def __init__(self, models: Sequence[LanguageModel]) -> None:
        self._models = tuple(models)
        self._rested = dict.fromkeys(range(len(self._models)), 0.0)
        self._lock = threading.Lock()

    @property
    def model(self) -> str:
        """The first one's name; what really wrote stands on each answer's last piece."""
        return self._models[0].model if self._models else ""

    @property
    def context(self) -> int:
        """What the smallest of them takes: any may come to answer."""
        return min((one.context for one in self._models), default=0)

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece; see the port."""
        failures: list[ModelError] = []
        for index, model in enumerate(self._models):
            words = _Words()
            try:
                self._check(index, model)
                yield from _heard(model.write(prompt), words)
                return
            except ModelError as error:
                self._rest(index, error.wait_s)
                if words.begun:
                    raise
                failures.append(error)
        raise _together(failures)

    def close(self) -> None:
        """Close them all."""
        for model in self._models:
            model.close()

    def _check(self, index: int, model: LanguageModel) -> None:
        with self._lock:
            left = self._rested[index] - time.monotonic()
        if left > 0:
            raise ModelBusy(f"{model.model} did not answer lately and is left alone for {left:.0f} s")

    def _rest(self, index: int, wait_s: float) -> None:
        if wait_s > 0:
            with self._lock:
                self._rested[index] = time.monotonic() + wait_s


@dataclass(slots=True)
class _Words:
    """Whether any text of an answer was handed on."""

    begun: bool = False


def _heard(pieces: Generator[Piece], words: _Words) -> Generator[Piece]:
    with closing(pieces):
        for piece in pieces:
            words.begun = words.begun or bool(piece.text)
            yield piece


def _together(failures: Sequence[ModelError]) -> ModelError:
    """Make one error of those of all models: refused when all refused, busy when waiting may help."""
    if not failures:
        return ModelOff("there is no language model here")
    if len(failures) == 1:
        return failures[0]
    told = "; ".join(map(str, failures))
    if all(isinstance(one, ModelRefused) for one in failures):
        return ModelRefused(told)
    busy = any(isinstance(one, ModelBusy) for one in failures)
    return ModelBusy(told) if busy else ModelError(told)
