"""A short signature of a text that shows copies, cut copies and light rewrites of it.

A bottom-k sketch (Broder 1997; Cohen and Kaplan 2007): the k smallest of the hashes of all runs of four words. Two
sketches give an estimate of Jaccard similarity and, what matters for reprints that were cut, of containment. Where a
text has fewer runs than k the sketch is the whole set and the estimate exact.
"""

import re
import zlib

SIZE = 128
"""Hashes kept: 512 bytes an article; the error of an estimate is about 1/sqrt(128), 9 points."""

RUN = 4
"""Words in a run; in scripts without spaces, characters in a run are twice as many."""

_WORD = re.compile(r"[^\W_]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def fingerprint(text: str) -> tuple[int, ...]:
    """Give the sorted bottom-k sketch of a text, 32-bit hashes; () for a text of fewer than two runs."""
    lowered = text.lower()
    pieces = _WORD.findall(lowered)
    joint = " "
    run = RUN
    if len(_SPACELESS.findall(lowered)) * 2 > len(lowered):
        pieces = list("".join(pieces))
        joint = ""
        run = 2 * RUN
    if len(pieces) < run + 1:
        return ()
    shingles = {joint.join(pieces[start : start + run]) for start in range(len(pieces) - run + 1)}
    hashes = {_spread(zlib.crc32(shingle.encode("utf-8", "surrogatepass"))) for shingle in shingles}
    return tuple(sorted(hashes)[:SIZE])


def _spread(value: int) -> int:
    """Mix the bits of a CRC, which alone keeps the order of near texts (the finaliser of MurmurHash3)."""
    value ^= value >> 16
    value = value * 0x85EBCA6B & 0xFFFFFFFF
    value ^= value >> 13
    value = value * 0xC2B2AE35 & 0xFFFFFFFF
    return value ^ value >> 16
