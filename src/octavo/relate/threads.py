"""What came before a story: earlier stories about the same people, bodies and places, each with what they share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log

from octavo.domain.ids import StoryId
from octavo.domain.relation import Candidate
from octavo.relate.profile import profile
from octavo.relate.similarity import compare

AT_MOST = 5

_COMPARED = 4
"""Articles of each story that are compared: its newest."""

_LEAST_SHARED = 2
"""Names both stories' articles must share; one alone, a country or a president, is shared by half the news."""

_LEAST = 0.1
"""Probability of one event, at the nearest two articles, from which an earlier story is no stranger."""

_GAP = timedelta(hours=6)
"""An earlier story began so long before this one, at the least."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A story that came before; `why` names what both speak of, the rarest first."""

    story_id: StoryId
    score: float
    why: tuple[str, ...]


def earlier_stories(members: Sequence[Candidate], others: Mapping[StoryId, Sequence[Candidate]]) -> tuple[Earlier, ...]:
    """Choose up to five stories that came before the one with these members, surest first; none rather than filler.

    `others` are stories near it, with their articles. What all of them name counts for little.
    """
    if not members:
        return ()
    began = min(one.at for one in members)
    before = {story: its for story, its in others.items() if its and min(one.at for one in its) + _GAP <= began}
    spoken = Counter(name for its in before.values() for name in _names(its))
    found = []
    for story, its in before.items():
        shared = [name for name in _names(members) if name in _names(its)]
        near = _nearest(members, its)
        if len(shared) < _LEAST_SHARED or near < _LEAST:
            continue
        shared.sort(key=lambda name: spoken[name])
        rarity = sum(log((len(before) + 1) / spoken[name]) for name in shared)
        found.append((near * (1.0 + rarity), Earlier(story, round(near, 3), tuple(shared[:3]))))
    found.sort(key=lambda pair: (-pair[0], pair[1].story_id))
    return tuple(one for _, one in found[:AT_MOST])


def _names(members: Sequence[Candidate]) -> list[str]:
    """Give the names that the articles of a story give most, those first that most of them give."""
    counts = Counter(name for one in members for _, name in dict.fromkeys(one.names))
    return [name for name, _ in counts.most_common(12)]


def _nearest(members: Sequence[Candidate], others: Sequence[Candidate]) -> float:
    """Give the probability that the two nearest articles tell one event, their dates set aside."""
    mine = [profile(one) for one in sorted(members, key=lambda one: one.id)[-_COMPARED:]]
    theirs = [profile(one) for one in sorted(others, key=lambda one: one.id)[-_COMPARED:]]
    return max(compare(one, other).probability for one in mine for other in theirs)
