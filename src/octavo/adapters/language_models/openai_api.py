"""Any server that speaks the OpenAI chat API: Ollama, llama.cpp, vLLM, LM Studio, hosted ones.

POST /chat/completions with "stream": true; the answer is server-sent events of JSON, "[DONE]" at the end.
"""

from collections.abc import Generator
from contextlib import closing
from typing import Any

from octavo.adapters.model_servers.answer import Answer, count, read_event
from octavo.adapters.model_servers.events import events
from octavo.adapters.model_servers.server import ModelServer, Patience
from octavo.config import ModelSettings
from octavo.errors import ModelError, ModelRefused, SettingsError
from octavo.ports.language_model import Piece, Prompt

DONE = "[DONE]"


class OpenAiModel:
    """One model of one server. Holds no connection between answers. Raises SettingsError when no address is set."""

    def __init__(self, settings: ModelSettings, key: str) -> None:
        if not settings.address:
            raise SettingsError(f"setting models: {settings.name} needs an address, such as http://127.0.0.1:11434/v1")
        patience = Patience(settings.connect_s, settings.first_words_s, settings.whole_s)
        fields = {"Authorization": f"Bearer {key}"} if key else {}
        self._server = ModelServer(settings.name, settings.address, fields, patience, settings.proxy)
        self._settings = settings

    @property
    def model(self) -> str:
        """The name its server knows it by, or else its name in settings."""
        return self._settings.model or self._settings.name

    @property
    def context(self) -> int:
        """Tokens a prompt and its answer may have together, as settings say."""
        return self._settings.context

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece; see the port."""
        name = self._settings.name
        answer = Answer(name, prompt, self._settings.first_words_s)
        tokens_in = tokens_out = 0
        reason = ""
        with closing(self._server.stream("/chat/completions", self._body(prompt))) as chunks:
            for event in events(chunks):
                if event is None:
                    answer.wait()
                    yield Piece()
                    continue
                if event.text.strip() == DONE:
                    break
                told = read_event(name, event.text)
                usage = told.get("usage")
                tokens_in = count(usage, "prompt_tokens") or tokens_in
                tokens_out = count(usage, "completion_tokens") or tokens_out
                text, ended = _read(name, told)
                reason = ended or reason
                if text:
                    yield answer.take(text)
                else:
                    answer.wait()
        if reason == "content_filter":
            raise ModelRefused(f"{name} will not answer this")
        if not reason:
            raise ModelError(f"{name} broke off before its answer was done")
        yield Piece("", reason == "stop", tokens_in, tokens_out, self.model)

    def close(self) -> None:
        """Hold nothing."""

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.rules},
                {"role": "user", "content": prompt.material},
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
            self._settings.answer_field: prompt.most_tokens,
        }
        if self._settings.temperature >= 0:
            body["temperature"] = self._settings.temperature
        if prompt.stop:
            body["stop"] = list(prompt.stop)
        return body


def _read(name: str, told: dict[str, Any]) -> tuple[str, str]:
    """Read one event: its text, and why the answer ended, if it did."""
    if told.get("error"):
        raise ModelError(f"{name} broke off with an error")
    choices = told.get("choices")
    if not choices:  # the event that carries the count of tokens, or a server's own extras
        return "", ""
    first = choices[0] if isinstance(choices, list) else None
    if not isinstance(first, dict):
        raise ModelError(f"{name} sends events that are no part of an answer")
    delta = first.get("delta")
    text = delta.get("content") if isinstance(delta, dict) else None
    if isinstance(delta, dict) and delta.get("refusal"):
        raise ModelRefused(f"{name} will not answer this")
    reason = first.get("finish_reason")
    return text if isinstance(text, str) else "", reason if isinstance(reason, str) else ""
