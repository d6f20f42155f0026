"""Every error of the API as application/problem+json (RFC 9457): ours, the framework's, those nobody foresaw."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from octavo.errors import OctavoError
from octavo.serve import logged
from octavo.serve.errors import headers_of, status_of

MEDIA_TYPE = "application/problem+json"
_LONGEST = 200

KINDS: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The request could not be read"),
    401: ("sign-in", "A token is needed"),
    403: ("not-allowed", "This token may not do that"),
    404: ("not-found", "There is nothing at this address"),
    405: ("method", "This address does not take this method"),
    409: ("conflict", "Somebody was faster"),
    410: ("gone", "This is gone"),
    413: ("too-large", "This is too much at once"),
    422: ("invalid", "The request does not make sense"),
    429: ("slow-down", "Too many requests"),
    500: ("fault", "Something went wrong here"),
    502: ("elsewhere", "Another site did not answer"),
    503: ("busy", "The newspaper is busy"),
}
"""Status to the last part of the problem's type, and its title."""


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    at: str = Field(description="Where: query.limit, path.id.")
    detail: str = Field(description="What is wrong.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="The kind of problem: an address that says what it is.")
    title: str = Field(description="What that kind is called.")
    status: int = Field(description="The status.")
    detail: str = Field("", description="What is wrong this time.")
    instance: str = Field("", description="The address that was asked.")
    errors: list[Fault] = Field([], description="Each thing that is wrong with the request, where that is known.")


def written(status: int, path: str, detail: str, origin: str, errors: Sequence[Fault] = ()) -> bytes:
    """Write a problem."""
    name, title = KINDS.get(status, ("other", HTTPStatus(status).phrase))
    said: dict[str, Any] = {
        "type": f"{origin}/api/v1/problems/{name}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    if errors:
        said["errors"] = [one.model_dump() for one in errors]
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def answer(request: Request, error: Exception) -> Response:
    """Answer an error."""
    status = error.status_code if isinstance(error, HTTPException) else status_of(error)
    faults: list[Fault] = []
    if isinstance(error, RequestValidationError):
        status, faults = 422, [_fault(one) for one in error.errors()]
    if status >= 500:
        request.app.state.site.tools.meter.count("errors_total", code=type(error).__name__)
        logged.failed(request, error, status)
    headers = dict(headers_of(status, error))
    if isinstance(error, HTTPException) and error.headers:
        headers |= {name.lower(): value for name, value in error.headers.items()}
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="octavo"'
    detail = _detail(status, error, faults)
    content = written(status, request.url.path, detail, request.app.state.site.origin, faults)
    return Response(content, status, headers, media_type=MEDIA_TYPE)


def _detail(status: int, error: Exception, faults: Sequence[Fault]) -> str:
    if isinstance(error, OctavoError) and status < 500:
        return str(error)
    if faults:
        return "; ".join(f"{one.at}: {one.detail}" for one in faults[:4])
    if status == 400:
        return "the body could not be read: send JSON in UTF-8"
    if status == 404:
        return "no such address: see /api/v1/openapi.json"
    return ""


def _fault(error: Mapping[str, Any]) -> Fault:
    at = ".".join(str(part) for part in error.get("loc", ()))
    return Fault(at=at[:_LONGEST], detail=str(error.get("msg", ""))[:_LONGEST])
