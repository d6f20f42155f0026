"""Subscription lists in and out (OPML 2.0)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from octavo.errors import FAULTS, UnreadableFile
from octavo.text.inert import inert
from octavo.text.unseen import tidy

MAX_OUTLINES = 20_000
MAX_TITLE = 300
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list; `folder` is the path of the outlines it lies in, joined with " / ".

    `named` where the site itself was seen to name this feed: else `site_url` is the feed's word, or the list's.
    """

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    named: bool = False


def read_opml(data: bytes) -> list[Subscription]:
    """Read a subscription list. Raises UnreadableFile when it is no OPML, or holds more than 20,000 outlines."""
    try:
        return _read(data)
    except FAULTS as error:
        raise UnreadableFile(f"this OPML file cannot be read: {type(error).__name__}") from error


def _read(data: bytes) -> list[Subscription]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"this is not an OPML file: {error}") from error
    body = None if root is None else root.find("{*}body")
    if body is None:
        raise UnreadableFile("this is not an OPML file: it has no <body>")
    found: list[Subscription] = []
    waiting = [(outline, "") for outline in reversed(body.findall("{*}outline"))]
    seen = 0
    while waiting:
        outline, folder = waiting.pop()
        seen += 1
        if seen > MAX_OUTLINES:
            raise UnreadableFile(f"this OPML file holds more than {MAX_OUTLINES} outlines: split it")
        title = tidy(outline.get("text") or outline.get("title") or "")[:MAX_TITLE]
        url = outline.get("xmlUrl") or outline.get("xmlurl") or ""
        if url:
            found.append(Subscription(url, title, outline.get("htmlUrl") or "", folder))
        inner = folder if url else " / ".join(part for part in (folder, title) if part)[:MAX_TITLE]
        waiting += [(child, inner) for child in reversed(outline.findall("{*}outline"))]
    return found


def write_opml(title: str, subscriptions: Iterable[Subscription]) -> bytes:
    """Write a subscription list, one outline level of folders.

    Apps take its titles for HTML, and open its addresses: no title begins a tag, every address leads to the web.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for subscription in subscriptions:
        parent = body
        if subscription.folder:
            if subscription.folder not in folders:
                folders[subscription.folder] = etree.SubElement(body, "outline", text=inert(_xml(subscription.folder)))
            parent = folders[subscription.folder]
        etree.SubElement(
            parent,
            "outline",
            type="rss",
            text=inert(_xml(subscription.title or subscription.url)),
            xmlUrl=_address(subscription.url),
            htmlUrl=_address(subscription.site_url),
        )
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _address(url: str) -> str:
    return _xml(url) if url.lower().startswith(("http://", "https://")) else ""


def _xml(text: str) -> str:
    return _CONTROLS.sub("", text)
