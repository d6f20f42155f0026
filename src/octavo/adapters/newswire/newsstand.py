"""Which bytes the newswire answers at a host and a path, at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from jinja2 import Environment

from octavo.adapters.newswire.feeds import feed_type, render_feed, robots_txt
from octavo.adapters.newswire.library import Library, SamplePublisher
from octavo.adapters.newswire.pictures import PictureShelf
from octavo.adapters.newswire.site import (
    Site,
    build_site,
    last_modified,
    make_templates,
    picture_path,
    render_article,
    render_home,
)
from octavo.adapters.newswire.timetable import PublishedArticle, visible

_NAMES = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: status, Content-Type, bytes, and when they last changed, where that is known."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None


class Newsstand:
    """Every publisher's website, at `<key>.localhost:port`, from one library. Safe among threads."""

    __slots__ = ("_pictures", "_sites", "_templates", "library", "port", "started")

    def __init__(self, library: Library, started: datetime, port: int) -> None:
        self.library = library
        self.started = started.astimezone(UTC).replace(microsecond=0)
        self.port = port
        self._templates: Environment = make_templates()
        self._pictures = PictureShelf()
        self._sites: dict[str, tuple[tuple[PublishedArticle, ...], Site]] = {}

    def origin(self, publisher: SamplePublisher) -> str:
        """Where the publisher's website lives, without a final slash."""
        return f"http://{publisher.key}.localhost:{self.port}"

    def feeds(self) -> list[tuple[str, str, str]]:
        """Every feed, as (publisher's key, feed's name, feed's address)."""
        return [
            (publisher.key, feed.name, self.origin(publisher) + feed.path)
            for publisher in self.library.publishers
            for feed in publisher.feeds
        ]

    def opml(self) -> str:
        """The feeds as a subscription list (OPML 2.0)."""
        outlines = "\n".join(
            f'<outline type="rss" text={quoteattr(feed.name)} title={quoteattr(feed.name)}'
            f" xmlUrl={quoteattr(self.origin(publisher) + feed.path)} htmlUrl={quoteattr(self.origin(publisher) + '/')}"
            f' language="{publisher.language}"/>'
            for publisher in self.library.publishers
            for feed in publisher.feeds
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>Octavo’s sample newswire</title>'
            f"<dateCreated>{format_datetime(self.started)}</dateCreated></head>\n<body>\n{outlines}\n</body></opml>\n"
        )

    def answer(self, host: str, path: str, now: datetime) -> Answer:
        """The answer at `path` (a request target, query and all) of `host` (with or without a port)."""
        name = host.rsplit(":", 1)[0].rstrip(".").lower()
        plain = unquote(path.split("?", 1)[0])
        shown = visible(self.library, self.started, now)
        if name in _NAMES:
            return self._answer_index(plain, shown)
        for publisher in self.library.publishers:
            if name == f"{publisher.key}.localhost":
                return self._answer_site(self._site(publisher, shown), plain, now)
        return _not_found("There is no such publisher here.")

    def _answer_index(self, path: str, shown: Sequence[PublishedArticle]) -> Answer:
        if path == "/newswire.opml":
            return Answer(200, "text/x-opml; charset=utf-8", self.opml().encode(), self.started)
        if path == "/robots.txt":
            return Answer(200, "text/plain; charset=utf-8", b"User-agent: *\nAllow: /\n", self.started)
        if path != "/":
            return _not_found("There is nothing here.")
        sites = [self._site(publisher, shown) for publisher in self.library.publishers]
        page = self._templates.get_template("index.html").render(sites=sites)
        return Answer(200, "text/html; charset=utf-8", page.encode(), max(map(last_modified, sites)))

    def _answer_site(self, site: Site, path: str, now: datetime) -> Answer:
        if path == "/":
            return _page(site, render_home(self._templates, site), last_modified(site))
        if path == "/robots.txt":
            return Answer(200, "text/plain; charset=utf-8", robots_txt(site).encode(), self.started)
        for feed in site.publisher.feeds:
            if path == feed.path:
                kind = feed_type(feed, site.publisher.encoding)
                return Answer(200, kind, render_feed(site, feed, now), last_modified(site))
        for view in site.articles:
            if path == view.path:
                return _page(site, render_article(self._templates, site, view), view.article.modified_at)
            if path == picture_path(view.article):
                draft = view.article.draft
                picture = self._pictures.take(draft.image, f"{draft.publisher}/{draft.slug}")
                return Answer(200, "image/jpeg", picture, view.article.published_at)
        return _not_found("This page does not exist, or not yet.")

    def _site(self, publisher: SamplePublisher, shown: Sequence[PublishedArticle]) -> Site:
        own = tuple(article for article in shown if article.draft.publisher == publisher.key)
        articles, site = self._sites.get(publisher.key, (None, None))
        if site is None or articles != own:
            site = build_site(publisher, own, self.origin(publisher))
            self._sites[publisher.key] = own, site
        return site


def _page(site: Site, page: str, modified: datetime) -> Answer:
    encoding = site.publisher.encoding
    # Characters that the encoding lacks become references, as an old content system would write them
    return Answer(200, f"text/html; charset={encoding}", page.encode(encoding, "xmlcharrefreplace"), modified)


def _not_found(why: str) -> Answer:
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title><h1>Not found</h1><p>{why}</p>'
    )
    return Answer(404, "text/html; charset=utf-8", page.encode())
