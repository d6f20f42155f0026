"""The address /{edition}/live: server-sent events (HTML Living Standard §9.2), or JSON for those who rather ask.

The handler is async and holds no thread while a reader waits; the store is read in the thread pool.
"""

import json
from collections.abc import AsyncIterator
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from octavo.domain.ids import EditionKey
from octavo.errors import InputError, NotFound
from octavo.serve.live import Live, News, Wanted
from octavo.serve.site import Site
from octavo.store import starter
from octavo.store.arrivals import Arrival
from octavo.text.slugs import short_id

KINDS = ("section/", "hashtag/", "place/", "source/", "story/")
_LONGEST = 200
_DIGITS = 18
_RETRY_MS = 8000
_HEADERS = {
    "cache-control": "no-store, no-transform",
    # nginx and others pass on what is marked so as it comes.
    "x-accel-buffering": "no",
}
_FULL = "As many readers as this server allows are told of new articles at once. Ask again in a while, or for JSON."


async def follow(site: Site, request: Request) -> Response:
    """Tell of new articles in `list` since the change `since`: a stream, or once for those who accept JSON only.

    Raises NotFound for an edition there is not, InputError for a list or number that makes no sense, StoreError.
    """
    wanted = _wanted(site, request)
    since = _number(request.headers.get("last-event-id") or request.query_params.get("since", ""))
    await site.live.look()
    if request.method == "HEAD":
        return Response(headers=_HEADERS, media_type="text/event-stream")
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(told(site.live.news(wanted, since)), headers=_HEADERS)
    return Following(site.live, wanted, since)


class Following(Response):
    """A stream for as long as the reader stays; 503 when every seat is taken."""

    def __init__(self, live: Live, wanted: Wanted, since: int) -> None:
        super().__init__()
        self.live = live
        self.wanted = wanted
        self.since = since

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        with self.live.seat() as woken:
            answer: Response
            if woken is None:
                answer = PlainTextResponse(_FULL, 503, {**_HEADERS, "retry-after": "60"})
            else:
                words = _words(self.live.follow(woken, self.wanted, self.since), self.since)
                answer = StreamingResponse(words, headers=_HEADERS, media_type="text/event-stream")
            with suppress(OSError):  # the reader has left: that is how each of these ends, and no error
                await answer(scope, receive, send)


async def _words(stream: AsyncIterator[News | None], since: int) -> AsyncIterator[str]:
    """Write events; the first says at once that nothing between here and the reader holds them back."""
    yield f"retry: {_RETRY_MS}\nevent: ready\nid: {since}\ndata: {{}}\n\n"
    async for news in stream:
        if news is None:
            yield ": still here\n\n"
        else:
            yield f"id: {news.seq}\ndata: {json.dumps(told(news), ensure_ascii=False)}\n\n"


def told(news: News) -> dict[str, object]:
    """Write news as JSON: what a page needs to know an article, and to leave out what its reader muted."""
    return {"seq": news.seq, "new": [_article(one) for one in news.arrivals]}


def _article(one: Arrival) -> dict[str, object]:
    return {
        "id": short_id(one.id),
        "source": one.publisher_id,
        "language": one.language,
        "headline": one.headline,
        "hashtags": one.hashtags,
    }


def _wanted(site: Site, request: Request) -> Wanted:
    """Tell which arrivals stand in the list that is asked for."""
    name = request.path_params["edition"]
    if name not in site.plans:
        raise NotFound(f"there is no edition {name[:20]!r}")
    reads = site.plans[EditionKey(name)].languages
    asked = request.query_params.get("list", "latest")
    if asked == "latest":
        return lambda one: starter.reads(reads, one.language)
    if len(asked) > _LONGEST or not asked.startswith(KINDS):
        raise InputError("list is latest, or section/, hashtag/, place/, source/ or story/ and what it is of")
    if asked.startswith("section/"):
        return lambda one: asked in one.lists and starter.reads(reads, one.language)
    return lambda one: asked in one.lists


def _number(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise InputError("since is the number of a change")
    return int(text)
