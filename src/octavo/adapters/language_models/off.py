"""No model: nothing is written."""

from collections.abc import Generator

from octavo.errors import ModelOff
from octavo.ports.language_model import Piece, Prompt


class OffModel:
    """The language model of an instance that wants none."""

    @property
    def model(self) -> str:
        """Name of the model: there is none."""
        return ""

    @property
    def context(self) -> int:
        """It takes nothing."""
        return 0

    def write(self, prompt: Prompt) -> Generator[Piece]:
        """Raise ModelOff when the first piece is asked for, as every other model raises what is wrong."""
        yield from ()
        raise ModelOff("there is no language model here: the setting models.order names none")

    def close(self) -> None:
        """Hold nothing."""
