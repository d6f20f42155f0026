"""Google Reader's API, write: marks and stars, what is subscribed to, folders; all by the actions pages use, too."""

from collections.abc import Sequence
from datetime import datetime

from starlette.responses import Response

from octavo.domain.account import Person
from octavo.domain.ids import ArticleId
from octavo.errors import Conflict, FetchError, InputError, NotFound
from octavo.serve.clients import greader_names as names
from octavo.serve.clients import streams
from octavo.serve.clients.adding import add
from octavo.serve.clients.adding import bring as bring_list
from octavo.serve.clients.asked import Asked, as_json, said
from octavo.serve.clients.marks import Marks
from octavo.serve.clients.shelf import Shelf, Source, feed_ids, opened
from octavo.serve.clients.streams import Stream, Wanted
from octavo.store.streams import Span

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
    until = names.up_to(asked.get("ts"))
    with opened(asked, person) as shelf:
        stream = names.stream_of(shelf, asked.get("s"))
        chosen = stream.sources
        ids = _one_by_one(shelf, stream, until)
    marks = Marks(asked, person)
    if ids:
        marks.mark(ids, read=True)
    if not stream.nothing and _of_feeds(stream):
        marks.mark_until(until, None if chosen is None else feed_ids(chosen))
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
            add(asked, person, names.tidy(name).removeprefix("feed/"), title, folder)
        elif act == "edit" and source is not None and source.feed is not None:
            marks.rename(source.feed.id, title or None, "" if gone else folder or None)
        elif act == "edit" and source is not None and source.search is not None and title:
            marks.rename_search(source.search, title)
    return said("OK")


def quick_add(asked: Asked, person: Person) -> Response:
    """Subscribe to an address: a feed or a site collected here, or a page of this site that can be followed."""
    address = names.tidy(asked.get("quickadd")).removeprefix("feed/")
    try:
        number = add(asked, person, address)
    except (InputError, NotFound, Conflict, FetchError) as error:
        return as_json(asked, {"numResults": 0, "query": address, "error": str(error)})
    with opened(asked, person) as shelf:
        found = shelf.by_number.get(number)
    told = {"streamId": found.stream, "streamName": found.title} if found else {}
    return as_json(asked, {"numResults": 1, "query": address, **told})


def rename_tag(asked: Asked, person: Person) -> Response:
    """Name a folder anew."""
    return _moved(asked, person, [asked.get("s")], _label(asked.get("dest")))


def disable_tag(asked: Asked, person: Person) -> Response:
    """Take feeds out of folders."""
    return _moved(asked, person, asked.all("s"), "")


def bring(asked: Asked, person: Person) -> Response:
    """Subscribe to what an OPML document names; says to how much of it."""
    return said(f"OK: {bring_list(asked, person, asked.body)}")


def _of_feeds(stream: Stream) -> bool:
    return not (stream.topic or stream.hashtag or stream.starred_only)


def _one_by_one(shelf: Shelf, stream: Stream, until: datetime | None) -> Sequence[ArticleId]:
    """Give the unread articles of a stream that no watermark of a feed tells: of labels, and of what is followed."""
    wanted = Wanted(read=False, span=Span(until=until))
    if not _of_feeds(stream):
        return streams.page(shelf, stream, wanted, _MOST)
    followed = [one for one in stream.sources or () if one.feed is None]
    return [article for one in followed for article in streams.page(shelf, Stream((one,)), wanted, _MOST)]


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
    elif source.search is not None:
        marks.forget_search(source.search)
    elif source.feed is not None:
        marks.leave(source.feed.id)
