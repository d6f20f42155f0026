"""The polite, conditional request for a feed or page."""

from octavo.domain.feed import Feed
from octavo.domain.page import Page
from octavo.domain.web import Request

FEED_TYPES = (
    "application/feed+json, application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


def for_feed(feed: Feed, max_bytes: int) -> Request:
    """Ask for a feed only if it changed since last time (RFC 9110 §13)."""
    return Request(
        url=feed.url,
        etag=feed.poll.etag,
        last_modified=feed.poll.last_modified,
        accept=FEED_TYPES,
        max_bytes=max_bytes,
    )


def for_page(page: Page, max_bytes: int) -> Request:
    """Ask for the page behind an entry."""
    return Request(url=page.url, accept=PAGE_TYPES, max_bytes=max_bytes)


def for_address(url: str, max_bytes: int) -> Request:
    """Ask for whatever a person pasted: a feed, or a page that names its feeds."""
    return Request(url=url, accept=FEED_TYPES, max_bytes=max_bytes)
