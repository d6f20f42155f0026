"""Apertium, rules and dictionaries for pairs of languages, as programs of this machine: run without a shell.

A sentence with more than one word in ten that it does not know is given up; names may be unknown. It leaves such words
as they are, which readers of a close language take in their stride.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from octavo.adapters import child
from octavo.config import AiSettings
from octavo.errors import SettingsError, TranslatorError, TranslatorOff
from octavo.ports.translator import Pair

MODES: Mapping[Pair, str] = MappingProxyType(
    {
        ("es", "pt"): "es-pt_BR",
        ("pt", "es"): "pt-es",
    }
)
"""The pairs that are good enough (evals/translation.py), as Apertium calls them."""

MOST_CHARACTERS = 800
_AT_ONCE = 40_000
"""Bytes of sentences one run is given, less than a pipe holds."""

_MOST_BYTES = 400_000
_PLACES = ("apertium", "/usr/bin/apertium", "/usr/local/bin/apertium")
_UNKNOWN = re.compile(r"\*(?=[^\W\d_])(\w)")
_UNMADE = re.compile(r"[@#](?=[^\W\d_])")
_OWN = re.compile(r"[*@#]")
"""Marks it puts before words: it does not know one, has none in the other language, cannot make its form."""

_KNOWN = 10
"""Words of a sentence for each that may be unknown."""


class ApertiumTranslator:
    """The Apertium of this machine. Raises SettingsError where there is none."""

    def __init__(self, settings: AiSettings) -> None:
        self._program = next((place for one in _PLACES if (place := shutil.which(one))), "")
        if not self._program:
            said = "setting ai.translators: apertium needs its programs: apt install apertium apertium-es-pt"
            raise SettingsError(said)
        self._whole_s = settings.translate_s

    @cached_property
    def pairs(self) -> Mapping[Pair, str]:
        """Those it lists that are good enough. Raises TranslatorError."""
        listed = set(self._run(["-l"], b"").split())
        known = self._run(["-V"], b"").split()
        name = f"Apertium {known[-1]}" if known else "Apertium"
        return MappingProxyType({pair: name for pair, mode in MODES.items() if mode in listed})

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        """Translate each sentence; see the port."""
        if pair not in self.pairs:
            raise TranslatorOff(f"Apertium does not translate from {pair[0]} into {pair[1]} here")
        asked = [" ".join(one.split()) for one in sentences]
        fit = [place for place, one in enumerate(asked) if 0 < len(one) <= MOST_CHARACTERS and not _OWN.search(one)]
        given = "\n\n".join(asked[place] for place in fit).encode("utf-8", "ignore")
        if len(given) > _AT_ONCE:
            half = len(asked) // 2
            return self.translate(sentences[:half], pair) + self.translate(sentences[half:], pair)
        found = self._run([MODES[pair]], given).split("\n\n") if fit else []
        if len(found) != len(fit):
            raise TranslatorError(f"Apertium gave {len(found)} sentences for {len(fit)}")
        made = dict(zip(fit, (known_words(one.strip()) for one in found), strict=True))
        return [made.get(place, "") for place in range(len(asked))]

    def _run(self, words: Sequence[str], given: bytes) -> str:
        try:
            return child.run([self._program, *words], given, self._whole_s, _MOST_BYTES).decode("utf-8", "replace")
        except child.ChildError as error:
            raise TranslatorError(f"Apertium {error}") from error


def known_words(text: str) -> str:
    """Take its marks off a sentence; "" where they stand before too many words that are no names."""
    unknown = sum(found[1].islower() for found in _UNKNOWN.finditer(text))
    if _UNMADE.search(text) or unknown * _KNOWN > len(text.split()):
        return ""
    return _OWN.sub("", text)
