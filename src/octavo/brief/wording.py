"""The words of one language that turn a statement round or over: denials, opposites, pronouns; stems and weights."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from octavo.text.editing import editing_words
from octavo.text.folding import fold, split
from octavo.text.rarity import Rarities, rarities
from octavo.text.saying import SayingWords, saying_words

SPACELESS = frozenset("zh ja th lo km my".split())
"""Languages written without spaces: a character stands for a word here."""

_CEILING = 7.0
"""Zipf value of the plainest words; what a word weighs is this less its own."""

_LIGHTEST = 0.2
_CHARACTER = 1.6
"""What the plainest word weighs; what a character of a script without spaces does."""

_STEM = 7
_SHORT = 5
_ENGLISH = re.compile("(?:ings?|ed|es|'s|s|ly)$")
_SHORTEST = 3
_PREFIX = 5
"""Letters that two forms of a word share: in English behind its endings, in other languages the first five."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words. `exact` and `stems` give (pair, side) of an opposite by word and by how a word begins."""

    language: str
    rarities: Rarities
    saying: SayingWords | None
    negation: re.Pattern[str] | None
    denials: frozenset[str]
    endings: tuple[str, ...]
    exact: Mapping[str, tuple[tuple[int, int], ...]]
    stems: Mapping[str, tuple[tuple[int, int], ...]]
    longest: int
    pronouns: frozenset[str]
    spaceless: bool
    caseless: bool

    def denies(self, key: str) -> bool:
        """Say whether a word (lower case) turns a statement round."""
        return key in self.denials or (bool(self.endings) and len(key) > _SHORT and key.endswith(self.endings))

    def sides(self, key: str) -> tuple[tuple[int, int], ...]:
        """Give (pair, side) of the opposites a word belongs to."""
        found = self.exact.get(key, ())
        for size in range(min(self.longest, len(key)), 1, -1):
            found += self.stems.get(key[:size], ())
        return found

    def weight(self, key: str) -> float:
        """Say how much a word tells: 0.2 for "the", 4.4 for one in no list."""
        if self.spaceless and not key.isascii():
            return _CHARACTER
        if key[:1].isdigit():
            return 3.0
        return max(_LIGHTEST, _CEILING - self.rarities.zipf(key))


_CASELESS = frozenset("ar he fa ur zh ja ko th hi bn ka lo km my".split())


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/grounding/words.toml").read_text(encoding="utf-8"))


@cache
def wording(language: str) -> Wording:
    """Gather a language's words (BCP 47); one without a table has weights only."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    table = _tables().get(primary, {})
    denials = table.get("denials", "").split()
    exact: dict[str, tuple[tuple[int, int], ...]] = {}
    stems: dict[str, tuple[tuple[int, int], ...]] = {}
    for pair, both in enumerate(filter(None, table.get("opposites", "").split("|"))):
        for side, words in enumerate(both.split(" / ")):
            for word in words.split():
                held, key = (stems, word[:-1]) if word.endswith("*") else (exact, word)
                held[key] = (*held.get(key, ()), (pair, side))
    known = editing_words(primary)
    return Wording(
        language=primary,
        rarities=rarities(primary),
        saying=saying_words(primary),
        negation=known.negation if known else None,
        denials=frozenset(word for word in denials if not word.startswith("*")),
        endings=tuple(word[1:] for word in denials if word.startswith("*")),
        exact=exact,
        stems=stems,
        longest=max(map(len, stems), default=0),
        pronouns=frozenset(table.get("pronouns", "").split()),
        spaceless=primary in SPACELESS,
        caseless=primary in _CASELESS,
    )


@lru_cache(maxsize=50_000)
def stem(key: str, language: str) -> str:
    """Cut a word to what its forms have in common: no accents, no English endings, else its first letters."""
    folded = "".join(split(key)) or fold(key)
    if folded[:1].isdigit() or len(folded) < _SHORT:
        return folded.rstrip("s") if language == "en" and len(folded) > _SHORTEST else folded
    if language == "en":
        cut = _ENGLISH.sub("", folded)
        return (cut if len(cut) >= _SHORTEST else folded)[:_STEM].rstrip("e")
    return folded[:_PREFIX] if len(folded) > _SHORT else folded[: _PREFIX - 1]
