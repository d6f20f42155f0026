"""An answer as it comes: bounded in words, and in the time until the first of them."""

import json
import time
from typing import Any

from octavo.errors import ModelError
from octavo.ports.language_model import Piece, Prompt

_CHARACTERS = 24
"""Characters one token may have at most, on average: the longest in common vocabularies have some more."""


class Answer:
    """Keeps count of one answer. Raises ModelError when it grows past what was asked for, or does not begin."""

    def __init__(self, name: str, prompt: Prompt, first_words_s: float) -> None:
        self._name = name
        self._room = prompt.most_tokens * _CHARACTERS
        self._until = time.monotonic() + first_words_s
        self._first_words_s = first_words_s
        self._begun = False

    def wait(self) -> None:
        """Notice that something came that is no text."""
        if not self._begun and time.monotonic() > self._until:
            raise ModelError(f"{self._name} wrote nothing within {self._first_words_s:g} s", wait_s=15.0)

    def take(self, text: str) -> Piece:
        """Make a piece of some text."""
        self._begun = True
        self._room -= len(text)
        if self._room < 0:
            raise ModelError(f"{self._name} writes more than it was asked to")
        return Piece(text)


def read_event(name: str, text: str) -> dict[str, Any]:
    """Read the JSON object in an event. Raises ModelError when it is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{name} sends events that are not JSON") from error
    if not isinstance(told, dict):
        raise ModelError(f"{name} sends events that are not JSON objects")
    return told


def count(told: Any, *names: str) -> int:
    """Read a number of tokens under the first of these names that holds one; 0 where it is not one."""
    for name in names:
        value = told.get(name) if isinstance(told, dict) else None
        if isinstance(value, int) and 0 <= value < 1 << 40:
            return value
    return 0
