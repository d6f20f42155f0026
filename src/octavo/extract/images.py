"""The lead image, its caption and credit."""

import re
from typing import Any

from octavo.domain.article import Image
from octavo.errors import UnusableUrl
from octavo.extract.layout import Layout
from octavo.extract.structured import Statements, Thing
from octavo.text.html import tidy
from octavo.text.urls import absolute_url, path_of

_NOT_A_PICTURE = re.compile(
    r"(?:logo|placeholder|default|favicon|sprite|avatar|blank|spacer|fallback|1x1|pixel)[^/]{0,40}$", re.IGNORECASE
)
_NAMES = "photo|foto|bild|picture|image|photograph|credit|copyright|quelle|source|crédit|crédito|bildrechte"
_CREDIT = re.compile(
    rf"\s{{0,2}}(?:\((?:(?:{_NAMES}|©)[^()]{{1,100}})\)|"
    rf"(?:©|\|?\s?(?:{_NAMES})(?: by| credit|nachweis)?\s?[:©])\s?.{{1,120}})$",
    re.IGNORECASE,
)


_LARGE = 400  # pixels; a narrower picture is no lead


def find_lead_image(
    statements: Statements, main: Thing | None, layout: Layout, base: str, feed_image: str
) -> Image | None:
    """Choose the picture the publisher leads with: Open Graph, JSON-LD, the feed, then one marked in the page."""
    structured = main.images if main else ()
    offers = [statements.first("og:image", "og:image:url", "og:image:secure_url")]
    offers += [str(image["url"]) for image in structured]
    offers += [statements.first("twitter:image", "twitter:image:src"), feed_image]
    for offer in offers:
        url = absolute(base, offer)
        if url and is_picture(url):
            return _described(url, statements, structured, base)
    return _marked(layout, base)


def _marked(layout: Layout, base: str) -> Image | None:
    """The first large picture of the page, of those in figures or said to be the article's."""
    for media in layout.media:
        attributes = media.attributes
        width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
        around = [layout.boxes[box].tag for box in layout.chain(media.box)[:3]]
        said = attributes.get("itemprop") or "figure" in around
        if media.tag != "img" or not (said or width >= _LARGE) or (width and width < _LARGE):
            continue
        url = absolute(base, attributes.get("src") or attributes.get("data-src") or "")
        if url and is_picture(url):
            return Image(url, alt=tidy(attributes.get("alt") or ""), width=width, height=height)
    return None


def _described(url: str, statements: Statements, structured: tuple[dict[str, Any], ...], base: str) -> Image:
    width, height, caption, credit = 0, 0, "", ""
    for image in structured:
        if absolute(base, str(image["url"])).partition("?")[0] == url.partition("?")[0]:
            caption = _string(image.get("caption") or image.get("description"))
            credit = _string(image.get("creditText") or image.get("copyrightHolder") or image.get("creator"))
            width, height = _pixels(image.get("width")), _pixels(image.get("height"))
            break
    if url == absolute(base, statements.first("og:image", "og:image:url")):
        width = width or _pixels(statements.first("og:image:width"))
        height = height or _pixels(statements.first("og:image:height"))
    alt = statements.first("og:image:alt", "twitter:image:alt")
    return Image(url, caption, credit, alt, width, height)


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or ""
    return tidy(value) if isinstance(value, str) else ""


def _pixels(value: Any) -> int:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value")
    digits = str(value or "").removesuffix("px").partition(".")[0]
    return int(digits) if digits.isdigit() and len(digits) < 6 else 0


def is_picture(url: str) -> bool:
    """Tell a picture from a logo, a placeholder or a counting pixel by its address."""
    path = path_of(url)
    return not (_NOT_A_PICTURE.search(path) or path.endswith((".svg", ".js")))


def absolute(base: str, address: str) -> str:
    """Make an address absolute; "" when it is not http(s)."""
    address = address.strip()
    if not address:
        return ""
    try:
        return absolute_url(address, base)
    except UnusableUrl:
        return ""


def split_credit(caption: str) -> tuple[str, str]:
    """Part a caption from the credit at its end: "A boat. Photo: Ann Lee" gives ("A boat.", "Ann Lee")."""
    match = _CREDIT.search(caption)
    if not match:
        return caption, ""
    credit = match.group().strip(" ()|").partition(":")[2] or match.group().strip(" ()|©")
    return caption[: match.start()].strip(" |–-"), credit.strip(" ©")
