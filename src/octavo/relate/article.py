"""relate_article: one article among its neighbours: copies, what to read next, and the story it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from octavo.domain.ids import ArticleId
from octavo.domain.relation import Candidate, Relation
from octavo.domain.story import Placement
from octavo.relate.cluster import place_article
from octavo.relate.duplicates import find_duplicates
from octavo.relate.profile import profile
from octavo.relate.related import find_related
from octavo.relate.similarity import compare


@dataclass(frozen=True, slots=True)
class Related:
    """What relating one article found: its copies, up to ten others worth reading, and its place in a story."""

    duplicates: tuple[Relation, ...]
    relations: tuple[Relation, ...]
    placement: Placement


def relate_article(
    candidate: Candidate,
    neighbours: Sequence[Candidate],
    similarity: Mapping[ArticleId, float],
    now: datetime,
) -> Related:
    """Relate one article to its neighbours.

    `similarity` holds the cosines the vector index found; where one is missing it is computed from the vectors, and
    without vectors of one model words alone decide. Articles dated after `now` are taken as published at `now`.
    """
    one = profile(replace(candidate, at=min(candidate.at, now)))
    others = [profile(other) for other in neighbours if other.id != candidate.id]
    compared = [(other, compare(one, other, similarity.get(other.candidate.id))) for other in others]
    duplicates = find_duplicates(candidate, [other.candidate for other in others])
    return Related(duplicates, find_related(one, compared), place_article(candidate, compared))
