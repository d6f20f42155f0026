"""What an app asks: its fields from query and body alike, as these protocols mix both; answered in a thread."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request
from starlette.responses import Response

from octavo.errors import InputError
from octavo.serve.allowance import reader_at
from octavo.serve.answers import answer as packed
from octavo.serve.answers import encoding_for
from octavo.serve.bodies import read_body, read_parts
from octavo.serve.site import Site

MOST_BYTES = 4_000_000
"""Of a body: ten thousand articles are named in a megabyte."""

_MOST_FIELDS = 50_000
_AT_ONCE = 4
"""Requests of apps answered at a time, so that pages go on being made beside them."""

_SMALL = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of an app: `rest` is what follows the base address, `network` says coarsely where it comes from."""

    site: Site
    method: str
    rest: str
    values: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: bytes
    network: str
    now: datetime

    def get(self, name: str) -> str:
        """Give the first value of a field; "" when it was not sent."""
        found = self.values.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> Sequence[str]:
        """Give every value of a field."""
        return self.values.get(name, ())

    def number(self, name: str, least: int = 0, most: int = 2**53) -> int | None:
        """Read a field that is a whole number; None for one that is none, or out of bounds."""
        text = self.get(name).strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 20):
            return None
        return int(text) if least <= int(text) <= most else None

    def __contains__(self, name: str) -> bool:
        return name in self.values


Act = Callable[[Asked], Response]
"""Answers what an app asks, errors included: each protocol says them in its own way."""


def endpoint(site: Site, limiter: anyio.CapacityLimiter, act: Act) -> Callable[[Request], Awaitable[Response]]:
    """Make what answers the requests of one protocol."""

    async def answer(request: Request) -> Response:
        body = await read_body(request, MOST_BYTES)
        if body is None:
            return Response("too much at once", 413, media_type="text/plain")
        try:
            values = await _values(request, body)
        except InputError as error:
            return Response(str(error), 400, media_type="text/plain")
        host = request.client.host if request.client else ""
        where = hashlib.sha256(reader_at(host, request.headers).encode()).hexdigest()[:24]
        rest = str(request.path_params.get("rest", "")).strip("/")
        asked = Asked(site, request.method, rest, values, request.headers, body, where, site.tools.now())
        return await anyio.to_thread.run_sync(act, asked, limiter=limiter)

    return answer


def turns() -> anyio.CapacityLimiter:
    """Make what lets few requests of a protocol be answered at a time."""
    return anyio.CapacityLimiter(_AT_ONCE)


def as_json(asked: Asked, value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with JSON, packed where the app unpacks it; for one reader, and kept by nobody."""
    return whole(asked, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), "application/json", status)


def whole(asked: Asked, body: bytes, media_type: str, status: int = 200) -> Response:
    """Answer with a body, packed where the app unpacks it; for one reader, and kept by nobody."""
    kept = {"cache-control": "private, no-store", "vary": "Accept-Encoding, Authorization"}
    form = encoding_for(asked.headers.get("accept-encoding", "")) if len(body) > _SMALL else ""
    if form:
        body, kept = packed(body).in_encoding(form), {**kept, "content-encoding": form}
    return Response(body, status, kept, media_type=media_type)


def said(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with plain text."""
    return Response(text, status, {"cache-control": "no-store", **(headers or {})}, media_type="text/plain")


async def _values(request: Request, body: bytes) -> dict[str, list[str]]:
    """Read the fields of query and body, whatever type the body says it has: apps mislabel it. Raises InputError."""
    found: dict[str, list[str]] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        if kind == "multipart/form-data":
            form = await read_parts(request, body, files=1, fields=1_000)
            pairs += [(name, one) for name, one in form.multi_items() if isinstance(one, str)]
            await form.close()
        elif body and kind in ("application/x-www-form-urlencoded", "", "text/plain"):
            pairs += parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InputError("these are no fields") from error
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\x00", ""))
    return found
