"""A short signature of a text that shows copies, cut copies and rewrites of it.

A bottom-k sketch (Broder 1997; Cohen and Kaplan 2007): the k smallest of the hashes of all its shingles. Two sketches
give an estimate of Jaccard similarity and, what matters for reprints that were cut, of containment. Where a text has
fewer shingles than k the sketch is the whole set and the estimate exact.
"""

from octavo.text.shingles import SKETCH, sketch

SIZE = SKETCH
LONGEST = 40_000
"""Characters read of one text: the length of a long feature. Live pages go on for ever, and are nobody's copy."""


def fingerprint(text: str) -> tuple[int, ...]:
    """Give the sorted sketch of a text, 32-bit hashes; () for a text of a word or two."""
    return tuple(sketch(text[:LONGEST]).tolist())
