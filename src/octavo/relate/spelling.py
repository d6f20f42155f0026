"""Which known word a reader may have meant by one that finds little: the nearest one that is used most.

Distance counts letters left out, put in, exchanged or swapped with their neighbour (optimal string alignment).
"""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

SHORTEST = 4
"""Letters from which a word is doubted; shorter ones are near to too many."""

LONG = 7
"""Letters from which two mistakes are allowed for, one below."""


def mistakes(word: str) -> int:
    """Say how many mistakes a folded word of this length may hold; 0 for one that is not doubted."""
    if len(word) < SHORTEST or word.isdigit():
        return 0
    return 2 if len(word) >= LONG else 1


def meant(word: str, known: Sequence[tuple[str, str, int]]) -> str:
    """Give the printed form of the known word nearest to a folded `word`; "" where it is known itself or none is near.

    `known` holds (folded, printed, uses). Of two as near, the one with the same first letter and then the one used
    more is meant. One that only adds or drops an ending is a form of the same word, which a search finds anyway.
    """
    most = mistakes(word)
    best: tuple[int, bool, int, str, str] | None = None
    for folded, printed, uses in known:
        if folded == word:
            return ""
        distance = OSA.distance(word, folded, score_cutoff=most) if most else most + 1
        if distance <= most and not folded.startswith(word):
            found = (distance, folded[0] != word[0], -uses, folded, printed)
            best = min(best, found) if best else found
    return best[-1] if best else ""
