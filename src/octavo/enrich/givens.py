"""Given names, which show a person where capitals or the beginning of a sentence say nothing."""

from functools import cache
from importlib.resources import files

from octavo.enrich.words import fold

_CASES = ("", "а", "у", "ом", "ем", "ым", "ім", "я", "ю", "е", "і", "ою", "єм")
"""Endings that Cyrillic given names take; a name ends with a consonant, or with what the ending replaces."""

_REPLACED = ("", "й", "а", "я", "о")


@cache
def given_names() -> frozenset[str]:
    """Read the given names that bylines are told by."""
    text = files("octavo").joinpath("data/bylines/given.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(fold(word) for line in lines for word in line.split() if len(word) > 2)


def is_given(key: str) -> bool:
    """Say whether a folded word is a given name, in any case of a Cyrillic one."""
    names = given_names()
    if key in names:
        return True
    if not "\u0400" <= key[:1] <= "\u04ff" or len(key) < 4:
        return False
    stems = [key.removesuffix(ending) for ending in _CASES[1:] if key.endswith(ending)]
    return any(stem + ending in names for stem in stems if len(stem) > 2 for ending in _REPLACED)
