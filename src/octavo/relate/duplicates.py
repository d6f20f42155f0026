"""Same text, different host: copies, cut copies and light rewrites, told from sketches of their words."""

from collections.abc import Sequence

from octavo.domain.relation import Candidate, Relation, RelationKind

CONTAINED = 0.5
"""Share of the shorter text's runs of words found in the longer, from which it is a copy (measured: F1 .979)."""

_SMALL = 12
"""Runs under which a text is too short for its sketch to prove anything but near identity."""

_SAME = 0.8
_SIZE = 128
"""The length of a full sketch; a shorter one is the whole set."""


def overlap(one: Sequence[int], other: Sequence[int]) -> tuple[float, float]:
    """Estimate (Jaccard similarity, containment of the smaller in the larger) from two sorted bottom-k sketches.

    Broder 1997: among the k smallest of the union, the share found in both estimates Jaccard. Containment follows
    from it and the sizes of the sets, which a sketch's largest hash estimates (Bar-Yossef et al. 2002).
    """
    both = set(one).intersection(other)
    if not both:
        return 0.0, 0.0
    size = min(len(one), len(other)) if max(len(one), len(other)) >= _SIZE else max(len(one), len(other))
    full = max(size, min(_SIZE, len(set(one) | set(other))))
    union = sorted(set(one) | set(other))[:full]
    jaccard = sum(value in both for value in union) / len(union)
    sizes = (_cardinality(one), _cardinality(other))
    shared = jaccard * sum(sizes) / (1.0 + jaccard)
    exact = len(one) < _SIZE and len(other) < _SIZE
    containment = len(both) / min(len(one), len(other)) if exact else min(1.0, shared / min(sizes))
    return jaccard, containment


def _cardinality(sketch: Sequence[int]) -> float:
    """Estimate how many runs of words a text has."""
    if len(sketch) < _SIZE:
        return float(len(sketch))
    return (len(sketch) - 1) * 2.0**32 / max(1, sketch[-1])


def copied(one: Candidate, other: Candidate) -> float:
    """Say how much of the shorter text stands in the longer one, 0 where that makes no copy."""
    jaccard, containment = overlap(one.fingerprint, other.fingerprint)
    small = min(len(one.fingerprint), len(other.fingerprint)) < _SMALL
    if containment < (_SAME if small else CONTAINED):
        return 0.0
    return max(jaccard, containment)


def find_duplicates(candidate: Candidate, neighbours: Sequence[Candidate]) -> tuple[Relation, ...]:
    """Find the copies of an article among its neighbours, the surest first; never by way of a third text."""
    found = []
    for other in neighbours:
        score = copied(candidate, other) if other.id != candidate.id else 0.0
        if score:
            why = (candidate.source,) if candidate.source and candidate.source == other.source else ()
            found.append(Relation(candidate.id, other.id, RelationKind.DUPLICATE, round(min(1.0, score), 3), why))
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
