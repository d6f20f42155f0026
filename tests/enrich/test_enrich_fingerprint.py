"""Fingerprints: the same for the same words, short, and alike for copies."""

import pytest

from octavo.enrich.fingerprint import SIZE, fingerprint
from octavo.text.shingles import shingles

from .samples import TEXTS

LONG = " ".join(f"word{number}" for number in range(2000))


def test_case_and_punctuation_change_nothing() -> None:
    assert fingerprint("The old mill, by the river.") == fingerprint("the OLD mill — by the river!")


def test_a_sketch_is_sorted_small_and_32_bit() -> None:
    found = fingerprint(LONG)
    assert len(found) == SIZE
    assert list(found) == sorted(set(found))
    assert all(0 <= value < 2**32 for value in found)


@pytest.mark.parametrize("text", ["", "one", "1 2 3", "🦉", "few letters"[:10]])
def test_a_few_words_have_none(text: str) -> None:
    assert fingerprint(text) == ()


def test_a_text_of_few_runs_is_kept_whole() -> None:
    assert len(fingerprint("a text of six words here")) == len("atextofsixwordshere") - 10 + 1


def test_spaces_and_forms_of_letters_change_nothing() -> None:
    assert fingerprint("ＯＰＥＣ meets on Thursday") == fingerprint("opec meets onthursday")
    assert fingerprint("Cafe\u0301 reopens today") == fingerprint("Café reopens today")


def test_a_text_that_repeats_itself_is_sketched_whole() -> None:
    verse = " ".join(f"line{number}" for number in range(60))
    assert fingerprint(" ".join([verse] * 20)) == tuple(sorted(shingles(" ".join([verse] * 2)).tolist()))[:SIZE]


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_scripts_without_spaces_are_cut_by_characters(language: str) -> None:
    text = TEXTS[language][1]
    assert len(fingerprint(text)) > 20
    assert set(fingerprint(text[:60])) & set(fingerprint(text))


def test_the_hash_is_the_same_in_every_release() -> None:
    assert fingerprint("one two three") == (1672782911, 3244379881)
