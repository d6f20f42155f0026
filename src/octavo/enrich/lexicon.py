"""Words that tell topics and names, read once from data/topics: data anyone can correct, no code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from octavo.enrich.words import fold

_DATA = "data/topics"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What Octavo knows of one language; empty for a language without a file."""

    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded word to topic codes."""
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded beginning of words to topic codes."""
    titles: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    filler: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    """Verbs of saying, which stand beside people."""
    geography: frozenset[str] = frozenset()
    """Words that are part of the names of places."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Folded everyday name to ISO 3166-1 code."""
    compounds: bool = False
    """Words are made of words: what ends with a title is one."""

    def is_title(self, key: str) -> bool:
        """Say whether a folded word stands before people's names."""
        return key in self.titles or (self.compounds and _ends_with(key, self.titles))

    def is_body(self, key: str) -> bool:
        """Say whether a folded word is part of the names of bodies."""
        return key in self.organisations or (self.compounds and _ends_with(key, self.organisations))


_COMPOUNDING = frozenset("de nl sv da no nb nn".split())


def _ends_with(key: str, endings: frozenset[str]) -> bool:
    return len(key) > 8 and any(key[cut:] in endings for cut in range(2, len(key) - 4))


@cache
def lexicon(language: str) -> Lexicon:
    """Read a language's file; a language without one gets an empty lexicon."""
    path = files("octavo").joinpath(f"{_DATA}/{language.split('-')[0]}.toml")
    if not path.is_file():
        return Lexicon()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    exact: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for code, listed in table.get("topics", {}).items():
        for word in map(fold, listed.split()):
            kind, key = (stems, word[:-1]) if word.endswith("*") else (exact, word)
            kind[key] = (*kind.get(key, ()), code)
    names = {kind: frozenset(map(fold, listed.split())) for kind, listed in table.get("names", {}).items()}
    return Lexicon(
        topics=exact,
        stems=stems,
        titles=names.get("titles", frozenset()),
        organisations=names.get("organisations", frozenset()),
        filler=names.get("filler", frozenset()),
        said=names.get("said", frozenset()),
        geography=names.get("geography", frozenset()),
        compounds=language.split("-")[0] in _COMPOUNDING,
        places={fold(name): str(code) for name, code in table.get("places", {}).items()},
    )


@cache
def topic_names() -> Mapping[str, str]:
    """Give the top level of the IPTC Media Topics: code to English name."""
    path = files("octavo").joinpath(f"{_DATA}/codes.toml")
    return {code: str(name) for code, name in tomllib.loads(path.read_text(encoding="utf-8")).items()}
