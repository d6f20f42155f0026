"""Miniflux's API, write: marks and stars, feeds and their folders; all by the actions pages use, too."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from octavo.accounts.permissions import Act, may
from octavo.actions.feeds import discover_feed
from octavo.domain.account import Person
from octavo.domain.ids import FeedId
from octavo.errors import InputError, NotFound
from octavo.serve.clients import streams
from octavo.serve.clients.adding import add, known
from octavo.serve.clients.adding import bring as bring_list
from octavo.serve.clients.asked import Asked, as_json
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.miniflux_read import feed as one_feed
from octavo.serve.clients.miniflux_read import folder_of, source_of
from octavo.serve.clients.shelf import Shelf, feed_ids, opened
from octavo.serve.clients.short_numbers import full_numbers
from octavo.serve.clients.streams import Stream, Wanted
from octavo.serve.followed import meant_by
from octavo.store import bookmarks

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
        ids = streams.page(shelf, Stream((source,)), Wanted(read=False), _MOST) if source.feed is None else None
    marks = Marks(asked, person)
    if ids is None:
        marks.mark_until(None, feed_ids([source]))
    else:
        marks.mark(ids, read=True)
    return Response(status_code=204)


def mark_category(asked: Asked, person: Person, number: int) -> Response:
    """Mark a folder as read."""
    with opened(asked, person) as shelf:
        inside = shelf.within(folder_of(shelf, number))
    marks = Marks(asked, person)
    marks.mark_until(None, feed_ids(inside))
    for one in inside:
        if one.feed is None:
            mark_feed(asked, person, one.number)
    return Response(status_code=204)


def mark_everything(asked: Asked, person: Person, _number: int) -> Response:
    """Mark all feeds as read."""
    Marks(asked, person).mark_until(None, None)
    return Response(status_code=204)


def subscribe(asked: Asked, person: Person) -> Response:
    """Subscribe to a feed or a site that is collected here, or follow a page of this site."""
    given = _json(asked)
    with opened(asked, person) as shelf:
        folder = _folder(shelf, given)
    number = add(asked, person, str(given.get("feed_url", "")), "", folder)
    if not number:
        raise NotFound("nothing of that address can be subscribed to")
    return as_json(asked, {"feed_id": number}, 201)


def change_feed(asked: Asked, person: Person, number: int) -> Response:
    """Name a feed, put it into a folder."""
    given = _json(asked)
    with opened(asked, person) as shelf:
        source = source_of(shelf, number)
        folder = _folder(shelf, given) if "category_id" in given else None
    title = str(given["title"]) if given.get("title") else None
    if source.feed is not None:
        Marks(asked, person).rename(source.feed.id, title, folder)
    elif source.search is not None and title:
        Marks(asked, person).rename_search(source.search, title)
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
    elif source.search is not None:
        marks.forget_search(source.search)
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
    """Subscribe to what an OPML document names."""
    bring_list(asked, person, asked.body)
    return as_json(asked, {"message": "Feeds imported successfully"}, 201)


def discover(asked: Asked, person: Person) -> Response:
    """Find what can be subscribed to by an address: a page here, or what is collected of it; for editors, its feed.

    Raises NotFound, and for editors what discover_feed raises.
    """
    address = str(_json(asked).get("url", "")).strip()
    if meant_by(address, asked.site.origin) is not None:
        return as_json(asked, [{"url": address, "title": address, "type": "atom"}])
    found = [(one.url, one.title) for one in known(asked, address)]
    if not found and may(person, Act.EDIT_FEEDS):
        offered = discover_feed(asked.site.tools, address)
        found = [(offered.url, offered.title)]
    if not found:
        raise NotFound("no feed of that address is collected here")
    return as_json(asked, [{"url": url, "title": title or url, "type": "rss"} for url, title in found])


def _move(asked: Asked, person: Person, number: int, folder: str) -> None:
    with opened(asked, person) as shelf:
        inside = feed_ids(shelf.within(folder_of(shelf, number)))
    marks = Marks(asked, person)
    for one in inside:
        marks.rename(one, None, folder)


def _folder(shelf: Shelf, given: Mapping[str, Any]) -> str:
    number = given.get("category_id")
    return folder_of(shelf, number) if type(number) is int and number else ""


def _json(asked: Asked) -> Mapping[str, Any]:
    """Read the object a body holds, whatever type it says it has. Raises InputError."""
    try:
        given = json.loads(asked.body)
    except (ValueError, RecursionError) as error:
        raise InputError("this is no JSON") from error
    if not isinstance(given, dict):
        raise InputError("this is no object")
    return given
