"""eSpeak NG, a small program that speaks many languages on this machine: run for each line, without a shell.

Its voice is plain to hear as a machine's. It reads no vowels that are not written and few Chinese characters, so it is
not asked to speak the languages that need them.
"""

import shutil
from collections.abc import Sequence
from functools import cached_property

from octavo.adapters import child
from octavo.adapters.speakers.tape import encoder, recorded
from octavo.adapters.speakers.waves import read_wave
from octavo.config import SpeechSettings
from octavo.domain.speech import Recording, Sound, Spoken
from octavo.errors import SettingsError, SpeakerError

UNREAD = frozenset("ar fa ur ps ckb ug he yi ja zh yue cmn hak".split())
"""Languages it has voices of and cannot read: their short vowels, or what their characters sound like, are guessed."""

MOST_BYTES = 20_000_000
"""Bytes of one line's sound: seven minutes."""

MOST_CHARACTERS = 2_000
_PLACES = ("espeak-ng", "/usr/bin/espeak-ng", "/usr/local/bin/espeak-ng", "/opt/homebrew/bin/espeak-ng")
_USUAL = {"no": "nb", "en": "en-gb", "fr": "fr-fr"}
"""Which voice reads a language that has several, or another name."""


class EspeakSpeaker:
    """The eSpeak NG of this machine. Raises SettingsError where there is none."""

    def __init__(self, settings: SpeechSettings, key: str = "") -> None:
        found = next((place for one in _PLACES if (place := shutil.which(one))), "")
        if not found:
            raise SettingsError("setting speaker: espeak needs the program espeak-ng: apt install espeak-ng")
        encoder()
        self._program = found
        self._settings = settings

    @property
    def voice(self) -> str:
        """Its name."""
        return "eSpeak NG"

    def speaks(self, language: str) -> bool:
        """Tell whether it has a voice that can read a language."""
        return language.lower().partition("-")[0] not in UNREAD and bool(self._voice_for(language))

    def record(self, lines: Sequence[Spoken]) -> Recording:
        """Say these lines; see the port."""
        return recorded(lines, self._say)

    def _say(self, line: Spoken) -> Sound:
        if not self.speaks(line.language):
            raise SpeakerError(f"eSpeak NG does not read {line.language!r}")
        order = [self._program, "-v", self._voice_for(line.language), "-s", str(self._settings.pace)]
        # What stands in double brackets it would take for phonemes.
        text = line.text[:MOST_CHARACTERS].replace("[[", "[ [").replace("\x00", " ")
        said = _run([*order, "--stdin", "--stdout"], text.encode("utf-8", "replace"), self._settings.whole_s)
        return read_wave(said, "eSpeak NG") if said else Sound(22_050, b"")

    def _voice_for(self, language: str) -> str:
        tag = language.lower()
        primary = tag.partition("-")[0]
        return next((one for one in (tag, _USUAL.get(primary, primary)) if one in self._voices), "")

    @cached_property
    def _voices(self) -> frozenset[str]:
        """The languages it has voices of: the second column of what it lists."""
        listed = _run([self._program, "--voices"], b"", self._settings.whole_s).decode("utf-8", "replace")
        return frozenset(row[1].lower() for line in listed.splitlines()[1:] if len(row := line.split()) > 1)


def _run(order: Sequence[str], given: bytes, whole_s: float) -> bytes:
    try:
        return child.run(order, given, whole_s, MOST_BYTES)
    except child.ChildError as error:
        raise SpeakerError(f"eSpeak NG {error}") from error
