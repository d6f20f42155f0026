"""Words as both databases search them: folded and split alike when written and when asked for.

Folding follows what readers type, not how texts are printed: no case, no accents on Latin and Greek letters, Arabic
without vowel marks, with one alef and without the joined article. Scripts written without spaces are kept letter by
letter, and asked for as phrases (so that any substring is found).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from octavo.domain.ids import TIE_BITS, first_article_id
from octavo.ports.search_index import SearchQuery

LONGEST = 64
"""Letters of a word that are kept; longer ones are no words."""

MOST_WORDS = 24
"""Words of a query that are looked for; what a person types is shorter."""

PREFIX = 4
"""Letters from which a word also stands for longer ones: "election" finds "elections"."""

HANGUL_PREFIX = 2
"""The same in Korean, where a letter is a syllable and what marks a word's part in the sentence is joined to it."""

FRESH_S = 7 * 86_400
FRESH = 0.6
"""A find of the newest article's time counts this much more; half of it after FRESH_S seconds."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983"
_MARKS += "\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}][{_MARKS}]*)+")
_LATIN_MARKS = re.compile("(?<=[a-z\u03b1-\u03c9])[\u0300-\u036f]+|(?<=е)\u0308")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_HEBREW_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ى": "ي", "ة": "ه", "ٱ": "ا"}
    | {"ک": "ك", "ی": "ي", "ے": "ي", "ς": "σ"}
)
_ARTICLE = re.compile("^(?:[وبكف]ال|ال|لل)(?=[\u0621-\u064a]{3})")
_NO_LETTER = re.compile("[^a-z0-9]")
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]|([^\\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; `open_ended` when the last may go on: "elect" for "elections"."""

    words: tuple[str, ...]
    open_ended: bool = False


def fold(text: str) -> str:
    """Bring a text to the form it is compared in."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    apart = _HEBREW_POINTS.sub("", _ARABIC_MARKS.sub("", _LATIN_MARKS.sub("", apart)))
    return unicodedata.normalize("NFC", apart).translate(_LETTERS)


def split(text: str) -> list[str]:
    """Cut a text into folded words; letters, in scripts written without spaces."""
    return [_ARTICLE.sub("", word[:LONGEST]) for word in _WORD.findall(fold(text))]


def phrases(query: SearchQuery) -> list[Phrase]:
    """Read a reader's words: what is quoted or joined stays together; at most MOST_WORDS words in all."""
    found: list[Phrase] = []
    left = MOST_WORDS
    for quoted, bare in _QUOTED.findall(query.text[:1000]):
        words = tuple(split(quoted or bare))[:left]
        left -= len(words)
        if words:
            alone = bool(bare) and len(words) == 1 and not query.any_word
            found.append(Phrase(words, open_ended=alone and _may_go_on(words[0])))
    return list(dict.fromkeys(found))


def _may_go_on(word: str) -> bool:
    return len(word) >= (HANGUL_PREFIX if "\uac00" <= word[0] <= "\ud7a3" else PREFIX)


def facets(language: str, publisher: str) -> Iterator[str]:
    """Give the words that stand for a document's language and publisher: private-use letters no text contains."""
    if language:
        yield f"\ue000{_NO_LETTER.sub('', language.split('-')[0].lower())[:LONGEST]}"
    if publisher:
        yield f"\ue001{hashlib.sha256(publisher.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The parts of a search both databases write alike: the score's SQL, further conditions, and their values."""

    score: str
    bounds: str
    values: dict[str, Any]


def ordered(query: SearchQuery, match: str, *, worth: str, newest: str, column: str) -> Ordered:
    """Weigh a find's `worth` by how new it is, and bound its time; ids (`column`) are ordered by time.

    `worth` and `newest` (the newest id) are SQL of the adapter's own; nothing a reader typed is in any of it. A search
    for any of many words looks for kin, not for news, and is not weighed by time.
    """
    values: dict[str, Any] = {"match": match, "limit": query.limit, "offset": max(0, query.offset)}
    bounds, score = "", worth
    if query.since:
        bounds += f" AND {column} >= :since"
        values["since"] = first_article_id(int(query.since.timestamp()))
    if query.until:
        bounds += f" AND {column} < :until"
        values["until"] = first_article_id(int(query.until.timestamp()) + 1)
    if not query.any_word:
        score = f"{worth} * (1.0 + :fresh / (1.0 + ({newest} - {column}) / :half))"
        values |= {"fresh": FRESH, "half": float(FRESH_S << TIE_BITS)}
    return Ordered(score, bounds, values)
