"""Tokens of a text for reading figures: words, digits and marks, folded, in scripts with and without spaces."""

import re
from collections.abc import Mapping, Set
from typing import NamedTuple

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_DIGITS = r"\d+(?:[.,'’٫٬٬]\d+)*+"
_GROUPED = r"\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3})++(?!\d)(?:,\d+)?"
_SPACED = r"\d{1,3}(?:[\u0020\u00a0\u202f\u2009]\d{3})++(?!\d)(?:,\d+)?"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff\u200c\u200d\u0591-\u05c7"
_REST = (
    rf"|[{_UNSPACED}]+|[^\W\d_{_UNSPACED}][^\W\d_{_UNSPACED}{_MARKS}]*+(?:[{_MARKS}'’ʼ][^\W\d_{_UNSPACED}]*+)*+|[^\w\s]"
)
_TOKEN = re.compile(f"{_GROUPED}|{_DIGITS}{_REST}")
_TOKEN_SPACED = re.compile(f"{_SPACED}|{_DIGITS}{_REST}")
_RUN = re.compile(f"[{_UNSPACED}]")

_GROUPS_BY_SPACE = frozenset("fr ru uk be bg pl cs sk sv no nb da fi hu es pt it de kk et lv lt sl hr sr ro az".split())
"""Languages that part thousands by a space."""

_FOLDED = str.maketrans(
    {
        "’": "'", "ʼ": "'", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ـ": "", "ي": "ي", "ک": "ك", "ی": "ي", "ё": "е",
        "\u200c": "", "\u200d": "", "\u00ad": "",
        **dict.fromkeys(map(chr, range(0x64B, 0x653)), ""),
        **dict.fromkeys(map(chr, range(0x610, 0x61B)), ""),
        "０": "0", "％": "%", "，": ",", "．": ".",
    }
)  # fmt: skip

_ELIDING = frozenset({"fr", "it", "ca"})
_ELIDED = 6
"""Letters of the longest short word that is joined to the next by an apostrophe: "jusqu'à", "quell'anno"."""

_ENDING_BEHIND = frozenset({"tr", "az"})
_ENDINGS = frozenset({"", "s"})

_LAST_OF_ALPHABETS = "\u0dff"
"""The last character before the scripts that put no spaces between words."""

_LONGEST = 8
"""Characters of the longest word looked for in a script without spaces."""


class Token(NamedTuple):
    """One token: `key` is it folded, `start` and `end` where it stands, `spaced` whether space stands before it."""

    key: str
    start: int
    end: int
    spaced: bool
    digits: bool
    capital: bool


def fold(word: str) -> str:
    """Fold a word as tokens are: lower case, one apostrophe, Arabic without points and hamza."""
    lowered = word.replace("İ", "i").lower()
    return lowered if lowered.isascii() else lowered.translate(_FOLDED)


def tokenise(text: str, language: str, known: Set[str] | Mapping[str, object] = frozenset()) -> list[Token]:
    """Split a text into tokens; runs of a script without spaces into the longest words in `known`, else characters."""
    pattern = _TOKEN_SPACED if language in _GROUPS_BY_SPACE else _TOKEN
    found: list[Token] = []
    last = 0
    plain = text.isascii()
    for match in pattern.finditer(text):
        word = match[0]
        start = match.start()
        end = start + len(word)
        first = word[0]
        if not plain and first > _LAST_OF_ALPHABETS and _RUN.match(first):
            found += _run(word, start, start > last, known)
        else:
            key = word.lower() if plain else fold(word)
            if "'" in key and not first.isdecimal():
                found += _apart(key, start, end, start > last, first.isupper(), language)
            elif key:  # of a joiner or a stretched line that stands alone nothing is left
                found.append(Token(key, start, end, start > last, first.isdecimal(), first.isupper()))
        last = end
    return found


def _apart(key: str, start: int, end: int, spaced: bool, capital: bool, language: str) -> list[Token]:
    """Part a word at its apostrophe: French puts a short word before it, Turkish and English an ending behind it."""
    head, _, rest = key.partition("'")
    if language in _ELIDING and rest and len(head) <= _ELIDED:
        cut = start + len(head) + 1
        return [Token(head, start, cut, spaced, False, capital), Token(rest, cut, end, False, False, capital)]
    if rest in _ENDINGS or language in _ENDING_BEHIND:
        key = head or key
    return [Token(key, start, end, spaced, False, capital)]


def _run(word: str, start: int, spaced: bool, known: Set[str] | Mapping[str, object]) -> list[Token]:
    """Cut a run of characters into known words, the longest first, and single characters."""
    found: list[Token] = []
    here = 0
    while here < len(word):
        size = next(
            (size for size in range(min(_LONGEST, len(word) - here), 1, -1) if word[here : here + size] in known), 1
        )
        found.append(Token(word[here : here + size], start + here, start + here + size, spaced, False, False))
        spaced = False
        here += size
    return found
