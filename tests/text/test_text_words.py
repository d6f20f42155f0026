"""Words, sentences, reading time and cuts, in any script."""

import pytest

from octavo.text.words import clip, count_words, reading_minutes, sentences, words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It's a well-known word.", ["It's", "a", "well-known", "word"]),
        ("L’eau, 3.5 m", ["L’eau", "3", "5", "m"]),
        ("新闻 ok", ["新", "闻", "ok"]),
        ("أخبار اليوم", ["أخبار", "اليوم"]),
        ("", []),
    ],
)
def test_words(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted
    assert count_words(text) == len(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Lee met Mr. Ito. They left.", ["Dr. Lee met Mr. Ito.", "They left."]),
        ("Am 4. März kam er. Er blieb.", ["Am 4. März kam er.", "Er blieb."]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("第一句。第二句！", ["第一句。", "第二句！"]),
        ("هل جاء؟ نعم جاء.", ["هل جاء؟", "نعم جاء."]),
        ("It rose 3.5 percent. Then fell.", ["It rose 3.5 percent.", "Then fell."]),
        ("The U.S. Senate met.", ["The U.S. Senate met."]),
        ("one line\nanother", ["one line", "another"]),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_reading_time() -> None:
    assert reading_minutes("") == 1
    assert reading_minutes("word " * 690) == 3
    assert reading_minutes("字" * 1000) == 2


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("short", 10, "short"),
        ("One sentence here. Another follows.", 25, "One sentence here."),
        ("A single long sentence without an end", 20, "A single long…"),
        ("字" * 30, 10, "字" * 9 + "…"),
        ("  a   b  ", 10, "a b"),
    ],
)
def test_clip(text: str, limit: int, wanted: str) -> None:
    assert clip(text, limit) == wanted
    assert len(clip(text, limit)) <= limit


@pytest.mark.parametrize(
    "text",
    ["", "a-b-c d--e -f g'", "it's 3,000 o'clock; x_y-z (8.5%)", "'tis - the end-\nof-all", "a''b a-'b - _-_ --"],
)
def test_words_are_counted_as_they_are_split(text: str) -> None:
    assert count_words(text) == len(words(text))
