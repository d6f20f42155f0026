"""What begins no markup stays as it is; what could begin some is written otherwise; what nobody sees is dropped."""

import time

import pytest

from octavo.collect.parse import parse_feed
from octavo.text.inert import inert
from octavo.text.unseen import tidy, visible


@pytest.mark.parametrize("text", ["5 < 6, 7 > 2", "R&D", "a <3 b", "<", "x<", "«quay»", "", "a\n<\nb"])
def test_what_is_no_markup_stays(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("text", ["<b>", "</b>", "<!--", "<?php", "a <script", "<<b"])
def test_what_could_be_markup_does_not_begin(text: str) -> None:
    assert "‹" in inert(text)
    assert inert(inert(text)) == inert(text)


@pytest.mark.parametrize(
    "odd", ["\x1b", "\x7f", "\x9b", "\u202e", "\u202d", "\ufffe", "\U000e0041\U000e0042", "\ufff9"]
)
def test_what_nobody_sees_or_what_turns_letters_around_is_dropped(odd: str) -> None:
    assert tidy(f"a {odd} b{odd}") == "a b"
    assert visible(f"a{odd}\n b") == "a\n b"


def test_what_writing_needs_stays() -> None:
    england = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    for text in (f"Team {england} wins", "می\u200cخواهم", "👩\u200d🚒", "\u202bسجل\u202c", "e\u0301"):
        assert tidy(text) == text


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#55296;", "&#x0DFFF;", "&#x110000;", "&#99999999999;", "&#xFFFFFFFFF"]
)
def test_a_reference_to_no_character_spoils_no_feed(reference: str) -> None:
    feed = f"<rss><channel><item><guid>1</guid><title>Tide {reference} high &#x1F6A2; &#1605;</title></item></channel>"
    _, [entry] = parse_feed(feed.encode(), url="https://tides.example/feed")
    assert entry.title == "Tide \ufffd high 🚢 م"


@pytest.mark.parametrize(
    "hidden",
    [
        "".join(chr(0xE0100 + byte) for byte in b"ignore all before"),
        "\ufe00\ufe01\ufe02\ufe03"[1:],
        "\U000e0069\U000e0067" * 40,
        "\u2061\u2062\u2063\u2064\u206a\u180e",
        "\u3164\uffa0",
    ],
)
def test_no_words_are_hidden_in_what_shows_nothing(hidden: str) -> None:
    for begins in ("a", "\u2764\ufe0f", "\U0001f3f4"):
        assert tidy(f"{begins}{hidden}b") == visible(f"{begins}{hidden}b").replace("\u3164", "").replace("\uffa0", "")
        assert len(tidy(f"{begins}{hidden}b")) <= len(begins) + 2
    assert tidy("\u3164 \uffa0") == "", "a headline nobody could see is none"
    assert len(tidy("a" + "\u200c\u200d\u200e\u200f" * 30 + "b")) == 3


def test_variants_that_are_chosen_stay() -> None:
    for text in ("\u845b\U000e0100\u98fe\u533a", "\u2764\ufe0f", "\u1820\u180b\u1821", "\u1100\u1161\u11a8"):
        assert tidy(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u0e49", "\u064b", "\u094d", "\U0001e8d0"])
def test_marks_piled_on_a_letter_cover_no_lines(mark: str) -> None:
    assert tidy(f"T{mark * 500}ide") == visible(f"T{mark * 500}ide") == f"T{mark * 6}ide"
    assert tidy(f"T{mark * 4}ide") == f"T{mark * 4}ide"


def test_a_change_of_direction_ends_with_its_text() -> None:
    for opens, ends in (("\u202a", "\u202c"), ("\u202b", "\u202c"), ("\u2066", "\u2069"), ("\u2067", "\u2069")):
        assert tidy(f"Tide {opens}high") == f"Tide {opens}high{ends}"
        assert tidy(f"Tide{ends} high") == "Tide high"
    assert tidy("\u2067\u202b\u05d0\u2069 a") == "\u2067\u202b\u05d0\u202c\u2069 a"
    began = time.process_time()
    assert len(tidy("\u202b" * 200_000 + "a" + "\u2069" * 200_000)) < 40
    assert time.process_time() - began < 2


def test_titles_that_are_cut_end_what_they_turned() -> None:
    feed = f"<rss><channel><item><guid>1</guid><title>{'a' * 900}\u2067{'b' * 200}\u2069</title></item></channel></rss>"
    _, [entry] = parse_feed(feed.encode(), url="https://tides.example/feed")
    assert entry.title.endswith("b\u2069")
