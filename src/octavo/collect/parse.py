"""RSS, Atom, JSON Feed and sitemap bytes to entries."""

import re
import zlib
from dataclasses import replace

from octavo.collect import bounds, jsonfeed, sitemap, xmlfeed
from octavo.domain.entry import Entry
from octavo.domain.feed import FeedUpdate
from octavo.errors import FAULTS, UnreadableFeed
from octavo.text.html import decode

MAX_BYTES = 20_000_000
"""Bytes of one feed, after decompression, that are read at all."""

MAX_ENTRIES = 20_000

_GZIP = b"\x1f\x8b"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*+<\?xml[^>]{0,300}\?>")
_ROOT = re.compile(r"<(?:[a-zA-Z_][\w.-]{0,60}+:)?+([a-zA-Z_][\w.-]{0,60}+)[\s/>]")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_REFERENCE = re.compile(
    r"&#(?:[xX]0*+([dD][89a-fA-F][0-9a-fA-F]{2}|[0-9a-fA-F]{6,})|0*+(5[5-7][0-9]{3}|[0-9]{7,}))(?![0-9a-fA-F]);?"
)
_SKIPPED = (("<!--", "-->"), ("<?", "?>"))  # an instruction in a DOCTYPE may look like the first element
_SITEMAPS = ("urlset", "sitemapindex")
_PAGES = ("html", "head", "body", "div", "p", "script", "meta", "table", "center")


def parse_feed(data: bytes, *, url: str, content_type: str = "") -> tuple[FeedUpdate, list[Entry]]:
    """Read a feed of any kind into what it says of itself and its entries, at most 20,000, in the feed's order.

    `url` is where it came from: links are made absolute against it. Titles, names and tags are plain text; summary
    and content are the publisher's HTML, untouched and untrusted. Raises UnreadableFeed, one sentence naming `url`.
    """
    try:
        update, entries = _parsed(_text(data, url, content_type), url)
    except FAULTS as error:
        raise UnreadableFeed(f"{url} cannot be read: its parser failed ({type(error).__name__})") from error
    return update, _told_apart(entries)


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Name entries by their address where a publisher gave one guid to several addresses."""
    addresses: dict[str, str] = {}
    shared: set[str] = set()
    for entry in entries:
        if entry.url and addresses.setdefault(entry.guid, entry.url) != entry.url:
            shared.add(entry.guid)
    if not shared:
        return entries
    return [replace(entry, guid=entry.url) if entry.guid in shared and entry.url else entry for entry in entries]


def _parsed(text: str, url: str) -> tuple[FeedUpdate, list[Entry]]:
    if not text:
        raise UnreadableFeed(f"{url} is empty, not a feed")
    if text[0] in "{[":
        _refuse(url, bounds.excess_of_json(text))
        return jsonfeed.parse_json_feed(text, url, MAX_ENTRIES)
    root, prolog = _root(text)
    if root in _PAGES:
        raise UnreadableFeed(f"{url} is a web page, not a feed")
    if not root:
        raise UnreadableFeed(f"{url} is neither XML nor JSON, so not a feed")
    if _ENTITY.search(prolog):
        raise UnreadableFeed(f"{url} declares entities of its own, which Octavo refuses to expand")
    if root in _SITEMAPS:
        return sitemap.parse_sitemap(text.encode(), url, MAX_ENTRIES)
    _refuse(url, bounds.excess(text))
    return xmlfeed.parse_xml_feed(text, url, MAX_ENTRIES)


def _refuse(url: str, too_much: str) -> None:
    if too_much:
        raise UnreadableFeed(f"{url} {too_much}: no feed needs that")


def _text(data: bytes, url: str, content_type: str) -> str:
    """Decode, and leave out what XML cannot hold and the declaration, which no longer tells the truth."""
    if data.startswith(_GZIP):
        data = _unpacked(data, url)
    if len(data) > MAX_BYTES:
        raise UnreadableFeed(f"{url} is larger than {MAX_BYTES // 1_000_000} MB, too large for a feed")
    text = decode(data, content_type)
    if not text.isprintable():  # nearly always, because of line ends; cheap next to what follows
        text = _CONTROLS.sub("", text)
    return _REFERENCE.sub(_no_character, _DECLARATION.sub("", text, count=1)).strip()


def _no_character(found: re.Match[str]) -> str:
    """Replace a reference to half of a surrogate pair, or beyond Unicode: parsers of feeds fail on it."""
    digits = found.group(1) or found.group(2)
    if len(digits.lstrip("0")) < 8:
        number = int(digits, 16 if found.group(1) else 10)
        if number < 0xD800 or 0xE000 <= number <= 0x10FFFF:
            return found.group()
    return "\ufffd"


def _unpacked(data: bytes, url: str) -> bytes:
    """Open a feed kept as a .gz file (sitemaps are), within the bounds of any other."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableFeed(f"{url} is a broken gzip file, not a feed") from error


def _root(text: str) -> tuple[str, str]:
    """Name the first element, lower case and without prefix, and give what stands before it."""
    position = 0
    while True:
        start = text.find("<", position)
        if start < 0:
            return "", text
        skipped = next((end for begin, end in _SKIPPED if text.startswith(begin, start)), "")
        if skipped:
            end = text.find(skipped, start + 2)
            position = end + len(skipped) if end >= 0 else len(text)
            continue
        found = _ROOT.match(text, start)
        if found:
            return found.group(1).lower(), text[:start]
        position = start + 1
