"""Hostile and huge pages: bounded time, and never another error than ours."""

import time
from datetime import UTC, datetime

import pytest

from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article
from octavo.text.hashes import small_hash

from .test_extract_pages import CASES

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PROSE = "<h1>Ferry stays</h1><p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings.</p>"
STATED = '<script type="application/ld+json">{}</script>'
SECONDS = 4.0  # of processor time, on a slow and busy machine


def _extract(html: bytes) -> bool:
    """Extract a page; tells whether it held an article. Anything else raised is a fault."""
    try:
        extract_article(PageSource(url="https://gazette.example/news/ferry", html=html), now=NOW)
    except NotAnArticle:
        return False
    return True


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 400_000,
        "<div " + "a=1 " * 400_000 + ">",
        "<p>" + "word " * 400_000 + "</p>",
        "<ul>" + "<li><a href=/x>One two</a></li>" * 30_000 + "</ul>",
        "<time datetime=2026-01-01>x</time>" * 30_000,
        "<table>" + "<tr><td>1</td><td>2</td></tr>" * 30_000 + "</table>",
        "<figure><img src=/a.jpg>" * 20_000,
        "<meta name=author content='By Ann Lee, and'>" * 20_000,
        "<title>" + "a - b | " * 100_000 + "</title>",
        STATED.format("[" + '{"@type":"NewsArticle","headline":"x","author":[{"name":"y"}]},' * 20_000 + "{}]"),
        STATED.format('{"a":' * 50_000 + "1" + "}" * 50_000),
        STATED.format('{"@type":"NewsArticle","headline":"x","articleBody":"' + "word word. " * 200_000 + '"}')
        + PROSE * 500,
        "<script>" + '"' + "\\" * 500_000 + "</script>",
        "x<br>" * 100_000,
    ],
    ids=("nested attributes line list times table figures meta title things deep-json body backslashes breaks".split()),
)
def test_bounded_time(hostile: str) -> None:
    begun = time.process_time()
    _extract((hostile + PROSE).encode())
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "html", [b"", b"\x00", b"\xff" * 1000, b"<", b"%PDF-1.7 \x00\x01", b"\xff\xfe<\x00p\x00", b"<html>", b"plain text"]
)
def test_what_is_no_page_is_refused(html: bytes) -> None:
    with pytest.raises(NotAnArticle):
        extract_article(PageSource(url="https://gazette.example/news/ferry", html=html), now=NOW)


def test_damaged_pages_raise_nothing_else() -> None:
    """Pages of the cases with bytes flipped, cut out and doubled, always in the same ways."""
    pages = [path.read_bytes() for path in sorted(CASES.glob("*.html"))]
    inserted = b'< > " \0 </script> <!-- <table> { [[ \\ud800 https://[x]/ 99999999999999999999'.split()
    read = 0
    for attempt in range(150):
        page = bytearray(pages[attempt % len(pages)])
        for change in range((1, 5, 40)[attempt % 3]):
            chance = small_hash(f"{attempt} {change}", 64)
            place = chance % len(page)
            if chance % 7 < 3:
                page[place] = chance >> 56
            elif chance % 7 < 6:
                page[place:place] = inserted[chance % len(inserted)]
            elif len(page) > 2_000:
                del page[place : place + chance % 199]
        read += _extract(bytes(page))
    assert read > 50, "pages so damaged that hardly one is read prove little"
