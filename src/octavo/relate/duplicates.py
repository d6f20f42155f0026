"""Same text, different host: copies, cut copies and rewrites, told from other reports and from filled-in forms.

How much two texts have in common is estimated from their sketches, and known exactly of their first thousand letters.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from octavo.domain.relation import Candidate, Relation, RelationKind
from octavo.text.shingles import SKETCH, Hashes, overlap, shingles

CONTAINED = 0.8
"""Share of the shorter text found in the longer from which it is a copy, however much longer the other may be."""

LEAST = 0.3
"""Share of the shorter text below which it is no copy, whatever else there is to say for it."""

_ALIKE, _WHOLE = 4.5, 1.33
"""A copy has `containment + _ALIKE * Jaccard >= _WHOLE`: what half of a text shares with one of its own length is a
rewrite; with one three times as long it may be quotations, or the furniture of the page (fitted in evals/copies.py)."""

_BEGINS = 0.9
"""The same, of `containment + containment of the beginnings`: a rewrite keeps to its model from the first line on."""

_SMALL, _SAME = 60, 0.8
"""Shingles under which a text is a headline, of which only near identity proves anything; its Jaccard similarity."""

_SEEN = 4
"""Hashes in common under which a sketch proves nothing."""

_BY_FIGURES = 0.06
"""What two texts may have more in common without their figures than with them: copies .02, forms .1 to .4."""

_FIGURE = re.compile(r"\d{1,40}")


def resemblance(one: Sequence[int], other: Sequence[int]) -> tuple[float, float, int]:
    """Estimate (Jaccard similarity, containment of the smaller in the larger) of two sketches, and on how many hashes.

    Below the point where the shorter sample ends both sketches hold all there is, so that counting there is fair to
    both (Cohen and Kaplan 2007).
    """
    if not one or not other:
        return 0.0, 0.0, 0
    ends = [sketch[-1] for sketch in (one, other) if len(sketch) >= SKETCH]
    end = min(ends, default=max(one[-1], other[-1]))
    mine, theirs = ({value for value in sketch if value <= end} for sketch in (one, other))
    both = len(mine & theirs)
    return both / max(1, len(mine | theirs)), both / max(1, min(len(mine), len(theirs))), both


def is_copy(jaccard: float, containment: float, beginnings: float = 0.0) -> bool:
    """Judge two texts by what they have in common; `beginnings` is the containment of their beginnings, if known."""
    if containment < LEAST:
        return False
    return containment >= CONTAINED or containment + _ALIKE * jaccard >= _WHOLE or containment + beginnings >= _BEGINS


def is_form(one: str, other: str) -> bool:
    """Tell a form filled in twice (weather, markets, results) from a copy: its words stay and its figures change."""
    shared = overlap(_beginning(one), _beginning(other))[1]
    return overlap(_blank(one), _blank(other))[1] - shared > _BY_FIGURES


@lru_cache(maxsize=2048)
def _beginning(lead: str) -> Hashes:
    """Give the shingles of a beginning; remembered, because neighbours come again and again."""
    return shingles(lead)


@lru_cache(maxsize=2048)
def _blank(lead: str) -> Hashes:
    """Give the shingles of a beginning, one figure like another; remembered as well."""
    return shingles(_FIGURE.sub("0", lead))


def copied(one: Candidate, other: Candidate) -> float:
    """Say how much of the shorter text stands in the longer one, 0 where that makes no copy."""
    jaccard, containment, both = resemblance(one.fingerprint, other.fingerprint)
    if containment < LEAST:
        return 0.0
    if min(len(one.fingerprint), len(other.fingerprint)) < _SMALL and jaccard < _SAME:
        return 0.0
    beginnings = overlap(_beginning(one.lead), _beginning(other.lead))[1]
    if both < _SEEN and beginnings < CONTAINED:
        return 0.0
    if not is_copy(jaccard, containment, beginnings) or is_form(one.lead, other.lead):
        return 0.0
    return min(1.0, containment)


def find_duplicates(candidate: Candidate, neighbours: Sequence[Candidate]) -> tuple[Relation, ...]:
    """Find the copies of an article among its neighbours, the surest first; never by way of a third text."""
    found = []
    for other in neighbours:
        score = copied(candidate, other) if other.id != candidate.id else 0.0
        if score:
            why = (candidate.source,) if candidate.source and candidate.source == other.source else ()
            found.append(Relation(candidate.id, other.id, RelationKind.DUPLICATE, round(score, 3), why))
    return tuple(sorted(found, key=lambda relation: (-relation.score, relation.other_id)))


def groups(members: Sequence[Candidate]) -> list[list[Candidate]]:
    """Gather copies into groups, each linked to the group's head (its first member in time), so that none chains."""
    heads: list[list[Candidate]] = []
    for member in sorted(members, key=lambda one: (one.at, one.id)):
        home = next((group for group in heads if copied(group[0], member)), None)
        if home is None:
            heads.append([member])
        else:
            home.append(member)
    return heads
