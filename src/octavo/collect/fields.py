"""The parts every kind of feed has: plain titles, safe addresses, tags, lead pictures."""

import html
import re
from collections.abc import Iterable

from octavo.errors import UnusableUrl
from octavo.text.html import text_of
from octavo.text.unseen import tidy
from octavo.text.urls import absolute_url, host_of

_TAG = 4_000  # characters of a tag that are looked at
_READ = 200_000  # characters of a title or description that are looked at
MAX_TITLE = 1000
MAX_NAME = 200
MAX_NAMES = 50
MAX_TAGS = 50
MAX_GUID = 2048

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*+>|<!--")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_IMG = re.compile(
    r"<img\b[^<>]*?\ssrc\s{0,5}=\s{0,5}(?:\"([^\"]{1,2048})\"|'([^']{1,2048})'|([^\s>\"']{1,2048}))", re.IGNORECASE
)
_PIXEL = re.compile(r"\b(?:width|height)\s{0,5}=\s{0,5}[\"']?[01](?:px)?[\"'\s/>]", re.IGNORECASE)
_ENDS_TAG = re.compile("[<>]")
_NOWHERE = re.compile(r"(?:https?:)?/{2,3}|https?:", re.IGNORECASE)
_PICTURE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def storable(text: str) -> str:
    """Take out what no database keeps as text: NUL, and halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def plain(text: str, limit: int = MAX_TITLE) -> str:
    """Read one line of plain text out of what may be text, HTML, or HTML escaped once too often: of its beginning."""
    text = text[:_READ]
    if "<" in text and _MARKUP.search(text):
        text = text_of(text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        if "<" in text and _MARKUP.search(text):
            text = text_of(text)
    text = tidy(text)
    cut = text if len(text) <= limit else tidy(text[:limit])
    over = len(cut) - limit  # where what turned letters had to be ended
    return storable(cut if over <= 0 else tidy(text[: limit - over]))


def names(found: Iterable[str], most: int = MAX_NAMES, limit: int = MAX_NAME) -> tuple[str, ...]:
    """Tidy names or tags: plain, each once, in order, none empty, at most `most`."""
    kept: dict[str, None] = {}
    for name in found:
        cleaned = plain(name, limit)
        if cleaned:
            kept[cleaned] = None
        if len(kept) >= most:
            break
    return tuple(kept)


def link(href: str, base: str) -> str:
    """Make an address absolute; "" when it is none that could be fetched."""
    href = href.strip()
    if not href or _NOWHERE.fullmatch(href):  # joined to the base, it would be the base itself
        return ""
    if "." in href and href.partition("/")[0].lower() == host_of(
        base
    ):  # "paper.example/story": nobody has such folders
        href = f"//{href}"
    try:
        return absolute_url(href, base)
    except UnusableUrl:
        return ""


def is_picture(url: str, kind: str, medium: str = "") -> bool:
    """Tell whether a file is a picture, by its type or medium, or else by its name."""
    if kind or medium:
        return kind.lower().startswith("image/") or medium.lower() == "image"
    return url.lower().split("?")[0].endswith(_PICTURE)


def first_picture(markup: str, base: str) -> str:
    """Find the first <img> of an HTML fragment that is no tracking pixel; "" when there is none."""
    for found in _IMG.finditer(markup[:200_000]):
        end = _ENDS_TAG.search(markup, found.end(), found.end() + _TAG)
        if _PIXEL.search(markup, found.start(), end.end() if end else found.end() + _TAG):
            continue
        address = link(html.unescape(found.group(1) or found.group(2) or found.group(3)).strip(), base)
        if address:
            return address
    return ""
