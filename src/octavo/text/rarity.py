"""How rare each word of a language is.

From `wordfreq` (Speer 2022, doi:10.5281/zenodo.7199437): Zipf values, the base-10 logarithm of uses in a billion words.
Its tables are kept as sorted hashes, 0.3 MB a language, where its own dictionaries take 5 to 8 MB.
"""

from array import array
from bisect import bisect_left
from functools import cache
from importlib import import_module

UNKNOWN_ZIPF = 2.6
"""What a word not among a language's 30,000 commonest is taken to have: just below the rarest of them."""


class Rarities:
    """How rare the words of one language are."""

    def __init__(self, language: str) -> None:
        wordfreq = import_module("wordfreq")  # a third of a second: a website that was killed is wanted back before
        path = wordfreq.available_languages("small").get(_LISTS.get(language, language))
        rows = wordfreq.read_cBpack(str(path)) if path else []
        pairs = sorted((hash(word), centibels) for centibels, names in enumerate(rows) for word in names)
        self._keys = array("q", (key for key, _ in pairs))
        self._centibels = array("H", (centibels for _, centibels in pairs))

    def holds(self, key: str) -> bool:
        """Say whether a folded word is among the 30,000 or so commonest."""
        return self._place(key) >= 0

    def zipf(self, key: str) -> float:
        """Give the Zipf value of a folded word: 7 for "the", 3 once in a million, UNKNOWN_ZIPF when not listed."""
        place = self._place(key)
        return UNKNOWN_ZIPF if place < 0 else 9.0 - self._centibels[place] / 100.0

    def __bool__(self) -> bool:
        return bool(self._keys)

    def _place(self, key: str) -> int:
        hashed = hash(key)
        place = bisect_left(self._keys, hashed)
        return place if place < len(self._keys) and self._keys[place] == hashed else -1


_LISTS = {"no": "nb", "nn": "nb", "sr": "sh", "hr": "sh", "bs": "sh", "be": "ru", "yue": "zh", "wuu": "zh", "tl": "fil"}
"""Languages without a list of their own, and the one that serves for them."""


@cache
def rarities(language: str) -> Rarities:
    """Load a language's rarities once; a language without a list has every word equally rare."""
    primary = language.split("-")[0].lower()
    return Rarities(primary)
