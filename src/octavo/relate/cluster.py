"""Which story an article belongs to, or a new one; and when it shows two stories to be one; in one pass."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from math import exp, log1p

from octavo.domain.ids import StoryId
from octavo.domain.relation import Candidate
from octavo.domain.story import Placement
from octavo.relate.profile import Profile
from octavo.relate.similarity import Evidence, compare

JOIN = -0.25
"""Nearness (log-odds) from which an article joins a story."""

_BEST = 2
"""A story is as near as the mean of its members that are nearest, this many; fewer where it has fewer."""

_WITNESS = 0.6
_LONE = -0.4
"""What each further likely member adds (by its logarithm), and what a story without any pays."""

_MERGE = 3.0
"""Nearness to both from which an article shows two stories to be one, when they are near each other too."""

CLOSED_AFTER = timedelta(days=21)
"""A story with no report for so long, among those near the article, is closed: what comes later opens another."""

_BETWEEN = 0.3
_SAMPLE = 6
"""Members of each story that are compared with the other's."""


def place_article(one: Candidate, compared: Sequence[tuple[Profile, Evidence]]) -> Placement:
    """Place an article among the stories of its neighbours."""
    stories: dict[StoryId, list[tuple[float, Profile, Evidence]]] = defaultdict(list)
    for other, evidence in compared:
        if other.candidate.story_id is not None:
            stories[other.candidate.story_id].append((evidence.logit, other, evidence))
    for story in [story for story, members in stories.items() if _closed(one, members)]:
        del stories[story]
    if not stories:
        return Placement(one.id, None, 0.0)
    for members in stories.values():
        members.sort(key=lambda triple: (-triple[0], triple[1].candidate.id))
    nearness = {story: _nearness(members) for story, members in stories.items()}
    ranked = sorted(nearness, key=lambda story: (-nearness[story], story))
    best = ranked[0]
    if nearness[best] < JOIN:
        return Placement(one.id, None, _probability(nearness[best]))
    merged = tuple(
        story
        for story in ranked[1:]
        if min(nearness[best], nearness[story]) >= _MERGE and _between(stories[best], stories[story]) >= _BETWEEN
    )
    return Placement(one.id, best, _probability(nearness[best]), _reasons(stories[best]), merged)


def _closed(one: Candidate, members: Sequence[tuple[float, Profile, Evidence]]) -> bool:
    return min(abs(one.at - other.candidate.at) for _, other, _ in members) > CLOSED_AFTER


def _nearness(members: Sequence[tuple[float, Profile, Evidence]]) -> float:
    best = [logit for logit, _, _ in members[:_BEST]]
    witnesses = sum(logit > 0.0 for logit, _, _ in members)
    return sum(best) / len(best) + _WITNESS * log1p(witnesses) + _LONE


def _between(one: Sequence[tuple[float, Profile, Evidence]], other: Sequence[tuple[float, Profile, Evidence]]) -> float:
    """Say how near two stories are to each other, by the members nearest to the article between them."""
    pairs = [compare(left, right).logit for _, left, _ in one[:_SAMPLE] for _, right, _ in other[:_SAMPLE]]
    return sum(pairs) / len(pairs)


def _probability(nearness: float) -> float:
    return round(1.0 / (1.0 + exp(-max(-60.0, nearness))), 3)


def _reasons(members: Sequence[tuple[float, Profile, Evidence]]) -> tuple[str, ...]:
    names = dict.fromkeys(name for _, _, evidence in members[:_BEST] for name in evidence.names)
    return tuple(names)[:3]
