"""Fever's API (version 3): groups, feeds, items, marks; our stories are its hot links."""

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from octavo.domain.account import Person
from octavo.domain.ids import ArticleId
from octavo.errors import NotAllowed, OctavoError, SignInRequired, SlowDown
from octavo.serve.clients import streams
from octavo.serve.clients.asked import Asked, as_json, endpoint, said, turns
from octavo.serve.clients.door import Door
from octavo.serve.clients.items import Item, items
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.shelf import Shelf, feed_ids, folder_number, opened
from octavo.serve.clients.streams import Stream, Wanted
from octavo.serve.errors import status_of
from octavo.serve.site import Site
from octavo.store import bookmarks, reading, stories
from octavo.store.streams import Span
from octavo.store.streams import count as count_of

VERSION = 3
PAGE = 50
"""Items in one answer, as the protocol has it."""

_STORIES = 1_000
"""Stories looked through for the hottest."""

_ICON = 1
_PATHS = ("/fever", "/fever.php", "/api/fever.php", "/api/fever")


def routes(site: Site) -> list[BaseRoute]:
    """List the addresses of the API."""
    door, limiter = Door(site), turns()
    answer = endpoint(site, limiter, partial(_answer, door))
    return [Route(path, answer, methods=["GET", "POST"]) for path in _PATHS]


def _answer(door: Door, asked: Asked) -> Response:
    """Answer all that one request asks for; a wrong key is an answer, too: one that says auth 0."""
    if "api" not in asked:
        return said("Fever's API of Octavo: enter this address in a reader app.")
    try:
        person = door.by_fever(asked, asked.get("api_key"))
        told = _done(asked, person)
    except (SignInRequired, SlowDown):
        return as_json(asked, {"api_version": VERSION, "auth": 0})
    except OctavoError as error:
        return said("unavailable", max(400, status_of(error)))
    return as_json(asked, told)


def _done(asked: Asked, person: Person) -> Mapping[str, Any]:
    told: dict[str, Any] = {"api_version": VERSION, "auth": 1}
    try:
        _write(asked, person)
    except NotAllowed as error:  # a token that only reads
        told["error"] = str(error)
    with opened(asked, person) as shelf:
        told["last_refreshed_on_time"] = str(_refreshed(shelf))
        for name, read in _READS.items():
            if name in asked:
                told |= read(shelf, asked)
    return told


def _groups(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    groups = [{"id": folder_number(one), "title": one} for one in shelf.folders]
    return {"groups": groups, "feeds_groups": _feeds_groups(shelf)}


def _feeds(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    told = []
    for one in shelf.sources:
        polled = one.feed.feed.poll.last_success_at if one.feed else None
        told.append(
            {
                "id": one.number,
                "favicon_id": _ICON,
                "title": one.title,
                "url": one.url,
                "site_url": one.page,
                "is_spark": 0,
                "last_updated_on_time": int(polled.timestamp()) if polled else _refreshed(shelf),
            }
        )
    return {"feeds": told, "feeds_groups": _feeds_groups(shelf)}


def _feeds_groups(shelf: Shelf) -> Sequence[Mapping[str, Any]]:
    return [
        {"group_id": folder_number(one), "feed_ids": ",".join(str(source.number) for source in shelf.within(one))}
        for one in shelf.folders
    ]


def _favicons(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    assets = asked.site.assets
    name = "icons/favicon.ico"
    data = assets.served[assets.names[name]].body if name in assets.names else b""
    return {"favicons": [{"id": _ICON, "data": f"image/x-icon;base64,{base64.b64encode(data).decode()}"}]}


def _items(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    since, most = asked.number("since_id"), asked.number("max_id")
    if asked.get("with_ids"):
        wanted = _numbers(asked.get("with_ids"))[:PAGE]
    elif most is not None:
        below = ArticleId(most) if most else None
        wanted = streams.page(shelf, Stream(), Wanted(span=Span(below=below)), PAGE)
    else:
        span = Span(above=ArticleId(since or 0), oldest=True)
        wanted = streams.page(shelf, Stream(), Wanted(span=span), PAGE)
    total = count_of(shelf.visit.view, [one.id for one in shelf.feeds])
    return {"total_items": total, "items": [_item(one) for one in items(shelf, wanted)]}


def _item(one: Item) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "feed_id": one.source.number if one.source else 0,
        "title": one.card.headline,
        "author": one.author,
        "html": one.html,
        "url": one.page,
        "is_saved": int(one.starred),
        "is_read": int(one.read),
        "created_on_time": int(one.card.time.timestamp()),
    }


def _unread_ids(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    return {"unread_item_ids": _joined(streams.page(shelf, Stream(), Wanted(read=False), streams.MOST))}


def _saved_ids(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    return {"saved_item_ids": _joined(bookmarks.ids(shelf.visit.view, shelf.account, None, streams.MOST))}


def _links(shelf: Shelf, asked: Asked) -> Mapping[str, Any]:
    """List the stories of some days: the more independent reports, the hotter."""
    view = shelf.visit.view
    page = max(1, asked.number("page", 1, 100) or 1)
    until = asked.now - timedelta(days=asked.number("offset", 0, 400) or 0)
    begins = until - timedelta(days=asked.number("range", 1, 400) or 7)
    found = [
        one for one in stories.latest(view, _STORIES) if begins <= one.last_at <= until and one.publisher_count > 1
    ]
    hottest = sorted(found, key=lambda one: (-one.report_count, -one.article_count, -one.id))
    chosen = hottest[(page - 1) * PAGE : page * PAGE]
    leads = {one.id: one for one in items(shelf, [story.lead_article_id for story in chosen])}
    told = []
    for story in chosen:
        lead = leads.get(story.lead_article_id)
        inside = reading.story_ids(view, story.id, PAGE)
        told.append(
            {
                "id": story.id,
                "feed_id": lead.source.number if lead and lead.source else 0,
                "item_id": story.lead_article_id if lead else 0,
                "temperature": float(story.report_count),
                "is_item": int(lead is not None),
                "is_local": 1,
                "is_saved": int(lead is not None and lead.starred),
                "title": story.headline,
                "url": shelf.visit.here.absolute(shelf.visit.here.story(story.id, story.headline)),
                "item_ids": _joined(inside),
            }
        )
    return {"links": told}


_READS: Mapping[str, Callable[[Shelf, Asked], Mapping[str, Any]]] = {
    "groups": _groups,
    "feeds": _feeds,
    "favicons": _favicons,
    "items": _items,
    "links": _links,
    "unread_item_ids": _unread_ids,
    "saved_item_ids": _saved_ids,
}


def _write(asked: Asked, person: Person) -> None:
    """Do what `mark` asks for. Saved twice is saved."""
    kind, state, marks = asked.get("mark"), asked.get("as"), Marks(asked, person)
    number = asked.number("id") or 0
    if kind == "item" and number:
        _mark_item(marks, ArticleId(number), state)
    elif kind in ("feed", "group") and state == "read":
        _mark_many(asked, person, kind, number)
    elif asked.get("unread_recently_read") == "1":
        with opened(asked, person) as shelf:
            recent = streams.page(shelf, Stream(), Wanted(read=True), PAGE)
        marks.mark(recent, read=False)


def _mark_item(marks: Marks, article: ArticleId, state: str) -> None:
    if state in ("read", "unread"):
        marks.mark([article], read=state == "read")
    elif state == "saved":
        marks.star([article])
    elif state == "unsaved":
        marks.unstar([article])


def _mark_many(asked: Asked, person: Person, kind: str, number: int) -> None:
    before = asked.number("before", 1, 2**33)
    # Up to when the app refreshed last: what came in by then, all of that second.
    until = None if before is None else datetime.fromtimestamp(before + 1, UTC) - timedelta(microseconds=1)
    with opened(asked, person) as shelf:
        if kind == "feed":
            chosen = [one for one in shelf.sources if one.number == number]
        else:
            chosen = [one for one in shelf.sources if number == 0 or folder_number(one.folder) == number]
        followed = [one for one in chosen if one.feed is None]
        span = Span(until=until)
        ids = [one for it in followed for one in streams.page(shelf, Stream((it,)), Wanted(False, span=span), _STORIES)]
    marks = Marks(asked, person)
    marks.mark_until(until, feed_ids(chosen))
    if ids:
        marks.mark(ids, read=True)


def _numbers(said: str) -> list[ArticleId]:
    found = (one.strip() for one in said.split(","))
    numbers = (int(one) for one in found if one.isascii() and one.isdecimal() and len(one) < 17)
    return list(dict.fromkeys(ArticleId(one) for one in numbers if 0 < one < 2**53))


def _joined(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))


def _refreshed(shelf: Shelf) -> int:
    """Say when a feed was last read with success."""
    polls = (one.feed.poll.last_success_at for one in shelf.feeds)
    return int(max((one for one in polls if one), default=shelf.visit.here.now).timestamp())
