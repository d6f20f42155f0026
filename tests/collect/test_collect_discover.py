"""The feeds a page offers."""

import pytest

from octavo.collect.discover import MAX_OFFERS, Offer, likely_feeds, offered_feeds
from octavo.errors import UnusableUrl

URL = "https://paper.example/local/"


def offers(head: str) -> list[Offer]:
    return offered_feeds(f"<!doctype html><html><head>{head}</head><body></body></html>".encode(), URL)


def test_named_feeds_best_first() -> None:
    found = offers(
        '<link rel="alternate" type="application/json" href="/api">'
        '<link rel="alternate" type="application/rss+xml" title="Comments on this" href="/c">'
        '<link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" '
        'title=" News &amp;\n views " href="feed.xml#x">'
        "<link rel='alternate' type='application/atom+xml' href='//feeds.example/atom'>"
    )
    assert found == [
        Offer("https://paper.example/local/feed.xml", "News & views", 3),
        Offer("https://feeds.example/atom", "", 3),
        Offer("https://paper.example/api", "", 1),
        Offer("https://paper.example/c", "Comments on this", -2),
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="de" href="/de">',
        '<link rel="stylesheet" type="text/css" href="/a.css">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed_is_not_offered(link: str) -> None:
    assert offers(link) == []


def test_links_are_read_against_the_base_of_the_page() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="feed">'
    assert [one.url for one in offers(f'<base href="/other/">{link}')] == ["https://paper.example/other/feed"]
    assert [one.url for one in offers(f'<base href="javascript:x">{link}')] == [URL + "feed"]


def test_plain_links_count_where_nothing_is_named() -> None:
    html = b'<a href="/rss">RSS</a><a href="/news.RSS?x=1">More</a><a href="/about">About</a><a href="/rss">Again</a>'
    assert [(one.url, one.title) for one in offered_feeds(html, URL)] == [
        ("https://paper.example/rss", "RSS"),
        ("https://paper.example/news.RSS?x=1", "More"),
    ]


def test_offers_are_bounded() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(1000))
    assert len(offers(links)) == MAX_OFFERS


def test_places_where_feeds_usually_lie() -> None:
    assert likely_feeds("https://paper.example/")[:3] == [
        f"https://paper.example{p}" for p in ("/feed", "/rss", "/feed.xml")
    ]
    assert likely_feeds("https://paper.example/local/page?x=1")[:3] == [
        "https://paper.example/local/feed",
        "https://paper.example/local/rss",
        "https://paper.example/feed",
    ]
    with pytest.raises(UnusableUrl):
        likely_feeds("nowhere")
