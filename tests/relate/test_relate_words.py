"""Terms, numbers, rare words and sounds: what texts are compared by."""

import pytest

from octavo.relate.sounds import sound, sounds
from octavo.relate.words import numbers, rare, rarest, surprises, terms, weighed
from octavo.text.tokens import tokenise


def test_plain_words_say_nothing_and_rare_ones_much() -> None:
    found = terms("The dam at Millbrook held", "en")
    assert "the" not in found
    assert found["millbro"] > found["dam"] > 1.2


def test_words_meet_in_their_stem() -> None:
    assert set(terms("evacuated evacuation", "en")) == {"evacuat"}
    assert set(terms("dams dam", "en")) == {"dams", "dam"}, "short words are whole"


def test_numbers_weigh_most_and_dates_less() -> None:
    found = terms("19,500 people on 17 March 2026", "en")
    assert found["19,500"] > found["2026"] == found["17"]
    assert "2026" not in terms("On 17 March 2026", "en", dates=False)


@pytest.mark.parametrize(
    ("text", "dates", "expected"),
    [
        ("19,500 and 19.500 and 7", True, {"19500"}),
        ("17 dead in 2026", True, {"17"}),
        ("17 dead in 2026", False, set()),
        ("318,000 barrels", False, {"318000"}),
        ("", True, set()),
    ],
)
def test_numbers_of_a_text(text: str, dates: bool, expected: set[str]) -> None:
    assert numbers(text, dates=dates) == expected


def test_scripts_without_spaces_are_compared_by_pairs() -> None:
    assert set(terms("北京地震", "zh")) == {"北京", "京地", "地震"}
    assert terms("", "zh") == {}


def test_the_rarest_words_come_first() -> None:
    found = rarest("The Millbrook dam and the Corrigan inquiry", "en", 2)
    assert set(found) == {"millbrook", "corrigan"}
    assert rarest("", "en", 5) == []


def test_rare_is_what_no_list_has() -> None:
    weights = terms("Oyelaran spoke of 19,500 ferries", "en")
    assert rare(weights, "en") == {"oyelara"}
    assert rare(terms("Oyelaran ukuthi", "zu"), "zu") == frozenset(), "no list, nothing known to be rare"


def test_weighed_words_stay_whole() -> None:
    assert {"evacuation", "19,500"} <= set(weighed("The evacuation of 19,500", "en"))


def test_words_with_signs_for_vowels_stay_whole() -> None:
    assert list(terms("व्लादिमीर ने कहा", "hi")) == ["व्लादिम"]
    assert rarest("রাশিয়ার প্রেসিডেন্ট", "bn", 2) == ["রাশিয়ার", "প্রেসিডেন্ট"]
    assert [token.key for token in tokenise("தாமதம் ஆகும்", "ta")] == ["தாமதம்", "ஆகும்"]


def test_a_language_without_a_list_is_served() -> None:
    assert not surprises("zu")
    assert surprises("zu").of("ukuthi") == surprises("zu").of("anything")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kestrel", "кестрел"),
        ("kestrel", "كيستريل"),
        ("tessaly", "тессалі"),
        ("tessaly", "تيسالي"),
        ("corrigan", "корріган"),
        ("lindqvist", "линдквист"),
        ("philharmonic", "філармонік"),
        ("athens", "αθήνας"),
        ("millbrook", "الميلبروك"),
        ("tessaly", "तेस्साली"),
        ("lindkvist", "লিন্ডকভিস্ট"),
        ("kestrel", "கெஸ்ட்ரெல்"),
        ("corrigan", "კორიგანი"),
        ("corrigan", "Կորիգան"),
    ],
)
def test_names_sound_alike_across_scripts(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize("word", ["", "ilva", "abc", "東京都", "서울시장", "สวัสดี", "aeiou", "12345"])
def test_some_words_have_no_sound(word: str) -> None:
    assert sound(word) == ""


def test_different_names_sound_different() -> None:
    assert len(sounds(["corrigan", "lindqvist", "millbrook", "rheinstadt", "oyelaran"])) == 5
    assert sounds([]) == frozenset()
