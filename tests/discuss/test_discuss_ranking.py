"""Which comment goes first, by value."""

import pytest

from octavo.discuss.ranking import WORST, rank, sorter, wilson_lower
from octavo.domain.comment import Order

from .talk import said


@pytest.mark.parametrize(
    ("ups", "downs", "lower"),
    [
        # Worked by hand from the formula with z = 1.96.
        (0, 0, 0.0),
        (1, 0, 0.20654),
        (0, 1, 0.0),
        (10, 0, 0.72246),
        (90, 10, 0.82563),
        (5, 5, 0.23659),
    ],
)
def test_the_lower_bound_of_the_share_of_votes_up(ups: int, downs: int, lower: float) -> None:
    assert wilson_lower(ups, downs) == pytest.approx(lower, abs=2e-5)


def test_more_votes_say_more_than_few_of_the_same_share() -> None:
    assert rank(90, 10) < rank(9, 1) < rank(1, 0)


def test_what_nobody_voted_on_goes_before_what_was_voted_down_and_after_what_was_voted_up() -> None:
    assert rank(1, 0) < rank(0, 0) < rank(0, 1) < rank(0, 2) < WORST


def test_every_vote_moves_a_comment_the_right_way() -> None:
    for ups in range(40):
        for downs in range(40):
            assert rank(ups + 1, downs) < rank(ups, downs) < rank(ups, downs + 1)


def test_best_new_and_old() -> None:
    given = [said(1), said(2, ups=5), said(3, ups=5), said(4, downs=3), said(5)]

    def order(wanted: Order) -> list[int]:
        return [one.id for one in sorted(given, key=sorter(wanted))]

    assert order(Order.BEST) == [2, 3, 1, 5, 4]
    assert order(Order.NEW) == [5, 4, 3, 2, 1]
    assert order(Order.OLD) == [1, 2, 3, 4, 5]
