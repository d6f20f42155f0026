"""How surely two articles report the same event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.relate.profile import heard, profile
from octavo.relate.similarity import compare

from .samples import FIRST, GERMAN, OTHER, SECOND, THIRD, UKRAINIAN, candidate, vector

CHINESE = candidate(7, "风暴“伊尔瓦”造成17人死亡", "风暴造成17人死亡。官员说，19500人离开了家园。" * 8, language="zh")


def test_two_reports_of_one_event_are_near_and_others_far() -> None:
    same = compare(profile(FIRST), profile(SECOND))
    assert same.probability > 0.9
    for other in (OTHER, THIRD):
        assert compare(profile(FIRST), profile(other)).probability < 0.05


def test_the_order_changes_nothing() -> None:
    for one, other in ((FIRST, SECOND), (FIRST, OTHER), (FIRST, GERMAN), (GERMAN, UKRAINIAN)):
        there, back = compare(profile(one), profile(other)), compare(profile(other), profile(one))
        assert there.logit == pytest.approx(back.logit)
        assert set(there.names) == set(back.names)


def test_names_bridge_languages_and_scripts_by_their_sound() -> None:
    german = compare(profile(FIRST), profile(GERMAN))
    ukrainian = compare(profile(FIRST), profile(UKRAINIAN))
    stranger = compare(profile(OTHER), profile(UKRAINIAN))
    assert german.heard
    assert ukrainian.heard
    assert ukrainian.rare >= 3
    assert german.probability > 0.5
    assert ukrainian.probability > 0.5
    assert stranger.probability < 0.1


def test_a_script_without_known_sounds_leaves_it_to_the_vectors() -> None:
    assert heard(CHINESE).rare == frozenset()
    near = [replace(one, vector=vector(1.0, 0.1), model="m") for one in (FIRST, CHINESE)]
    far = [near[0], replace(near[1], vector=vector(0.1, 1.0))]
    assert not compare(profile(near[0]), profile(near[1])).heard
    assert compare(profile(near[0]), profile(near[1])).probability > 0.5
    assert compare(profile(far[0]), profile(far[1])).probability < 0.1


def test_vectors_count_only_within_one_model() -> None:
    one = replace(FIRST, vector=vector(1.0, 0.0), model="a")
    assert compare(profile(one), profile(replace(SECOND, vector=vector(1.0, 0.0), model="b"))).dense is None
    assert compare(profile(one), profile(SECOND)).dense is None
    same = compare(profile(one), profile(replace(SECOND, vector=vector(1.0, 1.0), model="a")))
    assert same.dense == pytest.approx(0.7071, abs=1e-3)
    given = compare(profile(one), profile(replace(SECOND, vector=vector(1.0, 1.0), model="a")), 0.25)
    assert given.dense == 0.25


def test_time_apart_counts_against() -> None:
    later = [replace(SECOND, at=FIRST.at + timedelta(days=days)) for days in (0, 2, 30)]
    chances = [compare(profile(FIRST), profile(one)).probability for one in later]
    assert chances[0] > chances[1] > chances[2]


def test_other_numbers_count_against_and_the_same_for() -> None:
    stem = "A bomb in the harbour town killed {} people and hurt {} more, officials said on the day. "
    one = profile(candidate(1, "Bomb in harbour", stem.format(318, 4120) * 4))
    same = compare(one, profile(candidate(2, "Bomb in harbour", stem.format(318, 4120) * 4)))
    other = compare(one, profile(candidate(3, "Bomb in harbour", stem.format(777, 9120) * 4)))
    assert (same.same_numbers, same.other_numbers) == (2, 0)
    assert (other.same_numbers, other.other_numbers) == (0, 2)
    assert same.logit > other.logit


def test_headlines_alone_are_compared_too() -> None:
    one, two = (replace(article, lead="", names=()) for article in (FIRST, SECOND))
    assert profile(one).fullness == 0.0
    near = compare(profile(one), profile(two)).probability
    far = compare(profile(one), profile(replace(OTHER, lead="", names=()))).probability
    assert near > 0.4 > 0.25 > far


@pytest.mark.parametrize("text", ["", "🦉", "2026", "…"])
def test_odd_texts_compare_without_complaint(text: str) -> None:
    odd = profile(candidate(9, text, text))
    assert 0.0 <= compare(odd, profile(FIRST)).probability < 0.5
    assert 0.0 <= compare(odd, odd).probability <= 1.0


def test_terms_have_unit_length() -> None:
    assert sum(weight**2 for weight in profile(FIRST).terms.values()) == pytest.approx(1.0)
    assert sum(weight**2 for weight in heard(FIRST).sounds.values()) == pytest.approx(1.0)
