"""Titles, names, addresses and pictures out of feeds."""

import time

import pytest

from octavo.collect import fields

BASE = "https://paper.example/news/"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Harbour closes", "Harbour closes"),
        ("  Harbour\n\t closes ", "Harbour closes"),
        ("<b>Harbour</b> closes", "Harbour closes"),
        ("Harbour &amp; hill", "Harbour & hill"),
        ("&lt;b&gt;Harbour&lt;/b&gt; closes", "Harbour closes"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("Hello<script>alert(1)</script>", "Hello"),
        ("a\x00b\u200bc\ud800", "abc?"),
        ("caf&#233; &#x2014; open", "café — open"),
        ("<!-- nothing -->", ""),
    ],
)
def test_titles_are_plain(text: str, plain: str) -> None:
    assert fields.plain(text) == plain


def test_plain_text_is_bounded() -> None:
    assert fields.plain("x" * 5000) == "x" * fields.MAX_TITLE
    assert fields.plain("x" * 50, limit=7) == "x" * 7


def test_names_come_once_in_order_and_bounded() -> None:
    assert fields.names(["Sea", " Sea ", "", "<i>Sky</i>", "Sea"]) == ("Sea", "Sky")
    assert fields.names(str(number) for number in range(9)) == tuple("012345678")
    assert len(fields.names((str(number) for number in range(999)), most=5)) == 5


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("flood", BASE + "flood"),
        ("/flood", "https://paper.example/flood"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://other.example/x?utm_source=rss#part", "https://other.example/x?utm_source=rss#part"),
        (" https://other.example/x\n", "https://other.example/x"),
        ("paper.example/flood", "https://paper.example/flood"),
        ("Paper.example", "https://paper.example/"),
        ("other.example/flood", BASE + "other.example/flood"),
        ("", ""),
        ("http://", ""),
        ("https:", ""),
        ("//", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:desk@paper.example", ""),
        ("http://[::1", ""),
        ("https://exa mple/", ""),
    ],
)
def test_addresses_are_absolute_or_none(href: str, address: str) -> None:
    assert fields.link(href, BASE) == address


@pytest.mark.parametrize(
    ("markup", "picture"),
    [
        ('<p>x</p><img alt="a" src="/a.jpg">', "https://paper.example/a.jpg"),
        ("<IMG SRC='a.jpg'>", BASE + "a.jpg"),
        ("<img src=a.jpg>", BASE + "a.jpg"),
        ('<img src="/a.jpg?w=1&amp;h=2">', "https://paper.example/a.jpg?w=1&h=2"),
        ('<img src="/p.gif" width="1" height="1"><img src="/a.jpg">', "https://paper.example/a.jpg"),
        ('<img width=1 src="/p.gif">', ""),
        ('<img src="data:image/gif;base64,R0"><img src="/a.jpg">', "https://paper.example/a.jpg"),
        ('<img data-x="1">', ""),
        ("no markup", ""),
        ('<img src="/a.jpg"', "https://paper.example/a.jpg"),
    ],
)
def test_the_first_picture_that_is_no_pixel(markup: str, picture: str) -> None:
    assert fields.first_picture(markup, BASE) == picture


@pytest.mark.parametrize(
    ("url", "kind", "medium", "is_one"),
    [
        ("https://x.example/a.JPG?w=1", "", "", True),
        ("https://x.example/a", "image/webp", "", True),
        ("https://x.example/a", "", "image", True),
        ("https://x.example/a.jpg", "video/mp4", "", False),
        ("https://x.example/a.mp3", "", "", False),
    ],
)
def test_pictures_are_told_by_type_or_name(url: str, kind: str, medium: str, is_one: bool) -> None:
    assert fields.is_picture(url, kind, medium) is is_one


@pytest.mark.parametrize("piece", ["<img ", "<", "<img src=", '<img src="', "&#", "<!--", "<a href='"])
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    began = time.process_time()
    fields.first_picture(text, BASE)
    fields.plain(text[:100_000])
    assert time.process_time() - began < 2


def test_what_is_cut_ends_what_it_turned_within_its_bound() -> None:
    for turned in range(1, 9):
        cut = fields.plain("a" * 10 + "\u2067" * turned + "b" * 50, 30)
        assert len(cut) <= 30
        assert cut.endswith("\u2069" * turned)
