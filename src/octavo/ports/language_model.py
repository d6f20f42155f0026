"""LanguageModel: a prompt in, text out, piece by piece. What comes out is untrusted: brief/grounding.py checks it."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `rules` are ours; `material` is other people's text, data and never instruction.

    `name` is the prompt's file and version ("answer/3"). `most_tokens` bounds the answer; `stop` ends it.
    """

    name: str
    rules: str
    material: str
    most_tokens: int = 400
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the answer as it comes; the last one tells what it took, in the model's tokens (0 where it is not said).

    A piece without text comes about once a second while nothing else does, so that whoever asks can stop in between.
    `finished` is set on the last piece of a whole answer only: an answer that was cut off never has it.
    """

    text: str = ""
    finished: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    model: str = ""


class LanguageModel(Protocol):
    """Writes text. Closing the iterator cancels the request."""

    @property
    def model(self) -> str:
        """Name and version; "" when there is none, and nothing may be asked."""
        ...

    @property
    def context(self) -> int:
        """Tokens a prompt and its answer may have together; 0 when there is no model."""
        ...

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece.

        Raises ModelOff (there is none), ModelRefused (it will not), ModelBusy (budget spent, or too many at once) or
        ModelError (no connection, time-out, an answer that is none).
        """
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...
