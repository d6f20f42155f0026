"""Worth reading next: about the same, from others first, never a copy, and nothing rather than noise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.domain.relation import Candidate, Relation, RelationKind
from octavo.relate.article import relate_article
from octavo.relate.profile import profile
from octavo.relate.related import AT_MOST, LEAST, find_related, nearness
from octavo.relate.similarity import compare

from .samples import FIRST, FLOOD, FLOOD_AGAIN, GERMAN, NAMES, NOW, OTHER, SECOND, THIRD, candidate, vector


def related(one: Candidate, *others: Candidate) -> tuple[Relation, ...]:
    mine = profile(one)
    return find_related(mine, [(profile(other), compare(mine, profile(other))) for other in others])


def test_the_same_event_is_listed_with_what_is_shared() -> None:
    found = related(FIRST, SECOND, OTHER, THIRD)
    assert [one.other_id for one in found] == [SECOND.id]
    assert found[0].kind is RelationKind.SAME_EVENT
    assert found[0].why == ("Ada Corrigan", "Tessaly Isles", "Millbrook")
    assert 0.0 < found[0].score <= 1.0


def test_what_is_merely_recent_is_not_listed() -> None:
    assert related(FIRST, replace(OTHER, at=FIRST.at), replace(THIRD, at=FIRST.at)) == ()
    assert related(FIRST) == ()


def test_a_copy_is_not_listed_and_a_second_copy_of_another_comes_after_what_is_new() -> None:
    copy = candidate(11, "Seventeen dead after storm", FLOOD, names=NAMES)
    again = candidate(12, "Toll rises again", FLOOD_AGAIN, names=NAMES)
    assert related(FIRST, copy) == ()
    assert [one.other_id for one in related(FIRST, SECOND, again, GERMAN)] == [SECOND.id, GERMAN.id, again.id]


def shaped(number: int, *values: float) -> Candidate:
    """Make a report without names or a word in common, whose vector alone says what it is about."""
    lead = " ".join(f"w{number}x{word}" for word in range(50))
    return candidate(number, "", lead, vector=vector(*values), model="m")


def test_what_is_near_to_the_nearest_comes_first() -> None:
    one, beside, apart = shaped(60, 1.0, 0.0, 0.0), shaped(61, 0.7, 0.714, 0.0), shaped(62, 0.7, 0.0, 0.714)
    mine = profile(one)
    others = [profile(other) for other in (beside, apart, *(shaped(63 + n, 0.9, 0.436, 0.0) for n in range(3)))]
    compared = [(other, compare(mine, other)) for other in others]
    values = nearness(mine, compared)
    assert compared[0][1].dense == pytest.approx(compared[1][1].dense, abs=0.001)
    assert min(values[2:]) > values[0] > values[1] + 1.0


def test_thin_evidence_is_enough_for_what_is_near_seen_among_all_the_others() -> None:
    weak = replace(compare(profile(FIRST), profile(SECOND)), sparse=0.0, rare=0, same_numbers=0, other_numbers=3)
    mine, other = profile(shaped(64, 1.0, 0.0)), profile(shaped(65, 1.0, 0.1))
    thin = replace(weak, dense=0.99, hours=24.0 * 20)
    assert thin.probability < LEAST
    assert [one.other_id for one in find_related(mine, [(other, thin)])] == [65]
    stranger = profile(shaped(66, 0.2, 1.0))
    assert find_related(mine, [(stranger, replace(thin, dense=0.2))]) == ()
    assert [one.other_id for one in find_related(mine, [(other, thin), (stranger, replace(thin, dense=0.2))])] == [65]


def test_other_publishers_come_before_the_articles_own() -> None:
    own = replace(SECOND, id=candidate(21, "x").id, publisher_id=FIRST.publisher_id, fingerprint=())
    foreign = replace(SECOND, id=candidate(22, "x").id, fingerprint=())
    assert [one.other_id for one in related(FIRST, own, foreign)] == [22, 21]


def test_at_most_ten() -> None:
    many = [replace(SECOND, id=candidate(30 + number, "x").id, fingerprint=()) for number in range(25)]
    found = related(FIRST, *many)
    assert len(found) == AT_MOST
    assert len({one.other_id for one in found}) == AT_MOST
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_an_old_report_is_background() -> None:
    found = related(FIRST, replace(SECOND, at=FIRST.at - timedelta(days=6), names=()))
    assert [one.kind for one in found] == [RelationKind.BACKGROUND]


def test_the_same_people_in_another_matter() -> None:
    profile_of = candidate(
        41,
        "The minister who came from the lighthouse",
        "Ada Corrigan grew up in a lighthouse near Millbrook and studied law. As a minister of Tessaly Isles she is "
        "known for long walks and short speeches. Corrigan keeps bees and has written two books about the sea. ",
        names=(("person", "Ada Corrigan"), ("place", "Tessaly Isles")),
        at=FIRST.at - timedelta(days=5),
    )
    found = related(FIRST, profile_of)
    assert [one.kind for one in found] == [RelationKind.SAME_PEOPLE]
    assert found[0].why[0] == "Ada Corrigan"


def test_a_reason_is_told_once() -> None:
    one = replace(FIRST, names=(("place", "Tessaly"), ("other", "Tessalyan"), ("person", "Ada Corrigan")))
    found = related(one, replace(SECOND, names=one.names, hashtags=("AdaCorrigan",)))
    assert found[0].why == ("Tessaly", "Ada Corrigan")


def test_relating_one_article_gives_every_part() -> None:
    copy = candidate(51, "Seventeen dead after storm", FLOOD, names=NAMES, story=7)
    near = replace(SECOND, story_id=copy.story_id)
    found = relate_article(FIRST, [copy, near, OTHER, FIRST, GERMAN], {}, NOW)
    assert [one.other_id for one in found.duplicates] == [51]
    assert {one.other_id for one in found.relations} == {SECOND.id, GERMAN.id}
    assert found.placement.story_id == 7
    assert found.placement.article_id == FIRST.id


def test_a_date_in_the_future_is_taken_as_now() -> None:
    early = replace(FIRST, at=NOW + timedelta(days=365))
    given = relate_article(early, [replace(SECOND, at=NOW)], {}, NOW)
    plain = relate_article(replace(FIRST, at=NOW), [replace(SECOND, at=NOW)], {}, NOW)
    assert given.relations[0].score == plain.relations[0].score


def test_without_neighbours_there_is_nothing_but_a_new_story() -> None:
    found = relate_article(FIRST, [], {}, NOW)
    assert (found.duplicates, found.relations, found.placement.story_id) == ((), (), None)
