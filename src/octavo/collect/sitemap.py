"""News sitemaps to entries (sitemaps.org 0.9 with the news extension)."""

from lxml import etree

from octavo.collect.dates import feed_date
from octavo.domain.entry import Entry
from octavo.domain.feed import FeedUpdate
from octavo.domain.ids import EntryId, FeedId
from octavo.errors import UnreadableFeed, UnusableUrl
from octavo.text.urls import canonical_url

MAX_ENTRIES = 20_000


def is_sitemap(start: bytes) -> bool:
    """Tell from the first bytes whether this is a sitemap."""
    head = start[:4096].lower()
    return b"<urlset" in head or b"<sitemapindex" in head


def parse_sitemap(data: bytes, url: str) -> tuple[FeedUpdate, list[Entry]]:
    """Read a news sitemap; addresses without the news extension count too, newest first. Raises UnreadableFeed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"{url} is not a sitemap that can be read: {error}") from error
    if root is None or etree.QName(root).localname != "urlset":
        raise UnreadableFeed(f"{url} is a list of sitemaps, not a news sitemap: add the one that ends in news")
    entries = []
    for element in root.iterfind("{*}url"):
        entry = _entry(element, url)
        if entry is not None:
            entries.append(entry)
        if len(entries) >= MAX_ENTRIES:
            break
    entries.sort(key=lambda entry: entry.published_at.timestamp() if entry.published_at else 0.0, reverse=True)
    name = (root.findtext(".//{*}news/{*}publication/{*}name") or "").strip()
    language = (root.findtext(".//{*}news/{*}publication/{*}language") or "").strip()
    return FeedUpdate(kind="sitemap", title=name, language=language), entries


def _entry(element: etree._Element, base: str) -> Entry | None:
    try:
        address = canonical_url((element.findtext("{*}loc") or "").strip(), base)
    except UnusableUrl:
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
        title=" ".join(title.split())[:1000],
        published_at=feed_date(published) or feed_date(element.findtext("{*}lastmod") or ""),
        image=picture.strip(),
        tags=tuple(word.strip() for word in keywords.split(",") if word.strip())[:20],
    )
