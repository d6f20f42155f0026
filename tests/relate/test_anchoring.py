"""A marked passage in a text that was edited since."""

import pytest

from octavo.domain.follow import Quote
from octavo.relate.anchoring import LONGEST, Anchor, Held, anchor, quote_of

TEXT = (
    "The ferry sailed at dawn on Tuesday.\n"
    "Its captain, Ines Calder, said the harbour “had never been so full”.\n"
    "The strike ended on Monday after nine days. The port lost 22 million.\n"
    "The ferry sailed at dawn on Tuesday. Nobody was hurt."
)


def marked(passage: str, text: str = TEXT, turn: int = 0) -> Quote:
    at = -1
    for _ in range(turn + 1):
        at = text.index(passage, at + 1)
    return quote_of(text, at, at + len(passage))


def words(text: str, found: Anchor) -> str:
    return text[found.start : found.end]


@pytest.mark.parametrize("passage", ["ferry", TEXT, "lost 22 million.\nThe ferry"])
def test_in_the_same_text_it_is_where_it_was(passage: str) -> None:
    quote = marked(passage)
    assert anchor(TEXT, quote) == Anchor(Held.SAME, quote.start, quote.start + len(passage))


def test_a_passage_keeps_what_stands_around_it() -> None:
    quote = marked("strike ended")
    assert (quote.prefix[-5:], quote.suffix[:10]) == ("\nThe ", " on Monday")
    assert len(quote.prefix) == len(quote.suffix) == 64
    assert quote_of("ab", 0, 2) == Quote("ab", "", "", 0)


@pytest.mark.parametrize("turn", [0, 1])
def test_of_two_the_same_the_one_with_its_surroundings(turn: int) -> None:
    quote = marked("The ferry sailed at dawn on Tuesday.", turn=turn)
    edited = "A new first paragraph, and a long one too.\n" + TEXT.replace("Nobody was hurt", "No one was hurt")
    found = anchor(edited, quote)
    assert found.held is Held.SAME
    assert edited[found.end] == "\n "[turn]


def test_what_moved_is_the_same() -> None:
    lines = TEXT.split("\n")
    moved = "\n".join([lines[2], lines[0], lines[1], lines[3]])
    quote = marked("The strike ended on Monday")
    assert words(moved, anchor(moved, quote)) == "The strike ended on Monday"
    assert anchor(moved, quote).held is Held.SAME


def test_other_quotation_marks_change_no_word() -> None:
    plain = TEXT.replace("“", '"').replace("”", '"')
    found = anchor(plain, marked("“had never been so full”"))
    assert (found.held, words(plain, found)) == (Held.SAME, '"had never been so full"')


@pytest.mark.parametrize(
    ("old", "new", "passage", "now"),
    [
        ("22 million", "31 million", "The port lost 22 million.", "The port lost 31 million."),
        ("after nine days", "after ten long days", "strike ended on Monday after nine days", "ten long days"),
        ("Ines Calder", "Inés Calderón", "Its captain, Ines Calder, said", "Its captain, Inés Calderón, said"),
    ],
)
def test_a_passage_that_was_reworded_is_found_whole(old: str, new: str, passage: str, now: str) -> None:
    edited = TEXT.replace(old, new)
    found = anchor(edited, marked(passage))
    assert found.held is Held.CHANGED
    assert now in words(edited, found)
    assert words(edited, found).strip() == words(edited, found)


def test_a_passage_wholly_rewritten_is_what_stands_between_its_surroundings() -> None:
    edited = TEXT.replace("The strike ended on Monday after nine days.", "The strike is over after nine days of talks.")
    found = anchor(edited, marked("The strike ended on Monday after nine days."))
    assert (found.held, words(edited, found)) == (Held.CHANGED, "The strike is over after nine days of talks.")


@pytest.mark.parametrize(
    "edited",
    [
        "",
        "Nothing of that kind is said here any more, nor ever was.",
        TEXT.replace("Its captain, Ines Calder, said", ""),
    ],
)
def test_what_was_deleted_is_gone(edited: str) -> None:
    assert anchor(edited, marked("Its captain, Ines Calder, said")) == Anchor(Held.GONE)


def test_a_few_letters_are_found_word_for_word_or_not_at_all() -> None:
    assert anchor(TEXT.replace("22", "23"), marked("22 million")) == Anchor(Held.GONE)


def test_what_is_empty_or_endless_is_gone() -> None:
    assert anchor(TEXT, Quote("")) == Anchor(Held.GONE)
    assert anchor("a" * 9_000, Quote("a" * (LONGEST + 1))) == Anchor(Held.GONE)


def test_arabic_and_chinese_are_found_again() -> None:
    arabic = "قال القبطان إن الميناء لم يكن ممتلئا هكذا من قبل. انتهى الإضراب يوم الاثنين."
    found = anchor(arabic.replace("يوم الاثنين", "مساء الثلاثاء"), marked("انتهى الإضراب يوم الاثنين.", arabic))
    assert found.held in (Held.CHANGED, Held.GONE)
    chinese = "船长说港口从未如此繁忙过。罢工在星期一结束，港口损失了两千两百万。"
    edited = chinese.replace("两千两百万", "三千一百万")
    found = anchor(edited, marked("罢工在星期一结束，港口损失了两千两百万。", chinese))
    assert (found.held, words(edited, found)) == (Held.CHANGED, "罢工在星期一结束，港口损失了三千一百万。")


def test_it_is_quick_in_a_long_text() -> None:
    text = "\n".join(f"Paragraph {n} tells of something else, at some length, as paragraphs do." for n in range(400))
    quote = Quote(
        "The strike ended on Monday after nine days of talks that nobody had believed in.", "x" * 60, "y" * 60
    )
    assert anchor(text, quote) == Anchor(Held.GONE)
