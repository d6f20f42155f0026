"""The language of a text: by the text, by the hint where the text is short, and by the script."""

import pytest

from octavo.enrich.language import article_language

from .samples import TEXTS


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_decides(language: str) -> None:
    headline, text = TEXTS[language]
    assert article_language(f"{headline}\n{text}") == language
    assert article_language(f"{headline}\n{text}", "en") == language, "a wrong word of the publisher changes nothing"


@pytest.mark.parametrize("text", ["", "   ", "2026", "… — !", "🦉🦉🦉"])
def test_without_letters_the_hint_is_taken(text: str) -> None:
    assert article_language(text, "fr") == "fr"
    assert article_language(text) == "und"


@pytest.mark.parametrize(("text", "hint"), [("Final", "es"), ("Final", "tr"), ("Regen", "de"), ("Stop", "nl")])
def test_one_word_is_in_the_language_the_publisher_says(text: str, hint: str) -> None:
    assert article_language(text, hint) == hint


def test_a_hint_may_carry_a_region_and_any_case() -> None:
    assert article_language("Final", "ES-mx") == "es"
    assert article_language("Final", "pt_BR") == "pt"


def test_kana_is_japanese_and_han_alone_is_chinese() -> None:
    assert article_language("東京で地震") == "ja"
    assert article_language("北京举行论坛") == "zh"
    assert article_language("서울에서 회의") == "ko"
    assert article_language("Αθήνα σήμερα") == "el"
    assert article_language("ירושלים היום") == "he"


def test_russian_and_ukrainian_are_told_apart_by_their_own_letters() -> None:
    assert article_language("Президент подписал новый закон о выборах, объявил его представитель") == "ru"
    assert article_language("Президент підписав новий закон про вибори, повідомив його речник") == "uk"


def test_pidgin_is_what_its_publisher_calls_so_or_a_text_long_enough() -> None:
    headline = "Police say no one dey hurt"
    assert [article_language(headline, hint) for hint in ("", "en", "pcm")] == ["en", "en", "pcm"]
    told = "Wetin dey happen for Lagos as governor say make pipo no comot for house because water don full road. "
    assert article_language(3 * told) == "pcm"
