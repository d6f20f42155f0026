"""Answers ready to send: an ETag, conditional requests (RFC 9110 §13), and compression made once."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import brotli
from starlette.responses import Response

PAGE = "text/html; charset=utf-8"
REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"
_SMALL = 600
"""Bytes under which packing saves no packet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with what its headers are made from; `packed` fills as readers ask for an encoding."""

    body: bytes
    media_type: str
    etag: str
    caching: str = REVALIDATE
    vary: str = "Accept-Encoding"
    status: int = 200
    robots: str = ""
    packed: dict[str, bytes] = field(default_factory=dict)

    def in_encoding(self, name: str) -> bytes:
        """Give the body packed by `name`."""
        if name not in self.packed:
            pack = brotli.compress(self.body, quality=5) if name == "br" else gzip.compress(self.body, 6, mtime=0)
            self.packed[name] = pack
        return self.packed[name]

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return len(self.body) + sum(map(len, self.packed.values())) + 500


def answer(text: str | bytes, media_type: str = PAGE, **details: str) -> Answer:
    """Make an answer; its ETag is weak, because the same is sent in several encodings."""
    body = text.encode() if isinstance(text, str) else text
    return Answer(body, media_type, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"', **details)  # type: ignore[arg-type]


def send(made: Answer, asked: Mapping[str, str]) -> Response:
    """Turn an answer into a response to a request with these headers: 304, or the body as the reader can unpack it."""
    headers = {"etag": made.etag, "cache-control": made.caching, "vary": made.vary}
    if made.robots:
        headers["x-robots-tag"] = made.robots
    if made.status == 200 and is_known(made.etag, asked.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    body = made.body
    encoding = encoding_for(asked.get("accept-encoding", "")) if len(body) > _SMALL and _packable(made) else ""
    if encoding:
        body = made.in_encoding(encoding)
        headers["content-encoding"] = encoding
    return Response(body, made.status, headers, media_type=made.media_type)


def is_known(etag: str, header: str) -> bool:
    """Tell whether If-None-Match names this ETag, by weak comparison."""
    bare = etag.removeprefix("W/")
    return header.strip() == "*" or any(one.strip().removeprefix("W/") == bare for one in header.split(","))


@lru_cache(maxsize=256)
def encoding_for(header: str) -> str:
    """Choose br, gzip or "" from Accept-Encoding."""
    wanted: dict[str, bool] = {}
    for part in header[:300].lower().split(","):
        name, _, parameter = part.strip().partition(";")
        wanted[name.strip()] = parameter.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if wanted.get(name)), "")


def _packable(made: Answer) -> bool:
    kind = made.media_type
    return kind.startswith("text/") or "xml" in kind or "json" in kind or "javascript" in kind
