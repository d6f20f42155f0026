"""Sentences chosen from an article: its own words, few, in order, and not the headline again."""

from octavo.brief.extractive import choose_across, choose_sentences
from octavo.text.words import sentences

HEADLINE = "Harbour reopens after the storm"
TEXT = (
    "The harbour reopens after the storm.\n"
    "Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of work. "
    "The port authority said that ferries to the islands would sail again on Friday.\n"
    "Is that soon enough? Nobody asked.\n"
    "Ferries to the islands had been stopped since the sand closed the harbour mouth. "
    "A man on the quay ate an apple and looked at the weather for a while.\n"
    "The port authority will dredge the harbour mouth every spring from now on, at a cost of 2 million."
)


def test_what_is_chosen_stands_in_the_text_in_its_order() -> None:
    chosen = choose_sentences(HEADLINE, TEXT, 3)
    assert len(chosen) == 3
    own = sentences(TEXT)
    places = [own.index(sentence) for sentence in chosen]
    assert places == sorted(places)


def test_neither_the_headline_again_nor_an_aside_is_chosen() -> None:
    chosen = " ".join(choose_sentences(HEADLINE, TEXT, 3))
    assert "reopens" not in chosen
    assert "apple" not in chosen
    assert "?" not in chosen
    assert "14,000" in chosen


def test_little_text_gives_little() -> None:
    assert choose_sentences(HEADLINE, "", 3) == []
    assert choose_sentences(HEADLINE, "Short. Very short.", 3) == []
    assert choose_sentences("", "Engineers cleared the sand from the harbour mouth in nine days.", 3) == [
        "Engineers cleared the sand from the harbour mouth in nine days."
    ]


def test_other_scripts_are_read_too() -> None:
    chinese = "港口管理局表示，前往各岛的渡轮将于周五恢复航行，工程师清除了港口的泥沙。码头上有人吃了一个苹果。"
    assert choose_sentences("风暴之后", chinese, 1) == [sentences(chinese)[0]]
    arabic = "أعلنت هيئة الميناء أن العبارات ستبحر من جديد يوم الجمعة بعد إزالة الرمال. شكرا."
    assert choose_sentences("عنوان", arabic, 2) == [sentences(arabic)[0]]


def test_across_articles_each_says_something_else() -> None:
    one = "Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of work."
    same = "Engineers cleared 14,000 tonnes of sand from the harbour mouth in nine days of hard work."
    other = "Fishermen of the islands ask who pays for the catch they lost while boats lay still."
    chosen = choose_across([("a", one), ("b", same), ("c", other)], 3)
    assert chosen == [(0, one), (2, other)]
    assert choose_across([("a", one), ("c", other)], 1) == [(0, one)]
