"""Our feeds by their addresses, for the hub: written as readers get them, and named by what their entries say."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.routing import compile_path

from octavo.domain.ids import EditionKey
from octavo.domain.websub import TopicDocument
from octavo.errors import InputError, NotFound, SlowDown
from octavo.ports.tools import Tools
from octavo.serve import answering, links
from octavo.serve.answering import Load
from octavo.serve.discussed import CommentsPage
from octavo.serve.pages import keptlists
from octavo.serve.routes import LISTS, TALK
from octavo.serve.site import Site, open_site
from octavo.serve.syndication import cards_of, write_feed
from octavo.serve.visit import Moved

_LONGEST = 2_048
_MOST_FIELDS = 30
_MOST_MOVES = 3


@dataclass(frozen=True, slots=True)
class _Feed:
    """An address that answers with a feed: what it looks like, what loads it, and its kind."""

    pattern: re.Pattern[str]
    load: Load
    kind: str


class FeedTopics:
    """Topics over a site, opened when the first is asked for."""

    def __init__(self, open_: Callable[[], Site]) -> None:
        self._open = open_
        self._site: Site | None = None
        self._feeds: tuple[_Feed, ...] = ()

    def is_own(self, url: str) -> bool:
        """Tell whether one of our feeds calls just this address its own; see the port."""
        found = self._found(url)
        return isinstance(found, _Made) and found.own == url

    def read(self, url: str) -> TopicDocument | None:
        """Write the feed that is, or was, at this address; see the port."""
        found = self._found(url)
        for _ in range(_MOST_MOVES):
            if not isinstance(found, str):
                break
            found = self._found(found)
        return replace(found.document, url=url) if isinstance(found, _Made) else None

    def _found(self, url: str) -> "_Made | str | None":
        if self._site is None:
            self._site, self._feeds = self._open(), tuple(_feeds())
        return _written(self._site, self._feeds, url)


@dataclass(frozen=True, slots=True)
class _Made:
    """A feed that was written, and the address it calls its own."""

    document: TopicDocument
    own: str


def topics_of(site: Site) -> FeedTopics:
    """Give the topics of a site that is open."""
    return FeedTopics(lambda: site)


def open_topics(tools: Tools) -> FeedTopics:
    """Give the topics of a program that has no site yet."""
    return FeedTopics(lambda: open_site(tools))


def _feeds() -> Iterator[_Feed]:
    lists: list[tuple[str, Load]] = [*LISTS, ("/{edition}/list/{token}", keptlists.load_shared)]
    lists += [(path, newest) for path, _, newest, _ in TALK]
    for path, load in lists:
        for kind in links.FORMATS:
            yield _Feed(compile_path(f"{path}.{kind}")[0], load, kind)


def _written(site: Site, feeds: tuple[_Feed, ...], url: str) -> _Made | str | None:
    """Write the feed at an address of ours; give the address it moved to, None where there is none."""
    if not url.startswith(f"{site.origin}/") or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)[::-1])
    except ValueError:
        return None
    path = unquote(parts.path)
    for feed in feeds:
        found = feed.pattern.match(path)
        if found and EditionKey(found["edition"]) in site.plans:
            return _made(site, feed, found.groupdict(), query)
    return None


def _made(site: Site, feed: _Feed, names: Mapping[str, str], query: Mapping[str, str]) -> _Made | str | None:
    plan = site.plans[EditionKey(names["edition"])]
    try:
        with answering.opened(site, plan, {"words": "", **names}, query) as visit:
            context = feed.load(visit)
            if isinstance(context, Moved):
                return visit.here.absolute(links.feed(context.path, feed.kind))
            if not context.frame.feed:
                return None
            own = visit.here.absolute(links.feed(context.frame.feed, feed.kind))
            body = write_feed(feed.kind, context, visit)
            said = [f"{card.id} {card.headline} {card.excerpt}" for card in cards_of(context)]
    except (NotFound, InputError, SlowDown):
        return None
    told = body if isinstance(context, CommentsPage) else "\n".join(sorted(said)).encode("utf-8", "replace")
    media_type = f"{links.FORMATS[feed.kind][0]}; charset=utf-8"
    return _Made(TopicDocument(own, media_type, body, hashlib.sha256(told).hexdigest()[:32]), own)
