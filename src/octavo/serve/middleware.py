"""What every answer goes through: security headers, no body for HEAD, kept pages straight from memory."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.serve.answers import Answer
from octavo.serve.answers import send as answer_with
from octavo.serve.kept import KeptPages
from octavo.serve.watching import Watcher

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style, nothing from anywhere else."""

SECURITY = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """The outermost layer: nothing leaves without the security headers, not even an error nobody foresaw."""

    def __init__(self, app: ASGIApp, kept: KeptPages, watcher: Watcher, now: Callable[[], datetime]) -> None:
        self._app = app
        self._kept = kept
        self._watcher = watcher
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that can be, else let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _guarded(send, head=scope["method"] == "HEAD")
        path = scope["path"]
        if path != "/" and path.endswith("/"):
            # One leading slash only: a Location of "//host" would lead to another site.
            await RedirectResponse("/" + path.strip("/"), 301)(scope, receive, guarded)
            return
        found = self._find(key_of(scope)) if scope["method"] in ("GET", "HEAD") else None
        if found is not None:
            await answer_with(found, Headers(scope=scope))(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _find(self, asked: str) -> Answer | None:
        now = self._now()
        stamp = self._watcher.believed(now)
        return None if stamp is None else self._kept.get(asked, stamp, now)


def key_of(scope: Scope) -> str:
    """Name what is asked for: the path and its query."""
    path, query = scope["path"], scope.get("query_string", b"")
    return f"{path}?{query.decode('latin-1')}" if query else str(path)


def _guarded(send: Send, *, head: bool) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
        elif head and message["type"] == "http.response.body":
            message = _without_body(message)
        await send(message)

    return guarded


def _without_body(message: Any) -> Message:
    return {**message, "body": b""}
