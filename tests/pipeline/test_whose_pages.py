"""A feed speaks for its publisher's pages alone: it may link to anybody's, and says nothing about those."""

from dataclasses import replace

import pytest

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.article import Article
from octavo.domain.feed import Feed
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.web import Response
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.fetch_page import fetch_pages
from octavo.pipeline.poll_feed import poll_feeds
from octavo.ports.tools import Tools
from octavo.store import articles, entries, feeds, pages, publishers

STORY = "https://www.courant.example/ledger"
WORDS = "The harbour office of Varn said on Monday that the tide ledger had been found in a drowned archive."
PAGE = f"""<!doctype html><html lang="en"><head><title>Tide ledger found</title></head><body><article>
<h1>Tide ledger found in drowned archive</h1><p>{WORDS}</p>
<p>Archivists dried the ledger leaf by leaf for eleven months, and copied each of its entries by hand.</p>
<p>The find settles an old quarrel between two towns about who built the first quay of the bay.</p></article></body>
</html>""".encode()
LIE = (
    "<p>"
    + "</p><p>".join([*[WORDS] * 3, *["Send your savings to the keeper of the rock, who doubles them."] * 40])
    + "</p>"
)


@pytest.fixture
def web(tools: Tools) -> tuple[Tools, RecordedFetcher]:
    """The Courant, whose host is known, and a feed of somebody else that links to it."""
    answers = {STORY: Response(STORY, 200, {"content-type": "text/html"}, PAGE)}
    fetcher = RecordedFetcher(answers)
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("courant"), "The Courant", hosts=("courant.example",))])
        publishers.save(tx, [Publisher(PublisherId("rogue"), "The Rogue", hosts=("rogue.example",))])
        for name in ("courant", "rogue"):
            feeds.add(tx, Feed(FeedId(0), f"https://{name}.example/feed", PublisherId(name)))
    return replace(tools, fetcher=fetcher), fetcher


def _poll(tools: Tools, fetcher: RecordedFetcher, name: str, link: str, text: str = "") -> None:
    """Poll a feed with one entry, then fetch and extract what it leads to."""
    said = f"<title>By {name}</title><author>x@y.example ({name})</author><description><![CDATA[{text}]]></description>"
    said += f"<enclosure url='https://{name}.example/a.png' type='image/png'/>"
    feed, item = f"https://{name}.example/feed", f"<item><guid>1</guid><link>{link}</link>{said}</item>"
    fetcher.answers[feed] = Response(feed, 200, {}, f"<rss version='2.0'><channel>{item}</channel></rss>".encode())
    with tools.database.read() as view:
        known = feeds.by_url(view, feed)
    assert known is not None
    poll_feeds(tools, [known])
    with tools.database.read() as view:
        waiting = pages.pending(view, tools.now(), 9)
    list(fetch_pages(tools, waiting))
    with tools.database.read() as view:
        extract = pages.fetched(view, 9)
    extract_pages(tools, extract, None)


def _kept(tools: Tools) -> Article:
    with tools.database.read() as view:
        found = articles.by_url(view, STORY)
    assert found is not None
    return found


def test_an_article_is_its_hosts_whoever_links_to_it_first(web: tuple[Tools, RecordedFetcher]) -> None:
    tools, fetcher = web
    _poll(tools, fetcher, "rogue", STORY, LIE)
    found = _kept(tools)
    assert found.publisher_id == "courant"
    assert "savings" not in found.text
    assert found.byline.text == ""
    assert found.image is None
    with tools.database.read() as view:
        assert entries.of_articles(view, [found.id]) == {}, "nor does its feed stand in for the text"


def test_a_redirect_to_anothers_article_takes_nothing_over(web: tuple[Tools, RecordedFetcher]) -> None:
    tools, fetcher = web
    _poll(tools, fetcher, "courant", STORY, "<p>A ledger.</p>")
    before = _kept(tools)
    own = "https://rogue.example/mine"
    fetcher.answers[own] = Response(STORY, 200, {"content-type": "text/html"}, PAGE)
    _poll(tools, fetcher, "rogue", own, LIE)
    after = _kept(tools)
    assert (after.publisher_id, after.text, after.byline, after.image) == (
        before.publisher_id,
        before.text,
        before.byline,
        before.image,
    )


def test_a_redirect_to_an_article_of_a_host_nobody_claims_takes_nothing_over(
    web: tuple[Tools, RecordedFetcher],
) -> None:
    tools, fetcher = web
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("courant"), "The Courant", hosts=("feeds.courant.example",))])
        publishers.save(tx, [replace(publishers.get_many(tx, ["courant"])[PublisherId("courant")], hosts=())])  # type: ignore[list-item]
    _poll(tools, fetcher, "courant", STORY)
    own = "https://rogue.example/mine"
    fetcher.answers[own] = Response(STORY, 200, {"content-type": "text/html"}, PAGE)
    _poll(tools, fetcher, "rogue", own, LIE)
    assert _kept(tools).publisher_id == "courant"
    assert "savings" not in _kept(tools).text


def test_a_feed_that_says_anothers_page_changed_has_nothing_fetched_again(web: tuple[Tools, RecordedFetcher]) -> None:
    tools, fetcher = web
    _poll(tools, fetcher, "courant", STORY)
    _poll(tools, fetcher, "rogue", STORY, "once")
    asked = len([one for one in fetcher.asked if one.url == STORY])
    _poll(tools, fetcher, "rogue", STORY, "twice")
    assert len([one for one in fetcher.asked if one.url == STORY]) == asked
    _poll(tools, fetcher, "courant", STORY, "twice")
    assert len([one for one in fetcher.asked if one.url == STORY]) == asked + 1
