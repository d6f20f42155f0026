"""What is written down of a request that failed or was refused: where, and nothing of who asked or what for.

The address is written as its route, so no token, name or word of a path is; of the query, nothing. What the reader
sent is also taken out of an error's own words, in which programs like to quote it.
"""

import traceback
from collections.abc import Iterable

import structlog
from starlette.requests import Request
from starlette.types import Scope

log = structlog.get_logger()

FRAMES = 12
"""Frames of a traceback that are kept: its last ones."""

_SHORTEST = 3
_GONE = "[left out]"


def failed(request: Request, error: Exception, status: int) -> None:
    """Write down that a request failed. As text: a line that draws every local variable takes seconds, and readers
    wait for it."""
    trace = "".join(traceback.format_exception(error, limit=-FRAMES)) if status == 500 else str(error)
    sent = (*request.query_params.keys(), *request.query_params.values(), *map(str, request.path_params.values()))
    log.error("request failed", path=route_of(request), status=status, trace=without(trace, sent))


def turned_away(scope: Scope, status: int) -> None:
    """Write down that somebody asked for what they may not, or too often."""
    door = scope["path"].split("/", 2)[1]
    path = route_of(Request(scope)) if scope.get("path_params") else f"/{door if door.isalnum() else ''}"
    log.info("request refused", path=path, status=status)


def route_of(request: Request) -> str:
    """Write the address of a request with the names of its parts in place of the parts."""
    path = request.url.path
    for name, value in sorted(request.path_params.items(), key=lambda pair: -len(str(pair[1]))):
        path = path.replace(str(value), f"{{{name}}}", 1) if str(value) else path
    return path


def without(text: str, words: Iterable[str]) -> str:
    """Take out what a reader sent."""
    for word in sorted({word for word in words if len(word) >= _SHORTEST}, key=len, reverse=True):
        text = text.replace(word, _GONE)
    return text
