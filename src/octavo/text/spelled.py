"""Numbers written in words, in some ninety languages and all their cases, from the rules of the Unicode CLDR."""

import re
from collections.abc import Mapping
from functools import cache

from unicode_rbnf import RbnfEngine

_LISTED = (
    *range(101),
    *range(200, 1000, 100),
    *range(1000, 10001, 1000),
)
"""Numbers that newspapers spell out; what lies between is put together from these."""

_CASES = 12
"""Sets of rules read of one language: with more, the cases repeat one another."""

_SKIPPED = re.compile(r"ordinal|year|financial|days|military|with")
_PARTS = re.compile(r"[\s\u00a0-]+")
_JOINTS = str.maketrans({"\u00ad": "", "\u02bc": "'", "\u2019": "'", "\u200c": " "})
_NAMES = {"no": "no", "nb": "no", "zh": "zh", "pt-br": "pt"}
_SUPPORTED = frozenset(RbnfEngine.get_supported_languages())


@cache
def spelled(language: str) -> Mapping[tuple[str, ...], int]:
    """Map the words of each number, lower case, to its value; empty for a language CLDR has no rules for.

    A number joined by hyphens stands here in its parts, and once more as one word.
    """
    primary = language.lower().partition("-")[0]
    name = _NAMES.get(primary, primary)
    if name not in _SUPPORTED:
        return {}
    engine = RbnfEngine.for_language(name)
    found: dict[tuple[str, ...], int] = {}
    for number in _LISTED:
        chosen = [one for one in engine.rulesets if one.startswith("spellout") and not _SKIPPED.search(one)]
        for rules in chosen if number < 21 else chosen[:_CASES]:
            words = engine.format_number(number, ruleset_names=[rules]).text.translate(_JOINTS).lower()
            found.setdefault(tuple(_PARTS.split(words.strip())), number)
    return {words: number for words, number in found.items() if not any(word[:1].isdigit() for word in words)}
