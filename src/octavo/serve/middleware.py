"""What every answer goes through: security headers, no body for HEAD, kept pages straight from memory."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octavo.errors import OctavoError
from octavo.ports.meter import sample
from octavo.serve.answers import Answer, ready
from octavo.serve.cardstyle import policy as card_policy
from octavo.serve.clients.addresses import for_apps
from octavo.serve.fediverse import object_path, wants
from octavo.serve.justsent import JustSent
from octavo.serve.kept import KeptPages
from octavo.serve.logged import turned_away
from octavo.serve.sheets import Filled, Headers
from octavo.serve.watching import Watcher

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types octavo",
    )
)
"""No inline script or style, nothing from elsewhere; no text becomes a page or a program but in js/trusted.js."""

SECURITY = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

INERT = {name: SECURITY[name] for name in ("x-content-type-options", "cross-origin-resource-policy")}
"""What is said with a style sheet, script, font or picture: the rest is for pages, and 430 bytes each time."""

_NEVER_KEPT = ("/static/", "/picture/", "/healthz", "/readyz", "/metrics", "/sign-in/from/", "/websub/")
FRAMED = {name: value for name, value in SECURITY.items() if name != "x-frame-options"} | {
    "cross-origin-resource-policy": "cross-origin"
}
"""What is said with a page that may stand in a frame on any site, besides the policy of its own."""

_PROGRAMS = ("/api/v1", "/mcp", "/fediverse/", "/.well-known/")
"""For programs: never kept, as the answer depends on more than the address."""

_PICTURES = ("/picture/", "/card/")
"""May wait for a publisher: no page waits its turn behind them."""

_REFUSALS = (401, 403, 429)
"""Statuses of what was asked by somebody who may not, or too often: each is written down."""

_TURNS = 4
"""Pages made at a time: more threads share one interpreter lock, and only make each other slower."""

_FEW = 2
"""Threads that fill sheets: it is quick, and more of them only hand the interpreter's lock to and fro."""


class Guard:
    """The outermost layer: nothing leaves without the security headers, not even an error nobody foresaw.

    Kept pages and static files are answered here, on the event loop, with messages written once (docs/decisions/0008).
    """

    def __init__(
        self,
        app: ASGIApp,
        kept: KeptPages[Answer],
        fixed: Mapping[str, Answer],
        watcher: Watcher,
        now: Callable[[], datetime],
        cookie: str,
    ) -> None:
        self.end: Callable[[], None] = lambda: None
        """To be called, in the event loop, before the server stops: ends the answers that would never end."""
        self.strict: list[tuple[str, str]] = []
        """What is said with every answer beside all else: Strict-Transport-Security where the site is open by https."""
        self.federated = False
        """Whether pages are objects of ActivityPub to those who ask for such."""
        self.filled: Filled | None = None
        """What answers signed-in readers from sheets."""
        self._few = ThreadPoolExecutor(_FEW, "filling")
        self._app = app
        self._kept = kept
        self._fixed = fixed
        self._watcher = watcher
        self.now = now
        self.just_sent = JustSent(watcher)
        self._cookie = f"{cookie}="
        self._making: dict[str, asyncio.Event] = {}
        self._renewals: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(_TURNS)
        self.answered: dict[int, int] = defaultdict(int)
        """Requests by the status they were answered with. Counted in the event loop alone, as are the others here."""
        self.from_memory = 0
        self.proxied = 0

    def figures(self) -> dict[str, float]:
        """Give what was counted."""
        found = {sample("requests_total", status=str(status)): float(n) for status, n in tuple(self.answered.items())}
        from_memory = self.from_memory + self.just_sent.times
        return found | {"requests_from_memory_total": from_memory, "proxied_total": self.proxied}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where that can be, else let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self.proxied += any(name == b"x-forwarded-for" for name, _ in scope["headers"])
        await self._answered(scope, receive, self._counting(scope, send))

    def _counting(self, scope: Scope, send: Send) -> Send:
        more = [(name.encode(), value.encode()) for name, value in self.strict]

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = message["status"]
                self.answered[status] += 1
                if status in _REFUSALS:
                    turned_away(scope, status)
                if more:
                    message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return counting

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, head = scope["path"], scope["method"] == "HEAD"
        app_address = for_apps(path)
        if app_address:
            await self._app({**scope, "path": app_address}, receive, _guarded(send, head=head))
            return
        if path != "/" and path.endswith("/"):
            # One leading slash only: a Location of "//host" would lead to another site.
            await RedirectResponse("/" + path.strip("/"), 301)(scope, receive, _guarded(send, head=head))
            return
        if self.federated and method_reads(scope) and wants(_field(scope, b"accept")):
            to = object_path(path)
            if to:
                scope, path = {**scope, "path": to}, to
        asked = key_of(scope) if head or scope["method"] == "GET" else ""
        cookies = _field(scope, b"cookie")
        signed = self.is_signed(cookies)
        found, late = self.at_hand(asked, signed=signed)
        if found is not None:
            if late:
                self.renew(asked, scope)
            self.from_memory += 1
            await _answer(found, scope, send)
        elif (
            signed and asked and not head and (own := await self.own(asked, cookies, _field(scope, b"accept-encoding")))
        ):
            await _send_own(own, send)
        elif path.startswith(_PROGRAMS) or (signed and asked and not path.startswith(_NEVER_KEPT)):
            await self._make("", scope, receive, send)
        elif not asked or path.startswith(_NEVER_KEPT):
            pictures = path.startswith(_PICTURES)
            await self._app(scope, receive, _guarded(send, head=head, pictures=pictures))
        else:
            await self._fresh(asked, scope, receive, send)

    def is_signed(self, cookies: str) -> bool:
        """Tell whether a request may come from a signed-in reader: pages are made for each of them."""
        return self._cookie in cookies

    def at_hand(self, asked: str, *, signed: bool = False) -> tuple[Answer | None, bool]:
        """Give what is in memory, and whether it may no longer hold: then it is to be renewed."""
        fixed = self._fixed.get(asked)
        if fixed is not None or signed:
            return fixed, False
        now = self.now()
        stamp = self._watcher.glance(now)
        found = None if stamp is None else self._kept.get(asked, stamp, now)
        if found is not None:
            return found, False
        late = self._kept.late(asked, stamp, now)
        return late, late is not None

    async def own(self, asked: str, cookies: str, accepts: str) -> tuple[Headers, bytes] | None:
        """Write a signed-in reader's page on the sheet that is kept of it; None where the application has to answer."""
        filled, now = self.filled, self.now()
        sheet = filled.at_hand(asked, self._watcher.glance(now), now) if filled else None
        if filled is None or sheet is None:
            return None
        try:
            if filled.near:
                made = filled.answer(sheet, cookies, accepts, now)  # the way to a thread and back would take longer
            else:
                loop = asyncio.get_running_loop()
                made = await loop.run_in_executor(self._few, filled.answer, sheet, cookies, accepts, now)
        except OctavoError:
            return None  # the application says it, on a page
        return made and ([*made[0], *SECURITY.items()], made[1])

    def renew(self, asked: str, scope: Scope) -> None:
        """Have a page made anew that nobody waits for; once, however many ask."""
        if asked in self._making:
            return
        self._making[asked] = asyncio.Event()
        nobodys = {**scope, "method": "GET", "headers": []}
        task = asyncio.create_task(self._renewed(asked, nobodys))
        self._renewals.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._renewals.discard(task)
        if not task.cancelled():
            task.exception()  # the application has answered it, and said it in the log

    async def _renewed(self, asked: str, scope: Scope) -> None:
        try:
            await self._watcher.newest()
            if self.at_hand(asked)[1]:
                await self._make(asked, scope, _nothing, _nowhere)
        except OctavoError:
            return  # readers are told once the page is too old to be sent
        finally:
            self._making.pop(asked).set()

    async def _fresh(self, asked: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer once it is known whether the store changed; of those who ask for one page, the first has it made."""
        made = self._making.get(asked)
        if made is not None:
            await made.wait()
        elif self._watcher.believed(self.now()) is None:
            try:
                await self._watcher.newest()
            except OctavoError:
                made = None  # the application says it, on a page
        found, _ = self.at_hand(asked)
        if found is not None:
            await _answer(found, scope, send)
            return
        if asked in self._making:
            await self._make("", scope, receive, send)
            return
        self._making[asked] = asyncio.Event()
        try:
            await self._make(asked, scope, receive, send)
        finally:
            self._making.pop(asked).set()

    async def _make(self, asked: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, in turn with other pages; those who wait for `asked` know when it begins to."""
        head, path = scope["method"] == "HEAD", scope["path"]
        pictures = path.startswith(_PICTURES)
        turn = _Turn(None if pictures else self._turns)
        made = self._making.get(asked)

        def begun() -> None:
            turn.end()
            if made is not None:
                made.set()

        await turn.begin()
        try:
            await self._app(scope, receive, _guarded(send, head=head, pictures=pictures, begun=begun))
        finally:
            turn.end()


class _Turn:
    """One of the few that make pages at a time; over when the answer begins, as an answer may never end."""

    def __init__(self, turns: asyncio.Semaphore | None) -> None:
        self._turns = turns
        self._mine = False

    async def begin(self) -> None:
        """Wait for it."""
        if self._turns is not None:
            await self._turns.acquire()
            self._mine = True

    def end(self) -> None:
        """Let the next begin; doing it again changes nothing."""
        if self._turns is not None and self._mine:
            self._mine = False
            self._turns.release()


def key_of(scope: Scope) -> str:
    """Name what is asked for: the path and its query."""
    return key_for(scope["path"], scope.get("query_string", b"").decode("latin-1"))


def key_for(path: str, query: str) -> str:
    """Name what is asked for by a path, without its %-escapes, and a query, with them."""
    if "?" in path:
        return f"{len(path)} {path}?{query}"  # was written %3F: another address than the one with a query
    return f"{path}?{query}" if query else path


def always_with(found: Answer) -> Mapping[str, str]:
    """Give the headers that answers like this one always have."""
    if found.framed:
        return FRAMED | {"content-security-policy": card_policy()}
    return INERT if found.inert else SECURITY


def method_reads(scope: Scope) -> bool:
    """Tell whether a request asks for something."""
    return scope["method"] in ("GET", "HEAD")


def _field(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


async def _nothing() -> Message:
    """Give what somebody sends who is not there."""
    return {"type": "http.disconnect"}


async def _nowhere(message: Message) -> None:
    """Send to nobody: the application has kept what it answered."""


async def _answer(found: Answer, scope: Scope, send: Send) -> None:
    """Send a kept answer: two messages that were written when the first reader asked for this encoding."""
    accepts = known = ""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accepts = value.decode("latin-1")
        elif name == b"if-none-match":
            known = value.decode("latin-1")
    written = ready(found, accepts, known, always_with(found))
    await send(written.start)
    await send(written.empty if scope["method"] == "HEAD" else written.body)


async def _send_own(own: tuple[Headers, bytes], send: Send) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in own[0]]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": own[1]})


def _guarded(send: Send, *, head: bool, pictures: bool = False, begun: Callable[[], None] = lambda: None) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            kind = headers.get("content-type", "")
            inert = pictures and kind.startswith("image/") and "svg" not in kind
            framed = headers.get("content-security-policy") == card_policy()
            for name, value in (INERT if inert else FRAMED if framed else SECURITY).items():
                headers.setdefault(name, value)
            begun()
        elif head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return guarded
