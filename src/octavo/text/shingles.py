"""Shingles: every run of a few letters of a text, hashed; what texts with words in common have in common."""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

RUN = 10
"""Letters in a shingle, about two words: long enough that other texts share few, short enough that a word changed here
and there, or a letter misread, leaves most of them whole. A sign that stands for a syllable or a word counts double."""

SKETCH = 128
"""Hashes in a full sketch, the smallest of a text's: 512 bytes an article. A shorter sketch is the whole set."""

_WORD = re.compile(r"[^\W_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_FOLDS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_MANY = 4 * SKETCH
_SIGNS = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""Han, kana and Hangul. Thai, Lao, Khmer and Burmese need no case of their own: letters count, spaces do not."""


def shingles(text: str) -> Hashes:
    """Hash the runs of letters and figures of a text, sorted and each once; case, spaces and marks do not count."""
    return _sorted(_hashes(text))


def sketch(text: str) -> Hashes:
    """Give the smallest of a text's hashes, sorted: a sample of its shingles that is the same sample in every text."""
    found = _hashes(text)
    if len(found) > _MANY:
        found = np.partition(found, _MANY)[:_MANY]  # enough, unless the text says it all four times
        some = _sorted(found)
        if len(some) >= SKETCH:
            return some[:SKETCH]
        found = _hashes(text)
    return _sorted(found)[:SKETCH]


def _sorted(values: Hashes) -> Hashes:
    """Sort, each once; np.unique does the same, many times as slowly."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def _hashes(text: str) -> Hashes:
    letters = "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    signs = np.zeros(len(codes), dtype=bool)
    for first, last in _SIGNS:
        signs |= (codes >= first) & (codes <= last)
    if signs.any():
        codes = np.repeat(codes, 1 + signs.astype(np.int64))
    count = len(codes) - RUN + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint32)
    wide = codes.astype(np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        mixed = mixed * _FACTOR + wide[place : place + count]
    return _spread(mixed)


def _spread(values: NDArray[np.uint64]) -> Hashes:
    """Mix the bits so that near texts do not get near hashes (the finaliser of SplitMix64)."""
    for shift, factor in _FOLDS:
        values = (values ^ (values >> shift)) * factor
    return (values >> np.uint64(32)).astype(np.uint32)


def overlap(one: Hashes, other: Hashes) -> tuple[float, float]:
    """Give (Jaccard similarity, share of the smaller set that stands in the larger) of two sorted sets."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    places = np.minimum(np.searchsorted(long, short), len(long) - 1)
    both = int(np.count_nonzero(long[places] == short))
    return both / (len(one) + len(other) - both), both / len(short)
