"""Stories settled anew: a window's articles clustered all at once, and what that changes in their stories.

An article is placed at once by what came before it; some minutes later more is known. A story keeps its address where
its largest part is.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.relation import Candidate
from octavo.relate.profile import profile
from octavo.relate.regroup import regroup
from octavo.relate.window import closeness, smoothed


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to change: `articles` go into `story_id` (None: a new story), `folded` stories are wholly in it."""

    story_id: StoryId | None
    articles: tuple[ArticleId, ...]
    folded: tuple[StoryId, ...] = ()
    left: tuple[StoryId, ...] = ()
    """Stories that stay, and lose some of these articles."""


def settle(candidates: Sequence[Candidate]) -> tuple[Settled, ...]:
    """Cluster the articles of a window and tell what differs from the stories they are in; nothing where all is well.

    Articles without a story are left alone, and those without a vector where others have one: placing them one by one
    measured better than settling them. Doing it again after the changes were made changes nothing.
    """
    placed = sorted((one for one in candidates if one.story_id is not None), key=lambda one: one.id)
    placed = [one for one in placed if one.vector] or placed
    if len(placed) < 2:
        return ()
    groups: dict[int, list[Candidate]] = defaultdict(list)
    between = smoothed(closeness([profile(one) for one in placed]))
    for one, number in zip(placed, regroup(between).tolist(), strict=True):
        groups[number].append(one)
    return changes(list(groups.values()))


def changes(groups: Sequence[Sequence[Candidate]]) -> tuple[Settled, ...]:
    """Tell what differs, each group keeping the address of the story most of it was in and that has no larger part."""
    homes = [Counter(one.story_id for one in group if one.story_id is not None) for group in groups]
    whole = sum(homes, Counter[StoryId]())
    kept = _addresses(homes)
    found = []
    for number, (group, home) in enumerate(zip(groups, homes, strict=True)):
        address = kept.get(number)
        moving = tuple(one.id for one in group if one.story_id != address)
        if moving:
            folded = tuple(sorted(one for one, n in home.items() if n == whole[one] and one not in kept.values()))
            left = tuple(sorted(one for one in home if one != address and one not in folded))
            found.append(Settled(address, moving, folded, left))
    return tuple(found)


def _addresses(homes: Sequence[Mapping[StoryId, int]]) -> dict[int, StoryId]:
    """Give each group one story's address at most, and each address to one group: the largest parts choose first."""
    parts: dict[StoryId, list[tuple[int, int]]] = defaultdict(list)
    for number, home in enumerate(homes):
        for story, count in home.items():
            parts[story].append((count, number))
    claims = [(story, count, number) for story, claimed in parts.items() for count, number in claimed]
    kept: dict[int, StoryId] = {}
    for story, _, number in sorted(claims, key=lambda claim: (-claim[1], claim[0], claim[2])):
        if number not in kept and story not in kept.values():
            kept[number] = story
    return kept
