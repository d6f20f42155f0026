"""RSS 0.9x, 1.0, 2.0 and Atom to entries, read by feedparser."""

import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser
import feedparser.api

from octavo.collect import feedtags, fields, saxdriver
from octavo.collect.dates import feed_date
from octavo.domain.entry import Enclosure, Entry
from octavo.domain.feed import FeedUpdate
from octavo.domain.ids import EntryId, FeedId
from octavo.errors import UnreadableFeed

MAX_ENCLOSURES = 50
feedparser.api.PREFERRED_XML_PARSERS[:] = [saxdriver.__name__]
feedtags.bound()
_ADDRESS = re.compile(r"(?:<|(?<![^\s<>()@]))[^\s<>()@]{1,64}+@[^\s<>()@]{1,255}>?")
_CUT_ADDRESS = re.compile(r"^\w{1,20} \((?=[^()]*$)| <\w{1,20}>$")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def parse_xml_feed(text: str, url: str, most: int) -> tuple[FeedUpdate, list[Entry]]:
    """Read an XML feed, at most `most` entries. Raises UnreadableFeed.

    feedparser's sanitiser and link resolution are off: content is cleaned where articles are made, by one allow-list.
    """
    document = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),  # never a name or an address: feedparser would open it
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not document.get("version") and not document.entries:
        raise UnreadableFeed(f"{url} is XML, but neither RSS nor Atom")
    base = fields.link(document.feed.get("link", ""), url) or url
    rss = not document.get("version", "").startswith("atom")
    read = (_entry(one, base, rss=rss) for one in document.entries[:most])
    return _update(document, url), [entry for entry in read if entry is not None]


def _update(document: Mapping[str, Any], url: str) -> FeedUpdate:
    feed = document["feed"]
    hubs = [one.get("href", "") for one in feed.get("links", ()) if one.get("rel") == "hub"]
    own = [one.get("href", "") for one in feed.get("links", ()) if one.get("rel") == "self"]
    return FeedUpdate(
        kind=document.get("version") or "rss",
        title=fields.plain(feed.get("title", "")),
        site_url=fields.link(feed.get("link", ""), url),
        description=fields.plain(feed.get("subtitle", "")),
        language=fields.storable(feed.get("language", "")).strip()[:35],
        ttl_s=_ttl(feed),
        hub=fields.link(hubs[0], url) if hubs else "",
        topic=fields.link(own[0], url) if own else "",
    )


def _ttl(feed: Mapping[str, Any]) -> int | None:
    """Seconds a feed asks for between looks: RSS ttl (minutes), or the syndication module's period and frequency."""
    minutes = feed.get("ttl", "").strip()
    if minutes.isascii() and minutes.isdigit() and len(minutes) < 8:
        return int(minutes) * 60
    period = _PERIODS.get(feed.get("sy_updateperiod", "").strip().lower())
    if period is None:
        return None
    times = feed.get("sy_updatefrequency", "").strip()
    return period // max(int(times), 1) if times.isascii() and times.isdigit() and len(times) < 6 else period


def _entry(one: Mapping[str, Any], base: str, *, rss: bool) -> Entry | None:
    address = fields.link(one.get("link", ""), base)
    guid = fields.storable(one.get("id", "")).strip()[: fields.MAX_GUID] or address
    title = fields.plain(one.get("title", ""))
    summary = fields.storable(one.get("summary", ""))
    if not guid and not title:
        return None
    content = _content(one)
    files = _enclosures(one, base)
    updated = _date(one, "updated")
    return Entry(
        id=EntryId(0),
        feed_id=FeedId(0),
        guid=guid or title,
        url=address,
        title=title,
        summary="" if summary == content else summary,
        content=content,
        authors=_authors(one),
        published_at=_date(one, "published") or (updated if rss else None),  # RSS has one date: dc:date is no change
        updated_at=updated,
        image=_image(one, files, base) or fields.first_picture(content or summary, base),
        tags=fields.names((tag.get("term") or tag.get("label") or "" for tag in one.get("tags", ())), fields.MAX_TAGS),
        enclosures=files,
    )


def _content(one: Mapping[str, Any]) -> str:
    """Take the longest HTML body an entry holds."""
    bodies = [part.get("value", "") for part in one.get("content", ()) if "html" in part.get("type", "html")]
    bodies = bodies or [part.get("value", "") for part in one.get("content", ())]
    return fields.storable(max(bodies, key=len, default=""))


def _authors(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the names; feedparser takes ".exam" for the end of an address at ".example", so addresses are cut anew.

    `author` is the last of `authors` as it came.
    """
    people = [person for person in one.get("authors", ()) if person]
    found = [_CUT_ADDRESS.sub("", person.get("name", "")) or person.get("email", "") for person in people[:-1]]
    last = one.get("author", "") or (people[-1].get("name", "") if people else "")
    without = _ADDRESS.sub("", last)
    if without != last:
        without = without.replace("()", "").strip()
        last = (without[1:-1] if without[:1] == "(" and without[-1:] == ")" else without) or last
    return fields.names([*found, last])


def _date(one: Mapping[str, Any], name: str) -> datetime | None:
    if name not in one and f"{name}_parsed" not in one:  # feedparser answers "updated" with "published" otherwise
        return None
    moment = feed_date(one.get(name) or "")
    if moment is not None:
        return moment
    parsed = one.get(f"{name}_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _enclosures(one: Mapping[str, Any], base: str) -> tuple[Enclosure, ...]:
    found = []
    for file in one.get("enclosures", ())[:MAX_ENCLOSURES]:
        address = fields.link(file.get("href", ""), base)
        if address:
            size = file.get("length", "")
            known = isinstance(size, str) and size.isascii() and size.isdigit() and len(size) < 16
            found.append(Enclosure(address, fields.storable(file.get("type", "")[:100]), int(size) if known else 0))
    return tuple(found)


def _image(one: Mapping[str, Any], files: tuple[Enclosure, ...], base: str) -> str:
    for media in one.get("media_content", ()):
        if fields.is_picture(media.get("url", ""), media.get("type", ""), media.get("medium", "")):
            address = fields.link(media.get("url", ""), base)
            if address:
                return address
    for thumbnail in one.get("media_thumbnail", ()):
        address = fields.link(thumbnail.get("url", ""), base)
        if address:
            return address
    return next((file.url for file in files if fields.is_picture(file.url, file.kind)), "")
