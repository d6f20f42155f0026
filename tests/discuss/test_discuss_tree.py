"""Comments into threads, by value."""

from collections.abc import Sequence

from octavo.discuss.tree import DEEPEST, Branch, grow, is_worth_its_place, path_below
from octavo.domain.comment import Comment, CommentState, Order
from octavo.domain.ids import CommentId

from .talk import said

Shape = list[tuple[int, "Shape"]]


def shape(branches: Sequence[Branch]) -> Shape:
    return [(one.comment.id, shape(one.replies)) for one in branches]


def test_answers_stand_under_what_they_answer_each_level_in_order() -> None:
    given = [said(1), said(2), said(3, below=1), said(4, below=1, ups=2), said(5, below=3), said(6, ups=1)]
    assert shape(grow(given, Order.BEST)) == [(6, []), (1, [(4, []), (3, [(5, [])])]), (2, [])]
    assert shape(grow(given, Order.OLD)) == [(1, [(3, [(5, [])]), (4, [])]), (2, []), (6, [])]


def test_the_newest_first_row_has_its_answers_in_the_order_they_were_given() -> None:
    given = [said(1), said(2), said(3, below=1), said(4, below=1)]
    assert shape(grow(given, Order.NEW)) == [(2, []), (1, [(3, []), (4, [])])]


def test_what_hangs_on_a_comment_that_is_not_there_is_left_out() -> None:
    assert shape(grow([said(2, below=1), said(3)], Order.OLD)) == [(3, [])]


def test_a_branch_of_a_thread() -> None:
    given = [said(2, below=1), said(3, below=2), said(4, below=1)]
    assert shape(grow(given, Order.OLD, top=CommentId(1))) == [(2, [(3, [])]), (4, [])]


def test_what_is_too_deep_stands_on_the_last_level_and_says_whom_it_answers() -> None:
    given = [said(1), *(said(number, below=number - 1) for number in range(2, 7)), said(7, below=3)]
    (top,) = grow(given, Order.OLD, shown_depth=3)
    assert shape([top]) == [(1, [(2, [(3, []), (4, []), (5, []), (6, []), (7, [])])])]
    last = top.replies[0].replies
    assert [one.answers.id if one.answers else 0 for one in last] == [0, 3, 4, 5, 3]
    assert {one.depth for one in last} == {2}


def test_how_many_more_there_are_wherever_they_stand() -> None:
    given = [said(1, descendants=9), said(2, below=1, descendants=4), said(3, below=2), said(4, descendants=0)]
    first, second = grow(given, Order.OLD)
    assert (first.more, first.replies[0].more, second.more) == (7, 3, 0)


def test_what_only_a_few_see_is_not_counted_as_shown() -> None:
    held = said(2, below=1, state=CommentState.HELD)
    (top,) = grow([said(1, descendants=3), held, said(3, below=1)], Order.OLD)
    assert (top.size, top.more) == (2, 2)


def test_a_long_argument_is_no_deep_recursion() -> None:
    given = [said(1), *(said(number, below=number - 1) for number in range(2, 20_000))]
    (top,) = grow(given, Order.BEST)
    assert top.size == 19_999


def test_the_path_of_an_answer() -> None:
    assert path_below(None) == ()
    assert path_below(said(1)) == (1,)
    assert path_below(said(3, below=2, path=(CommentId(1), CommentId(2)))) == (1, 2, 3)


def test_an_answer_to_the_deepest_stands_beside_it() -> None:
    parent: Comment | None = None
    for number in range(1, 200):
        path = path_below(parent)
        parent = said(number, below=path[-1] if path else 0, path=path)
    assert parent is not None
    assert len(parent.path) == DEEPEST - 1
    assert path_below(parent) == parent.path


def test_what_is_gone_keeps_its_place_above_others_only() -> None:
    assert is_worth_its_place(said(1))
    assert is_worth_its_place(said(1, state=CommentState.REMOVED, descendants=1))
    assert not is_worth_its_place(said(1, state=CommentState.DELETED))
    assert not is_worth_its_place(said(1, state=CommentState.HELD))
