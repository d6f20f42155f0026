"""Google Reader's API, read: who one is, feeds, labels, counts, the articles of streams as JSON and as Atom."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from starlette.responses import Response, StreamingResponse

from octavo.collect.opml import Subscription, write_opml
from octavo.domain.account import Person
from octavo.domain.ids import TIE_BITS, ArticleId
from octavo.serve.clients import greader_names as names
from octavo.serve.clients import streams
from octavo.serve.clients.asked import Asked, as_json, said, whole
from octavo.serve.clients.items import AT_ONCE, Item, items
from octavo.serve.clients.shelf import Shelf, Source, opened
from octavo.serve.clients.streams import MOST, Stream, Wanted
from octavo.store import read_marks
from octavo.store.streams import Span, of_feeds
from octavo.text.xmls import never_xml

_PAGE = 20
_FOLLOWED = 200
_ATOM = "http://www.w3.org/2005/Atom"
_SCHEME = "http://www.google.com/reader/"


def user_info(asked: Asked, person: Person) -> Response:
    """Say who one is."""
    account = person.account
    told = {"userId": str(account.id), "userName": account.name, "userProfileId": str(account.id)}
    return as_json(asked, told | {"userEmail": account.email})


def subscriptions(asked: Asked, person: Person) -> Response:
    """List the feeds."""
    with opened(asked, person) as shelf:
        icon = shelf.visit.here.absolute("/favicon.ico")
        told = [
            {
                "id": one.stream,
                "title": one.title,
                "categories": [{"id": names.LABEL + one.folder, "label": one.folder}],
                "url": one.url,
                "htmlUrl": one.page,
                "iconUrl": icon,
            }
            for one in shelf.sources
        ]
    return as_json(asked, {"subscriptions": told})


def export(asked: Asked, person: Person) -> Response:
    """Write the feeds down as OPML."""
    with opened(asked, person) as shelf:
        told = [Subscription(one.url, one.title, one.page, one.folder) for one in shelf.sources]
    return whole(asked, write_opml("Octavo", told), "text/x-opml; charset=utf-8")


def tags(asked: Asked, person: Person) -> Response:
    """List the star, the folders and the labels."""
    with opened(asked, person) as shelf:
        told: list[dict[str, str]] = [{"id": names.STARRED}]
        told += [{"id": names.LABEL + one, "type": "folder"} for one in shelf.folders]
        told += [{"id": names.LABEL + one, "type": "tag"} for one in shelf.labels]
    return as_json(asked, {"tags": told})


def unread(asked: Asked, person: Person) -> Response:
    """Count what is unread in each feed, each folder and all of them."""
    with opened(asked, person) as shelf:
        view = shelf.visit.view
        counts: dict[str, int] = {}
        newest: dict[str, int] = {}
        by_feed = read_marks.unread_counts(view, shelf.account, shelf.feeds)
        for one in shelf.sources:
            n = by_feed.get(one.feed.id, 0) if one.feed else streams.unread_of(shelf, one)
            last = of_feeds(view, [one.feed.id], Span(), 1) if one.feed and n else []
            groups = [one.stream, names.LABEL + one.folder] + ([names.READING_LIST] if one.feed else [])
            for name in groups:
                counts[name] = counts.get(name, 0) + n
                newest[name] = max(newest.get(name, 0), (last[0] >> TIE_BITS) * 10**6 if last else 0)
    told = [
        {"id": name, "count": n, "newestItemTimestampUsec": str(newest[name])}
        for name, n in counts.items()
        if n or asked.get("all") in ("1", "true")
    ]
    return as_json(asked, {"max": max(counts.values(), default=0), "unreadcounts": told})


def ids(asked: Asked, person: Person) -> Response:
    """List the numbers of a stream's articles."""
    with opened(asked, person) as shelf:
        limit = asked.number("n", 1) or _PAGE
        _, _, found, more = _asked(shelf, asked, asked.get("s"), min(limit, MOST))
    if not found and asked.get("client") == "newsplus":
        found = [ArticleId(0)]  # it stops at an empty list
    after = f',"continuation":"{more}"' if more else ""
    refs = ",".join([f'{{"id":"{one}"}}' for one in found])
    return whole(asked, f'{{"itemRefs":[{refs}]{after}}}'.encode(), "application/json")


def count(asked: Asked, person: Person) -> Response:
    """Count a stream's articles."""
    with opened(asked, person) as shelf:
        _, _, found, _ = _asked(shelf, asked, asked.get("s"), MOST)
    return said(str(len(found)))


def contents(asked: Asked, person: Person, name: str) -> Response:
    """Give a page of a stream's articles."""
    name = names.tidy(name or asked.get("s") or names.READING_LIST)
    with opened(asked, person) as shelf:
        limit = min(asked.number("n", 1) or _PAGE, 1_000)
        stream, _, found, more = _asked(shelf, asked, name, limit)
        title = stream.sources[0].title if stream.sources and len(stream.sources) == 1 else shelf.visit.plan.title
        told: dict[str, Any] = {"direction": "ltr", "id": name, "title": title, "updated": int(asked.now.timestamp())}
        told["items"] = [_item(one) for one in items(shelf, found, among(stream))]
    return as_json(asked, told | ({"continuation": more} if more else {}))


def chosen(asked: Asked, person: Person) -> Response:
    """Give the articles whose numbers are named, a few at a time: apps ask for thousands."""
    wanted = names.item_numbers(asked.all("i"))[:20_000]
    begins = {"direction": "ltr", "id": names.READING_LIST, "updated": int(asked.now.timestamp())}

    def pieces() -> Iterator[bytes]:
        yield json.dumps(begins).encode()[:-1] + b', "items": ['
        first = True
        for start in range(0, len(wanted), AT_ONCE):
            with opened(asked, person) as shelf:
                told = [json.dumps(_item(one)) for one in items(shelf, wanted[start : start + AT_ONCE])]
            if told:
                yield ("" if first else ",").encode() + ",".join(told).encode()
                first = False
        yield b"]}"

    if len(wanted) <= AT_ONCE:
        return whole(asked, b"".join(pieces()), "application/json")
    return StreamingResponse(pieces(), headers={"cache-control": "private, no-store"}, media_type="application/json")


def atom(asked: Asked, person: Person, name: str) -> Response:
    """Give a page of a stream's articles as Atom, with the reader's marks as categories."""
    with opened(asked, person) as shelf:
        stream, _, found, more = _asked(shelf, asked, name, min(asked.number("n", 1) or _PAGE, 1_000))
        written = _atom(shelf, names.tidy(name), among(stream), items(shelf, found, among(stream)), more)
    return whole(asked, written, "application/atom+xml; charset=utf-8")


def among(stream: Stream) -> Source | None:
    """Give the one feed a stream is of; None where it is of more."""
    return stream.sources[0] if stream.sources and len(stream.sources) == 1 else None


def _asked(shelf: Shelf, asked: Asked, name: str, limit: int) -> tuple[Stream, Wanted, list[ArticleId], str]:
    """Find the articles an app asks for, and what it is to say to get the next."""
    stream, wanted = names.stream_of(shelf, name), _wanted(asked, names.tidy(name))
    found = streams.page(shelf, stream, wanted, limit + 1)
    more = str(found[limit - 1]) if len(found) > limit else ""
    return stream, wanted, found[:limit], more


def _wanted(asked: Asked, name: str) -> Wanted:
    out = {names.tidy(one) for one in asked.all("xt")}
    only = {names.tidy(one) for one in asked.all("it")} | {name}
    read = None
    if names.READ in only:
        read = True
    elif names.READ in out or names.KEPT_UNREAD in only:
        read = False
    starred = True if names.STARRED in only else False if names.STARRED in out else None
    oldest = asked.get("r") == "o"
    last = asked.number("c", 1)
    edge = None if last is None else ArticleId(last)
    since, until = names.moment(asked.get("ot") or ""), names.moment(asked.get("nt") or "")
    return Wanted(read, starred, Span(None if oldest else edge, edge if oldest else None, since, until, oldest))


def _item(one: Item) -> Mapping[str, Any]:
    card, arrival = one.card, one.arrival
    seen = arrival.first_seen_at
    told: dict[str, Any] = {
        "id": names.item_name(one.id),
        "crawlTimeMsec": str(int(seen.timestamp() * 1000)),
        "timestampUsec": str(int(seen.timestamp() * 10**6)),
        "published": int(card.time.timestamp()),
        "updated": int(max(arrival.wording_at, card.time).timestamp()),
        "title": card.headline,
        "author": one.author,
        "canonical": [{"href": card.url}],
        "alternate": [{"href": one.page, "type": "text/html"}],
        "categories": _categories(one),
        "origin": {"streamId": one.source.stream if one.source else "feed/0", "title": card.publisher_name},
        "summary": {"direction": "ltr", "content": one.html},
    }
    if one.source:
        told["origin"] |= {"title": one.source.title, "htmlUrl": one.source.page}
    if one.picture:
        told["enclosure"] = [{"href": one.picture, "type": "image/jpeg"}]
    return told


def _categories(one: Item) -> list[str]:
    found = [names.READING_LIST]
    found += [names.READ] if one.read else []
    found += [names.STARRED] if one.starred else []
    folders = [one.source.folder] if one.source else []
    return [*found, *(names.LABEL + label for label in (*folders, *one.labels))]


def _atom(shelf: Shelf, name: str, source: Source | None, found: Sequence[Item], more: str) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "gr": f"{_SCHEME}atom"})
    _add(root, "id", f"tag:google.com,2005:reader/{name}")
    _add(root, "title", source.title if source else shelf.visit.plan.title)
    _add(root, "updated", _stamp(max((one.card.time for one in found), default=shelf.visit.here.now)))
    if source:
        _add(root, "link", rel="alternate", type="text/html", href=source.page)
    if more:
        etree.SubElement(root, f"{{{_SCHEME}atom}}continuation").text = more
    for one in found:
        _entry(root, one)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def _entry(root: etree._Element, one: Item) -> None:
    made = etree.SubElement(root, f"{{{_ATOM}}}entry")
    made.set("{http://www.w3.org/XML/1998/namespace}lang", one.card.language)
    _add(made, "id", names.item_name(one.id))
    _add(made, "title", one.card.headline)
    _add(made, "published", _stamp(one.card.time))
    _add(made, "updated", _stamp(max(one.arrival.wording_at, one.card.time)))
    _add(_add(made, "author"), "name", one.author)
    _add(made, "link", rel="alternate", type="text/html", href=one.page)
    _add(made, "link", rel="via", href=one.card.url)
    states = ["read"] if one.read else ["fresh", "kept-unread"]
    for state in [*states, *(["starred"] if one.starred else [])]:
        _add(made, "category", term=names.STATE + state, scheme=_SCHEME, label=state)
    for label in one.labels:
        _add(made, "category", term=names.LABEL + label, scheme=_SCHEME, label=label)
    if one.picture:
        _add(made, "link", rel="enclosure", type="image/jpeg", href=one.picture)
    _add(made, "content", one.html, type="html")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    for key, value in attributes.items():
        made.set(key, never_xml(value))
    if text:
        made.text = never_xml(text)
    return made
