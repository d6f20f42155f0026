"""Feeds going out: Atom, RSS 2.0 and JSON Feed 1.1 of every list, OPML, sitemap.xml and robots.txt."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape

from lxml import etree

from octavo.collect.opml import Subscription, write_opml
from octavo.domain.article import ArticleCard, Block, BlockKind
from octavo.domain.comment import Thread
from octavo.domain.feed import FeedState
from octavo.domain.publisher import DisplayPolicy
from octavo.serve import editions, links
from octavo.serve.contexts import (
    Context,
    Frame,
    FrontPage,
    HashtagPage,
    ListPage,
    NamedPage,
    PlacePage,
    SearchPage,
    SourcePage,
    StoryPage,
)
from octavo.serve.discussed import CommentsPage
from octavo.serve.display import web_address
from octavo.serve.feedxml import (
    ATOM,
    CONTENT,
    DC,
    MEDIA,
    SITEMAP,
    SLASH,
    THREADING,
    WFW,
    add,
    add_hub,
    identity,
    inert_frame,
    json_hubs,
    moment,
    written,
)
from octavo.serve.here import Here
from octavo.serve.threaded import write_comments
from octavo.serve.visit import Visit
from octavo.store import articles, discussion, feeds, publishers, reading, streams
from octavo.text.inert import inert

ENTRIES = 30
_SITEMAP_STORIES = 2_000
_SITEMAP_ARTICLES = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as feeds carry it: `content` is HTML, "" where the publisher's policy forbids it or it is in doubt.

    `updated` is when its present wording was first seen; `note` is what the list says of it.
    """

    card: ArticleCard
    page: str
    content: str
    picture: str
    updated: datetime
    note: str = ""
    thread: Thread | None = None
    """What is said about it, where something was."""

    @property
    def summary(self) -> str:
        """What stands for it in a few words: what the list says of it, and how it begins."""
        return " · ".join(one for one in (self.note, self.card.excerpt) if one)


def write_feed(kind: str, context: Context, visit: Visit) -> bytes:
    """Write the list a page shows as a feed: `kind` is a key of links.FORMATS."""
    if isinstance(context, CommentsPage):
        return write_comments(kind, context, visit.here)
    cards = list({card.id: card for card in cards_of(context)}.values())[:ENTRIES]
    notes = context.notes if isinstance(context, ListPage) else {}
    entries = [replace(one, note=inert(notes.get(one.card.id, ""))) for one in carried(visit, cards)]
    write: Callable[[Frame, Here, Sequence[Entry]], bytes] = {"atom": _atom, "rss": _rss, "json": _json}[kind]
    return write(inert_frame(context.frame), visit.here, entries)


def cards_of(context: Context) -> list[ArticleCard]:
    """Give the articles a page lists, in its order."""
    match context:
        case FrontPage():
            shelved = [card for shelf in context.shelves for card in shelf.cards[:2]]
            return [*(place.card for place in context.eight), *context.latest, *shelved]
        case ListPage() if context.frame.kind == "differing":
            return list(context.cards)
        case ListPage():
            return sorted((*context.lead, *context.cards), key=lambda card: card.id, reverse=True)
        case HashtagPage() | NamedPage() | PlacePage() | SourcePage():
            return list(context.cards)
        case StoryPage():
            return list(context.articles)
        case SearchPage():
            return [found.card for found in context.found]
        case _:
            return []


def carried(visit: Visit, cards: Sequence[ArticleCard]) -> list[Entry]:
    """Give articles as feeds carry them: with their text where the policy lets it be shown, and it is not in doubt.

    Their headlines and names begin no markup, and their addresses lead to the web: who is given them may not ask.
    """
    display = visit.known.display
    full = [
        card.id
        for card in cards
        if display.of(card.publisher_id, fictional=card.fictional) is DisplayPolicy.FULL
        and not display.doubts(card.complete)
    ]
    bodies = {article.id: article.blocks for article in articles.get_many(visit.view, full)}
    ids = [card.id for card in cards]
    threads, arrived = discussion.threads_of_articles(visit.view, ids), streams.arrivals(visit.view, ids)
    return [
        Entry(
            card=inert_card(card),
            page=visit.here.absolute(visit.here.card(card)),
            content=html_of(bodies.get(card.id, ())),
            picture=visit.here.absolute(f"/picture/{visit.site.signer.token(card.image.url)}/1280.jpg")
            if card.image
            else "",
            updated=max(card.time, arrived[card.id].wording_at) if card.id in arrived else card.time,
            thread=threads.get(card.id),
        )
        for card in cards
    ]


def inert_card(card: ArticleCard) -> ArticleCard:
    """Write a card so that no text of it can be taken for markup, and no address leads elsewhere than to the web."""
    return replace(
        card,
        headline=inert(card.headline),
        excerpt=inert(card.excerpt),
        publisher_name=inert(card.publisher_name),
        url=web_address(card.url),
        hashtags=tuple(inert(tag) for tag in card.hashtags),
    )


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


def _updated(here: Here, entries: Sequence[Entry]) -> datetime:
    return max((entry.updated for entry in entries), default=here.now)


def _atom(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "media": MEDIA, "thr": THREADING})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", here.language.tag)
    own = here.absolute(links.feed(frame.feed, "atom"))
    add(root, "id", own)
    add(root, "title", f"{frame.title} · Octavo")
    add(root, "subtitle", frame.description)
    add(root, "updated", moment(_updated(here, entries)))
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add_hub(root, here)
    add(root, "link", rel="alternate", type="text/html", href=here.absolute(frame.path))
    add(root, "generator", "Octavo")
    for entry in entries:
        _add_entry(root, here, entry)
    return written(root)


def _add_entry(root: etree._Element, here: Here, entry: Entry) -> None:
    card = entry.card
    one = etree.SubElement(root, f"{{{ATOM}}}entry")
    one.set("{http://www.w3.org/XML/1998/namespace}lang", card.language)
    add(one, "id", identity(here, "article", card.id))
    add(one, "title", card.headline)
    add(one, "updated", moment(entry.updated))
    add(one, "published", moment(card.time))
    add(add(one, "author"), "name", card.publisher_name)
    add(one, "link", rel="alternate", type="text/html", href=entry.page)
    add(one, "link", rel="via", href=card.url)
    if entry.picture:
        add(one, "link", rel="enclosure", type="image/jpeg", href=entry.picture)
    for tag in card.hashtags:
        add(one, "category", term=tag)
    _add_replies(one, entry)
    if entry.summary:
        add(one, "summary", entry.summary)
    if entry.content:
        add(one, "content", entry.content, type="html")
    _add_media(one, entry)
    _add_source(one, here, card)


def _add_source(one: etree._Element, here: Here, card: ArticleCard) -> None:
    """Say which feed of this site an article belongs to: its publisher's (RFC 4287 §4.2.11).

    It has no alternate link: RSS Guard 4.0 would take that for the article's own.
    """
    own = here.absolute(links.feed(links.source(here.edition, card.publisher_id), "atom"))
    source = add(one, "source")
    add(source, "id", own)
    add(source, "title", card.publisher_name)
    add(source, "updated", moment(card.time))
    add(source, "link", rel="self", type="application/atom+xml", href=own)


def _add_media(one: etree._Element, entry: Entry) -> None:
    """Show an article's picture, with its credit and what it shows (Media RSS)."""
    image = entry.card.image
    if not entry.picture or image is None:
        return
    media = add(one, "content", space=MEDIA, url=entry.picture, medium="image", type="image/jpeg")
    if image.credit:
        add(media, "credit", inert(image.credit), space=MEDIA)
    if image.alt or image.caption:
        add(media, "description", inert(image.alt or image.caption), space=MEDIA, type="plain")


def _add_replies(one: etree._Element, entry: Entry) -> None:
    """Say where what is said about an article is to be read (RFC 4685 §4 and §5)."""
    replies = add(one, "link", rel="replies", type="application/atom+xml", href=f"{links.comments(entry.page)}.atom")
    thread = entry.thread
    if thread is None or not thread.comments:
        return
    replies.set(f"{{{THREADING}}}count", str(thread.comments))
    if thread.newest_at is not None:
        replies.set(f"{{{THREADING}}}updated", moment(thread.newest_at))
    add(one, "total", str(thread.comments), space=THREADING)


def _rss(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    spaces = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA, "slash": SLASH, "wfw": WFW}
    root = etree.Element("rss", nsmap=spaces, version="2.0")
    channel = etree.SubElement(root, "channel")
    add(channel, "title", f"{frame.title} · Octavo", space="")
    add(channel, "link", here.absolute(frame.path), space="")
    add(channel, "description", frame.description or frame.title, space="")
    add(channel, "language", here.language.tag, space="")
    add(channel, "lastBuildDate", format_datetime(_updated(here, entries)), space="")
    own = here.absolute(links.feed(frame.feed, "rss"))
    add(channel, "link", rel="self", type="application/rss+xml", href=own)
    add_hub(channel, here)
    for entry in entries:
        _add_item(channel, here, entry)
    return written(root)


def _add_item(channel: etree._Element, here: Here, entry: Entry) -> None:
    card = entry.card
    one = etree.SubElement(channel, "item")
    add(one, "title", card.headline, space="")
    add(one, "link", entry.page, space="")
    add(one, "guid", identity(here, "article", card.id), space="", isPermaLink="false")
    add(one, "pubDate", format_datetime(card.time), space="")
    add(one, "creator", card.publisher_name, space=DC)
    own = here.absolute(links.feed(links.source(here.edition, card.publisher_id), "rss"))
    add(one, "source", card.publisher_name, space="", url=own)
    for tag in card.hashtags:
        add(one, "category", tag, space="")
    comments = links.comments(entry.page)
    add(one, "comments", comments, space="")
    add(one, "commentRss", f"{comments}.rss", space=WFW)
    add(one, "comments", str(entry.thread.comments if entry.thread else 0), space=SLASH)
    if entry.summary:
        add(one, "description", escape(entry.summary, quote=False), space="")
    if entry.content:
        add(one, "encoded", entry.content, space=CONTENT)
    _add_media(one, entry)


def _json(frame: Frame, here: Here, entries: Sequence[Entry]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{frame.title} · Octavo",
        "home_page_url": here.absolute(frame.path),
        "feed_url": here.absolute(links.feed(frame.feed, "json")),
        "description": frame.description,
        "language": here.language.tag,
        **json_hubs(here),
        "items": [_json_entry(here, entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def _json_entry(here: Here, entry: Entry) -> Mapping[str, object]:
    card = entry.card
    written: dict[str, object] = {
        "id": identity(here, "article", card.id),
        "url": entry.page,
        "external_url": card.url,
        "title": card.headline,
        "summary": entry.summary,
        "date_published": moment(card.time),
        "date_modified": moment(entry.updated),
        "tags": list(card.hashtags),
        "language": card.language,
        "authors": [{"name": card.publisher_name}],
        "image": entry.picture,
    }
    body = {"content_html": entry.content} if entry.content else {"content_text": entry.summary or card.headline}
    return {name: value for name, value in written.items() if value} | body


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
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
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
    return written(root)


def _place(root: etree._Element, visit: Visit, path: str, changed: datetime | None = None) -> None:
    url = add(root, "url", space=SITEMAP)
    add(url, "loc", visit.here.absolute(path), space=SITEMAP)
    if changed is not None:
        add(url, "lastmod", moment(changed), space=SITEMAP)


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
