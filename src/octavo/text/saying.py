"""Verbs of saying and the words around direct speech, in many languages: data/quotes."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

UNSPACED = frozenset({"zh", "ja"})
"""Languages written without spaces: their words are looked for anywhere."""

Pattern = re.Pattern[str]
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class SayingWords:
    """One language's words around direct speech; the patterns match lower-cased text at the words' edges.

    `before` says that a speaker stands before the verb or the quotation only.
    """

    language: str
    verb: Pattern
    according: Pattern
    pronouns: frozenset[str]
    leads: frozenset[str]
    roles: tuple[str, ...]
    ends: frozenset[str]
    before: bool


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("octavo").joinpath("data/quotes/words.toml").read_text(encoding="utf-8"))


@cache
def saying_words(language: str) -> SayingWords | None:
    """Give the words of a language (BCP 47), None for one that has no table."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    table = _tables().get(primary)
    if table is None:
        return None
    spaced = primary not in UNSPACED
    return SayingWords(
        language=primary,
        verb=any_of(_listed(table, "verbs"), spaced=spaced),
        according=any_of(_listed(table, "according"), spaced=spaced),
        pronouns=frozenset(_listed(table, "pronouns")),
        leads=frozenset(_listed(table, "leads")),
        roles=tuple(_listed(table, "roles")),
        ends=frozenset(_listed(table, "ends")),
        before=table.get("subject") == "before",
    )


def any_of(words: Iterable[str], *, spaced: bool) -> Pattern:
    """Compile a pattern of any of the words; in a script with spaces each stands alone."""
    listed = sorted(set(words), key=len, reverse=True)
    if not listed:
        return _NEVER
    either = "|".join(map(re.escape, listed))
    return re.compile(rf"(?<![^\W_])(?<!-)(?:{either})(?![^\W_])" if spaced else f"(?:{either})")


def _listed(table: Mapping[str, Any], key: str) -> list[str]:
    return [word for word in table.get(key, "").split("|") if word]
