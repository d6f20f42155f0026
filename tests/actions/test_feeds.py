"""Feeds followed and left, by address, by site, by list."""

from datetime import timedelta

import pytest
from lxml import etree

from octavo.actions import feeds
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.collect.opml import Subscription
from octavo.domain.feed import Feed, FeedState
from octavo.domain.ids import PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.web import Response
from octavo.errors import FetchError, NotAFeed, NotFound, UnreadableFile, UnusableUrl
from octavo.ports.tools import Tools
from octavo.store import feeds as feed_store
from octavo.store import publishers as publisher_store

FEED = "https://paper.example/news.xml"
SITE = "https://paper.example/"
RSS = (
    b'<rss version="2.0"><channel><title>The Paper</title><link>https://paper.example/</link>'
    b"<item><title>Flood</title><link>https://paper.example/flood</link></item></channel></rss>"
)
EMPTY = b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>'


def page(links: str) -> bytes:
    return f"<!doctype html><html><head><title>The Paper</title>{links}</head><body>News</body></html>".encode()


def followed(tools: Tools) -> list[Feed]:
    with tools.database.read() as view:
        return feed_store.all(view)


def publisher_of(tools: Tools, feed: Feed) -> Publisher:
    with tools.database.read() as view:
        return publisher_store.get_many(view, {feed.publisher_id})[feed.publisher_id]


@pytest.mark.parametrize("typed", [FEED, "paper.example/news.xml", "HTTPS://Paper.Example:443/news.xml#top"])
def test_a_feed_is_followed_by_its_address(recorded_tools: Tools, recorded: RecordedFetcher, typed: str) -> None:
    recorded.answers[FEED] = Response(FEED, 200, {"content-type": "text/plain"}, RSS)
    (feed,) = feeds.add_address(recorded_tools, typed)
    assert (feed.url, feed.title, feed.site_url, feed.state) == (FEED, "The Paper", SITE, FeedState.ACTIVE)
    assert (feed.added_at, feed.poll.next_poll_at) == (recorded_tools.now(), None)
    publisher = publisher_of(recorded_tools, feed)
    assert (publisher.id, publisher.name, publisher.hosts) == ("paper.example", "The Paper", ("paper.example",))
    assert feeds.add_address(recorded_tools, typed) == [feed]
    assert followed(recorded_tools) == [feed]


def test_a_feed_that_moved_for_good_is_followed_where_it_is(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    old = "https://paper.example/rss"
    recorded.answers[old] = Response(FEED, 200, {}, RSS, permanent_url=FEED)
    assert feeds.add_address(recorded_tools, old)[0].url == FEED
    recorded.answers[old] = Response("https://cdn.example/x", 200, {}, RSS)
    assert feeds.add_address(recorded_tools, old)[0].url == old


def test_a_site_is_followed_by_the_feed_it_names(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" title="Broken" href="/broken.xml">'
        '<link rel="alternate" type="application/rss+xml" title="News" href="news.xml">'
    )
    recorded.answers[SITE] = Response(SITE, 200, {}, page(links))
    recorded.answers["https://paper.example/comments/feed"] = Response(FEED, 200, {}, RSS)
    recorded.answers[FEED] = Response(FEED, 200, {}, RSS)
    (feed,) = feeds.add_address(recorded_tools, "paper.example")
    assert (feed.url, feed.title) == (FEED, "The Paper")
    assert [request.url for request in recorded.asked] == [SITE, "https://paper.example/broken.xml", FEED]


def test_a_site_that_names_no_feed_is_searched_where_feeds_usually_lie(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    recorded.answers["https://paper.example/local"] = Response("https://paper.example/local", 200, {}, page(""))
    recorded.answers["https://paper.example/rss"] = Response("https://paper.example/rss", 200, {}, RSS)
    assert feeds.add_address(recorded_tools, "https://paper.example/local")[0].url == "https://paper.example/rss"


def test_what_is_no_feed_and_leads_to_none_is_refused(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    recorded.answers[SITE] = Response(SITE, 200, {}, page(""))
    with pytest.raises(NotAFeed, match=r"https://paper\.example/ is not a feed"):
        feeds.add_address(recorded_tools, SITE)
    with pytest.raises(FetchError):
        feeds.add_address(recorded_tools, "https://nowhere.example/")
    for typed in ("", "not an address", "ftp://paper.example/feed", "file:///etc/passwd"):
        with pytest.raises(UnusableUrl):
            feeds.add_address(recorded_tools, typed)
    assert followed(recorded_tools) == []


def test_publishers_are_known_by_their_host(recorded_tools: Tools) -> None:
    with recorded_tools.database.transaction() as tx:
        publisher_store.save(tx, [Publisher(id=PublisherId("the-paper"), name="The Paper", hosts=("paper.example",))])
    added = feeds.add_subscriptions(
        recorded_tools,
        [
            Subscription("https://www.paper.example/a.xml"),
            Subscription("https://feeds.other.example/p", "Sport", SITE, named=True),
            Subscription("https://other.example/feed", "Other"),
        ],
    )
    assert [feed.publisher_id for feed in added] == ["the-paper", "the-paper", "other.example"]


def test_a_feed_that_says_it_is_anothers_is_a_publisher_of_its_own(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    """It would speak for that one's pages, and its own pages would stand under that one's name."""
    elsewhere = "https://rogue.example/feed"
    with recorded_tools.database.transaction() as tx:
        publisher_store.save(tx, [Publisher(id=PublisherId("the-paper"), name="The Paper", hosts=("paper.example",))])
    recorded.answers[elsewhere] = Response(elsewhere, 200, {}, RSS)
    (claimed,) = feeds.add_address(recorded_tools, elsewhere)
    assert (claimed.publisher_id, publisher_of(recorded_tools, claimed).hosts) == ("paper.example--rogue.example", ())
    (listed,) = feeds.add_subscriptions(recorded_tools, [Subscription("https://rogue.example/2", "", SITE)])
    assert listed.publisher_id == claimed.publisher_id
    nobodys = Subscription("https://rogue.example/3", "New", "https://new.example/")
    (claimed_new,) = feeds.add_subscriptions(recorded_tools, [nobodys])
    (new,) = feeds.add_subscriptions(recorded_tools, [Subscription("https://new.example/feed", "New")])
    assert (new.publisher_id, publisher_of(recorded_tools, new).hosts) == ("new.example", ("new.example",))
    assert claimed_new.publisher_id != new.publisher_id


def test_a_feed_kept_elsewhere_is_its_sites_where_the_site_names_it(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    elsewhere, unnamed = "https://feeds.host.example/paper", "https://feeds.host.example/other"
    links = f'<link rel="alternate" type="application/rss+xml" href="{elsewhere}">'
    recorded.answers[SITE] = Response(SITE, 200, {}, page(links))
    recorded.answers |= {url: Response(url, 200, {}, RSS) for url in (elsewhere, unnamed)}
    assert feeds.add_address(recorded_tools, unnamed)[0].publisher_id == "paper.example--host.example"
    (named,) = feeds.add_address(recorded_tools, elsewhere)
    assert (named.publisher_id, publisher_of(recorded_tools, named).hosts) == ("paper.example", ("paper.example",))
    assert feeds.add_address(recorded_tools, SITE) == [named]
    again = feeds.add_subscriptions(recorded_tools, [Subscription(elsewhere, "", SITE)])
    assert again == [named], "as a list would bring it"


def test_a_list_comes_in_and_goes_out_whole(recorded_tools: Tools) -> None:
    outlines = (
        '<outline text="FR"><outline text="Le Papier" xmlUrl="https://papier.example/rss?utm_source=x" '
        'htmlUrl="https://papier.example/"/></outline>'
        '<outline text="The Paper" xmlUrl="https://paper.example/news.xml"/>'
        '<outline text="again" xmlUrl="https://PAPER.example/news.xml"/>'
        '<outline text="unusable" xmlUrl="javascript:alert(1)"/>'
    )
    added = feeds.import_opml(recorded_tools, f'<opml version="2.0"><body>{outlines}</body></opml>'.encode())
    assert [feed.url for feed in added] == ["https://papier.example/rss", FEED, FEED]
    assert [feed.title for feed in followed(recorded_tools)] == ["Le Papier", "The Paper"]
    assert publisher_of(recorded_tools, added[0]).country == "fr"

    written = feeds.export_opml(recorded_tools)
    root = etree.fromstring(written)
    assert [(one.get("text"), one.get("xmlUrl")) for one in root.iter("outline")] == [
        ("FR", None),
        ("Le Papier", "https://papier.example/rss"),
        ("The Paper", FEED),
    ]
    assert feeds.import_opml(recorded_tools, written) == followed(recorded_tools)
    assert len(followed(recorded_tools)) == 2
    with pytest.raises(UnreadableFile):
        feeds.import_opml(recorded_tools, b"<html/>")


@pytest.mark.parametrize("named", [FEED, "paper.example/news.xml", "number"])
def test_a_feed_is_left_by_address_or_number(recorded_tools: Tools, named: str) -> None:
    feed, other = feeds.add_subscriptions(recorded_tools, [Subscription(FEED), Subscription("https://b.example/f")])
    assert feeds.remove(recorded_tools, str(feed.id) if named == "number" else named) == feed
    assert followed(recorded_tools) == [other]


@pytest.mark.parametrize("named", ["99", "9" * 40, "²", "", "paper", "https://paper.example/other", "not an address"])
def test_what_is_not_followed_cannot_be_left(recorded_tools: Tools, named: str) -> None:
    feeds.add_subscriptions(recorded_tools, [Subscription(FEED)])
    with pytest.raises(NotFound, match="octavo feeds list"):
        feeds.remove(recorded_tools, named)
    assert len(followed(recorded_tools)) == 1


def test_a_paused_feed_is_not_due_and_a_resumed_one_is(recorded_tools: Tools) -> None:
    chosen = feeds.add_subscriptions(recorded_tools, [Subscription(FEED)])
    later = recorded_tools.now() + timedelta(days=30)
    for state, due in ((FeedState.PAUSED, 0), (FeedState.ACTIVE, 1), (FeedState.RETIRED, 0)):
        feeds.set_state(recorded_tools, chosen, state)
        with recorded_tools.database.read() as view:
            assert len(feed_store.due(view, later, 9)) == due


def test_feeds_are_checked_without_being_changed(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    urls = [FEED, "https://quiet.example/f", "https://page.example/f", "https://gone.example/f"]
    chosen = feeds.add_subscriptions(recorded_tools, [Subscription(url) for url in urls])
    for url, body in zip(urls, (RSS, EMPTY, page("")), strict=False):
        recorded.answers[url] = Response(url, 200, {}, body)
    before = followed(recorded_tools)
    checked = {one.feed.url: (one.entries, one.problem) for one in feeds.check(recorded_tools, chosen)}
    assert checked == {
        urls[0]: (1, ""),
        urls[1]: (0, "it is a feed, but an empty one"),
        urls[2]: (0, "https://page.example/f is a web page, not a feed"),
        urls[3]: (0, "nothing is recorded for https://gone.example/f (404)"),
    }
    assert followed(recorded_tools) == before
