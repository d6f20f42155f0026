"""Answers ready to send: an ETag, conditional requests (RFC 9110 §13), and compression made once."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import brotli
import zstandard
from starlette.responses import Response
from starlette.types import Message

PAGE = "text/html; charset=utf-8"
REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"
_HEADERS = 5_000
"""Bytes the messages of an answer take, in all its forms."""

_ZSTD = 3

_SMALL = 600
"""Bytes under which packing saves no packet."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How well a body is packed: the levels of brotli and gzip."""

    brotli: int
    gzip: int


ONCE = Effort(1, 1)
"""For what is sent to one reader, once: seven times as quick as what is kept, and a fifth larger.

Zstandard, where it is read, takes three quarters of the time and makes it a tenth smaller (RFC 8878).
"""
KEPT = Effort(5, 6)
LASTING = Effort(11, 9)
"""For what is sent for as long as the process lives: as small as can be, once somebody asks for it."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in one form, ready to send: as ASGI 3 messages, and as the parts RSGI takes. Nobody may change it."""

    start: Message
    body: Message
    empty: Message
    """The body HEAD gets."""
    status: int
    headers: list[tuple[str, str]]
    content: bytes


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
    link: str = ""
    packed: dict[str, bytes] = field(default_factory=dict)
    inert: bool = False
    """A style sheet, script, font or picture: no page, so what only pages heed is not said with it."""
    framed: bool = False
    """May stand in a frame on any site."""
    effort: Effort = KEPT
    """How well it is packed."""
    written: dict[str, Written] = field(default_factory=dict, init=False)
    """Its forms by encoding, and "304", as `ready` wrote them."""

    def in_encoding(self, name: str) -> bytes:
        """Give the body packed by `name`; as it is by ""."""
        if not name:
            return self.body
        if name not in self.packed:
            self.packed[name] = packed(self.body, name, self.effort)
        return self.packed[name]

    @property
    def weight(self) -> int:
        """About how much memory it takes, kept: the body, about as much for its packed forms, the headers of each."""
        return 2 * len(self.body) + _HEADERS


def packed(body: bytes, encoding: str, effort: Effort) -> bytes:
    """Pack a body."""
    if encoding == "br":
        squeezed: bytes = brotli.compress(body, quality=effort.brotli)
        return squeezed
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD).compress(body)
    return gzip.compress(body, effort.gzip, mtime=0)


def answer(text: str | bytes, media_type: str = PAGE, **details: str) -> Answer:
    """Make an answer; its ETag is weak, because the same is sent in several encodings."""
    body = text.encode() if isinstance(text, str) else text
    return Answer(body, media_type, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"', **details)  # type: ignore[arg-type]


def send(made: Answer, asked: Mapping[str, str]) -> Response:
    """Turn an answer into a response to a request with these headers: 304, or the body as the reader can unpack it."""
    form = _form(made, asked.get("accept-encoding", ""), asked.get("if-none-match", ""))
    if form == "304":
        return Response(status_code=304, headers=_headers(made))
    headers = {**_headers(made), **({"content-encoding": form} if form else {})}
    return Response(made.in_encoding(form), made.status, headers, media_type=made.media_type)


def ready(made: Answer, accepts: str, known: str, always: Mapping[str, str]) -> Written:
    """Give an answer ready to send, for Accept-Encoding and If-None-Match as they came; written once for each form.

    `always` are headers that answers like this one always have.
    """
    form = _form(made, accepts, known)
    return made.written.get(form) or made.written.setdefault(form, _written(made, form, always))


def _written(made: Answer, form: str, always: Mapping[str, str]) -> Written:
    status, body, headers = 304, b"", _headers(made)
    if form != "304":
        status, body = made.status, made.in_encoding(form)
        headers |= {"content-type": made.media_type, "content-length": str(len(body))}
        headers |= {"content-encoding": form} if form else {}
    listed = list({**headers, **always}.items())
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in listed]
    return Written(
        {"type": "http.response.start", "status": status, "headers": raw},
        {"type": "http.response.body", "body": body},
        {"type": "http.response.body", "body": b""},
        status,
        listed,
        body,
    )


def _form(made: Answer, accepts: str, known: str) -> str:
    """Choose how an answer is sent: "304", else br, gzip or ""."""
    if known and made.status == 200 and is_known(made.etag, known):
        return "304"
    fit = len(made.body) > _SMALL and _packable(made.media_type)
    return encoding_for(accepts, once=made.effort is ONCE) if fit else ""


def _headers(made: Answer) -> dict[str, str]:
    headers = {"etag": made.etag, "cache-control": made.caching, "vary": made.vary}
    more = {"x-robots-tag": made.robots, "link": made.link}
    return headers | {name: said for name, said in more.items() if said}


def is_known(etag: str, header: str) -> bool:
    """Tell whether If-None-Match names this ETag, by weak comparison."""
    bare = etag.removeprefix("W/")
    return header.strip() == "*" or any(one.strip().removeprefix("W/") == bare for one in header.split(","))


@lru_cache(maxsize=256)
def encoding_for(header: str, *, once: bool = False) -> str:
    """Choose br, gzip or "" from Accept-Encoding; for what is sent `once` zstd, where it is read."""
    wanted: dict[str, bool] = {}
    for part in header[:300].lower().split(","):
        name, _, parameter = part.strip().partition(";")
        wanted[name.strip()] = parameter.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in (*(["zstd"] * once), "br", "gzip") if wanted.get(name)), "")


@lru_cache(maxsize=64)
def _packable(kind: str) -> bool:
    return kind.startswith("text/") or "xml" in kind or "json" in kind or "javascript" in kind
