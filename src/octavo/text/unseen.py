"""Text from elsewhere without what nobody sees, what turns letters around, and what covers the lines above."""

import re
import unicodedata
from functools import cache
from itertools import groupby

_INVISIBLE = ("\x00", "\u00ad", "\u200b", "\u2060", "\u3164", "\ufeff", "\uffa0", "\ufffc")

_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u180e\u202d\u202e\u2061-\u2065\u206a-\u206f\ufdd0-\ufdef"
    "\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    "|(?<=[\u061c\u200c-\u200f])[\u061c\u200c-\u200f]+"
    "|(\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f)|[\U000e0000-\U000e007f]+"
)
"""Controls, what turns the letters that follow around, what shows nothing, what is no character, all but the first of
joiners and marks of direction in a row, and words written in tags (of flags they are a part, which is kept)."""

_CHOOSING = re.compile(
    "(?<![\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]+|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]+"
)
"""Selectors of variants where there is nothing to choose: bytes can be written in them, and nobody sees those."""

_CHOICE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""A selector of variants: few texts have one, and they are soon told."""

_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Characters beyond the first plane, as emoji: few texts have any."""

_MOST_MARKS = 6
"""Marks on one letter; Hebrew with its accents and Tibetan have five."""

_OPENS, _ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
_CLOSE, _CLOSE_ISOLATE = "\u202c", "\u2069"
_DEEPEST = 8
"""Changes of direction within each other; no text needs more than two or three."""
_TURNS = re.compile(f"[{_OPENS}{_CLOSE}{_ISOLATES}{_CLOSE_ISOLATE}]")


def tidy(text: str) -> str:
    """Fold runs of white space to one space and drop invisible characters (soft hyphens, zero-width, NUL).

    No control, nothing that shows letters in another order than they are written in, no words in characters that
    show nothing, and no pile of marks is left; a change of direction ends with the text.
    """
    if not text.isascii() or "\x00" in text:
        for mark in _INVISIBLE:
            if mark in text:
                text = text.replace(mark, "")
        text = _thinned(text)
    text = " ".join(text.split())
    return text if text.isprintable() else _closed(" ".join(_NEVER.sub(_flag, text).split()))


def visible(text: str) -> str:
    """Drop what `tidy` drops besides space: controls, overrides of direction, hidden tags."""
    if not text.isascii():
        text = _thinned(text)
    return text if text.isprintable() else _closed(_NEVER.sub(_flag, text))


def _flag(found: re.Match[str]) -> str:
    return found.group(1) or ""


def _thinned(text: str) -> str:
    """Drop selectors that select nothing, and of marks piled on one letter all but the first few."""
    if _CHOICE.search(text):
        text = _CHOOSING.sub("", text)
    pile, piles = _piles(0x10FFFF if _BEYOND.search(text) else 0xFFFF)
    return piles.sub(r"\1", text) if pile.search(text) else text


def _closed(text: str) -> str:
    """End every embedding and isolate where the text ends, and drop ends of what never began (UAX #9)."""
    if not _TURNS.search(text):
        return text
    kept: list[str] = []
    waiting: list[str] = []
    for char in text:
        if char in _OPENS or char in _ISOLATES:
            if len(waiting) == _DEEPEST:
                continue
            waiting.append(_CLOSE if char in _OPENS else _CLOSE_ISOLATE)
        elif char in (_CLOSE, _CLOSE_ISOLATE):
            if char not in waiting:
                continue
            while waiting[-1] != char:
                kept.append(waiting.pop())
            waiting.pop()
        kept.append(char)
    return "".join([*kept, *reversed(waiting)])


@cache
def _piles(last: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """More marks on one letter than any script writes: combining marks, and those that enclose (UAX #44, Mn and Me).

    Of characters up to `last`: a set of the first plane alone is a table, one of all is gone through and takes ninety
    times as long. The first pattern tells whether there are any; it begins with such a set, which is soon looked for.
    """
    marks = [code for code in range(0x300, last) if unicodedata.category(chr(code)) in ("Mn", "Me")]
    runs = groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0])
    ends = [[code for _, code in run] for _, run in runs]
    among = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends)
    return re.compile(f"[{among}][{among}]{{{_MOST_MARKS}}}"), re.compile(f"([{among}]{{{_MOST_MARKS}}})[{among}]+")
