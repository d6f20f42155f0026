"""A GGUF file run in this process by llama.cpp (package `xllamacpp`, the extra `local-model`)."""

import queue
import secrets
import threading
import time
from collections.abc import Generator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from octavo.adapters.model_servers.answer import Answer, count
from octavo.config import ModelSettings
from octavo.errors import ModelBusy, ModelError, SettingsError
from octavo.ports.language_model import Piece, Prompt

BEAT_S = 1.0
_AHEAD = 8  # pieces the model may write before they are taken


class LocalModel:
    """The model is loaded when it is first asked, and kept: its file's size in memory, in each process that asks.

    Raises SettingsError when there is no such file, or the package is not installed.
    """

    def __init__(self, settings: ModelSettings, key: str) -> None:
        if not Path(settings.model).is_file():
            raise SettingsError(f"setting models: {settings.name} needs the path of a GGUF file as its model")
        if find_spec("xllamacpp") is None:
            told = "needs a package that is not installed: pip install 'octavo[local-model]'"
            raise SettingsError(f"setting models: {settings.name} {told}")
        self._settings = settings
        self._lock = threading.Lock()
        self._key = secrets.token_hex(32)
        self._engine: Any = None

    @property
    def model(self) -> str:
        """The file's name."""
        return Path(self._settings.model).stem

    @property
    def context(self) -> int:
        """Tokens a prompt and its answer may have together, as settings say."""
        return self._settings.context

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece; see the port. It stops at the next token once the iterator is closed."""
        name = self._settings.name
        answer = Answer(name, prompt, self._settings.first_words_s)
        running = _Running(self._load(), self._body(prompt))
        waited, reason, usage = 0.0, "", None
        try:
            while True:
                began = time.monotonic()
                told = running.next(BEAT_S)
                waited += time.monotonic() - began
                if told is _ENDED:
                    break
                if waited > self._settings.whole_s:
                    raise ModelError(f"{name} was not done within {self._settings.whole_s:g} s")
                text, ended = _read(name, told)
                reason = ended or reason
                usage = told.get("usage") or usage if told else usage
                if text:
                    yield answer.take(text)
                else:
                    answer.wait()
                    yield Piece()
        finally:
            running.stop()
        if not reason:
            raise ModelError(f"{name} broke off before its answer was done")
        yield Piece("", reason == "stop", count(usage, "prompt_tokens"), count(usage, "completion_tokens"), self.model)

    def close(self) -> None:
        """Let go of the model."""
        with self._lock:
            self._engine = None

    def _load(self) -> Any:
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    def _open(self) -> Any:
        xllamacpp: Any = import_module("xllamacpp")  # an extra of a hundred megabytes: only where it is used

        wanted = xllamacpp.CommonParams()
        wanted.model.path = self._settings.model
        wanted.n_ctx = self._settings.context * self._settings.at_once
        wanted.n_parallel = self._settings.at_once
        wanted.verbosity = -1
        # The package's engine always listens on a port of loopback as well: behind a key that nobody is told.
        wanted.api_keys = [self._key]
        if self._settings.threads:
            wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = self._settings.threads
        try:
            return xllamacpp.Server(wanted)
        except RuntimeError as error:
            raise ModelError(f"{self._settings.name} cannot be loaded from {self._settings.model}") from error

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "messages": [
                {"role": "system", "content": prompt.rules},
                {"role": "user", "content": prompt.material},
            ],
            "max_tokens": prompt.most_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "stop": list(prompt.stop),
        } | ({"temperature": self._settings.temperature} if self._settings.temperature >= 0 else {})


_ENDED: dict[str, Any] = {"ended": True}


class _Running:
    """One answer, written by a thread of its own and taken from a short queue."""

    def __init__(self, engine: Any, body: dict[str, Any]) -> None:
        self._pieces: queue.Queue[dict[str, Any]] = queue.Queue(_AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(engine, body), daemon=True, name="local-model")
        self._thread.start()

    def next(self, wait_s: float) -> dict[str, Any]:
        """Wait for what comes next: {} when nothing came, `_ENDED` at the end."""
        try:
            return self._pieces.get(timeout=wait_s)
        except queue.Empty:
            return {}

    def stop(self) -> None:
        """Have the model stop writing."""
        self._stopped.set()

    def _run(self, engine: Any, body: dict[str, Any]) -> None:
        try:
            engine.handle_chat_completions(body, self._take)
        except (RuntimeError, ValueError, TypeError):
            self._take({"error": {"type": "engine"}})
        self._take(_ENDED)

    def _take(self, told: Any) -> bool:
        """Hand on a piece; True asks the engine to stop."""
        while not self._stopped.is_set():
            try:
                self._pieces.put(told if isinstance(told, dict) else {}, timeout=BEAT_S)
            except queue.Full:
                continue
            return False
        return True


def _read(name: str, told: dict[str, Any]) -> tuple[str, str]:
    """Read one piece: its text, and why the answer ended, if it did."""
    if error := told.get("error") or (told if "code" in told and "message" in told else None):
        kind = error.get("type") if isinstance(error, dict) else ""
        if kind == "exceed_context_size_error":
            raise ModelError(f"{name} cannot take so long a prompt: see its context")
        if kind == "unavailable_error":
            raise ModelBusy(f"{name} is still being loaded", wait_s=5.0)
        raise ModelError(f"{name} broke off with an error")
    choices = told.get("choices") or [{}]
    delta = choices[0].get("delta") or {}
    return delta.get("content") or "", choices[0].get("finish_reason") or ""
