"""Finds by words and by meaning in one order."""

from octavo.domain.ids import ArticleId
from octavo.relate.blend import akin, blend

A, B, C, D, E = map(ArticleId, range(1, 6))


def test_without_meaning_the_order_of_words_stands() -> None:
    assert blend([C, A, B], [], {}) == [C, A, B]


def test_the_merely_akin_move_nothing_and_come_last() -> None:
    assert blend([C, A], [D, E], {A: 0.48, D: 0.47, E: 0.4}) == [C, A, D, E]


def test_the_surely_same_move_up_and_in() -> None:
    assert blend([C, A, B], [D], {B: 0.9, D: 0.8}) == [B, D, C, A]


def test_finds_ahead_make_ranks_count_less() -> None:
    assert blend([C], [D], {D: 0.75}) == [C, D]
    assert blend([C], [D], {D: 0.75}, before=15) == [D, C]


def test_only_the_akin_that_words_did_not_find() -> None:
    assert akin({A: 0.6, B: 0.44, C: 0.45, D: 0.9}, {A}) == [D, C]
