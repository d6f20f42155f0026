"""Pictures and what is none: their addresses and their sides."""

import re
from functools import lru_cache
from typing import Any

from octavo.errors import UnusableUrl
from octavo.extract.picture_credit import split_credit as split_credit
from octavo.text.urls import absolute_url, path_of

_NOT_A_PICTURE = re.compile(
    r"(?:logo|placeholder|default|favicon|sprite|avatar|blank|spacer|fallback|1x1|pixel|transparent|no-?image|dummy)"
    r"[^/]{0,40}$",
    re.IGNORECASE,
)


def is_picture(url: str) -> bool:
    """Tell a picture from a logo, a placeholder or a counting pixel by its address."""
    path = path_of(url)
    return not (_NOT_A_PICTURE.search(path) or path.endswith((".svg", ".js")))


@lru_cache(maxsize=1_000)  # a page's pictures are looked at for its lead and for its body
def absolute(base: str, address: str) -> str:
    """Make an address absolute; "" when it is not http(s)."""
    address = address.strip()
    if not address:
        return ""
    try:
        return absolute_url(address, base)
    except UnusableUrl:
        return ""


def pixels(value: Any) -> int:
    """Read a side in pixels as markup or JSON-LD gives it ("640", "640px", {"@value": 640}); 0 when it is none."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value")
    digits = str(value or "").removesuffix("px").partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
