"""The publishers' feeds, written from a site: RSS of four kinds, Atom, JSON Feed, a news sitemap."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from octavo.adapters.newswire.library import SampleFeed
from octavo.adapters.newswire.markup import plain_text
from octavo.adapters.newswire.pictures import SIZE
from octavo.adapters.newswire.site import FEED_TYPES, ArticleView, Site, last_modified

NEWS_SITEMAP_SPAN = timedelta(days=2)  # older articles must leave a news sitemap, says Google

_RSS2 = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
)
_RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
_SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)


def render_feed(site: Site, feed: SampleFeed, now: datetime) -> bytes:
    """One of the site's feeds, in the publisher's encoding. `now` decides what a news sitemap still lists."""
    if feed.kind == "json":
        return json_feed(site, feed).encode()
    body = news_sitemap(site, now) if feed.kind == "sitemap" else _WRITERS[feed.kind](site, feed)
    encoding = site.publisher.encoding
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{body}\n'.encode(encoding, "xmlcharrefreplace")


def feed_type(feed: SampleFeed, encoding: str) -> str:
    """The Content-Type of the feed."""
    return FEED_TYPES[feed.kind] if feed.kind == "json" else f"{FEED_TYPES[feed.kind]}; charset={encoding}"


def rss2(site: Site, feed: SampleFeed) -> str:
    """RSS 2.0 with summaries, authors, categories and Media RSS pictures (RSS Advisory Board, 2.0.11)."""
    return _rss2(site, feed, full=False)


def rss2_full(site: Site, feed: SampleFeed) -> str:
    """RSS 2.0 with the full text in content:encoded and pictures as enclosures."""
    return _rss2(site, feed, full=True)


def rss1(site: Site, feed: SampleFeed) -> str:
    """RSS 1.0, which is RDF, with Dublin Core dates and creators (RSS-DEV, 2000)."""
    publisher = site.publisher
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(view.url)}/>" for view in site.articles)
    entries = "\n".join(
        f"<item rdf:about={quoteattr(view.url)}>"
        + _tags(
            {
                "title": view.title,
                "link": _tracked(site, view),
                "description": view.summary,
                "dc:creator": view.byline,
                "dc:date": _local(site, view.article.published_at).isoformat(),
                "dc:subject": view.article.draft.section,
            }
        )
        + "</item>"
        for view in site.articles
    )
    head = _tags({"title": feed.name, "link": f"{site.origin}/", "description": publisher.description})
    return (
        f"{_RDF}\n<channel rdf:about={quoteattr(site.origin + feed.path)}>{head}"
        f"<dc:language>{publisher.language}</dc:language>"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{entries}\n</rdf:RDF>"
    )


def rss091(site: Site, feed: SampleFeed) -> str:
    """RSS 0.91: titles, links and descriptions, no dates and no identifiers (Netscape, 1999)."""
    head = _tags(
        {
            "title": feed.name,
            "link": f"{site.origin}/",
            "description": site.publisher.tagline,
            "language": _locale(site),
        }
    )
    entries = "\n".join(
        f"<item>{_tags({'title': view.title, 'link': _tracked(site, view), 'description': view.summary})}</item>"
        for view in site.articles
    )
    return f'<rss version="0.91"><channel>{head}\n{entries}\n</channel></rss>'


def atom(site: Site, feed: SampleFeed) -> str:
    """Atom 1.0 (RFC 4287) with summaries."""
    publisher = site.publisher
    entries = "\n".join(_atom_entry(site, view) for view in site.articles)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publisher.language}">\n'
        f"<title>{escape(feed.name)}</title><subtitle>{escape(publisher.tagline)}</subtitle>"
        f"<id>{site.origin}/</id><updated>{_newest(site).isoformat()}</updated>"
        f'<link rel="self" href={quoteattr(site.origin + feed.path)}/><link href={quoteattr(site.origin + "/")}/>'
        f"<author><name>{escape(publisher.name)}</name></author>\n{entries}\n</feed>"
    )


def json_feed(site: Site, feed: SampleFeed) -> str:
    """JSON Feed 1.1 (jsonfeed.org) with summaries and pictures."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.name,
            "description": site.publisher.description,
            "home_page_url": f"{site.origin}/",
            "feed_url": site.origin + feed.path,
            "language": _locale(site),
            "items": [_json_entry(site, view) for view in site.articles],
        },
        ensure_ascii=False,
        indent=1,
    )


def news_sitemap(site: Site, now: datetime) -> str:
    """A news sitemap (Google's schema 0.9) of the last two days."""
    publisher = site.publisher
    entries = "\n".join(
        f"<url><loc>{escape(view.url)}</loc><news:news><news:publication>"
        + _tags({"news:name": publisher.name, "news:language": publisher.language})
        + "</news:publication>"
        + _tags(
            {
                "news:publication_date": _local(site, view.article.published_at).isoformat(),
                "news:title": view.title,
            }
        )
        + "</news:news></url>"
        for view in site.articles
        if now - view.article.published_at <= NEWS_SITEMAP_SPAN
    )
    return f"{_SITEMAP}\n{entries}\n</urlset>"


def robots_txt(site: Site) -> str:
    """The site's robots.txt (RFC 9309): everything is allowed; sitemaps are named."""
    sitemaps = "".join(
        f"Sitemap: {site.origin}{feed.path}\n" for feed in site.publisher.feeds if feed.kind == "sitemap"
    )
    return f"User-agent: *\nAllow: /\n{sitemaps}"


def _rss2(site: Site, feed: SampleFeed, *, full: bool) -> str:
    head = _tags(
        {
            "title": feed.name,
            "link": f"{site.origin}/",
            "description": site.publisher.description,
            "language": _locale(site),
            "lastBuildDate": format_datetime(_newest(site)),
            "ttl": "5",
        }
    )
    myself = f'<atom:link rel="self" type="application/rss+xml" href={quoteattr(site.origin + feed.path)}/>'
    entries = "\n".join(_rss2_entry(site, view, full=full) for view in site.articles)
    return f"{_RSS2}<channel>{head}{myself}\n{entries}\n</channel></rss>"


def _rss2_entry(site: Site, view: ArticleView, *, full: bool) -> str:
    draft = view.article.draft
    parts = [
        _tags({"title": view.title, "link": _tracked(site, view), "description": view.summary}),
        f'<guid isPermaLink="true">{escape(view.url)}</guid>',
        _tags({"pubDate": format_datetime(_local(site, view.article.published_at)), "dc:creator": view.byline}),
    ]
    parts += [f"<category>{escape(word)}</category>" for word in (draft.section, *draft.keywords) if word]
    if full:
        text = "\n".join(view.blocks).replace("]]>", "]]]]><![CDATA[>")
        parts.append(f"<content:encoded><![CDATA[{text}]]></content:encoded>")
        # The RSS Advisory Board: length is required; give 0 when it is not known
        parts.append(f'<enclosure url={quoteattr(view.picture)} length="0" type="image/jpeg"/>' if view.picture else "")
    elif view.picture:
        parts.append(
            f'<media:content url={quoteattr(view.picture)} medium="image" type="image/jpeg"'
            f' width="{SIZE[0]}" height="{SIZE[1]}">'
            "<media:credit>Octavo</media:credit></media:content>"
        )
    return f"<item>{''.join(parts)}</item>"


def _atom_entry(site: Site, view: ArticleView) -> str:
    draft = view.article.draft
    authors = draft.authors or (draft.agency or site.publisher.name,)
    return (
        f"<entry><title>{escape(view.title)}</title><id>{escape(view.url)}</id>"
        f'<link rel="alternate" type="text/html" href={quoteattr(_tracked(site, view))}/>'
        f"<published>{_local(site, view.article.published_at).isoformat()}</published>"
        f"<updated>{_local(site, view.article.modified_at).isoformat()}</updated>"
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in authors)
        + "".join(f"<category term={quoteattr(word)}/>" for word in (draft.section, *draft.keywords) if word)
        + f"<summary>{escape(view.summary)}</summary></entry>"
    )


def _json_entry(site: Site, view: ArticleView) -> dict[str, object]:
    draft = view.article.draft
    entry: dict[str, object] = {
        "id": view.url,
        "url": _tracked(site, view),
        "title": view.title,
        "summary": view.summary,
        "content_text": plain_text(view.blocks[:2]),
        "date_published": _local(site, view.article.published_at).isoformat(),
        "date_modified": _local(site, view.article.modified_at).isoformat(),
        "tags": [word for word in (draft.section, *draft.keywords) if word],
        "authors": [{"name": name} for name in draft.authors or (draft.agency or site.publisher.name,)],
    }
    return entry | ({"image": view.picture} if view.picture else {})


def _tags(values: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)


def _tracked(site: Site, view: ArticleView) -> str:
    tracking = site.publisher.tracking
    return f"{view.url}?{tracking}" if tracking else view.url


def _local(site: Site, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(site.publisher.timezone))


def _newest(site: Site) -> datetime:
    return _local(site, last_modified(site))


def _locale(site: Site) -> str:
    return f"{site.publisher.language}-{site.publisher.country}"


_WRITERS: Mapping[str, Callable[[Site, SampleFeed], str]] = {
    "rss2": rss2,
    "rss2-full": rss2_full,
    "rss1": rss1,
    "rss091": rss091,
    "atom": atom,
}
