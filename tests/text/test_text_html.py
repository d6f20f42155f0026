"""HTML: the right character set, bounded work, plain text."""

import time

import pytest

from octavo.text.html import MAX_CHARS, decode, parse, text_of
from octavo.text.unseen import tidy


@pytest.mark.parametrize(
    ("html", "content_type", "wanted"),
    [
        ("Größe".encode(), "", "Größe"),
        (b"\xef\xbb\xbfabc", "text/html; charset=iso-8859-1", "abc"),
        (b"\xff\xfe" + "Größe".encode("utf-16-le"), "", "Größe"),
        ("Größe".encode("cp1252"), "", "Größe"),
        ("“Größe”".encode("cp1252"), "text/html; charset=ISO-8859-1", "“Größe”"),
        (b"<meta charset=windows-1251>" + "Привет".encode("cp1251"), "", "<meta charset=windows-1251>Привет"),
        (b"<meta charset=gb2312>" + "新闻".encode("gbk"), "", "<meta charset=gb2312>新闻"),
        (b"<meta charset=shift_jis>" + "記事".encode("cp932"), "", "<meta charset=shift_jis>記事"),
        ("記事".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "記事"),
        ("خبر".encode("cp1256"), "text/html; charset=windows-1256", "خبر"),
        (b"<meta charset=windows-1251>" + "Größe".encode(), "", "<meta charset=windows-1251>Größe"),
        (b"abc\x80", "text/html; charset=no-such-thing", "abc€"),
        ("<p>Größe".encode("utf-16-le"), "text/html; charset=utf-16", "<p>Größe"),
        ("<p>Привет".encode("utf-16-be"), "", "<p>Привет"),
        (b"+ADw-script+AD4-\xff", "text/html; charset=utf-7", "+ADw-script+AD4-ÿ"),
        (b"\\x3cscript\\x3e\xff", "text/html; charset=unicode_escape", "\\x3cscript\\x3eÿ"),
        *((b"abc\x80-aaa", f"text/html; charset={name}", "abc€-aaa") for name in "zlib hex idna punycode".split()),
        (b"<meta charset=windows-1251>\xcf", "text/html; charset=zlib", "<meta charset=windows-1251>П"),
        (b"", "", ""),
    ],
)
def test_character_sets(html: bytes, content_type: str, wanted: str) -> None:
    assert decode(html, content_type) == wanted


def test_a_page_is_cut_at_a_bound() -> None:
    assert len(decode(b"a" * (MAX_CHARS + 10))) == MAX_CHARS


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 60_000 + "deep",
        "<b class=x>" * 20_000 + "<p>" * 5_000 + "deep",
        "<p " + "a=1 " * 200_000 + ">deep",
        "<" * 300_000 + "p>deep",
        "<a" * 200_000 + ">deep",
        "&" * 500_000 + "deep",
        "<!--" * 100_000 + "deep",
        "<table>" * 5_000 + "deep",
    ],
    ids=["nested", "reopened", "attributes", "brackets", "half tags", "ampersands", "comments", "tables"],
)
def test_hostile_markup_takes_bounded_time(hostile: str) -> None:
    begun = time.process_time()
    parse(hostile)
    assert time.process_time() - begun < 2.0


def test_deep_text_is_still_read() -> None:
    tree = parse("<div>" * 10_000 + "deep" + "</div>" * 10_000 + "<p>after")
    assert tree.body is not None
    assert "deep" in tree.body.text()
    assert "after" in tree.body.text()


def test_tidy_folds_space_and_drops_what_cannot_be_seen() -> None:
    assert tidy(" a\n\t b\u00a0c\u00ad\u200bd\x00e ") == "a b cde"


def test_text_of_a_fragment() -> None:
    fragment = "<p>One <b>two</b></p><script>evil()</script><style>p{}</style><ul><li>three<li>four &amp; five</ul>"
    assert text_of(fragment) == "One two\nthree\nfour & five"
    assert text_of("plain  text") == "plain text"
    assert text_of("a < b") == "a < b"
    assert text_of("") == ""


def test_a_long_script_takes_nothing_from_the_page_around_it() -> None:
    script = f"<script>if (a <b) {{ {'call me again, later; ' * 400} }}</script>"
    tree = parse(f'{script}<p><em class="byline">Ann Lee</em></p>')
    (one,) = tree.css("em")
    assert one.attributes == {"class": "byline"}


def test_a_tag_with_too_many_attributes_loses_them_alone() -> None:
    crowded = " ".join(f'a{number}="{"x" * 10}"' for number in range(400))
    tree = parse(f'<i class="kicker">Harbour</i><div {crowded}>Text</div></p>')
    assert [one.attributes for one in tree.css("i, div")] == [{"class": "kicker"}, {}]


def test_blocks_that_never_end_are_read_in_time() -> None:
    begun = time.process_time()
    assert text_of("tide" + "<p " * 200_000).startswith("tide")
    assert text_of("a<p class=x>b</p><br>c") == "a\nb\nc"
    assert time.process_time() - begun < 3.0
