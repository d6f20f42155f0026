"""Worth reading next, and why: same event, same people, same place, background; nothing rather than noise."""

from collections.abc import Sequence

from octavo.domain.relation import Candidate, Relation, RelationKind
from octavo.relate.duplicates import copied
from octavo.relate.profile import Profile
from octavo.relate.similarity import Evidence

AT_MOST = 10

SAME_EVENT = 0.65
"""Probability from which two articles are said to report the same event."""

LEAST = 0.12
"""Probability under which nothing is shown."""

_LEAST_DENSE = 0.45
"""Cosine background needs, when there are no names to show for it."""

_OWN_PUBLISHER = 0.8
"""What another article of the same publisher counts for: others first."""

_REPEAT = 0.93
"""What a further article of a publisher already listed counts for."""

_AGAIN = 0.5
"""What a copy of one already listed counts for: it comes after what says something new."""

_OLD_NEWS = 72.0
"""Hours after which "same event" is background."""


def find_related(one: Profile, compared: Sequence[tuple[Profile, Evidence]]) -> tuple[Relation, ...]:
    """Choose up to ten, best first, from other publishers before the article's own, one per group of copies."""
    ranked = sorted(compared, key=lambda pair: (-pair[1].probability, pair[0].candidate.id))
    chosen: list[tuple[float, Candidate, Evidence]] = []
    voices: dict[str, int] = {}
    for other, evidence in ranked:
        if not _worthwhile(evidence):
            continue
        near = other.candidate
        if copied(one.candidate, near):
            continue
        again = any(copied(near, held) for _, held, _ in chosen)
        score = (
            (_AGAIN if again else 1.0)
            * evidence.probability
            * (_OWN_PUBLISHER if near.publisher_id == one.candidate.publisher_id else 1.0)
        )
        score *= _REPEAT ** voices.get(near.publisher_id, 0)
        voices[near.publisher_id] = voices.get(near.publisher_id, 0) + 1
        chosen.append((score, near, evidence))
        if len(chosen) >= 2 * AT_MOST:
            break
    chosen.sort(key=lambda triple: (-triple[0], triple[1].id))
    return tuple(_relation(one.candidate, near, evidence, score) for score, near, evidence in chosen[:AT_MOST])


def _worthwhile(evidence: Evidence) -> bool:
    if evidence.probability < LEAST:
        return False
    return bool(evidence.names) or evidence.sparse > 0.12 or (evidence.dense or 0.0) >= _LEAST_DENSE


def _relation(one: Candidate, near: Candidate, evidence: Evidence, score: float) -> Relation:
    kinds = {name: kind for kind, name in near.names}
    shared_kinds = {kinds.get(name, "") for name in evidence.names}
    tags = tuple(tag for tag in one.hashtags if tag in set(near.hashtags))
    if evidence.probability >= SAME_EVENT and evidence.hours <= _OLD_NEWS:
        kind = RelationKind.SAME_EVENT
    elif "person" in shared_kinds:
        kind = RelationKind.SAME_PEOPLE
    elif "place" in shared_kinds and evidence.probability < SAME_EVENT:
        kind = RelationKind.SAME_PLACE
    else:
        kind = RelationKind.BACKGROUND
    why = _distinct((*evidence.names, *tags))[:3]
    return Relation(one.id, near.id, kind, round(max(0.001, min(1.0, score)), 3), why)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Leave out what differs from one before by its ending or its spaces alone: "Azerbaijani" after "Azerbaijan"."""
    kept: list[str] = []
    for name in names:
        plain = name.lower().replace(" ", "")
        begun = plain[: max(5, len(plain) - 3)]
        if not any(other.lower().replace(" ", "").startswith(begun) for other in kept):
            kept.append(name)
    return tuple(kept)
