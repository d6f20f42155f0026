"""Which story an article joins, or a new one; when two stories are one."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.relation import Candidate
from octavo.domain.story import Placement
from octavo.relate.cluster import CLOSED_AFTER, place_article
from octavo.relate.profile import profile
from octavo.relate.similarity import compare

from .samples import FIRST, FLOOD_AGAIN, GERMAN, NAMES, OTHER, SECOND, THIRD, UKRAINIAN, candidate


def place(one: Candidate, *others: Candidate) -> Placement:
    mine = profile(one)
    return place_article(one, [(profile(other), compare(mine, profile(other))) for other in others])


def told(one: Candidate, story: int) -> Candidate:
    return replace(one, story_id=StoryId(story))


def test_the_first_article_opens_a_story() -> None:
    assert place(FIRST) == Placement(FIRST.id, None, 0.0)
    assert place(FIRST, SECOND).story_id is None, "a neighbour without a story gives none"


def test_a_second_report_joins_and_says_why() -> None:
    placed = place(FIRST, told(SECOND, 7), told(OTHER, 8), told(THIRD, 9))
    assert placed.story_id == 7
    assert placed.score > 0.7
    assert placed.reasons == ("Ada Corrigan", "Tessaly Isles", "Millbrook")
    assert placed.merged == ()


def test_another_event_does_not() -> None:
    placed = place(FIRST, told(OTHER, 8), told(THIRD, 9))
    assert placed.story_id is None
    assert placed.score < 0.3


def test_a_report_in_another_language_or_script_joins() -> None:
    assert place(GERMAN, told(FIRST, 7), told(SECOND, 7), told(OTHER, 8)).story_id == 7
    assert place(UKRAINIAN, told(FIRST, 7), told(SECOND, 7), told(OTHER, 8)).story_id == 7


def test_two_stories_it_shows_to_be_one_are_merged() -> None:
    again = candidate(61, "Tessaly Isles toll rises to 17", FLOOD_AGAIN, names=NAMES)
    placed = place(again, told(FIRST, 7), told(SECOND, 8), told(OTHER, 9))
    assert {placed.story_id, *placed.merged} == {7, 8}


def test_the_order_of_neighbours_changes_nothing() -> None:
    others = (told(SECOND, 7), told(GERMAN, 7), told(OTHER, 8), told(THIRD, 9))
    assert len({place(FIRST, *order) for order in permutations(others)}) == 1


def test_equal_evidence_goes_to_the_older_story() -> None:
    twin = replace(SECOND, id=ArticleId(71))
    placed = place(FIRST, told(twin, 9), told(SECOND, 7))
    assert placed.story_id == 7


def test_a_story_without_a_report_for_long_is_closed() -> None:
    old = told(replace(SECOND, at=FIRST.at - CLOSED_AFTER - timedelta(hours=1)), 7)
    assert place(FIRST, old).story_id is None
    assert place(FIRST, replace(old, at=FIRST.at - timedelta(hours=5))).story_id == 7
    kept_open = told(replace(GERMAN, at=FIRST.at - timedelta(hours=5)), 7)
    assert place(FIRST, old, kept_open).story_id == 7, "a newer report keeps it open"
