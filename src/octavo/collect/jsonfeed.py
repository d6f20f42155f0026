"""JSON Feed to entries (jsonfeed.org, versions 1.0 and 1.1)."""

import json
from typing import Any

from octavo.collect import fields
from octavo.collect.dates import feed_date
from octavo.domain.entry import Enclosure, Entry
from octavo.domain.feed import FeedUpdate
from octavo.domain.ids import EntryId, FeedId
from octavo.errors import UnreadableFeed

MAX_ENCLOSURES = 50
MOST_BYTES = 10**15
"""A file that says it is larger says nothing of its size: apps keep it as 64 bits."""


def parse_json_feed(text: str, url: str, most: int) -> tuple[FeedUpdate, list[Entry]]:
    """Read a JSON Feed, at most `most` entries. Raises UnreadableFeed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"{url} is not JSON that can be read: {str(error)[:120]}") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise UnreadableFeed(f"{url} is JSON, but not a JSON Feed: it has no list of items")
    base = fields.link(_text(document, "home_page_url"), url) or url
    update = FeedUpdate(
        kind="json",
        title=fields.plain(_text(document, "title")),
        site_url=fields.link(_text(document, "home_page_url"), url),
        description=fields.plain(_text(document, "description")),
        language=_text(document, "language").strip()[:35],
        hub=_hub(document, url),
        topic=fields.link(_text(document, "feed_url"), url),
    )
    shared = _authors(document)
    read = (_entry(item, base, shared) for item in items[:most] if isinstance(item, dict))
    return update, [entry for entry in read if entry is not None]


def _entry(item: dict[str, Any], base: str, shared: tuple[str, ...]) -> Entry | None:
    address = fields.link(_text(item, "url") or _text(item, "external_url"), base)
    guid = _text(item, "id").strip()[: fields.MAX_GUID] or address
    if not guid:
        return None
    content = _text(item, "content_html")
    files = _enclosures(item, base)
    pictures = [one.url for one in files if fields.is_picture(one.url, one.kind)]
    image = fields.link(_text(item, "image") or _text(item, "banner_image"), base)
    tags = item.get("tags")
    return Entry(
        id=EntryId(0),
        feed_id=FeedId(0),
        guid=guid,
        url=address or fields.link(guid, base if "/" in guid else ""),
        title=fields.plain(_text(item, "title")),
        summary=_text(item, "summary"),
        content=content or _text(item, "content_text"),
        authors=_authors(item) or shared,
        published_at=feed_date(_text(item, "date_published")),
        updated_at=feed_date(_text(item, "date_modified")),
        image=image or next(iter(pictures), "") or fields.first_picture(content, base),
        tags=fields.names((tag for tag in tags if isinstance(tag, str)), fields.MAX_TAGS)
        if isinstance(tags, list)
        else (),
        enclosures=files,
        language=_text(item, "language").strip()[:35],
    )


def _text(holder: dict[str, Any], name: str) -> str:
    """Read a field as text: some publishers write ids as numbers."""
    value = holder.get(name)
    if isinstance(value, str):
        return fields.storable(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    people = holder.get("authors")
    if not isinstance(people, list):
        people = [holder.get("author")]
    return fields.names(_text(person, "name") for person in people if isinstance(person, dict))


def _enclosures(item: dict[str, Any], base: str) -> tuple[Enclosure, ...]:
    found = item.get("attachments")
    files = []
    for file in found[:MAX_ENCLOSURES] if isinstance(found, list) else ():
        href = file.get("url") if isinstance(file, dict) else ""
        address = fields.link(href, base) if isinstance(href, str) else ""
        if address:
            size = file.get("size_in_bytes")
            known = isinstance(size, int) and not isinstance(size, bool) and 0 <= size < MOST_BYTES
            files.append(Enclosure(address, _text(file, "mime_type")[:100], size if known else 0))
    return tuple(files)


def _hub(document: dict[str, Any], url: str) -> str:
    hubs = document.get("hubs")
    for hub in hubs[:10] if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and _text(hub, "type").lower() == "websub":
            return fields.link(_text(hub, "url"), url)
    return ""
