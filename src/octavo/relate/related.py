"""Worth reading next, and why: same event, same people, same place, background; nothing rather than noise.

What is worth reading is told by the evidence between the two articles. In which order is told by all of them together:
an article is the nearer the more those nearest are near it, too.
"""

from collections.abc import Sequence
from math import exp

import numpy as np

from octavo.domain.relation import Candidate, Relation, RelationKind
from octavo.relate.duplicates import copied
from octavo.relate.profile import Profile
from octavo.relate.similarity import Evidence
from octavo.relate.window import likeness

AT_MOST = 10

SAME_EVENT = 0.65
"""Probability from which two articles are said to report the same event."""

LEAST = 0.12
"""Probability by the evidence between the two under which nothing is shown"""

_NEAR = 0.7
_BEHIND = 5.0
"""... unless it is as near as this, seen among all the others, and no more log-odds behind the nearest of them."""

_LEAST_DENSE, _LEAST_ABROAD = 0.35, 0.25
"""Cosine background needs, when there are no names to show for it; and in another language, which shares no words."""

_ONE_EVENT = 0.6
"""Likeness from which two whole texts are likely of one event."""

_STEEP = 6.0
"""Log-odds that one more of likeness stands for."""

_NEAREST = 3
"""Nearest articles that speak for the others: what is near them is near."""

_OWN_PUBLISHER = 0.8
"""What another article of the same publisher counts for: others first."""

_REPEAT = 0.93
"""What a further article of a publisher already listed counts for."""

_AGAIN = 0.85
"""What a copy of one already listed counts for, if it is of the same event: it comes after what says something new."""

_OLD_NEWS = 72.0
"""Hours after which "same event" is background."""


def find_related(one: Profile, compared: Sequence[tuple[Profile, Evidence]]) -> tuple[Relation, ...]:
    """Choose up to ten, best first, from other publishers before the article's own, one per group of copies."""
    near_to = nearness(one, compared)
    best = max(near_to, default=0.0)
    ranked = sorted(
        (
            (_probability(value), other.candidate, evidence)
            for value, (other, evidence) in zip(near_to, compared, strict=True)
            if _worthwhile(evidence, value, best, abroad=other.candidate.language != one.candidate.language)
            and not copied(one.candidate, other.candidate)
        ),
        key=lambda triple: (-triple[0], triple[1].id),
    )
    chosen: list[tuple[float, Candidate, Evidence]] = []
    voices: dict[str, int] = {}
    for likely, near, evidence in ranked[: 2 * AT_MOST]:
        score = likely * _REPEAT ** voices.get(near.publisher_id, 0)
        score *= _OWN_PUBLISHER if near.publisher_id == one.candidate.publisher_id else 1.0
        if any(copied(near, held) for _, held, _ in chosen):
            score = min(_AGAIN + likely / 100.0 if likely >= _AGAIN else likely, score)
        voices[near.publisher_id] = voices.get(near.publisher_id, 0) + 1
        chosen.append((score, near, evidence))
    chosen.sort(key=lambda triple: (-triple[0], triple[1].id))
    return tuple(_relation(one.candidate, near, evidence, score) for score, near, evidence in chosen[:AT_MOST])


def nearness(one: Profile, compared: Sequence[tuple[Profile, Evidence]]) -> list[float]:
    """Give how near each is, in log-odds: by its evidence for a headline, by likeness for a text, and by the nearest.

    Where there is no vector to compare evidence alone tells.
    """
    alike = likeness([one, *(other for other, _ in compared)])
    own, between = alike[0, 1:], alike[1:, 1:].copy()
    evidence = np.array([found.logit for _, found in compared], np.float32)
    if len(compared) > 1:
        np.fill_diagonal(between, np.max(alike[~np.eye(len(alike), dtype=bool)]))
        nearest = np.argsort(-own, kind="stable")[:_NEAREST]
        gain = (between[nearest].mean(axis=0) - own) / 2.0
    else:
        gain = np.zeros_like(own)
    whole = np.array([one.fullness if found.dense is not None else 0.0 for _, found in compared], np.float32)
    value = whole * _STEEP * (own - _ONE_EVENT) + (1.0 - whole) * evidence + _STEEP * gain
    return [float(each) for each in value]


def _probability(value: float) -> float:
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, value))))


def _worthwhile(evidence: Evidence, value: float, best: float, *, abroad: bool) -> bool:
    near = _probability(value) >= _NEAR and best - value <= _BEHIND
    if evidence.probability < LEAST and not near:
        return False
    return (
        bool(evidence.names)
        or evidence.sparse > 0.12
        or (evidence.dense or 0.0) >= (_LEAST_ABROAD if abroad else _LEAST_DENSE)
    )


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
