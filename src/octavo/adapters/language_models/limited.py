"""A model within its bounds: so many prompts at a time, so many tokens and so much money in a day."""

import threading
from collections.abc import Generator
from contextlib import closing, suppress

from octavo.config import ModelSettings
from octavo.errors import ModelBusy, StoreBusy
from octavo.ports.language_model import LanguageModel, Piece, Prompt
from octavo.ports.spending import Allowance, Spending

_BYTES_A_TOKEN = 3
"""Bytes of UTF-8 that make one token where nobody counted: English has some four, Arabic and Chinese two to three."""

_WRAPPING = 30  # tokens around the two messages


class Limited:
    """Keeps a model to the bounds its settings name. What an answer may cost is counted before it is asked for, and
    put right after it: so neither a restart nor an answer that is cut off can make the day's budget larger."""

    def __init__(self, model: LanguageModel, settings: ModelSettings, spending: Spending) -> None:
        self._model = model
        self._name = settings.name
        self._at_once = settings.at_once
        self._seats = threading.BoundedSemaphore(settings.at_once)
        self._spending = spending
        self._allowance = Allowance(settings.daily_tokens, settings.daily_price, settings.price_in, settings.price_out)

    @property
    def model(self) -> str:
        """The model's own name."""
        return self._model.model

    @property
    def context(self) -> int:
        """What the model takes."""
        return self._model.context

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Answer a prompt piece by piece. Raises ModelBusy when a bound is reached; see the port."""
        if not self._seats.acquire(blocking=False):
            raise ModelBusy(f"{self._name} is writing {self._at_once} answers already, which is all it may at a time")
        try:
            yield from self._counted(prompt)
        finally:
            self._seats.release()

    def close(self) -> None:
        """Close the model."""
        self._model.close()

    def _counted(self, prompt: Prompt) -> Generator[Piece]:
        read = tokens_of(prompt.rules + prompt.material) + _WRAPPING
        day = self._spending.reserve(self._name, self._allowance, read, prompt.most_tokens)
        took_in, took_out, written = 0, 0, ""
        try:
            with closing(self._model.write(prompt)) as pieces:
                for piece in pieces:
                    written += piece.text
                    took_in, took_out = piece.tokens_in or took_in, piece.tokens_out or took_out
                    yield piece
        finally:
            # Where the server did not count, as when it was cut off: our estimate. Nothing written may still have
            # been read, and charged.
            more_in = (took_in or read) - read
            more_out = (took_out or tokens_of(written)) - prompt.most_tokens
            with suppress(StoreBusy):  # what was reserved stays, which errs on the safe side
                self._spending.settle(day, self._name, self._allowance, more_in, more_out)


def tokens_of(text: str) -> int:
    """Estimate how many tokens a text has."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)
