"""Which articles a stream holds: of feeds, of something followed, of a label, the starred; page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from octavo.domain.follow import Follow, FollowKind
from octavo.domain.ids import ArticleId, StoryId
from octavo.relate import query as language
from octavo.serve.asking import ask
from octavo.serve.clients.shelf import Shelf, Source, feed_ids
from octavo.store import bookmarks, hashtags, read_marks, reading, streams
from octavo.store.streams import Span
from octavo.text.slugs import read_short_id

MOST = 200_000
"""Articles in one answer, at most: what the hungriest app asks for."""

_AT_ONCE = 500
_DEEPEST = 10_000
"""Articles of a stream that are looked at where each must be asked whether it is wanted."""

_FOUND = 200
_END = ArticleId(2**53)

Walk = Callable[[ArticleId, int], list[ArticleId]]
"""Gives so many articles below one, newest first."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What is asked for. `sources` are feeds, None for all of them; `label` is a section's topic or a hashtag's key."""

    sources: tuple[Source, ...] | None = None
    topic: str = ""
    hashtag: str = ""
    starred_only: bool = False
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a stream's articles: read or not, starred or not (None: either), and the span they lie in."""

    read: bool | None = None
    starred: bool | None = None
    span: Span = field(default_factory=Span)


def page(shelf: Shelf, stream: Stream, wanted: Wanted, limit: int) -> list[ArticleId]:
    """List the articles of a stream that are wanted, newest first or, where the span says so, oldest first."""
    limit = max(0, min(limit, MOST + 1))
    if stream.nothing or not limit:
        return []
    if stream.starred_only:
        wanted = replace(wanted, starred=True)
    if wanted.starred is True and _every(stream):
        return _walked(shelf, wanted, limit, lambda below, n: bookmarks.ids(shelf.visit.view, shelf.account, below, n))
    apart = [one for one in stream.sources or () if one.feed is None]
    if apart:
        return _joined(shelf, stream, apart, wanted, limit)
    if stream.hashtag:
        return _walked(
            shelf, wanted, limit, lambda below, n: hashtags.article_ids(shelf.visit.view, stream.hashtag, below, n)
        )
    if stream.topic:
        tongues = shelf.visit.languages
        return _walked(
            shelf,
            wanted,
            limit,
            lambda below, n: reading.topic_ids(shelf.visit.view, stream.topic, tongues, below, n) if tongues else [],
        )
    return _of_feeds(shelf, stream, wanted, limit)


def _joined(shelf: Shelf, stream: Stream, apart: Sequence[Source], wanted: Wanted, limit: int) -> list[ArticleId]:
    """List the articles of a folder: of what is followed and searched for in it, and of its collected feeds."""
    found: set[ArticleId] = set()
    for one in apart:
        found |= set(_walked(shelf, wanted, limit, _walk_of(shelf, one)))
    rest = tuple(one for one in stream.sources or () if one.feed is not None)
    if rest:
        found |= set(_of_feeds(shelf, Stream(rest), wanted, limit))
    return sorted(found, reverse=not wanted.span.oldest)[:limit]


def unread_of(shelf: Shelf, source: Source, most: int = _FOUND) -> int:
    """Count the unread articles of something that is followed, among its newest."""
    return len(page(shelf, Stream((source,)), Wanted(read=False), most))


def _every(stream: Stream) -> bool:
    return stream.sources is None and not stream.topic and not stream.hashtag


def _of_feeds(shelf: Shelf, stream: Stream, wanted: Wanted, limit: int) -> list[ArticleId]:
    view, span = shelf.visit.view, wanted.span
    chosen = feed_ids(shelf.sources if stream.sources is None else stream.sources)
    subscribed = [one for one in shelf.feeds if one.id in set(chosen)]
    plain = span.since is None and span.until is None
    if wanted.read is False and wanted.starred is None and plain:
        if not span.oldest and span.above is None:
            return read_marks.unread_ids(view, shelf.account, subscribed, span.below, limit)
        every = reversed(read_marks.unread_ids(view, shelf.account, subscribed, span.below, MOST))
        some = [one for one in every if span.above is None or one > span.above]
        return some[:limit] if span.oldest else list(reversed(some))[:limit]
    if wanted.read is None and wanted.starred is None:
        return streams.of_feeds(view, chosen, span, limit)
    found: list[ArticleId] = []
    while len(found) < limit:
        some = streams.of_feeds(view, chosen, span, _AT_ONCE)
        found += kept(shelf, some, wanted)
        if len(some) < _AT_ONCE:
            break
        span = replace(span, above=some[-1]) if span.oldest else replace(span, below=some[-1])
    return found[:limit]


def _walked(shelf: Shelf, wanted: Wanted, limit: int, walk: Walk) -> list[ArticleId]:
    """Walk down a list, keeping what is wanted; the oldest first are those of its newest, turned round."""
    span = wanted.span
    below, found, seen = span.below or _END, list[ArticleId](), 0
    while seen < _DEEPEST and (span.oldest or len(found) < limit):
        some = walk(below, _AT_ONCE)
        seen += len(some)
        found += kept(shelf, some, wanted)
        if len(some) < _AT_ONCE or (span.above is not None and some[-1] <= span.above):
            break
        below = some[-1]
    return (found[::-1] if span.oldest else found)[:limit]


def kept(shelf: Shelf, ids: Sequence[ArticleId], wanted: Wanted) -> list[ArticleId]:
    """Leave in what is wanted of these."""
    view, span = shelf.visit.view, wanted.span
    known = streams.arrivals(view, ids)
    left = [one for one in ids if one in known and span.holds(known[one])]
    if wanted.read is not None:
        done = read_marks.read_among(view, shelf.account, shelf.feeds, left)
        left = [one for one in left if (one in done) is wanted.read]
    if wanted.starred is not None:
        stars = bookmarks.among(view, shelf.account, left)
        left = [one for one in left if (one in stars) is wanted.starred]
    return left


def _walk_of(shelf: Shelf, one: Source) -> Walk:
    """Give what walks down the articles of something that is followed, or that is searched for."""
    if one.follow is not None:
        return _followed(shelf, one.follow)
    found = _searched(shelf, one.search.query) if one.search else []
    return lambda below, n: [one for one in found if one < below][:n]


def _followed(shelf: Shelf, follow: Follow) -> Walk:
    """Give what walks down the articles of something that is followed."""
    visit = shelf.visit
    if follow.kind is FollowKind.STORY:
        number = read_short_id(follow.key)
        every = reading.story_ids(visit.view, StoryId(number), _DEEPEST) if number is not None else []
        return lambda below, n: [one for one in every if one < below][:n]
    if follow.kind is FollowKind.HASHTAG:
        return lambda below, n: hashtags.article_ids(visit.view, follow.key, below, n)
    if follow.kind is FollowKind.WORD:
        found = _searched(shelf, follow.name or follow.key)
        return lambda below, n: [one for one in found if one < below][:n]
    return lambda below, n: reading.about_ids(visit.view, follow.key, below, n)


def _searched(shelf: Shelf, words: str) -> list[ArticleId]:
    """Find the newest articles that a search finds."""
    visit = shelf.visit
    sought = replace(ask(visit, language.parse(words[: language.LONGEST])), newest=True, limit=_FOUND)
    return sorted((hit.id for hit in visit.site.tools.search_index.search(sought)), reverse=True)
