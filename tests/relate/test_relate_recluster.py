"""A window's stories settled anew: what is merged, split and moved, and which address is kept."""

from dataclasses import replace

import numpy as np
import pytest

from octavo.domain.ids import ArticleId, StoryId
from octavo.domain.relation import Candidate
from octavo.relate.grams import gram
from octavo.relate.profile import profile
from octavo.relate.recluster import Settled, changes, settle
from octavo.relate.regroup import regroup
from octavo.relate.window import closeness, evidence

from .samples import CUP, FIRST, FLOOD_AGAIN, GERMAN, NAMES, OTHER, SECOND, THIRD, candidate, vector

AGAIN = candidate(61, "Tessaly Isles toll rises to 17 as Harrow dam is watched", FLOOD_AGAIN, names=NAMES)
CUP_AGAIN = candidate(62, "Rheinstadt win the cup in the 118th minute", CUP, names=(("person", "Aylin Tunç"),))


def told(one: Candidate, story: int) -> Candidate:
    return replace(one, story_id=StoryId(story))


def test_one_event_in_two_stories_becomes_one_and_the_larger_keeps_its_address() -> None:
    found = settle([told(FIRST, 8), told(SECOND, 8), told(AGAIN, 7), told(OTHER, 9), told(THIRD, 10)])
    assert found == (Settled(StoryId(8), (AGAIN.id,), (StoryId(7),)),)


def test_two_events_in_one_story_are_told_apart() -> None:
    [change] = settle([told(FIRST, 7), told(SECOND, 7), told(AGAIN, 7), told(OTHER, 7), told(CUP_AGAIN, 7)])
    assert change == Settled(None, (OTHER.id, CUP_AGAIN.id), (), (StoryId(7),))


def test_an_article_in_the_wrong_story_moves_to_the_right_one() -> None:
    [change] = settle([told(FIRST, 7), told(SECOND, 7), told(OTHER, 8), told(CUP_AGAIN, 8), told(AGAIN, 8)])
    assert (change.story_id, change.articles, change.left) == (7, (AGAIN.id,), (8,))


def test_a_window_about_one_matter_asks_for_more_than_another_does() -> None:
    pair = [replace(FIRST, vector=vector(1.0, 0.0), model="m"), replace(SECOND, vector=vector(0.8, 0.6), model="m")]

    def nearer(others: list[float]) -> float:
        crowd = [replace(told(OTHER, 9), id=ArticleId(200 + n), vector=vector(*others), model="m") for n in range(40)]
        return float(evidence([profile(one) for one in (*pair, *crowd)])[1]["nearer"][0, 1])

    alike, strange = nearer([0.95, 0.31]), nearer([-0.32, 0.95])
    assert strange - alike > 1.0, "more than the median rises: the same cosine tells less in a crowd"


def test_settling_again_changes_nothing() -> None:
    settled = [told(FIRST, 7), told(SECOND, 7), told(AGAIN, 7), told(GERMAN, 7), told(OTHER, 8), told(THIRD, 9)]
    assert settle(settled) == ()
    assert settle(list(reversed(settled))) == ()


def test_a_language_without_vectors_is_left_where_it_was_placed() -> None:
    with_vectors = [replace(told(one, 7), vector=vector(1.0, 0.0), model="m") for one in (FIRST, SECOND)]
    assert settle([*with_vectors, told(AGAIN, 8)]) == ()
    assert settle([told(FIRST, 7), told(SECOND, 7), told(AGAIN, 8)]) != (), "where none has one, words decide"


def test_nothing_to_settle() -> None:
    assert settle([]) == ()
    assert settle([told(FIRST, 7)]) == ()
    assert settle([FIRST, SECOND]) == (), "articles that are in no story are left alone"


def test_an_address_goes_to_one_group_and_of_equal_parts_to_the_older_story() -> None:
    one, two, three = told(FIRST, 7), told(SECOND, 8), told(AGAIN, 8)
    assert changes([[one, two], [three]]) == (Settled(StoryId(7), (SECOND.id,), (), (StoryId(8),)),)
    assert changes([[one, told(SECOND, 7)], [three]]) == ()


def test_a_story_shared_out_between_others_is_folded_into_none() -> None:
    shares = [told(AGAIN, 8), told(GERMAN, 8)]
    found = changes([[told(FIRST, 7), told(SECOND, 7), shares[0]], [told(OTHER, 9), told(CUP_AGAIN, 9), shares[1]]])
    assert [(one.story_id, one.articles, one.folded, one.left) for one in found] == [
        (7, (AGAIN.id,), (), (8,)),
        (9, (GERMAN.id,), (), (8,)),
    ]


def test_a_group_is_as_near_as_the_mean_of_its_pairs() -> None:
    pairs = np.full((4, 4), -1.0, dtype=np.float32)
    for one, other, value in ((0, 1, 5.0), (0, 2, 4.0), (1, 2, 4.0), (0, 3, 3.0), (1, 3, -5.0), (2, 3, 1.0)):
        pairs[one, other] = pairs[other, one] = value
    labels = regroup(pairs).tolist()
    assert labels[0] == labels[1] == labels[2] != labels[3], "its mean with the three is below nought"


def test_groups_are_joined_while_their_mean_is_high_enough() -> None:
    near, far = 4.0, -4.0
    pairs = np.full((5, 5), far, dtype=np.float32)
    for one, other in ((0, 1), (1, 2), (0, 2), (3, 4)):
        pairs[one, other] = pairs[other, one] = near
    labels = regroup(pairs).tolist()
    assert len({*labels[:3]}) == 1
    assert labels[3] == labels[4] != labels[0]
    pairs[2, 3] = pairs[3, 2] = near
    assert regroup(pairs).tolist()[0] != regroup(pairs).tolist()[4], "one bridge joins no two groups"
    assert regroup(np.zeros((0, 0), dtype=np.float32)).tolist() == []


def test_closeness_tells_events_apart_across_languages() -> None:
    rows = closeness([profile(one) for one in (FIRST, SECOND, GERMAN, OTHER, THIRD)])
    assert rows == pytest.approx(rows.T, abs=1e-3)
    assert rows[0, 1] > 0 > max(rows[0, 3], rows[0, 4], rows[3, 4])
    assert rows[0, 2] > max(rows[3, 2], rows[4, 2])


def test_shared_weights_are_summed() -> None:
    rows = [{"varn": 3.0, "dam": 4.0}, {"varn": 2.0}, {"dam": 1.0, "cup": 1.0}, {}]
    assert gram(rows, unit=False).tolist()[0] == pytest.approx([25.0, 6.0, 4.0, 0.0])
    assert gram(rows, unit=True)[0, 1] == pytest.approx(0.6)
    many = [{"common": 1.0} for _ in range(60)]
    assert gram(many, unit=True).min() == pytest.approx(1.0)
