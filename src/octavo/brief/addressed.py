"""Text that speaks to machines: "ignore previous instructions", in many languages and disguises.

A sentence is AIMED when it tells a machine what to do, SPOKEN_OF when it quotes or names such an order as news does.
Neither is put into a prompt; an aimed one is never chosen for readers either.
"""

import base64
import binascii
import codecs
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files
from urllib.parse import unquote_plus

from octavo.domain.telling import Passage, Telling
from octavo.relate.tellings import passages
from octavo.text.quotes import find_quoted
from octavo.text.saying import UNSPACED, any_of

LONGEST = 2_000
"""Characters of a sentence that are looked at."""


class Aim(IntEnum):
    """Whether a text speaks to a machine."""

    NONE = 0
    SPOKEN_OF = 1
    AIMED = 2


@dataclass(frozen=True, slots=True)
class _Orders:
    """One language's patterns: an order to drop orders, a machine spoken to, phrases."""

    drop: re.Pattern[str]
    spoken_to: re.Pattern[str]
    phrases: re.Pattern[str]
    ordering: tuple[str, ...]
    machines: tuple[str, ...]
    whole: tuple[str, ...]

    def places(self, plain: str) -> Iterator[tuple[int, int]]:
        """Give where orders stand; the patterns are slow, and are tried only where a word of theirs stands."""
        for words, pattern in (
            (self.ordering, self.drop), (self.machines, self.spoken_to), (self.whole, self.phrases)
        ):  # fmt: skip
            if any(word in plain for word in words):
                yield from (found.span() for found in pattern.finditer(plain))


_EXACT = 3
_GAP = 3
"""Letters up to which a machine's name stands alone, "AI" and not "AI-powered"; words, or three times as many
characters without spaces, between the words of an order."""

_ROLES = re.compile(
    r"(?:^|[\n>\]})*#|]|-{2,})\s*(?:system|assistant|developer)(?:\s+(?:message|prompt|note|override|update))?\s*"
    r"(?:[:：]|-{2,}|\]\])|"
    r"<\|?\s*/?\s*(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id)\s*\|?>|\[/?(?:inst|sys)\]|"
    r"<</?sys>>|#{2,}\s*(?:instructions?|system|response|human|assistant|new task|task)\b|"
    r"\[(?:system|assistant|ai|admin|developer)[^\]]{0,160}\]|\{\{\s*(?:system|prompt|user)|"
    r"\"role\"\s*:\s*\"(?:system|assistant|user)\"|</?(?:instructions?|system_prompt|prompt|untrusted|article|document)>|"
    r"(?:begin|start|end)[ _]of[ _](?:system|prompt|instructions?|untrusted|document)|\bai[_ ]?instructions?\s*[:=]",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"(?<![\w/+])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w/+])")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_SPACED_OUT = re.compile(r"(?<!\w)(?:\w[ .\-_*·]){5,}\w(?!\w)")
_LEET = str.maketrans("0134578@$!|", "oieastbasil"[:11])
_LEET_WORD = re.compile(r"\b(?=\w*[a-z])(?=\w*[013457@$!])[\w@$!|]{3,}", re.IGNORECASE)
_MIXED = re.compile(r"(?=\w*[a-zA-Z])(?=\w*[\u0370-\u03ff\u0400-\u04ff])\w+")
_ALIKE = str.maketrans(
    "асеорхуікмтвнгѕјԁԛԝɡɑıοανερτυικηχςωАВСЕНІКМОРТХУЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aceopxyikmtbhrsjdqwgaioavepruiknxcwABCEHIKMOPTXYSJABEZHIKMNOPTYX",
)
_LATIN_ALIKE = str.maketrans("aceiopxyACEIOPXYKMHTB", "асеіорхуАСЕІОРХУКМНТВ")
_WRITTEN_OUT = re.compile(r"%[0-9a-fA-F]{2}|&#?\w+;|\w[+_]\w")
_RUN_ON = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_LETTERS = str.maketrans("أإآىةıё", "ااايهiе")
_LEAST_HIDDEN = 12
_OUTSIDE = 6
"""Letters of hidden text that are read; words outside quotation marks that make an order inside them news."""


@cache
def _tables() -> dict[str, _Orders]:
    text = files("octavo").joinpath("data/briefs/addressed.toml").read_text(encoding="utf-8")
    return {language: _orders(table, language) for language, table in tomllib.loads(text).items()}


def _orders(table: dict[str, str], language: str) -> _Orders:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(sorted((_plain(word) for word in table[key].split("|") if word.strip()), key=len, reverse=True))

    def either(key: str) -> str:
        return "|".join(map(re.escape, listed(key)))

    if language in UNSPACED:
        edge, gap = "", rf"[^。！？.!?]{{0,{_GAP * 3}}}"
    else:
        edge, gap = r"(?<!\w)", rf"\w*(?:[\s,'’-]+\w+){{0,{_GAP}}}?[\s,'’-]+"
    drop, prior, orders = (f"(?:{either(key)})" for key in ("drop", "prior", "orders"))
    one = f"{edge}{drop}{gap}(?:{prior}{gap})(?:{orders})"
    other = f"{edge}{prior}{gap}{orders}{gap}{drop}"  # verbs stand last in Turkish, Japanese, Hindi
    last = f"{edge}{orders}{gap}{prior}{gap}{drop}"
    exact = r"(?![^\W_])" if edge else ""
    machines = "|".join(re.escape(one) + (exact if len(one) <= _EXACT else r"\w*") for one in listed("machine"))
    lead = r'(?:^|[\n.!?。！？"“(\[*:—–-]\s*)(?:[^\W\d]+[\s,]+){0,4}?'
    mark = r"\s?(?:[:,،!](?=\s)|[：，、！]|[,:](?=[^\x00-\u024f])|\s[—–-]\s)\s*"
    spoken = rf"{lead}(?:{machines}){mark}(?:[^\s\d,.!?:]+[\s,]+){{0,4}}?(?:{either('do')})(?!s\b)"
    return _Orders(
        re.compile(f"{one}|{other}|{last}"),
        re.compile(spoken),
        any_of(listed("phrases"), spaced=False),
        listed("orders"),
        listed("machine"),
        listed("phrases"),
    )


def _plain(text: str) -> str:
    """Lower case, no accents on Latin letters, no vowel marks, one alef, as the tables are written."""
    lowered = unicodedata.normalize("NFKD", text.replace("İ", "i").lower().replace("’", "'"))
    kept = "".join(
        char
        for char in lowered
        if not (unicodedata.combining(char) and not "\u0900" <= char <= "\u097f" and not "\u3040" <= char <= "\u30ff")
    )
    kept = unicodedata.normalize("NFC", kept)
    return kept.translate(_LETTERS)


def aim_of(text: str) -> Aim:
    """Say whether a sentence speaks to a machine that reads it."""
    return _aim_of(text[:LONGEST])


@lru_cache(maxsize=4_096)
def _aim_of(text: str) -> Aim:
    if _hidden(text):
        return Aim.AIMED
    shown = _TAGS.sub("", text)
    clean = unicodedata.normalize("NFKC", _UNSEEN.sub("", shown))
    if any(_ordered(one) for one in _disguised(clean)):
        return Aim.AIMED
    places = list(_places(clean))
    if not places:
        return Aim.NONE
    return Aim.SPOKEN_OF if _told_as_news(clean, places) else Aim.AIMED


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Give where orders to machines stand in a text; as far as its plain form is as long as it is."""
    plain = _plain(text)
    for orders in _tables().values():
        yield from orders.places(plain)
    yield from (found.span() for found in _ROLES.finditer(text))


def _ordered(text: str) -> bool:
    return next(_places(text), None) is not None


def _told_as_news(text: str, places: list[tuple[int, int]]) -> bool:
    """Say whether all that is told to machines stands between quotation marks, in a sentence with words of its own."""
    quoted = find_quoted(text)
    inside = all(any(one.start - 1 <= start and end <= one.end + 1 for one in quoted) for start, end in places)
    outside = len(text.split()) - sum(len(text[one.start : one.end].split()) for one in quoted)
    return bool(quoted) and inside and outside >= _OUTSIDE


def _disguised(text: str) -> Iterator[str]:
    """Give what a text says when disguises are undone: letters that only look alike, figures for letters, codes of
    addresses and of HTML, words run together or spaced out."""
    if _MIXED.search(text):
        yield _MIXED.sub(lambda found: found[0].translate(_ALIKE), text)
        yield _MIXED.sub(lambda found: found[0].translate(_LATIN_ALIKE), text)
    if _WRITTEN_OUT.search(text):
        yield unescape(unquote_plus(text).replace("_", " "))
    if _RUN_ON.search(text):
        yield _RUN_ON.sub(" ", text)
    if _LEET_WORD.search(text):
        yield _LEET_WORD.sub(lambda found: found[0].lower().translate(_LEET), text)
    if _SPACED_OUT.search(text):
        yield re.sub(r"\s{2,}", "\n", text).replace(" ", "").replace("\n", " ")
        yield _SPACED_OUT.sub(lambda found: re.sub(r"[ .\-_*·]", "", found[0]), text)
    if text.isascii():
        yield codecs.encode(text, "rot13")
    yield text[::-1]


def _hidden(text: str) -> bool:
    """Say whether a text holds words that readers do not see: characters of tags, or text in base 64."""
    tags = _TAGS.findall(text)
    if any(len(run) >= _LEAST_HIDDEN for run in tags):
        return True
    return any(_decodes(found) or _says_in_figures(found) for found in _ENCODED.findall(text))


def _says_in_figures(run: str) -> bool:
    """Say whether a run of hexadecimal digits is text."""
    try:
        return _is_text(bytes.fromhex(run).decode())
    except ValueError:
        return False


def _decodes(run: str) -> bool:
    """Say whether a run of letters is text in base 64: several words, all of it readable."""
    if run.islower() or run.isupper() or run.isdigit():
        return False
    try:
        raw = base64.b64decode(run.rstrip("=").translate(str.maketrans("-_", "+/")) + "=" * (-len(run.rstrip("=")) % 4))
        said = raw.decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return _is_text(said)


def _is_text(said: str) -> bool:
    return said.isprintable() and said.count(" ") >= 2 and sum(map(str.isalpha, said)) > len(said) * 0.7


def marked(telling: Telling) -> tuple[tuple[Passage, Aim], ...]:
    """List the passages of an article that speak to machines, for a page to mark; headline and standfirst too."""
    found = ((one, aim_of(one.text)) for one in passages(telling, headline=True))
    return tuple((passage, aim) for passage, aim in found if aim)
