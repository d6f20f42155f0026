"""Google Reader's API, write: marks and stars, what is subscribed to, folders; all by the actions pages use, too."""

from collections.abc import Sequence

from starlette.responses import Response

from octavo.collect.opml import read_opml
from octavo.domain.account import Person
from octavo.domain.ids import ArticleId, FeedId
from octavo.errors import InputError
from octavo.serve.clients import greader_names as names
from octavo.serve.clients import streams
from octavo.serve.clients.asked import Asked, as_json, said
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.pages_followed import page_followed
from octavo.serve.clients.shelf import Shelf, Source, feed_ids, opened
from octavo.serve.clients.streams import Wanted
from octavo.store import feeds

_MOST = 10_000
"""Articles of a label or of something followed that are marked as read at once."""


def edit_tag(asked: Asked, person: Person) -> Response:
    """Mark articles as read or unread, star them or not. Labels are told from the articles, and stay as they are."""
    ids = names.item_numbers(asked.all("i"))
    add, remove = ({names.tidy(one) for one in asked.all(name)} for name in ("a", "r"))
    marks = Marks(asked, person)
    if names.READ in add:
        marks.mark(ids, read=True)
    elif names.READ in remove or names.KEPT_UNREAD in add:
        marks.mark(ids, read=False)
    if names.STARRED in add:
        marks.star(ids)
    elif names.STARRED in remove:
        marks.unstar(ids)
    return said("OK")


def mark_all(asked: Asked, person: Person) -> Response:
    """Mark a stream as read, up to a moment where one is named."""
    until = names.moment(asked.get("ts"))
    with opened(asked, person) as shelf:
        stream = names.stream_of(shelf, asked.get("s"))
        chosen = stream.sources
        ids = _one_by_one(shelf, stream)
    marks, edge = Marks(asked, person), streams.first_at(until)
    if ids is not None:
        marks.mark([one for one in ids if edge is None or one < edge], read=True)
    elif not stream.nothing:
        marks.mark_before(until, None if chosen is None else feed_ids(chosen))
    return said("OK")


def edit(asked: Asked, person: Person) -> Response:
    """Subscribe to feeds, name them, put them into folders, leave them."""
    act, titles = asked.get("ac"), asked.all("t")
    folder = _label(asked.get("a"))
    gone = asked.get("r") != "" and not folder
    with opened(asked, person) as shelf:
        named = [(name, names.source_of(shelf, name)) for name in asked.all("s")]
    marks = Marks(asked, person)
    for place, (name, source) in enumerate(named):
        title = titles[place] if place < len(titles) else ""
        if act == "unsubscribe":
            _leave(marks, source)
        elif act == "subscribe":
            _subscribe(asked, marks, name, title, folder)
        elif act == "edit" and source is not None and source.feed is not None:
            marks.rename(source.feed.id, title or None, "" if gone else folder or None)
    return said("OK")


def quick_add(asked: Asked, person: Person) -> Response:
    """Subscribe to an address: a feed collected here, or a page of this site that can be followed."""
    address = asked.get("quickadd").strip()
    marks = Marks(asked, person)
    try:
        _subscribe(asked, marks, address, "", "")
    except InputError as error:
        return as_json(asked, {"numResults": 0, "query": address, "error": str(error)})
    with opened(asked, person) as shelf:
        found = names.source_of(shelf, address) or _newest(shelf)
    told = {"streamId": found.stream, "streamName": found.title} if found else {}
    return as_json(asked, {"numResults": 1, "query": address, **told})


def rename_tag(asked: Asked, person: Person) -> Response:
    """Name a folder anew."""
    return _moved(asked, person, [asked.get("s")], _label(asked.get("dest")))


def disable_tag(asked: Asked, person: Person) -> Response:
    """Take feeds out of folders."""
    return _moved(asked, person, asked.all("s"), "")


def bring(asked: Asked, person: Person) -> Response:
    """Subscribe to those feeds of an OPML document that are collected here; says how many."""
    wanted = read_opml(asked.body)
    with opened(asked, person) as shelf:
        known = {one.url: one.id for one in feeds.all(shelf.visit.view)}
    marks, brought = Marks(asked, person), 0
    for one in wanted:
        if one.url in known:
            marks.subscribe(known[one.url], one.title, one.folder)
            brought += 1
    return said(f"OK: {brought}")


def _one_by_one(shelf: Shelf, stream: streams.Stream) -> Sequence[ArticleId] | None:
    """Give the unread articles of a stream that is not all of some feeds; None for one that is."""
    followed = stream.sources is not None and any(one.follow for one in stream.sources)
    if stream.topic or stream.hashtag or stream.starred_only or followed:
        return streams.page(shelf, stream, Wanted(read=False), _MOST)
    return None


def _moved(asked: Asked, person: Person, labels: Sequence[str], folder: str) -> Response:
    with opened(asked, person) as shelf:
        chosen = [one for name in labels for one in shelf.within(_label(name)) if one.feed]
    marks = Marks(asked, person)
    for one in feed_ids(chosen):
        marks.rename(one, None, folder)
    return said("OK")


def _label(name: str) -> str:
    text = names.tidy(name)
    return text.removeprefix(names.LABEL) if text.startswith(names.LABEL) else text if "/" not in text else ""


def _leave(marks: Marks, source: Source | None) -> None:
    if source is None:
        return
    if source.follow is not None:
        marks.unfollow(source.follow.kind, source.follow.key)
    elif source.feed is not None:
        marks.leave(source.feed.id)


def _subscribe(asked: Asked, marks: Marks, name: str, title: str, folder: str) -> None:
    """Subscribe to what a name or an address means. Raises InputError for a feed that is not collected here."""
    address = names.tidy(name).removeprefix("feed/")
    followed = page_followed(address, asked.site.origin)
    if followed is not None:
        marks.follow(*followed)
        return
    with asked.site.tools.database.read() as view:
        number = FeedId(int(address)) if address.isascii() and address.isdecimal() and len(address) < 16 else None
        found = feeds.get(view, number) if number is not None else feeds.by_url(view, address)
    if found is None:
        raise InputError("this newspaper does not collect that feed: its editor can add it")
    marks.subscribe(found.id, title, folder)


def _newest(shelf: Shelf) -> Source | None:
    followed = [one for one in shelf.sources if one.follow is not None]
    return max(followed, key=lambda one: one.follow.since if one.follow else shelf.visit.here.now, default=None)
