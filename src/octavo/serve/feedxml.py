"""What feeds of articles and of comments are both written with: name spaces, elements, names for good."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from lxml import etree

from octavo.serve.contexts import Frame
from octavo.serve.here import Here
from octavo.text.inert import inert
from octavo.text.slugs import short_id

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
THREADING = "http://purl.org/syndication/thread/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
WFW = "http://wellformedweb.org/CommentAPI/"
XML = "http://www.w3.org/XML/1998/namespace"

_NEVER_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def identity(here: Here, kind: str, number: int) -> str:
    """Name an article, a story or a comment for good (RFC 4151), whatever its headline becomes."""
    return f"tag:{urlsplit(here.origin).hostname},2026:{kind}/{short_id(number)}"


def inert_frame(frame: Frame) -> Frame:
    """Write what a list is called so that it cannot be taken for markup: a search is called what was asked for."""
    return replace(frame, title=inert(frame.title), description=inert(frame.description))


def moment(at: datetime) -> str:
    """Write a moment as Atom and JSON Feed do (RFC 3339)."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def add(parent: etree._Element, name: str, text: str = "", *, space: str = ATOM, **attributes: str) -> etree._Element:
    """Add an element; what XML cannot hold is left out."""
    made = etree.SubElement(parent, f"{{{space}}}{name}" if space else name)
    for key, value in attributes.items():
        made.set(key, _NEVER_XML.sub("", value))
    if text:
        made.text = _NEVER_XML.sub("", text)
    return made


def add_hub(parent: etree._Element, here: Here) -> None:
    """Say which hub brings this feed (WebSub §4), where there is one."""
    if here.hub:
        add(parent, "link", rel="hub", href=here.hub)


def json_hubs(here: Here) -> Mapping[str, object]:
    """Say the same in a JSON Feed."""
    return {"hubs": [{"type": "WebSub", "url": here.hub}]} if here.hub else {}


def link_header(here: Here, own: str) -> str:
    """Write the Link header of a feed whose address is `own`; "" where there is no hub (WebSub §4)."""
    said = quote(own, safe="/:@!$&'()*+,;=~%?#[]")
    return f'<{here.hub}>; rel="hub", <{said}>; rel="self"' if here.hub else ""


def written(root: etree._Element) -> bytes:
    """Write a document."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made
