"""Feeds going out: Atom, RSS 2.0 and JSON Feed 1.1 of every list, OPML, sitemap.xml and robots.txt."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from lxml import etree

from octavo.collect.opml import Subscription, write_opml
from octavo.domain.article import ArticleCard, Block, BlockKind
from octavo.domain.feed import FeedState
from octavo.domain.publisher import DisplayPolicy
from octavo.serve import editions, links
from octavo.serve.contexts import (
    Context,
    Frame,
    FrontPage,
    HashtagPage,
    ListPage,
    PlacePage,
    SearchPage,
    SourcePage,
    StoryPage,
)
from octavo.serve.here import Here
from octavo.serve.visit import Visit
from octavo.store import articles, feeds, publishers, reading
from octavo.text.slugs import short_id

ENTRIES = 30
_SITEMAP_STORIES = 2_000
_SITEMAP_ARTICLES = 5_000
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEVER_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as feeds carry it: `content` is HTML, "" where the publisher's policy forbids it or it is in doubt."""

    card: ArticleCard
    page: str
    content: str
    picture: str


def write_feed(kind: str, context: Context, visit: Visit) -> bytes:
    """Write the list a page shows as a feed: `kind` is a key of links.FORMATS."""
    cards = list({card.id: card for card in cards_of(context)}.values())[:ENTRIES]
    write: Callable[[Frame, Here, Sequence[Entry]], bytes] = {"atom": _atom, "rss": _rss, "json": _json}[kind]
    return write(context.frame, visit.here, carried(visit, cards))


def cards_of(context: Context) -> list[ArticleCard]:
    """Give the articles a page lists, in its order."""
    match context:
        case FrontPage():
            shelved = [card for shelf in context.shelves for card in shelf.cards[:2]]
            return [*(place.card for place in context.eight), *context.latest, *shelved]
        case ListPage():
            return sorted((*context.lead, *context.cards), key=lambda card: card.id, reverse=True)
        case HashtagPage() | PlacePage() | SourcePage():
            return list(context.cards)
        case StoryPage():
            return list(context.articles)
        case SearchPage():
            return [found.card for found in context.found]
        case _:
            return []


def carried(visit: Visit, cards: Sequence[ArticleCard]) -> list[Entry]:
    """Give articles as feeds carry them: with their text where the policy lets it be shown, and it is not in doubt."""
    display = visit.known.display
    full = [
        card.id
        for card in cards
        if display.of(card.publisher_id, fictional=card.fictional) is DisplayPolicy.FULL
        and not display.doubts(card.complete)
    ]
    bodies = {article.id: article.blocks for article in articles.get_many(visit.view, full)}
    return [
        Entry(
            card=card,
            page=visit.here.absolute(visit.here.card(card)),
            content=html_of(bodies.get(card.id, ())),
            picture=visit.here.absolute(f"/picture/{visit.site.signer.token(card.image.url)}/1280.jpg")
            if card.image
            else "",
        )
        for card in cards
    ]


def html_of(blocks: Iterable[Block]) -> str:
    """Write blocks as plain HTML; every text in them is escaped, pictures and embeds are left out."""
    return "".join(map(_block_html, blocks))


def _block_html(block: Block) -> str:
    text = escape(block.text)
    match block.kind:
        case BlockKind.SUBHEAD:
            return f"<h3>{text}</h3>"
        case BlockKind.LIST:
            return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.items)}</ul>"
        case BlockKind.QUOTE:
            return f"<blockquote>{text}</blockquote>"
        case BlockKind.CODE:
            return f"<pre>{text}</pre>"
        case BlockKind.TABLE:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        case BlockKind.FIGURE | BlockKind.EMBED:
            return ""
        case _:
            return f"<p>{text}</p>" if text else ""


def _identity(here: Here, card: ArticleCard) -> str:
    """Name an article for good (RFC 4151), whatever its headline becomes."""
    return f"tag:{urlsplit(here.origin).hostname},2026:article/{short_id(card.id)}"


def _updated(here: Here, entries: Sequence[Entry]) -> datetime:
    return max((entry.card.time for entry in entries), default=here.now)


def _atom(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", here.language.tag)
    own = here.absolute(links.feed(frame.feed, "atom"))
    _add(root, "id", own)
    _add(root, "title", f"{frame.title} · Octavo")
    _add(root, "subtitle", frame.description)
    _add(root, "updated", _updated(here, entries).astimezone(UTC).isoformat(timespec="seconds"))
    _add(root, "link", rel="self", type="application/atom+xml", href=own)
    _add(root, "link", rel="alternate", type="text/html", href=here.absolute(frame.path))
    _add(root, "generator", "Octavo")
    for entry in entries:
        card = entry.card
        one = etree.SubElement(root, f"{{{_ATOM}}}entry")
        one.set("{http://www.w3.org/XML/1998/namespace}lang", card.language)
        _add(one, "id", _identity(here, card))
        _add(one, "title", card.headline)
        _add(one, "updated", card.time.astimezone(UTC).isoformat(timespec="seconds"))
        _add(one, "published", card.time.astimezone(UTC).isoformat(timespec="seconds"))
        _add(_add(one, "author"), "name", card.publisher_name)
        _add(one, "link", rel="alternate", type="text/html", href=entry.page)
        _add(one, "link", rel="via", href=card.url)
        if entry.picture:
            _add(one, "link", rel="enclosure", type="image/jpeg", href=entry.picture)
        if card.excerpt:
            _add(one, "summary", card.excerpt)
        if entry.content:
            _add(one, "content", entry.content, type="html")
    return _written(root)


def _rss(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    root = etree.Element("rss", nsmap={"atom": _ATOM, "content": _CONTENT, "dc": _DC}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", f"{frame.title} · Octavo", space="")
    _add(channel, "link", here.absolute(frame.path), space="")
    _add(channel, "description", frame.description, space="")
    _add(channel, "language", here.language.tag, space="")
    _add(channel, "lastBuildDate", format_datetime(_updated(here, entries)), space="")
    own = here.absolute(links.feed(frame.feed, "rss"))
    _add(channel, "link", rel="self", type="application/rss+xml", href=own)
    for entry in entries:
        card = entry.card
        one = etree.SubElement(channel, "item")
        _add(one, "title", card.headline, space="")
        _add(one, "link", entry.page, space="")
        _add(one, "guid", _identity(here, card), space="", isPermaLink="false")
        _add(one, "pubDate", format_datetime(card.time), space="")
        _add(one, "creator", card.publisher_name, space=_DC)
        _add(one, "source", card.publisher_name, space="", url=card.url)
        if card.excerpt:
            _add(one, "description", card.excerpt, space="")
        if entry.content:
            _add(one, "encoded", entry.content, space=_CONTENT)
    return _written(root)


def _json(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{frame.title} · Octavo",
        "home_page_url": here.absolute(frame.path),
        "feed_url": here.absolute(links.feed(frame.feed, "json")),
        "description": frame.description,
        "language": here.language.tag,
        "items": [_json_entry(here, entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def _json_entry(here: Here, entry: Entry) -> Mapping[str, object]:
    card = entry.card
    written: dict[str, object] = {
        "id": _identity(here, card),
        "url": entry.page,
        "external_url": card.url,
        "title": card.headline,
        "summary": card.excerpt,
        "date_published": card.time.astimezone(UTC).isoformat(timespec="seconds"),
        "language": card.language,
        "authors": [{"name": card.publisher_name}],
        "image": entry.picture,
    }
    body = {"content_html": entry.content} if entry.content else {"content_text": card.excerpt or card.headline}
    return {name: value for name, value in written.items() if value} | body


def _add(parent: etree._Element, name: str, text: str = "", *, space: str = _ATOM, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{space}}}{name}" if space else name)
    for key, value in attributes.items():
        made.set(key, _NEVER_XML.sub("", value))
    if text:
        made.text = _NEVER_XML.sub("", text)
    return made


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def write_subscriptions(visit: Visit) -> bytes:
    """Write the feeds this instance follows as OPML, one folder for each language."""
    names = {publisher.id: publisher for publisher, _ in publishers.all(visit.view)}
    followed = []
    for feed in feeds.all(visit.view):
        publisher = names.get(feed.publisher_id)
        if feed.state is FeedState.ACTIVE and publisher:
            folder = visit.here.language.language_name(feed.language) if feed.language else ""
            followed.append(
                Subscription(feed.url, feed.title or publisher.name, feed.site_url or publisher.homepage, folder)
            )
    return write_opml("Octavo", sorted(followed, key=lambda one: (one.folder, one.title.casefold())))


def write_sitemap(visit: Visit) -> bytes:
    """Write sitemap.xml: front pages and sections, widely reported stories, the newest articles."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    for plan in visit.site.plans.values():
        _place(root, visit, links.front(plan.key))
        for section in plan.sections:
            _place(root, visit, links.section(plan.key, section.topic))
    for story, headline, moved in reading.widely_reported(visit.view, _SITEMAP_STORIES):
        _place(root, visit, links.story(editions.FIRST, story, headline), moved)
    newest = reading.latest_ids(visit.view, (), None, _SITEMAP_ARTICLES)
    for card in articles.cards(visit.view, newest):
        keys = editions.in_language(visit.site.plans, card.language) or [editions.FIRST]
        _place(root, visit, links.card(keys[0], card), card.time)
    return _written(root)


def _place(root: etree._Element, visit: Visit, path: str, changed: datetime | None = None) -> None:
    url = _add(root, "url", space=_SITEMAP)
    _add(url, "loc", visit.here.absolute(path), space=_SITEMAP)
    if changed is not None:
        _add(url, "lastmod", changed.astimezone(UTC).isoformat(timespec="seconds"), space=_SITEMAP)


def write_robots(visit: Visit) -> bytes:
    """Write robots.txt: a private instance asks not to be crawled, a public one shows the way."""
    if visit.site.tools.settings.web.private:
        return b"User-agent: *\nDisallow: /\n"
    rules = [
        "User-agent: *",
        "Disallow: /*/search",
        "Disallow: /*/suggest",
        "Disallow: /*/ask",
        "Disallow: /*/briefing",
        "Disallow: /*/article/*/*/",
        "Disallow: /*/story/*/*/",
        "Disallow: /picture/",
        "",
        f"Sitemap: {visit.here.absolute('/sitemap.xml')}",
    ]
    return "\n".join((*rules, "")).encode()
