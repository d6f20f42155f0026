"""Feeds that are traps, through the worker's own path, among good ones: refused or cleaned, and why is kept."""

import re
import resource
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.article import Article
from octavo.domain.feed import Feed
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.web import Response
from octavo.pipeline.passes import catch_up, extract_waiting, fetch_waiting, poll_due
from octavo.pipeline.poll_feed import MOST_WANTED, poll_feeds
from octavo.ports.tools import Tools
from octavo.store import articles, feeds, journal, pages, publishers

from .feeds import CLEANED, REFUSED, item, rss

GOOD = 12
EACH_S = 4.0
"""CPU seconds one trap may take, at most, on a machine with other things to do."""

NAMES = {name: f"t{number}" for number, name in enumerate((*REFUSED, *CLEANED))}
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The harbour office of Varn said on Monday that the tide ledger had been found in a drowned archive. {more}</p>
<p>Archivists dried the ledger leaf by leaf for eleven months, and copied each of its entries by hand. {more}</p>
<p>The find settles an old quarrel between two towns about who built the first quay of the bay.</p>
<pre>{more}</pre><figure><img src="http://169.254.169.254/a.png"><figcaption>{more}</figcaption></figure></article></body>
</html>"""
ODD = "\u202egnp.exe\x1b[31m\x07 &#xD83D; \U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065 \x9b"


@pytest.fixture
def site(tools: Tools) -> Tools:
    """An instance that follows all the traps, and good feeds."""
    web = RecordedFetcher({})
    with tools.database.transaction() as tx:
        for name in (*NAMES.values(), *(f"good{number}" for number in range(GOOD))):
            publishers.save(tx, [Publisher(PublisherId(name), name, hosts=(f"{name}.example",))])
            feeds.add(tx, Feed(FeedId(0), f"https://{name}.example/feed", PublisherId(name), language="en"))
    for name, body in (REFUSED | CLEANED).items():
        url = f"https://{NAMES[name]}.example/feed"
        web.answers[url] = Response(url, 200, {"content-type": "application/xml"}, body)
    for number in range(GOOD):
        url, story = f"https://good{number}.example/feed", f"https://good{number}.example/1"
        web.answers[url] = Response(url, 200, {}, rss(item(f"Ferry {number} leaves", link=story)))
        page = PAGE.format(title=f"Ferry {number} leaves the harbour of Varn", more="")
        web.answers[story] = Response(story, 200, {"content-type": "text/html"}, page.encode())
    odd = PAGE.format(title=f"Tide {ODD} ledger found", more=ODD).encode()
    for number in range(1, 10):
        story = f"https://tides.example/{number}"
        web.answers[story] = Response(story, 200, {"content-type": "text/html"}, odd)
    return replace(tools, fetcher=web)


def _kept(tools: Tools, name: str) -> Feed:
    with tools.database.read() as view:
        found = feeds.by_url(view, f"https://{NAMES.get(name, name)}.example/feed")
    assert found is not None
    return found


def _run(tools: Tools) -> None:
    poll_due(tools, everything=True)
    _read(tools)


def _read(tools: Tools) -> None:
    for _ in fetch_waiting(tools):
        for _ in extract_waiting(tools):
            pass
    catch_up(tools)


def _texts(article: Article) -> Iterator[str]:
    yield from (article.headline, article.standfirst, article.excerpt, article.byline.text, article.section)
    for block in article.blocks:
        yield from (block.text, block.credit, *block.items)
    yield article.image.caption if article.image else ""


def test_traps_are_refused_or_cleaned_and_the_others_come_through(site: Tools) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    _run(site)
    assert time.process_time() - began < EACH_S * 10
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 500, "all of them one after the other"
    for name in REFUSED:
        kept = _kept(site, name).poll
        assert (kept.failures, kept.last_success_at) == (1, None), name
        assert 20 < len(kept.last_error) < 400, name
        with site.database.read() as view:
            assert journal.of(view, f"https://{NAMES[name]}.example/feed"), name
    for name in CLEANED:
        assert _kept(site, name).poll.last_error == "", name
        with site.database.read() as view:
            [event] = journal.of(view, f"https://{NAMES[name]}.example/feed")
        assert re.match("found [1-9]", event.outcome), (name, event.outcome)
    with site.database.read() as view:
        for number in range(GOOD):
            assert articles.by_url(view, f"https://good{number}.example/1") is not None


def test_nothing_unseen_is_left_in_an_article(site: Tools) -> None:
    poll_feeds(site, [_kept(site, "an instruction")])
    _read(site)
    with site.database.read() as view:
        found = articles.by_url(view, "https://tides.example/1")
    assert found is not None
    for text in _texts(found):
        odd = [char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Co") and char not in "\n\t"]
        assert odd == [], text
        assert not re.search("[\u202d\u202e\U000e0000-\U000e007f]", text), text


def test_only_addresses_of_the_web_become_pages(site: Tools) -> None:
    """One that leads inside is a page like any other until it is asked for: then the way out refuses it, for good."""
    poll_due(site, everything=True)
    with site.database.read() as view:
        waiting = pages.pending(view, site.now(), 1000)
    assert all(page.url.startswith(("http://", "https://")) for page in waiting)


def _polled(tools: Tools, body: bytes) -> str:
    """Have the feed of one trap answer with this; gives what its record says."""
    url = "https://t0.example/feed"
    assert isinstance(tools.fetcher, RecordedFetcher)
    tools.fetcher.answers[url] = Response(url, 200, {}, body)
    poll_feeds(tools, [_kept(tools, next(iter(NAMES)))])
    with tools.database.read() as view:
        return journal.of(view, url)[-1].outcome


def test_identifiers_made_anew_for_each_answer_make_no_new_entries(site: Tools) -> None:
    first = rss("".join(item(f"Ferry {n}", link=f"https://t0.example/{n}", guid=f"a{n}") for n in range(3)))
    again = first.replace(b"<guid>a", b"<guid>b")
    assert _polled(site, first) == "found 3 new and 0 changed of 3 entries"
    assert _polled(site, again) == "found 0 new and 0 changed of 3 entries"
    assert _polled(site, again.replace(b"Ferry 1", b"Ferry one")) == "found 0 new and 1 changed of 3 entries"
    one_page = rss("".join(item(f"Tide {n}", link="https://t0.example/", guid=f"c{n}") for n in range(2)))
    assert _polled(site, one_page) == "found 2 new and 0 changed of 2 entries", "a page that several name tells nothing"


def test_what_is_cleaned_is_said_in_the_record_of_the_feed(site: Tools) -> None:
    old, new = "Thu, 01 Jan 1601 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"
    dated = item("One", f"<pubDate>{old}</pubDate>") + item("Two", f"<pubDate>{new}</pubDate>", link="", guid="2")
    told = _polled(site, rss(dated + item("Two again", link="", guid="2")))
    assert told.startswith("found 2 new and 0 changed of 3 entries; 2 dates not believed, such as 1601-01-01; ")
    assert "1 identifiers given twice" in told
    assert told.endswith("2 without an address on the web")


def test_one_answer_asks_for_a_bounded_number_of_pages(site: Tools) -> None:
    assert "found 1 new" in _polled(site, rss(item(link="https://t0.example/first")))
    many = "".join(item(f"Ferry {n}", link=f"https://t0.example/m{n}", guid=f"m{n}") for n in range(MOST_WANTED + 50))
    assert f"found {MOST_WANTED + 50} new" in _polled(site, rss(many))
    with site.database.read() as view:
        waiting = [page for page in pages.pending(view, site.now(), 5_000) if page.host == "t0.example"]
    assert len(waiting) == MOST_WANTED + 1
