"""Words of a text with their places, in any script."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import msgpack

from octavo.text.rarity import rarities

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0971-\u0dff"
)
_MARKS += "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebd\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
"""Marks that Python's \\w leaves out of words: accents, Arabic and Hebrew points, Indic and Thai vowels."""

_WORD = re.compile(rf"[^\W_](?:[\w{_MARKS}]|['’ʼ`\-‐‑.·&](?=[^\W_]))*")
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Runs of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana and Han."""

_KATAKANA = re.compile("[\u30a1-\u30ff]+")
"""Japanese writes foreign words and names in runs of these."""

_APOSTROPHE = re.compile("['’]")
_ENDING_AFTER = frozenset({"tr", "az"})
"""Languages that put an apostrophe between a name and its ending, which is no part of the name."""

_PARTICLES = tuple("에서는 에서 으로 에게 께서 까지 부터 이라고 라고 은 는 을 를 의 이 가 와 과 에 로 도 만".split())
"""What Korean puts after a noun without a space, the longest first."""

_ELIDING = frozenset({"fr", "it", "ca", "oc"})
"""Languages whose short words lose their vowel before another, and are joined to it by an apostrophe."""

_ELIDED = re.compile(
    "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|all|nell|sull|dall|un|quest|quell|anch|com|dov|c)['’]",
    re.IGNORECASE,
)

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:;؛\n\"“”«»„‹›()\[\]—–|]")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` as printed, `key` as compared, character offsets, and whether a sentence may start here."""

    text: str
    key: str
    start: int
    end: int
    starts: bool
    joined: bool
    """Nothing but one space stands between this word and the one before."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Bring a word to the form it is compared in: lower case, without Arabic vowel marks and stretching."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return _ARABIC_MARKS.sub("", lowered).replace("’", "'").replace("ʼ", "'").replace("\u00ad", "")


def spaceless(language: str) -> bool:
    """Say whether a language is written without spaces between words."""
    return language.split("-")[0] in {"zh", "ja", "th", "lo", "my", "km", "yue", "wuu"}


def words(text: str, language: str) -> list[Word]:
    """Cut a text into words with their places; scripts without spaces are cut by the words known of the language."""
    found: list[Word] = []
    last_end = 0
    cut = False
    looked_up = _simplified(text) if language.split("-")[0] == "zh" else text
    for match in _WORD.finditer(text):
        start, end = match.span()
        between = text[last_end:start]
        opens = not found or bool(_SENTENCE_END.search(between))
        if _SPACELESS.search(match.group()):
            for piece_start, piece_end in _pieces(looked_up, start, end, language):
                piece, key = text[piece_start:piece_end], looked_up[piece_start:piece_end]
                found.append(Word(piece, fold(key), piece_start, piece_end, opens, not opens))
                opens = False
        else:
            joined = between in (" ", "\u00a0") and not cut
            for piece_start, piece_end in _apostrophes(text, start, end, language):
                word = text[piece_start:piece_end]
                found.append(Word(word, fold(word), piece_start, piece_end, opens, joined))
                opens, joined = False, True
            cut = found[-1].end < end
        last_end = end
    return found


def _simplified(text: str) -> str:
    """Write Chinese with the characters of the mainland, which the word list has; offsets stay."""
    plain = text.translate(_simplifications())
    return plain if len(plain) == len(text) else text


@cache
def _simplifications() -> Mapping[int, str]:
    packed = files("wordfreq").joinpath("data/_chinese_mapping.msgpack.gz").read_bytes()
    found: Mapping[int, str] = msgpack.unpackb(gzip.decompress(packed), raw=False, strict_map_key=False)
    return found


def _apostrophes(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Part what an apostrophe joins: "l'accord" is two words in French, "Venüs'ün" a Turkish name with an ending.

    Korean endings are taken off the same way, where the word with its ending is in no list.
    """
    primary = language.split("-")[0]
    if primary == "ko":
        return [(start, end - _korean_ending(text[start:end]))]
    if primary in _ENDING_AFTER:
        cut = _APOSTROPHE.search(text, start + 1, end)
        return [(start, cut.start())] if cut else [(start, end)]
    elided = _ELIDED.match(text, start, end) if primary in _ELIDING else None
    return [(start, elided.end()), (elided.end(), end)] if elided and elided.end() < end else [(start, end)]


def _korean_ending(word: str) -> int:
    """Give the length of the particle a Korean word ends with, 0 for none."""
    if len(word) < 3 or not "가" <= word[-1] <= "힣" or rarities("ko").holds(word):
        return 0
    return next((len(ending) for ending in _PARTICLES if word.endswith(ending) and len(word) - len(ending) >= 2), 0)


def _pieces(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Cut a run by the longest known word at each place (maximum matching); unknown characters stand alone."""
    known = rarities(language)
    pieces = []
    place = start
    while place < end:
        foreign = _KATAKANA.match(text, place, end)
        if foreign:
            stop = foreign.end()
        elif not _SPACELESS.match(text[place]):
            stop = next((i for i in range(place, end) if _SPACELESS.match(text[i])), end)
        else:
            longest = min(6, end - place)
            length = next((n for n in range(longest, 1, -1) if known.holds(text[place : place + n])), 1)
            stop = place + length
        pieces.append((place, stop))
        place = stop
    return pieces
