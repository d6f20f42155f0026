"""Any server that speaks the OpenAI speech API: POST /audio/speech, answered with a WAV file.

Hosted ones, and those people run themselves for models of their own: what is read aloud is sent there.
"""

from collections.abc import Sequence

from octavo.adapters.model_servers.server import ModelServer, Patience
from octavo.adapters.speakers.tape import encoder, recorded
from octavo.adapters.speakers.waves import read_wave
from octavo.config import SpeechSettings
from octavo.domain.speech import Recording, Sound, Spoken
from octavo.errors import ModelError, SettingsError, SpeakerError

MOST_CHARACTERS = 2_000


class OpenAiSpeaker:
    """One voice of one server. Raises SettingsError where it is not named."""

    def __init__(self, settings: SpeechSettings, key: str) -> None:
        if not settings.address or not settings.model or not settings.voice:
            raise SettingsError("setting speaker: openai needs speech.address, speech.model and speech.voice")
        encoder()
        fields = {"Authorization": f"Bearer {key}"} if key else {}
        patience = Patience(first_s=settings.whole_s, whole_s=settings.whole_s)
        self._server = ModelServer("the server of speech", settings.address, fields, patience)
        self._settings = settings

    @property
    def voice(self) -> str:
        """The model and the voice, as its server knows them."""
        return f"{self._settings.model}/{self._settings.voice}"

    def speaks(self, language: str) -> bool:
        """Tell whether settings say so; without a list, it is trusted with every language."""
        listed = {one.lower() for one in self._settings.languages}
        return not listed or language.lower() in listed or language.lower().partition("-")[0] in listed

    def record(self, lines: Sequence[Spoken]) -> Recording:
        """Say these lines; see the port."""
        return recorded(lines, self._say)

    def _say(self, line: Spoken) -> Sound:
        if not self.speaks(line.language):
            raise SpeakerError(f"the server of speech is not asked to read {line.language!r}: see speech.languages")
        body = {
            "model": self._settings.model,
            "voice": self._settings.voice,
            "input": line.text[:MOST_CHARACTERS].encode("utf-8", "replace").decode(),
            "response_format": "wav",
        }
        try:
            said = b"".join(self._server.stream("/audio/speech", body))
        except ModelError as error:
            raise SpeakerError(error.message) from error
        return read_wave(said, "the server of speech")
