"""Speaker: lines of text in their languages in, one recording out."""

from collections.abc import Sequence
from typing import Protocol

from octavo.domain.speech import Recording, Spoken
from octavo.errors import SpeakerOff


class Speaker(Protocol):
    """Reads aloud. What it is given leaves this machine where its server is another."""

    @property
    def voice(self) -> str:
        """What it is called, with its version where that is known; "" where nobody speaks."""
        ...

    def speaks(self, language: str) -> bool:
        """Tell whether it reads a language (BCP 47) well enough to be listened to."""
        ...

    def record(self, lines: Sequence[Spoken]) -> Recording:
        """Say these lines one after the other, with their pauses.

        Raises SpeakerOff (there is none), or SpeakerError (it failed, took too long, gave no sound, or there is none
        that reads a line's language).
        """
        ...


class NoSpeaker:
    """For instances whose readers' own devices read aloud."""

    @property
    def voice(self) -> str:
        """Nobody's."""
        return ""

    def speaks(self, language: str) -> bool:
        """Speak none."""
        return False

    def record(self, lines: Sequence[Spoken]) -> Recording:
        """Raise SpeakerOff."""
        raise SpeakerOff("nobody reads aloud here: the setting speaker names none")
