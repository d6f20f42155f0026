"""A feed's own text in place of its page's: by evidence that it is the whole article."""

from datetime import UTC, datetime

import pytest

from octavo.domain.article import Article, BlockKind
from octavo.domain.entry import Entry
from octavo.domain.ids import EntryId, FeedId
from octavo.domain.page import PageSource
from octavo.errors import NotAnArticle
from octavo.extract.article import extract_article
from octavo.extract.feed_text import feed_blocks, promise_of_feed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
URL = "https://paper.example/news/bridge"
LINES = [
    "The old bridge over the Orrin reopened after two years of repairs, the city of Port Ember said in a statement.",
    "“We have waited a long time for this,” said Mayor Ilse Brandt, who walked across it with a hundred others.",
    "The work cost 14 million crowns, a third more than planned, because the foundations were badly cracked.",
    "Divers found the cracks in the spring of last year, when the river was lower than at any time since 1921.",
    "Buses will cross it again from Monday, and lorries of more than twelve tonnes from the beginning of March.",
    "The council will decide in December whether cyclists are to have a lane of their own on its northern side.",
]
WHOLE = "".join(f"<p>{line}</p>" for line in LINES)
FOOT = '<p>The post <a href="https://paper.example/1">Bridge reopens</a> appeared on <a href="/">The Paper</a>.</p>'
STATED = '{"@type":"NewsArticle","headline":"Bridge reopens"}'
HEAD = f'<title>Bridge reopens</title><script type="application/ld+json">{STATED}</script>'


def _page(*lines: str, head: str = HEAD) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    article = f"<article><h1>Bridge reopens</h1>{body}</article>"
    return f'<html lang="en"><head>{head}</head><body>{article}</body></html>'.encode()


def _read(html: bytes, content: str = "", summary: str = "", title: str = "Bridge reopens") -> Article:
    entry = Entry(EntryId(1), FeedId(1), "guid", URL, title, content=content, summary=summary)
    return extract_article(PageSource(URL, html, entry=entry), now=NOW)


def test_a_teaser_gives_way_to_the_whole_text_of_the_feed() -> None:
    article = _read(_page(*LINES[:3]), WHOLE + FOOT)
    assert [block.text for block in article.blocks] == LINES
    assert article.complete > _read(_page(*LINES[:3])).complete / 2
    assert article.headline == "Bridge reopens"


def test_a_feed_that_gives_its_text_as_a_summary() -> None:
    assert [block.text for block in _read(_page(*LINES[:3]), summary=WHOLE).blocks] == LINES


def test_a_page_of_nothing_gives_way_and_takes_the_feeds_title() -> None:
    shell = b"<html><head><title>Just a moment</title></head><body><p>Checking your browser.</p></body></html>"
    article = _read(shell, WHOLE, title="Bridge over the Orrin reopens")
    assert [block.text for block in article.blocks] == LINES
    assert article.headline == "Bridge over the Orrin reopens"
    with pytest.raises(NotAnArticle):
        _read(shell, "<p>The old bridge reopened.</p>")


def test_the_page_stays_where_the_feed_has_no_more() -> None:
    whole = _read(_page(*LINES))
    assert _read(_page(*LINES), WHOLE).blocks == whole.blocks
    assert _read(_page(*LINES), f"<p>{LINES[0]}</p>").blocks == whole.blocks


def test_the_page_stays_where_the_feed_tells_of_something_else() -> None:
    other = "".join(f"<p>{line.replace('the', 'that').replace('The', 'Another')}</p>" for line in LINES * 3)
    assert _read(_page(*LINES), other).blocks == _read(_page(*LINES)).blocks


def test_a_text_cut_off_is_not_the_whole() -> None:
    assert _read(_page(*LINES[:3]), WHOLE + "<p>The next […]</p>").blocks == _read(_page(*LINES[:3])).blocks


def test_markup_of_the_feed_becomes_blocks_without_what_leads_away() -> None:
    content = f"{WHOLE}<h2>What next</h2><ul><li>Buses</li><li>Lorries</li></ul><script>alert(1)</script>{FOOT}"
    blocks = feed_blocks(Entry(EntryId(1), FeedId(1), "g", URL, content=content), URL)
    assert [block.kind for block in blocks[-2:]] == [BlockKind.SUBHEAD, BlockKind.LIST]
    assert blocks[-1].items == ("Buses", "Lorries")
    assert len(blocks) == len(LINES) + 2


@pytest.mark.parametrize("content", ["", "<p>Short.</p>", "<a href=x>" * 500])
def test_too_little_is_no_text(content: str) -> None:
    assert feed_blocks(Entry(EntryId(1), FeedId(1), "g", URL, content=content), URL) == ()
    assert feed_blocks(None, URL) == ()


def test_what_it_promises() -> None:
    shown, carried = "\n".join(LINES[:2]), "\n".join(LINES)
    assert promise_of_feed(shown, 100, 0.9, carried) > promise_of_feed("", 0, 0.0, carried) > 0.5
    assert promise_of_feed(carried, 100, 0.9, carried) == 0.0
    assert promise_of_feed("Nothing of this stands there, not one of its sentences.", 100, 0.9, carried) == 0.0
