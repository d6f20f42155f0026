"""Reading what a request brings: never more than is allowed, whatever it says of its length."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import Message


async def read_body(request: Request, most: int) -> bytes | None:
    """Read a body whole; None when it is longer than `most` bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)


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
