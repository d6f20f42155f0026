"""Words with their places, in any script; how rare they are."""

from itertools import pairwise

import pytest

from octavo.enrich.words import fold, spaceless, words
from octavo.text.rarity import UNKNOWN_ZIPF, rarities

from .samples import TEXTS


@pytest.mark.parametrize("language", TEXTS)
def test_offsets_give_the_printed_word(language: str) -> None:
    text = "\n".join(TEXTS[language])
    found = words(text, language)
    assert found
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_sentence_starts_after_a_stop_a_quote_and_a_line() -> None:
    found = words("Rain fell. Nobody came\nThe “old port” closed", "en")
    assert [word.text for word in found if word.starts] == ["Rain", "Nobody", "The", "old", "closed"]


def test_words_are_joined_by_one_space_alone() -> None:
    found = words("Port Selwyn, France  today", "en")
    assert [word.joined for word in found] == [False, True, False, False]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "l'accord d’Alger", ["l'", "accord", "d’", "Alger"]),
        ("en", "Dutcher's plan", ["Dutcher's", "plan"]),
        ("tr", "İzmir'in valisi", ["İzmir", "valisi"]),
        ("ko", "시장이 소년공을 만났다", ["시장", "소년공", "만났다"]),
        ("zh", "北京举行", ["北京", "举行"]),
        ("ja", "ケストレルが到着", ["ケストレル", "が", "到着"]),
        ("hi", "दिल्ली में", ["दिल्ली", "में"]),
    ],
)
def test_a_text_is_cut_as_its_language_does(language: str, text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text, language)] == expected


def test_a_name_with_a_turkish_ending_is_not_joined_to_the_next() -> None:
    assert [word.joined for word in words("İzmir'in Bornova", "tr")] == [False, False]


def test_traditional_chinese_is_compared_in_simplified_characters() -> None:
    traditional, simplified = words("總統訪問歐洲", "zh"), words("总统访问欧洲", "zh")
    assert [word.key for word in traditional] == [word.key for word in simplified]
    assert "".join(word.text for word in traditional) == "總統訪問歐洲"


def test_folding_takes_case_and_arabic_marks_away() -> None:
    assert fold("HÉLÈNE") == "hélène"
    assert fold("مُحَمَّـد") == "محمد"
    assert fold("L’Eau") == "l'eau"


def test_common_words_are_common() -> None:
    english = rarities("en")
    assert english.zipf("the") > 7.0
    assert 3.0 < english.zipf("ferry") < 5.0
    assert english.zipf("oyelaran") == UNKNOWN_ZIPF
    assert english.holds("the")
    assert not english.holds("oyelaran")


def test_a_language_without_a_list_has_every_word_equally_rare() -> None:
    zulu = rarities("zu")
    assert not zulu
    assert zulu.zipf("ukuthi") == zulu.zipf("isikole") == UNKNOWN_ZIPF


def test_regions_share_a_list() -> None:
    assert rarities("pt-BR").zipf("governo") == rarities("pt").zipf("governo")


def test_some_languages_have_no_spaces() -> None:
    assert spaceless("zh-Hant")
    assert not spaceless("ko")
