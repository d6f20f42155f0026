"""What begins no markup stays as it is; what could begin some is written otherwise; what nobody sees is dropped."""

import pytest

from octavo.collect.parse import parse_feed
from octavo.text.html import tidy, visible
from octavo.text.inert import inert


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
