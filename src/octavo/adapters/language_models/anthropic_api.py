"""Models of Anthropic, or of a server that speaks its Messages API (version 2023-06-01), as a stream of events."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

from octavo.adapters.model_servers.answer import Answer, count, read_event
from octavo.adapters.model_servers.events import events
from octavo.adapters.model_servers.server import ModelServer, Patience
from octavo.config import ModelSettings
from octavo.errors import ModelBusy, ModelError, ModelRefused, SettingsError
from octavo.ports.language_model import Piece, Prompt

ADDRESS = "https://api.anthropic.com/v1"
VERSION = "2023-06-01"
_WHOLE = frozenset({"end_turn", "stop_sequence"})


class AnthropicModel:
    """One model. Holds no connection between answers. Raises SettingsError when no model is named."""

    def __init__(self, settings: ModelSettings, key: str) -> None:
        if not settings.model:
            raise SettingsError(f"setting models: {settings.name} needs a model, as Anthropic calls it")
        patience = Patience(settings.connect_s, settings.first_words_s, settings.whole_s)
        fields = {"anthropic-version": VERSION} | ({"x-api-key": key} if key else {})
        self._server = ModelServer(settings.name, settings.address or ADDRESS, fields, patience, settings.proxy)
        self._settings = settings

    @property
    def model(self) -> str:
        """The name its server knows it by."""
        return self._settings.model

    @property
    def context(self) -> int:
        """Tokens a prompt and its answer may have together, as settings say."""
        return self._settings.context

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece; see the port."""
        name = self._settings.name
        answer = Answer(name, prompt, self._settings.first_words_s)
        reading = _Reading(name)
        with closing(self._server.stream("/messages", self._body(prompt))) as chunks:
            for event in events(chunks):
                text = reading.take(read_event(name, event.text)) if event is not None else ""
                if text:
                    yield answer.take(text)
                else:
                    answer.wait()
                    yield Piece()
                if reading.done:
                    break
        if reading.reason == "refusal":
            raise ModelRefused(f"{name} will not answer this")
        if not reading.done or not reading.reason:
            raise ModelError(f"{name} broke off before its answer was done")
        yield Piece("", reading.reason in _WHOLE, reading.tokens_in, reading.tokens_out, self.model)

    def close(self) -> None:
        """Hold nothing."""

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "system": prompt.rules,
            "messages": [{"role": "user", "content": prompt.material}],
            "max_tokens": prompt.most_tokens,
            "stream": True,
        }
        if self._settings.temperature >= 0:
            body["temperature"] = self._settings.temperature
        if stop := [one for one in prompt.stop if one.strip()]:  # this API refuses stops of white space alone
            body["stop_sequences"] = stop
        return body


class _Reading:
    """What the events of one answer have told so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.reason = ""
        self.done = False
        self.tokens_in = 0
        self.tokens_out = 0

    def take(self, told: dict[str, Any]) -> str:
        """Read one event; gives its text. Kinds that are not known are passed over, as the API asks of its clients."""
        kind, delta = told.get("type"), told.get("delta")
        delta = delta if isinstance(delta, dict) else {}
        if kind == "error":
            raise self._error(told.get("error"))
        if kind == "content_block_delta" and isinstance(delta.get("text"), str):
            return str(delta["text"])
        if kind == "message_start":
            message = told.get("message")
            usage = message.get("usage") if isinstance(message, dict) else None
            self.tokens_in = sum(
                count(usage, one) for one in ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
            )
        elif kind == "message_delta":
            self.tokens_out = count(told.get("usage"), "output_tokens") or self.tokens_out
            self.reason = str(delta.get("stop_reason") or "")
        elif kind == "message_stop":
            self.done = True
        return ""

    def _error(self, error: Any) -> ModelError:
        if isinstance(error, dict) and error.get("type") in ("overloaded_error", "rate_limit_error"):
            return ModelBusy(f"{self._name} is busy", wait_s=30.0)
        return ModelError(f"{self._name} broke off with an error")
