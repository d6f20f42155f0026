"""Reading what a request brings: never more than is allowed, whatever it says of its length."""

from collections.abc import Mapping
from email.message import Message as Head

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from octavo.errors import InputError


async def read_body(request: Request, most: int) -> bytes | None:
    """Read a body whole; None when it is longer than `most` bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)


async def read_parts(request: Request, body: bytes, *, files: int, fields: int) -> FormData:
    """Read a multipart form of so many files and fields at most; to be closed. Raises InputError, HTTPException.

    Its letters are UTF-8, as pages of this site write them: of the codecs a request might name instead, some fail, and
    some make what no database takes.
    """
    head = Head()
    head["content-type"] = request.headers.get("content-type", "")
    boundary = head.get_boundary() or ""
    if not boundary.isascii() or not boundary.isprintable() or set(boundary) & {'"', "\\"} or not boundary:
        raise InputError("this is no form")
    others = [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]
    plain = (b"content-type", f'multipart/form-data; boundary="{boundary}"'.encode())
    asked = replayed(Request({**request.scope, "headers": [*others, plain]}), body)
    return await asked.form(max_files=files, max_fields=fields)


def replayed(request: Request, body: bytes) -> Request:
    """Give a request again whose body was read."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


def is_own(fields: Mapping[str, str], origin: str) -> bool:
    """Tell whether a request was made by a page of this very site, as the browser says (Fetch Metadata; else Origin).

    Pages cannot write these fields. Browsers leave Fetch Metadata out on plain http, where a reader may come by another
    name than the one the settings know: then the page's host is held to the one that was asked.
    """
    site = fields.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    said = fields.get("origin", "")
    return said == origin or (said.startswith("http://") and said.removeprefix("http://") == fields.get("host"))
