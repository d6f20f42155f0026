"""Translators of this machine that tests translate with, where they are there."""

import shutil

from octavo.adapters.translators.apertium import ApertiumTranslator
from octavo.config import AiSettings


def apertium_here() -> bool:
    """Say whether Apertium is here, with its Spanish and Portuguese."""
    return bool(shutil.which("apertium")) and ("es", "pt") in ApertiumTranslator(AiSettings()).pairs
