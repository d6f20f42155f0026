"""Translator: sentences in one language in, the same in another out. What comes out is checked."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from octavo.errors import TranslatorOff

Pair = tuple[str, str]
"""From which language into which: primary subtags (BCP 47), such as ("en", "pt")."""


class Translator(Protocol):
    """Translates on this machine: nothing it is given leaves it."""

    @property
    def pairs(self) -> Mapping[Pair, str]:
        """The pairs it translates well enough to be read, each with the name and version of what does it."""
        ...

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        """Translate each sentence by itself: as many as were given, in order, "" for one it has no translation of.

        Raises TranslatorOff (it has no such pair), or TranslatorError (it failed, took too long, or gave other than
        that many).
        """
        ...


class NoTranslator:
    """For instances on which a language model translates, or nobody."""

    @property
    def pairs(self) -> Mapping[Pair, str]:
        """None."""
        return MappingProxyType({})

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        """Raise TranslatorOff."""
        raise TranslatorOff("nothing translates here: the setting ai.translators names nothing")


def pair_of(source: str, target: str) -> Pair:
    """Give the pair of two languages (BCP 47)."""
    return (source.lower().partition("-")[0], target.lower().partition("-")[0])
