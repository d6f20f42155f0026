"""Words as they are compared in a search: folded, split, and cut to what their forms have in common.

Folding follows what readers type, not how texts are printed: no case, no accents on Latin and Greek letters, Arabic
without vowel marks, with one alef and without the joined article. Scripts written without spaces are kept letter by
letter.
"""

import re
import unicodedata

LONGEST = 64
"""Letters of a word that are kept; longer ones are no words."""

ROOT = 7
"""Letters two forms of a word have in common: "Indonesia" and "Indonesian", "suppress" and "suppressing".

Cutting needs no language, which a few words of a query do not tell, and brings lands and their adjectives together,
which stemmers keep apart: evals/search.py measures it.
"""

SHORTEST_CUT = 5
"""Letters from which a word is cut; shorter ones stand for themselves."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983"
_MARKS += "\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}][{_MARKS}]*)+")
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")
_LATIN_MARKS = re.compile("(?<=[a-z\u03b1-\u03c9])[\u0300-\u036f]+|(?<=е)\u0308")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_HEBREW_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ى": "ي", "ة": "ه", "ٱ": "ا"}
    | {"ک": "ك", "ی": "ي", "ے": "ي", "ς": "σ"}
)
_ARTICLE = re.compile("^(?:[وبكف]ال|ال|لل)(?=[\u0621-\u064a]{3})")


def fold(text: str) -> str:
    """Bring a text to the form it is compared in."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    apart = _HEBREW_POINTS.sub("", _ARABIC_MARKS.sub("", _LATIN_MARKS.sub("", apart)))
    return unicodedata.normalize("NFC", apart).translate(_LETTERS)


def split(text: str) -> list[str]:
    """Cut a text into folded words; letters, in scripts written without spaces."""
    folded = fold(text)
    found = _WORD.findall(folded)
    if folded.isascii():
        return [word[:LONGEST] for word in found]
    return [_ARTICLE.sub("", word[:LONGEST]) for word in found]


def root(word: str) -> str:
    """Cut a folded word to what begins its other forms too."""
    return word[:ROOT].rstrip("s") or word if len(word) >= SHORTEST_CUT else word


def unspaced(word: str) -> bool:
    """Say whether a word is a letter of a script written without spaces."""
    return _UNSPACED_WORD.match(word) is not None
