"""The picture a publisher leads with: the one above its text, the one it shares; which file of it, and its words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from octavo.domain.article import Image
from octavo.extract.figures import PICTURES, best_file, caption_of
from octavo.extract.hints import Hint
from octavo.extract.images import absolute, is_picture, pixels
from octavo.extract.layout import Layout, Media
from octavo.extract.picture_credit import split_credit
from octavo.extract.structured import Statements, Thing
from octavo.text.unseen import tidy

_NOT_OURS = (
    Hint.RELATED | Hint.ADVERT | Hint.SHARE | Hint.COMMENTS | Hint.NAVIGATION | Hint.FOOTER | Hint.SIGNUP | Hint.BIO
    | Hint.BYLINE | Hint.SIDEBAR | Hint.CARDS | Hint.HIDDEN | Hint.POPUP
)  # fmt: skip
_ABOVE, _BELOW = 14, 3  # pieces of text before and behind the beginning of the body
_LARGE = 400  # pixels; a narrower picture is no lead
_SHORT = 40  # characters; what stands at a picture may be a button: "View 6 images"
_MOST, _MOST_BELOW = 20, 6  # pictures of a page that are looked at: above its text, and in it
_SHARING = re.compile(
    r"social|branded|facebook|twitter|opengraph|[_/-](?:fb|og)[_/.-]|share|sharing|watermark|wmark|"
    r"wm-true|overlay",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"square|quadrat|portrait|(?<![0-9])1[x_-]1(?![0-9])", re.IGNORECASE
)  # not the picture as it was taken
_THUMB = re.compile(r"(?:[_=/-]w|width=|[_/-])([1-3]?\d\d)(?:x\d{2,3})?(?=[_.&/x-]|$)")
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|webp|avif|gif|image|ashx|img))+$|[~:!].*$|_[vtw]-.*$", re.IGNORECASE)
_SIZE = re.compile(r"[-_.@](?:\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}w|scaled|original|large|medium|small)$", re.IGNORECASE)
_PARTS = re.compile(r"[-_.,]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a picture and its words may be stated and shown."""

    statements: Statements
    images: tuple[dict[str, Any], ...]
    layout: Layout
    base: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture the page shows: its file, where it stands, and whether that is above the text."""

    url: str
    media: Media
    above: bool


def find_lead_image(
    statements: Statements, main: Thing | None, layout: Layout, base: str, feed_image: str, begins: int = 0
) -> Image | None:
    """Choose the picture the publisher leads with, `begins` being the first piece of its text.

    One that is stated (Open Graph, JSON-LD, the feed) and shown above the text is sure. Where another is shown there,
    set as a figure, that is the lead, and what is stated a picture for sharing. Otherwise what is stated counts.
    """
    page = _Page(statements, main.images if main else (), layout, base)
    stated = sorted(_stated(page, feed_image), key=lambda url: _SHARING.search(url) is not None)
    shown = list(_shown(page, begins))
    above = [one for one in shown if one.above]
    for url in stated:
        if any(is_same(url, one.url) for one in above):
            return _described(url, stated, shown, page)
    figures = [one for one in above if _is_figure(layout, one.media) and not _is_thumb(one.url)]
    figure = next((one for one in figures if one.media.before <= begins), None)
    first = figure.url if figure else next(iter(stated), "")
    if not first:
        first = next((one.url for one in above if one in figures or _is_large(one.media)), "")
    return _described(first, stated, shown, page) if first else None


def _stated(page: _Page, feed_image: str) -> Iterator[str]:
    offers = [page.statements.first("og:image", "og:image:url", "og:image:secure_url")]
    offers += [str(image["url"]) for image in page.images]
    offers += [page.statements.first("twitter:image", "twitter:image:src"), feed_image]
    for offer in dict.fromkeys(offers):
        url = absolute(page.base, offer)
        if url and is_picture(url):
            yield url


def _shown(page: _Page, begins: int) -> Iterator[_Shown]:
    """The pictures the page shows from a little above its headline on, in order."""
    layout = page.layout
    head = next((mark.piece for mark in layout.marked if mark.kind == "h1" and mark.piece <= begins), begins)
    start = max(head - _BELOW, begins - _ABOVE, 0)
    end = begins + _BELOW
    pictures = [number for number, media in enumerate(layout.media) if media.tag in PICTURES and media.before >= start]
    below = next((place for place, number in enumerate(pictures) if layout.media[number].before > end), len(pictures))
    for number in pictures[: min(below, _MOST) + _MOST_BELOW]:
        media = layout.media[number]
        if media.box < 0 or 0 < pixels(media.attributes.get("width")) < _LARGE // 2:
            continue
        url = best_file(layout, number, page.base)
        if not url or not is_picture(url):
            continue
        foreign = any(layout.boxes[box].hints & _NOT_OURS for box in layout.chain(media.box)[:4])
        yield _Shown(url, media, above=not foreign and media.before <= end)


def _is_thumb(url: str) -> bool:
    """Tell a small size by its width in the address."""
    return _THUMB.search(url) is not None


def _is_figure(layout: Layout, media: Media) -> bool:
    return "figure" in [layout.boxes[box].tag for box in layout.chain(media.box)[:4]]


def _is_large(media: Media) -> bool:
    return bool(media.attributes.get("itemprop")) or pixels(media.attributes.get("width")) >= _LARGE


def _described(url: str, stated: Sequence[str], shown: Sequence[_Shown], page: _Page) -> Image:
    """The chosen picture with its words, of its figure, of JSON-LD, of Open Graph: each may say what others omit."""
    own = [one for one in shown if is_same(url, one.url)]
    file = _file(url, [*stated, *(one.url for one in own)])
    objects = [image for image in page.images if is_same(absolute(page.base, str(image["url"])), url)]
    caption, credit = caption_of(page.layout, own[0].media) if own else ("", "")
    for image in objects:
        said, by = split_credit(_string(image.get("caption") or image.get("description")))
        caption = said if said and len(caption) < _SHORT else caption
        stated_by = next(filter(None, (_string(image.get(name)) for name in _CREDITS)), "")
        credit = credit or split_credit(stated_by)[1] or stated_by or by
    alt = tidy(own[0].media.attributes.get("alt") or "") if own else ""
    alt = alt or page.statements.first("og:image:alt", "twitter:image:alt")
    width, height = next(filter(all, _sides(file, objects, own, page)), (0, 0))
    return Image(file, caption, credit, alt, width, height)


_CREDITS = ("creditText", "copyrightHolder", "creator", "author", "copyrightNotice")


def _sides(
    file: str, objects: Sequence[dict[str, Any]], own: Sequence[_Shown], page: _Page
) -> Iterator[tuple[int, int]]:
    """Width and height in pixels, first those of exactly this file, then of the picture in whatever size."""
    if file == absolute(page.base, page.statements.first("og:image", "og:image:url")):
        yield pixels(page.statements.first("og:image:width")), pixels(page.statements.first("og:image:height"))
    for image in sorted(objects, key=lambda one: absolute(page.base, str(one["url"])) != file):
        yield pixels(image.get("width")), pixels(image.get("height"))
    for one in own:
        yield pixels(one.media.attributes.get("width")), pixels(one.media.attributes.get("height"))


def _file(url: str, offers: Sequence[str]) -> str:
    """The file to show of a picture: the first that is not made for sharing, with the site's name set over it."""
    alike = [offer for offer in dict.fromkeys([url, *offers]) if is_same(url, offer) and not _SHARING.search(offer)]
    return next((offer for offer in alike if not _CUT.search(offer)), next(iter(alike), url))


def is_same(one: str, other: str) -> bool:
    """Tell whether two addresses are of one picture, in whatever size: they share a name no other picture has."""
    return one == other or bool(_names(one) & _names(other))


@lru_cache(maxsize=4_000)
def _names(url: str) -> frozenset[str]:
    """What in an address names the picture: in its last part, else in the parts before it."""
    path, _, query = unquote(unquote(url[:2_000])).partition("?")
    if "://" in query:  # the picture's own address is handed to a resizing service
        path = query.partition("?")[0]
    path = path.rpartition("://")[2]
    for part in list(reversed(path.split("/")[1:]))[:4]:
        part = _SIZE.sub("", _ENDING.sub("", part)).lower()
        names = {part, *_PARTS.split(part)} if part else set()
        telling = frozenset(name for name in names if _is_telling(name))
        if telling:
            return telling
    return frozenset({path})


def _is_telling(name: str) -> bool:
    if name.isdigit():
        return len(name) >= 5
    return len(name) >= 6 and (_DIGIT.search(name) is not None or len(name) >= 12 or "-" in name or "_" in name)


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or ""
    return tidy(value) if isinstance(value, str) else ""
