"""Publishers' pictures through this instance: signed addresses, fetched once, checked, redrawn small, kept.

A reader's browser never asks a publisher for anything, and only addresses this instance signed itself are fetched.
"""

import base64
import hashlib
import hmac
import io
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PIL import Image, UnidentifiedImageError

from octavo.domain.web import Request
from octavo.errors import FetchError, NotFound, OctavoError
from octavo.ports.blobs import Blobs
from octavo.ports.fetcher import Fetcher

WIDTHS = (160, 320, 640, 960, 1280)
"""Widths a picture can be asked for, in pixels."""

MAX_BYTES = 12_000_000
MAX_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_ACCEPT = "image/webp,image/avif,image/jpeg,image/png,image/gif;q=0.8"
_TAG_BYTES = 12
_QUALITY = 74
_FORGET_FAILURE = timedelta(minutes=10)
_FAILURES_KEPT = 5_000


class UnusablePicture(OctavoError):
    """The bytes at an address are no picture we show."""


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


@dataclass(frozen=True, slots=True)
class Pictures:
    """Gives pictures by address and width; remembers failures for a while so that nobody is asked in vain."""

    fetcher: Fetcher
    blobs: Blobs
    failures: "OrderedDict[str, datetime]" = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, url: str, width: int, now: datetime) -> bytes:
        """Give a picture as WebP, at most `width` wide. Raises FetchError, UnusablePicture."""
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        try:
            return self.blobs.get(f"pictures/{name}/{width}.webp")
        except NotFound:
            self._refuse_known_failure(name, now)
        try:
            original = self._original(url, name)
            drawn = redraw(original, width)
        except (FetchError, UnusablePicture):
            self._remember_failure(name, now)
            raise
        self.blobs.put(f"pictures/{name}/{width}.webp", drawn)
        return drawn

    def _original(self, url: str, name: str) -> bytes:
        """Fetch once; what is kept is our own largest drawing, not the publisher's bytes."""
        largest = WIDTHS[-1]
        try:
            return self.blobs.get(f"pictures/{name}/{largest}.webp")
        except NotFound:
            body = self.fetcher.fetch(Request(url=url, accept=_ACCEPT, max_bytes=MAX_BYTES, prompt=True)).body
        drawn = redraw(body, largest)
        self.blobs.put(f"pictures/{name}/{largest}.webp", drawn)
        return drawn

    def _refuse_known_failure(self, name: str, now: datetime) -> None:
        with self.lock:
            failed_at = self.failures.get(name)
        if failed_at and now - failed_at < _FORGET_FAILURE:
            raise UnusablePicture("this picture could not be had a moment ago; it is tried again in ten minutes")

    def _remember_failure(self, name: str, now: datetime) -> None:
        with self.lock:
            self.failures[name] = now
            self.failures.move_to_end(name)
            while len(self.failures) > _FAILURES_KEPT:
                self.failures.popitem(last=False)


def redraw(body: bytes, width: int) -> bytes:
    """Decode a raster picture within bounds and draw it anew as WebP, without its metadata. Raises UnusablePicture."""
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS or min(opened.size) < 2:
                raise UnusablePicture(f"a picture of {opened.width} × {opened.height} pixels is not shown")
            opened.draft("RGB", (width, width))
            mode = "RGBA" if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info else "RGB"
            picture = opened.convert(mode)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnusablePicture("these bytes are no picture") from error
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    picture.save(drawn, "WEBP", quality=_QUALITY, method=4)
    return drawn.getvalue()
