"""News sitemaps to entries (sitemaps.org 0.9 with the news extension)."""

from lxml import etree

from octavo.collect import fields
from octavo.collect.dates import feed_date
from octavo.domain.entry import Entry
from octavo.domain.feed import FeedUpdate
from octavo.domain.ids import EntryId, FeedId
from octavo.errors import UnreadableFeed

MAX_TAGS = 1_000_000
"""Fifty thousand addresses, the most a sitemap may hold, with ten elements each."""


def parse_sitemap(data: bytes, url: str, most: int) -> tuple[FeedUpdate, list[Entry]]:
    """Read a news sitemap into its `most` newest entries, newest first; addresses without the news extension count too.

    `data` is UTF-8. Raises UnreadableFeed.
    """
    if data.count(b"<") > MAX_TAGS:
        raise UnreadableFeed(f"{url} holds more than {MAX_TAGS} tags: no sitemap needs that")
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"{url} is not a sitemap that can be read: {error}") from error
    if root is None or etree.QName(root).localname != "urlset":
        raise UnreadableFeed(f"{url} is a list of sitemaps, not a news sitemap: add the one that ends in news")
    entries = [entry for element in root.iterfind("{*}url") if (entry := _entry(element, url)) is not None]
    entries.sort(key=lambda entry: entry.published_at.timestamp() if entry.published_at else 0.0, reverse=True)
    name = fields.plain(root.findtext(".//{*}news/{*}publication/{*}name") or "")
    language = (root.findtext(".//{*}news/{*}publication/{*}language") or "").strip()[:35]
    return FeedUpdate(kind="sitemap", title=name, language=language), entries[:most]


def _entry(element: etree._Element, base: str) -> Entry | None:
    address = fields.link(element.findtext("{*}loc") or "", base)
    if not address:
        return None
    news = element.find("{*}news")
    published = "" if news is None else news.findtext("{*}publication_date") or ""
    title = "" if news is None else news.findtext("{*}title") or ""
    keywords = "" if news is None else news.findtext("{*}keywords") or ""
    picture = element.findtext("{*}image/{*}loc") or ""
    return Entry(
        id=EntryId(0),
        feed_id=FeedId(0),
        guid=address,
        url=address,
        title=fields.plain(title),
        published_at=feed_date(published) or feed_date(element.findtext("{*}lastmod") or ""),
        image=fields.link(picture, base),
        tags=fields.names(keywords.split(","), fields.MAX_TAGS),
    )
