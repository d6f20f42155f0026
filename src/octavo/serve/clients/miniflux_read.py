"""Miniflux's API, read: who one is, categories, feeds, entries with the filters apps use."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from octavo.collect.opml import Subscription, write_opml
from octavo.domain.account import Person
from octavo.domain.ids import ArticleId, first_article_id
from octavo.errors import InputError, NotFound
from octavo.relate import query as language
from octavo.serve.asking import ask
from octavo.serve.clients import streams
from octavo.serve.clients.asked import Asked, as_json, whole
from octavo.serve.clients.items import Item, items
from octavo.serve.clients.shelf import Shelf, Source, folder_number, opened
from octavo.serve.clients.short_numbers import full_numbers
from octavo.serve.clients.streams import Stream, Wanted
from octavo.store import bookmarks, read_marks
from octavo.store.streams import Span
from octavo.store.streams import count as count_of

_PAGE = 100
_MOST = 10_000
_FOUND = 500
_NEVER = "0001-01-01T00:00:00Z"


def told(asked: Asked, person: Person, *, value: object) -> Response:
    """Answer what is always the same."""
    return as_json(asked, value)


def me(asked: Asked, person: Person) -> Response:
    """Say who one is."""
    plan = asked.site.plan_for("")
    told = {
        "id": person.id,
        "username": person.account.name,
        "is_admin": False,
        "theme": "system_serif",
        "language": plan.language.replace("-", "_"),
        "timezone": "UTC",
        "entry_sorting_direction": "desc",
        "entries_per_page": _PAGE,
        "last_login_at": None,
    }
    return as_json(asked, told)


def categories(asked: Asked, person: Person) -> Response:
    """List the folders."""
    with opened(asked, person) as shelf:
        counts = _counts(shelf) if asked.get("counts") == "true" else None
        told = [_category(shelf, one, counts) for one in shelf.folders]
    return as_json(asked, told)


def feeds(asked: Asked, person: Person, category: int | None = None) -> Response:
    """List the feeds, all or those of a folder."""
    with opened(asked, person) as shelf:
        chosen = shelf.sources if category is None else shelf.within(folder_of(shelf, category))
        return as_json(asked, [_feed(shelf, one) for one in chosen])


def feed(asked: Asked, person: Person, number: int) -> Response:
    """Give one feed."""
    with opened(asked, person) as shelf:
        return as_json(asked, _feed(shelf, source_of(shelf, number)))


def counters(asked: Asked, person: Person) -> Response:
    """Count what is read and unread in each feed."""
    with opened(asked, person) as shelf:
        unread = _counts(shelf)
        every = {one.number: count_of(shelf.visit.view, [one.feed.id]) for one in shelf.sources if one.feed}
    reads = {str(one): max(0, n - unread.get(one, 0)) for one, n in every.items()}
    return as_json(asked, {"reads": reads, "unreads": {str(one): n for one, n in unread.items()}})


def icon(asked: Asked, person: Person, number: int) -> Response:
    """Give the site's own icon: publishers' are not kept."""
    assets = asked.site.assets
    name = "icons/favicon.ico"
    if name not in assets.names:
        raise NotFound("there is no icon")
    data = base64.b64encode(assets.served[assets.names[name]].body).decode()
    return as_json(asked, {"id": 1, "mime_type": "image/x-icon", "data": f"image/x-icon;base64,{data}"})


def export(asked: Asked, person: Person) -> Response:
    """Write the feeds down as OPML."""
    with opened(asked, person) as shelf:
        told = [Subscription(one.url, one.title, one.page, one.folder) for one in shelf.sources]
    return whole(asked, write_opml("Octavo", told), "text/xml; charset=utf-8")


def entries(asked: Asked, person: Person, number: int | None = None, kind: str = "") -> Response:
    """List entries, all or those of a feed or folder, as the filters say."""
    with opened(asked, person) as shelf:
        stream = _stream(shelf, asked, number, kind)
        wanted = _wanted(asked)
        limit = asked.number("limit", 0, _MOST)
        limit = _PAGE if limit is None else limit or _MOST
        offset = asked.number("offset", 0, streams.MOST) or 0
        ids = _searched(shelf, asked, wanted) if asked.get("search") else None
        if ids is None:
            ids = streams.page(shelf, stream, wanted, offset + limit + 1)
        total = _total(shelf, stream, wanted, len(ids) > offset + limit) or len(ids)
        among = stream.sources[0] if stream.sources and len(stream.sources) == 1 else None
        found = [_entry(shelf, one) for one in items(shelf, ids[offset : offset + limit], among)]
    return as_json(asked, {"total": max(total, offset + len(found)), "entries": found})


def entry(asked: Asked, person: Person, number: int) -> Response:
    """Give one entry."""
    return _one(asked, person, None, number)


def entry_within(asked: Asked, person: Person, holder: int, number: int) -> Response:
    """Give one entry, asked for by its feed or folder."""
    return _one(asked, person, holder, number)


def _one(asked: Asked, person: Person, holder: int | None, number: int) -> Response:
    with opened(asked, person) as shelf:
        found = items(shelf, full_numbers(shelf, [number]), shelf.by_number.get(holder) if holder else None)
        if not found:
            raise NotFound("there is no such entry")
        return as_json(asked, _entry(shelf, found[0]))


def source_of(shelf: Shelf, number: int) -> Source:
    """Give a feed by its number. Raises NotFound."""
    found = shelf.by_number.get(number)
    if found is None:
        raise NotFound("there is no such feed")
    return found


def folder_of(shelf: Shelf, number: int) -> str:
    """Give a folder by its number. Raises NotFound."""
    for one in shelf.folders:
        if folder_number(one) == number:
            return one
    raise NotFound("there is no such category")


def _stream(shelf: Shelf, asked: Asked, number: int | None, kind: str) -> Stream:
    if number is None:
        for name in ("feed", "category"):
            said = asked.number(f"{name}_id", 1)
            if said:
                number, kind = said, name
    if number is None:
        return Stream()
    if kind == "feed":
        return Stream((source_of(shelf, number),))
    return Stream(tuple(shelf.within(folder_of(shelf, number))))


def _wanted(asked: Asked) -> Wanted:
    states = {one for said in asked.all("status") for one in said.split(",") if one}
    if states - {"read", "unread", "removed"}:
        raise InputError("invalid entry status")
    read = None if len(states & {"read", "unread"}) != 1 else "read" in states
    starred = {"true": True, "1": True, "false": False, "0": False}.get(asked.get("starred"))
    below = [_first(asked, name) for name in ("before", "published_before")] + [_edge(asked, "before_entry_id")]
    above = [_last(asked, name) for name in ("after", "published_after")] + [_edge(asked, "after_entry_id")]
    return Wanted(
        read,
        starred,
        Span(
            below=min((one for one in below if one is not None), default=None),
            above=max((one for one in above if one is not None), default=None),
            since=_moment(asked, "changed_after"),
            until=_moment(asked, "changed_before"),
            oldest=asked.get("direction") == "asc",
        ),
    )


def _edge(asked: Asked, name: str) -> ArticleId | None:
    number = asked.number(name, 1)
    return None if number is None else ArticleId(number)


def _first(asked: Asked, name: str) -> ArticleId | None:
    number = asked.number(name, 1, 2**33)
    return None if number is None else first_article_id(number)


def _last(asked: Asked, name: str) -> ArticleId | None:
    number = asked.number(name, 1, 2**33)
    return None if number is None else ArticleId(first_article_id(number + 1) - 1)


def _moment(asked: Asked, name: str) -> datetime | None:
    number = asked.number(name, 1, 2**33)
    return None if number is None else datetime.fromtimestamp(number, UTC)


def _searched(shelf: Shelf, asked: Asked, wanted: Wanted) -> list[ArticleId]:
    question = language.parse(" ".join(asked.get("search").split())[: language.LONGEST])
    sought = replace(ask(shelf.visit, question), limit=_FOUND)
    found = [hit.id for hit in shelf.visit.site.tools.search_index.search(sought)]
    return streams.kept(shelf, found, wanted)


def _total(shelf: Shelf, stream: Stream, wanted: Wanted, more: bool) -> int:
    """Count what the filters let through, where more than a page is; 0 where that would be counted one by one."""
    bounded = wanted.span != Span(oldest=wanted.span.oldest)
    if not more or bounded or stream.topic or stream.hashtag or any(one.feed is None for one in stream.sources or ()):
        return 0
    chosen = [one.feed for one in (shelf.sources if stream.sources is None else stream.sources) if one.feed]
    view = shelf.visit.view
    if wanted.starred is True and stream.sources is None and wanted.read is None:
        return bookmarks.count(view, shelf.account)
    if wanted.starred is not None:
        return 0
    unread = sum(read_marks.unread_counts(view, shelf.account, chosen).values()) if wanted.read is not None else 0
    if wanted.read is False:
        return unread
    return count_of(view, [one.id for one in chosen]) - unread


def _counts(shelf: Shelf) -> dict[int, int]:
    by_feed = read_marks.unread_counts(shelf.visit.view, shelf.account, shelf.feeds)
    return {
        one.number: by_feed.get(one.feed.id, 0) if one.feed else streams.unread_of(shelf, one) for one in shelf.sources
    }


def _category(shelf: Shelf, folder: str, counts: Mapping[int, int] | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": folder_number(folder),
        "title": folder,
        "user_id": shelf.account,
        "hide_globally": False,
    }
    if counts is not None:
        inside: Sequence[Source] = shelf.within(folder)
        told |= {"feed_count": len(inside), "total_unread": sum(counts.get(one.number, 0) for one in inside)}
    return told


def _feed(shelf: Shelf, one: Source) -> dict[str, Any]:
    poll = one.feed.feed.poll if one.feed else None
    return {
        "id": one.number,
        "user_id": shelf.account,
        "title": one.title,
        "site_url": one.page,
        "feed_url": one.url,
        "checked_at": _stamp(poll.last_attempt_at if poll else shelf.visit.here.now),
        "next_check_at": _stamp(poll.next_poll_at if poll else None),
        "etag_header": "",
        "last_modified_header": "",
        "parsing_error_message": poll.last_error if poll else "",
        "parsing_error_count": poll.failures if poll else 0,
        "disabled": one.feed is not None and one.feed.feed.state is not one.feed.feed.alive,
        "crawler": False,
        "scraper_rules": "",
        "rewrite_rules": "",
        "blocklist_rules": "",
        "keeplist_rules": "",
        "user_agent": "",
        "username": "",
        "password": "",
        "ignore_http_cache": False,
        "fetch_via_proxy": False,
        "hide_globally": False,
        "category": _category(shelf, one.folder),
        "icon": {"feed_id": one.number, "icon_id": 1},
    }


def _entry(shelf: Shelf, one: Item) -> dict[str, Any]:
    card, arrival = one.card, one.arrival
    told: dict[str, Any] = {
        "id": one.id,
        "user_id": shelf.account,
        "feed_id": one.source.number if one.source else 0,
        "status": "read" if one.read else "unread",
        "hash": f"{one.id:x}",
        "title": card.headline,
        "url": one.page,
        "comments_url": "",
        "published_at": _stamp(card.time),
        "created_at": _stamp(arrival.first_seen_at),
        "changed_at": _stamp(max(arrival.first_seen_at, arrival.wording_at)),
        "content": one.html,
        "author": one.author,
        "share_code": "",
        "starred": one.starred,
        "reading_time": max(1, card.word_count // 220),
        "enclosures": [],
        "tags": list(one.labels),
    }
    if one.source:
        told["feed"] = _feed(shelf, one.source)
    if one.picture:
        inside = {"id": one.id, "user_id": shelf.account, "entry_id": one.id, "url": one.picture}
        told["enclosures"] = [{**inside, "mime_type": "image/jpeg", "size": 0, "media_progression": 0}]
    return told


def _stamp(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else _NEVER
