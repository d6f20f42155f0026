"""Miniflux's API, write: marks and stars, feeds and their folders; all by the actions pages use, too."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from octavo.collect.opml import read_opml
from octavo.domain.account import Person
from octavo.domain.ids import FeedId
from octavo.errors import InputError, NotFound
from octavo.serve.clients import streams
from octavo.serve.clients.asked import Asked, as_json
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.miniflux_read import feed as one_feed
from octavo.serve.clients.miniflux_read import folder_of, source_of
from octavo.serve.clients.pages_followed import page_followed
from octavo.serve.clients.shelf import Shelf, Source, feed_ids, opened
from octavo.serve.clients.short_numbers import full_numbers
from octavo.serve.clients.streams import Stream, Wanted
from octavo.store import bookmarks, feeds

_MOST = 10_000


def nothing(asked: Asked, person: Person, *_numbers: int) -> Response:
    """Do nothing: feeds are read here when they are due, whoever asks."""
    return Response(status_code=204)


def mark_entries(asked: Asked, person: Person) -> Response:
    """Mark entries as read or unread; newsboat says that its JSON is a form."""
    given = _json(asked)
    state, numbers = given.get("status"), given.get("entry_ids")
    if state not in ("read", "unread", "removed") or not isinstance(numbers, list) or not numbers:
        raise InputError("give entry_ids, and the status read or unread")
    with opened(asked, person) as shelf:
        ids = full_numbers(shelf, [one for one in numbers if type(one) is int])
    Marks(asked, person).mark(ids, read=state != "unread")
    return Response(status_code=204)


def turn_star(asked: Asked, person: Person, number: int) -> Response:
    """Star an entry, or take its star away: the protocol has nothing but this switch."""
    with opened(asked, person) as shelf:
        ids = full_numbers(shelf, [number])
        starred = bookmarks.among(shelf.visit.view, shelf.account, ids)
    marks = Marks(asked, person)
    if starred:
        marks.unstar(ids)
    else:
        marks.star(ids)
    return Response(status_code=204)


def star(asked: Asked, person: Person, number: int) -> Response:
    """Save an entry."""
    with opened(asked, person) as shelf:
        ids = full_numbers(shelf, [number])
    Marks(asked, person).star(ids)
    return Response(status_code=202)


def mark_feed(asked: Asked, person: Person, number: int) -> Response:
    """Mark a feed as read."""
    with opened(asked, person) as shelf:
        source = source_of(shelf, number)
        ids = streams.page(shelf, Stream((source,)), Wanted(read=False), _MOST) if source.follow else None
    marks = Marks(asked, person)
    if ids is None:
        marks.mark_before(None, feed_ids([source]))
    else:
        marks.mark(ids, read=True)
    return Response(status_code=204)


def mark_category(asked: Asked, person: Person, number: int) -> Response:
    """Mark a folder as read."""
    with opened(asked, person) as shelf:
        inside = shelf.within(folder_of(shelf, number))
    marks = Marks(asked, person)
    marks.mark_before(None, feed_ids(inside))
    for one in inside:
        if one.follow is not None:
            mark_feed(asked, person, one.number)
    return Response(status_code=204)


def mark_everything(asked: Asked, person: Person, _number: int) -> Response:
    """Mark all feeds as read."""
    Marks(asked, person).mark_before(None, None)
    return Response(status_code=204)


def subscribe(asked: Asked, person: Person) -> Response:
    """Subscribe to a feed that is collected here, or follow a page of this site."""
    given = _json(asked)
    address = str(given.get("feed_url", ""))
    marks = Marks(asked, person)
    followed = page_followed(address, asked.site.origin)
    with opened(asked, person) as shelf:
        found = feeds.by_url(shelf.visit.view, address)
        folder = _folder(shelf, given)
    if followed is not None:
        marks.follow(*followed)
    elif found is not None:
        marks.subscribe(found.id, "", folder)
    else:
        raise InputError("this newspaper does not collect that feed: its editor can add it")
    with opened(asked, person) as shelf:
        return as_json(asked, {"feed_id": found.id if found else _latest(shelf).number}, 201)


def change_feed(asked: Asked, person: Person, number: int) -> Response:
    """Name a feed, put it into a folder."""
    given = _json(asked)
    with opened(asked, person) as shelf:
        source = source_of(shelf, number)
        folder = _folder(shelf, given) if "category_id" in given else None
    title = str(given["title"]) if given.get("title") else None
    if source.feed is not None:
        Marks(asked, person).rename(source.feed.id, title, folder)
    response = one_feed(asked, person, number)
    response.status_code = 201
    return response


def leave(asked: Asked, person: Person, number: int) -> Response:
    """Read a feed no longer, or follow something no longer."""
    with opened(asked, person) as shelf:
        source = source_of(shelf, number)
    marks = Marks(asked, person)
    if source.follow is not None:
        marks.unfollow(source.follow.kind, source.follow.key)
    else:
        marks.leave(FeedId(source.number))
    return Response(status_code=204)


def rename_category(asked: Asked, person: Person, number: int) -> Response:
    """Name a folder anew."""
    title = str(_json(asked).get("title", "")).strip()
    if not title:
        raise InputError("a category needs a title")
    _move(asked, person, number, title)
    return as_json(asked, {"id": number, "title": title, "user_id": person.id}, 201)


def drop_category(asked: Asked, person: Person, number: int) -> Response:
    """Take the feeds out of a folder."""
    _move(asked, person, number, "")
    return Response(status_code=204)


def bring(asked: Asked, person: Person) -> Response:
    """Subscribe to those feeds of an OPML document that are collected here."""
    wanted = read_opml(asked.body)
    with opened(asked, person) as shelf:
        known = {one.url: one.id for one in feeds.all(shelf.visit.view)}
    marks = Marks(asked, person)
    for one in wanted:
        if one.url in known:
            marks.subscribe(known[one.url], one.title, one.folder)
    return as_json(asked, {"message": "Feeds imported successfully"}, 201)


def discover(asked: Asked, person: Person) -> Response:
    """Find a feed that is collected here by its address or its site's. Raises NotFound."""
    address = str(_json(asked).get("url", "")).rstrip("/")
    with opened(asked, person) as shelf:
        every = feeds.all(shelf.visit.view)
    found = [one for one in every if address and address in (one.url.rstrip("/"), one.site_url.rstrip("/"))]
    if not found:
        raise NotFound("no feed of that address is collected here")
    return as_json(asked, [{"url": one.url, "title": one.title or one.url, "type": "rss"} for one in found])


def _move(asked: Asked, person: Person, number: int, folder: str) -> None:
    with opened(asked, person) as shelf:
        inside = feed_ids(shelf.within(folder_of(shelf, number)))
    marks = Marks(asked, person)
    for one in inside:
        marks.rename(one, None, folder)


def _folder(shelf: Shelf, given: Mapping[str, Any]) -> str:
    number = given.get("category_id")
    return folder_of(shelf, number) if type(number) is int and number else ""


def _latest(shelf: Shelf) -> Source:
    followed = [one for one in shelf.sources if one.follow is not None]
    if not followed:
        raise NotFound("nothing of that address can be followed")
    return max(followed, key=lambda one: one.follow.since if one.follow else shelf.visit.here.now)


def _json(asked: Asked) -> Mapping[str, Any]:
    """Read the object a body holds, whatever type it says it has. Raises InputError."""
    try:
        given = json.loads(asked.body)
    except ValueError as error:
        raise InputError("this is no JSON") from error
    if not isinstance(given, dict):
        raise InputError("this is no object")
    return given
