"""The publishers' feeds: each kind can be read by a feed reader and lists its articles."""

import json
from calendar import timegm
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree

from octavo.adapters.newswire.feeds import feed_type, news_sitemap, render_feed, robots_txt
from octavo.adapters.newswire.library import Library, SampleFeed, SamplePublisher, read_library
from octavo.adapters.newswire.site import Site, build_site
from octavo.adapters.newswire.timetable import visible

NOW = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
LIBRARY = read_library()
XML_FEEDS = [
    (publisher.key, feed)
    for publisher in LIBRARY.publishers
    for feed in publisher.feeds
    if feed.kind not in {"json", "sitemap"}
]
JSON_FEEDS = [publisher.key for publisher in LIBRARY.publishers if publisher.feeds[0].kind == "json"]
VERSIONS = {"rss2": "rss20", "rss2-full": "rss20", "rss1": "rss10", "rss091": "rss091u", "atom": "atom10"}


def publisher_of(key: str) -> SamplePublisher:
    return next(publisher for publisher in LIBRARY.publishers if publisher.key == key)


def site_of(key: str, library: Library = LIBRARY) -> Site:
    return build_site(publisher_of(key), visible(library, NOW, NOW), f"http://{key}.localhost:8000")


def read(site: Site, feed: SampleFeed) -> Any:
    kind = {"content-type": feed_type(feed, site.publisher.encoding)}
    return feedparser.parse(render_feed(site, feed, NOW), response_headers=kind)


def test_all_kinds_are_offered() -> None:
    assert {feed.kind for publisher in LIBRARY.publishers for feed in publisher.feeds} == {
        "rss2", "rss2-full", "rss1", "rss091", "atom", "json", "sitemap",
    }  # fmt: skip


@pytest.mark.parametrize(("key", "feed"), XML_FEEDS, ids=lambda value: str(getattr(value, "kind", value)))
def test_a_feed_reader_finds_every_article(key: str, feed: SampleFeed) -> None:
    site = site_of(key)
    parsed = read(site, feed)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == VERSIONS[feed.kind]
    assert parsed.feed.title == feed.name
    assert [entry.title for entry in parsed.entries] == [view.title for view in site.articles]
    assert [entry.link.split("?")[0] for entry in parsed.entries] == [view.url for view in site.articles]
    assert all(entry.summary for entry in parsed.entries)
    if feed.kind != "rss091":
        # feedparser files RSS 1.0's only date, dc:date, under "updated"
        stamps = [entry.get("published_parsed") or entry["updated_parsed"] for entry in parsed.entries]
        assert [datetime.fromtimestamp(timegm(stamp), UTC) for stamp in stamps] == [
            view.article.published_at for view in site.articles
        ]


@pytest.mark.parametrize("key", JSON_FEEDS)
def test_a_json_feed_lists_every_article(key: str) -> None:
    site = site_of(key)
    feed = json.loads(render_feed(site, site.publisher.feeds[0], NOW))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry["url"] for entry in feed["items"]] == [view.url for view in site.articles]
    assert [entry["title"] for entry in feed["items"]] == [view.title for view in site.articles]
    assert all(entry["content_text"] for entry in feed["items"])


def test_the_news_sitemap_lists_the_last_two_days() -> None:
    site = site_of("meridian")
    urls = etree.fromstring(news_sitemap(site, NOW).encode()).xpath("//*[local-name()='loc']/text()")
    recent = [view.url for view in site.articles if view.article.published_at >= NOW - timedelta(days=2)]
    assert urls == recent
    assert 0 < len(recent) < len(site.articles)


def test_robots_name_the_sitemap() -> None:
    assert "Sitemap: http://meridian.localhost:8000/news-sitemap.xml" in robots_txt(site_of("meridian"))
    assert "Sitemap" not in robots_txt(site_of("le-quai"))


def test_full_text_travels_in_one_feed_only() -> None:
    full = read(site_of("lakeside-courier"), publisher_of("lakeside-courier").feeds[0])
    short = read(site_of("harbour-post"), publisher_of("harbour-post").feeds[0])
    assert all("<p>" in entry.content[0].value for entry in full.entries)
    assert not any("content" in entry for entry in short.entries)


def test_pictures_travel_as_enclosures_or_media() -> None:
    full = read(site_of("lakeside-courier"), publisher_of("lakeside-courier").feeds[0])
    media = read(site_of("harbour-post"), publisher_of("harbour-post").feeds[0])
    assert any(link.get("rel") == "enclosure" for entry in full.entries for link in entry.links)
    assert any(entry.get("media_content") for entry in media.entries)


def test_tracking_is_added_to_links_but_not_to_identifiers() -> None:
    parsed = read(site_of("al-minara"), publisher_of("al-minara").feeds[0])
    assert all(entry.link.endswith("?utm_source=rss&utm_medium=feed") for entry in parsed.entries)
    assert not any("utm_" in entry.id for entry in parsed.entries)


def test_an_old_encoding_survives() -> None:
    body = render_feed(site_of("voz-del-altiplano"), publisher_of("voz-del-altiplano").feeds[0], NOW)
    assert b'encoding="iso-8859-1"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_a_publisher_with_nothing_yet_has_an_empty_feed() -> None:
    for publisher in LIBRARY.publishers:
        site = site_of(publisher.key, Library(LIBRARY.publishers, ()))
        for feed in publisher.feeds:
            assert render_feed(site, feed, NOW)
