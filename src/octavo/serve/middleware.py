"""What every answer goes through: security headers, no body for HEAD, kept pages straight from memory."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.errors import OctavoError
from octavo.serve.answers import Answer, ready
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

_SECURITY = [(name.encode(), value.encode()) for name, value in SECURITY.items()]

_NEVER_KEPT = ("/static/", "/picture/", "/healthz")


class Guard:
    """The outermost layer: nothing leaves without the security headers, not even an error nobody foresaw.

    Kept pages and static files are answered here, on the event loop, with messages written once (docs/decisions/0008).
    """

    def __init__(
        self,
        app: ASGIApp,
        kept: KeptPages,
        fixed: Mapping[str, Answer],
        watcher: Watcher,
        now: Callable[[], datetime],
    ) -> None:
        self.end: Callable[[], None] = lambda: None
        """To be called, in the event loop, before the server stops: ends the answers that would never end."""
        self._app = app
        self._kept = kept
        self._fixed = fixed
        self._watcher = watcher
        self._now = now
        self._making: dict[str, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that can be, else let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, head = scope["path"], scope["method"] == "HEAD"
        if path != "/" and path.endswith("/"):
            # One leading slash only: a Location of "//host" would lead to another site.
            await RedirectResponse("/" + path.strip("/"), 301)(scope, receive, _guarded(send, head=head))
            return
        asked = key_of(scope) if head or scope["method"] == "GET" else ""
        found = self._in_memory(asked)
        if found is not None:
            await _answer(found, scope, send)
        elif not asked or path.startswith(_NEVER_KEPT):
            await self._app(scope, receive, _guarded(send, head=head))
        else:
            await self._fresh(asked, scope, receive, send)

    def _in_memory(self, asked: str) -> Answer | None:
        fixed = self._fixed.get(asked)
        if fixed is not None:
            return fixed
        now = self._now()
        stamp = self._watcher.glance(now)
        return None if stamp is None else self._kept.get(asked, stamp, now)

    async def _fresh(self, asked: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer once it is known whether the store changed; of those who ask for one page, the first has it made."""
        made = self._making.get(asked)
        if made is not None:
            await made.wait()
        elif self._watcher.believed(self._now()) is None:
            try:
                await self._watcher.newest()
            except OctavoError:
                made = None  # the application says it, on a page
        found = self._in_memory(asked)
        if found is not None:
            await _answer(found, scope, send)
            return
        head = scope["method"] == "HEAD"
        if asked in self._making:
            await self._app(scope, receive, _guarded(send, head=head))
            return
        done = self._making[asked] = asyncio.Event()
        try:
            await self._app(scope, receive, _guarded(send, head=head, begun=done))
        finally:
            del self._making[asked]
            done.set()


def key_of(scope: Scope) -> str:
    """Name what is asked for: the path and its query."""
    path, query = scope["path"], scope.get("query_string", b"")
    return f"{path}?{query.decode('latin-1')}" if query else str(path)


async def _answer(found: Answer, scope: Scope, send: Send) -> None:
    """Send a kept answer: two messages that were written when the first reader asked for this encoding."""
    accepts = known = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepts = value
        elif name == b"if-none-match":
            known = value
    start, body, empty = ready(found, accepts, known, _SECURITY)
    await send(start)
    await send(empty if scope["method"] == "HEAD" else body)


def _guarded(send: Send, *, head: bool, begun: asyncio.Event | None = None) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
            if begun is not None:
                begun.set()
        elif head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return guarded
