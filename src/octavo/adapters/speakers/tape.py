"""Sounds one after the other on one tape, and the tape as an MP3 file: what every podcast app plays.

MP3 is written by libsndfile, which the extra octavo[speech] brings; it is imported when there is something to write.
"""

import io
from array import array
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from octavo.domain.speech import Recording, Sound, Spoken
from octavo.errors import SettingsError, SpeakerError

MP3 = "audio/mpeg"
MOST_SECONDS = 7_200
"""Seconds of one recording: no briefing and hardly an article is longer, and a tape is held in memory."""

_MODE, _LEVEL = "CONSTANT", 0.75
"""How libsndfile is asked for some 40 to 56 kilobits a second at a speaker's rate: speech needs no more."""


class Tape:
    """A recording as it is made."""

    def __init__(self) -> None:
        self._rate = 0
        self._samples = bytearray()
        self.starts: list[float] = []

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return len(self._samples) / 2 / self._rate if self._rate else 0.0

    def add(self, sound: Sound, pause_s: float) -> None:
        """Put a sound at its end, and silence behind it. Raises SpeakerError when it gets too long, or changes pace."""
        if self._rate and sound.rate != self._rate:
            raise SpeakerError(f"a speaker changed from {self._rate} to {sound.rate} samples a second between lines")
        self._rate = sound.rate
        self.starts.append(self.seconds)
        self._samples += sound.samples
        self._samples += bytes(2 * round(pause_s * self._rate))
        if self.seconds > MOST_SECONDS:
            raise SpeakerError(f"a recording gets longer than {MOST_SECONDS} seconds")

    def recording(self) -> Recording:
        """Write what is on it. Raises SpeakerError where there is nothing."""
        if not any(self._samples):
            raise SpeakerError("a recording would be silent")
        return Recording(_mp3(bytes(self._samples), self._rate), MP3, self.seconds, tuple(self.starts))


def recorded(lines: Sequence[Spoken], say: Callable[[Spoken], Sound]) -> Recording:
    """Have lines said one by one, and make them one recording."""
    tape = Tape()
    for line in lines:
        tape.add(say(line), line.pause_s)
    return tape.recording()


def encoder() -> Any:
    """Give libsndfile, as Python has it. Raises SettingsError where it is not installed."""
    try:
        return import_module("soundfile")
    except (ImportError, OSError) as error:
        raise SettingsError(
            "setting speaker: recordings are written as MP3 by a package that is not installed: octavo[speech]"
        ) from error


def _mp3(samples: bytes, rate: int) -> bytes:
    written = io.BytesIO()
    library = encoder()
    try:
        with library.SoundFile(
            written, "w", rate, 1, format="MP3", subtype="MPEG_LAYER_III", compression_level=_LEVEL, bitrate_mode=_MODE
        ) as file:
            file.buffer_write(array("h", samples), dtype="int16")
    except library.LibsndfileError as error:
        raise SpeakerError(f"a recording could not be written as MP3: {error}") from error
    return written.getvalue()
