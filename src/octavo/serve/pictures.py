"""Pictures on pages: signed addresses of this instance, never a publisher's; how wide each is drawn on the page."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from octavo.actions.pictures import WIDTHS
from octavo.errors import NotFound

_TAG_BYTES = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture stands on a page: how wide, by the page's width (HTML's `sizes`), and the files that can serve it.

    A box that is narrower than the picture's own shape cuts its sides, so `sizes` says the picture's width, not the
    box's. `widths` reach from the narrowest box at one pixel per CSS pixel to the widest at three.
    """

    sizes: str
    widths: tuple[int, ...]


_SMALL, _MIDDLE, _LARGE = WIDTHS[:4], WIDTHS[1:], WIDTHS[3:]

LOOKS: Mapping[str, Look] = {
    "lead": Look("(min-width: 88rem) 46rem, (min-width: 64rem) 52vw, 92vw", _LARGE),
    "square": Look("(min-width: 64rem) 10rem, 7.5rem", _SMALL),
    "row": Look("(min-width: 44rem) 11rem, max(6rem, 24vw)", _SMALL),
    "tall": Look("(min-width: 88rem) 26rem, (min-width: 60rem) 29vw, (min-width: 42rem) 44vw, 92vw", _MIDDLE),
    "half": Look("(min-width: 88rem) 40rem, (min-width: 46rem) 45vw, 92vw", _MIDDLE),
    "related": Look("(min-width: 44rem) 9.5rem, max(6rem, 24vw)", _SMALL),
    "article": Look("(min-width: 66rem) 60rem, 92vw", _LARGE),
    "story": Look("(min-width: 88rem) 32rem, (min-width: 64rem) 38vw, 92vw", _LARGE),
    "figure": Look("(min-width: 46rem) 41rem, 92vw", _LARGE),
}
"""Every way a picture stands on a page; docs/explanation/pictures.md says how they were measured."""


def look_of(name: str) -> Look:
    """Give a look by its name; for a theme's own, `name` is what stands in `sizes`."""
    return LOOKS.get(name) or Look(name, WIDTHS[1:])


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and reads the tokens that stand for pictures' addresses (HMAC-SHA256, 96 bits)."""

    secret: bytes

    def token(self, url: str) -> str:
        """Write an address as a token only this instance can make."""
        raw = url.encode("utf-8", "surrogatepass")
        return base64.urlsafe_b64encode(self._tag(raw) + raw).decode("ascii").rstrip("=")

    def read(self, token: str) -> str:
        """Read a token back. Raises NotFound when this instance did not make it."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError as error:
            raise NotFound("this is not the address of a picture") from error
        tag, url = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
        if not hmac.compare_digest(tag, self._tag(url)):
            raise NotFound("this is not the address of a picture")
        return url.decode("utf-8", "surrogatepass")

    def _tag(self, raw: bytes) -> bytes:
        return hmac.new(self.secret, raw, hashlib.sha256).digest()[:_TAG_BYTES]


def candidates(token: str, look: Look, natural: int) -> str:
    """Write HTML's `srcset` for a picture, `natural` pixels wide (0 unknown): no file wider than the picture is."""
    wide = [width for width in look.widths if not natural or width < natural]
    listed = [f"/picture/{token}/{width} {width}w" for width in wide]
    if natural and len(wide) < len(look.widths):
        following = look.widths[len(wide)]
        listed.append(f"/picture/{token}/{following} {natural}w")
    return ", ".join(listed)


def wants_webp(accept: str) -> bool:
    """Tell whether a reader's Accept header names WebP; programs that name no picture format get JPEG."""
    return "image/webp" in accept or "image/avif" in accept
