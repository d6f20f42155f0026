"""The steps of WebSub where there is nothing to do, and where it is off; the rest is tested against real servers."""

from dataclasses import replace

from octavo.config import WebSettings
from octavo.domain.feed import Feed
from octavo.domain.ids import FeedId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.domain.websub import Brought, FeedHub
from octavo.pipeline.ask_hubs import ask_hubs
from octavo.pipeline.confirm_subscribers import confirm_subscribers
from octavo.pipeline.publish_feeds import publish_feeds
from octavo.pipeline.take_brought import take_brought
from octavo.ports.tools import Tools
from octavo.store import feed_hubs, feeds, journal, publishers

from .conftest import NOW

URL = "https://paper.example/feed"
RSS = b"""<rss version="2.0"><channel><title>P</title><item><guid>1</guid><link>https://paper.example/1</link>
<title>Brought</title></item></channel></rss>"""


def test_nothing_is_asked_brought_or_published_where_nobody_asked(tools: Tools) -> None:
    assert (ask_hubs(tools), confirm_subscribers(tools), publish_feeds(tools), take_brought(tools)) == (0, 0, 0, 0)


def test_a_hub_that_cannot_be_reached_says_why(tools: Tools) -> None:
    settings = tools.settings.model_copy(update={"web": WebSettings(public_url="https://we.example")})
    open_ = replace(tools, settings=settings)
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(PublisherId("paper"), "Paper")])
        feed = feeds.add(tx, Feed(FeedId(0), URL, PublisherId("paper")))
        feed_hubs.save(tx, FeedHub(feed.id, "https://hub.example/", URL, "token", "hush", due=NOW))
        feed_hubs.bring(tx, Brought(feed.id, "text/xml", RSS, NOW), 4)
    assert ask_hubs(open_) == 0
    assert take_brought(open_) == 1
    with tools.database.read() as view:
        found = feed_hubs.of(view, feed.id)
        [event] = journal.of(view, URL)
    assert found is not None
    assert "hub.example" in found.told
    assert event.outcome == "brought 1 new and 0 changed of 1 entries"
