"""Where a marked passage stands in a text that was edited since: there, moved, reworded, or gone.

A passage is known by its words and by those before and after it (W3C Web Annotation, TextQuoteSelector); what it said
when it was marked is never lost.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from octavo.domain.follow import Quote

AROUND = 64
"""Characters before and after a passage that are kept with it."""

LONGEST = 2_000
"""Characters a passage may have."""

SURE = 75.0
"""How alike (0 to 100) words must be to the passage's to be the passage, reworded."""

_SHORT = 12
"""Characters below which a passage is found word for word or not at all: anything is like a few letters."""

_NEAR = 0.15
"""What standing where it stood adds, of what the same surroundings add."""

_FOLDED = str.maketrans(
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2010\u2011\u2012\u2013\u2014\u00a0\u2009\u202f",
    "''''\"\"\"\"-----   ",
)


class Held(StrEnum):
    """What became of a passage."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands in the text as it is now; from 0 to 0 when it is gone."""

    held: Held
    start: int = 0
    end: int = 0


def quote_of(text: str, start: int, end: int) -> Quote:
    """Make the quote of a passage, with what stands around it."""
    return Quote(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND], start)


def fingerprint(text: str) -> int:
    """Name a text by 64 bits: what was found gone from it is gone as long as it is the same. Signed."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def anchor(text: str, quote: Quote) -> Anchor:
    """Find a passage in a text."""
    if not quote.exact or len(quote.exact) > LONGEST:
        return Anchor(Held.GONE)
    found = _best(text, quote, _places(text, quote.exact))
    if found is None:
        # A publisher that only changed its quotation marks and dashes changed no word.
        folded = text.translate(_FOLDED)
        found = _best(text, quote, _places(folded, quote.exact.translate(_FOLDED)))
    if found is not None:
        return Anchor(Held.SAME, found, found + len(quote.exact))
    return _reworded(text, quote)


def _places(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact)
    while at >= 0:
        yield at
        at = text.find(exact, at + 1)


def _best(text: str, quote: Quote, places: Iterator[int]) -> int | None:
    """Choose, where a passage stands more than once, the place with the same surroundings, else the nearest."""
    return max(places, key=lambda at: _surroundings(text, quote, at, at + len(quote.exact)), default=None)


def _surroundings(text: str, quote: Quote, start: int, end: int) -> float:
    before = text[max(0, start - len(quote.prefix)) : start]
    after = text[end : end + len(quote.suffix)]
    alike = Levenshtein.normalized_similarity(before, quote.prefix)
    alike += Levenshtein.normalized_similarity(after, quote.suffix)
    return alike + _NEAR * (1.0 - min(1.0, abs(start - quote.start) / max(1, len(text))))


def _reworded(text: str, quote: Quote) -> Anchor:
    """Find the words most like the passage's: between its surroundings where those still stand, else anywhere."""
    if len(quote.exact) < _SHORT:
        return Anchor(Held.GONE)
    between = _between(text, quote)
    if between is not None:
        return between
    found = fuzz.partial_ratio_alignment(quote.exact, text, score_cutoff=SURE)
    if found is None or found.dest_end <= found.dest_start:
        return Anchor(Held.GONE)
    start, end = _to_words(text, found.dest_start, found.dest_end)
    alike = fuzz.ratio(quote.exact, text[start:end])
    return Anchor(Held.CHANGED, start, end) if alike >= SURE else Anchor(Held.GONE)


def _between(text: str, quote: Quote) -> Anchor | None:
    """Take what stands between the old surroundings, where both are still there and what they hold is like it."""
    if len(quote.prefix) < _SHORT or len(quote.suffix) < _SHORT:
        return None
    start = text.find(quote.prefix)
    start = start + len(quote.prefix) if start >= 0 else -1
    end = text.find(quote.suffix, start) if start >= 0 else -1
    if end <= start or end - start > 2 * len(quote.exact) + AROUND:
        return None
    return Anchor(Held.CHANGED, start, end) if fuzz.ratio(quote.exact, text[start:end]) >= SURE * 0.7 else None


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to whole words, and take the spaces off its ends."""
    while start > 0 and _inside(text, start):
        start -= 1
    while end < len(text) and _inside(text, end):
        end += 1
    kept = re.search(r"\S(?:.*\S)?", text[start:end], re.DOTALL)
    return (start + kept.start(), start + kept.end()) if kept else (start, start)


def _inside(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and text[at].isalnum()
