"""Nobody reads aloud: readers' own devices may."""

from octavo.config import SpeechSettings
from octavo.ports.speaker import NoSpeaker


class OffSpeaker(NoSpeaker):
    """The speaker of an instance that wants none."""

    def __init__(self, settings: SpeechSettings, key: str = "") -> None:
        self._settings = settings
