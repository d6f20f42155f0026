"""Several translators as one: each pair is the first one's that has it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from octavo.errors import TranslatorOff
from octavo.ports.translator import Pair, Translator


class InOrder:
    """Asks translators in order."""

    def __init__(self, translators: Sequence[Translator]) -> None:
        self._translators = tuple(translators)

    @property
    def pairs(self) -> Mapping[Pair, str]:
        """Those of all of them."""
        return MappingProxyType({pair: name for one in reversed(self._translators) for pair, name in one.pairs.items()})

    def translate(self, sentences: Sequence[str], pair: Pair) -> list[str]:
        """Translate by the first that has this pair; see the port. Another's words would bear the first one's name."""
        for one in self._translators:
            if pair in one.pairs:
                return one.translate(sentences, pair)
        raise TranslatorOff(f"nothing here translates from {pair[0]} into {pair[1]}")
