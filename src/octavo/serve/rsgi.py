"""make_rsgi(tools): the same application by granian's own interface, which sends what is in memory in one call.

RSGI (granian's specification, version 1.6) takes status, headers and body together, where ASGI wants two awaited
messages: a kept page costs a third less. Everything else goes to the ASGI application through a bridge.
"""

from collections.abc import AsyncIterator, Callable, MutableMapping
from typing import Any, Protocol

from starlette.types import Message, Receive, Scope

from octavo.ports.tools import Tools
from octavo.serve.answers import ready
from octavo.serve.asgi import make_asgi
from octavo.serve.fediverse import wants
from octavo.serve.justsent import Question, Sent
from octavo.serve.middleware import Guard, always_with, key_for

Headers = list[tuple[str, str]]


class Stream(Protocol):
    """An answer whose body comes in pieces."""

    async def send_bytes(self, piece: bytes) -> None:
        """Send a piece; raises RuntimeError once nobody listens."""
        ...


class Request(Protocol):
    """What RSGI tells of a request. `path` is without its %-escapes, `query_string` with them."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Any:
        """Its headers: `get` and `items`."""
        ...


class Exchange(Protocol):
    """RSGI's end of a connection for one request."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Read the body in pieces."""
        ...

    async def client_disconnect(self) -> None:
        """Wait until nobody listens any more."""
        ...

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer whole."""
        ...

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""
        ...

    def response_stream(self, status: int, headers: Headers) -> Stream:
        """Begin an answer that comes in pieces."""
        ...


class Rsgi:
    """The application as granian runs it."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    @property
    def end(self) -> Callable[[], None]:
        """To be called, in the event loop, before the server stops."""
        return self._guard.end

    async def __rsgi__(self, request: Request, exchange: Exchange) -> None:
        """Answer from memory in one call where that can be, else let the ASGI application answer."""
        if request.method == "GET":
            guard, headers = self._guard, request.headers
            cookies = headers.get("cookie") or ""
            question = (
                request.path,
                request.query_string,
                headers.get("accept-encoding") or "",
                headers.get("if-none-match") or "",
            )
            if guard.federated and wants(headers.get("accept") or ""):
                sent = None
            elif guard.is_signed(cookies):
                sent = self._found(question, request, signed=True) or await self._own(question, cookies)
            else:
                sent = guard.just_sent.get(question, guard.now()) or self._found(question, request)
            if sent is not None:
                guard.answered[sent.status] += 1
                exchange.response_bytes(*sent)
                return
        await self._guard(scope_of(request), _receiving(exchange), _Sending(exchange, request.method).send)

    def _found(self, question: Question, request: Request, *, signed: bool = False) -> Sent | None:
        """Give what is in memory, and have it renewed where it may no longer hold."""
        guard, asked = self._guard, key_for(question[0], question[1])
        guard.just_sent.begin(guard.now())
        found, late = guard.at_hand(asked, signed=signed)
        if found is None:
            return None
        guard.from_memory += 1
        if late:
            guard.renew(asked, scope_of(request))
        written = ready(found, question[2], question[3], always_with(found))
        sent = Sent(written.status, written.headers + guard.strict, written.content)
        if not (late or signed):
            guard.just_sent.keep(question, sent, guard.now())
        return sent

    async def _own(self, question: Question, cookies: str) -> Sent | None:
        """Write a signed-in reader's page on its sheet."""
        own = await self._guard.own(key_for(question[0], question[1]), cookies, question[2])
        return own and Sent(200, own[0] + self._guard.strict, own[1])


def make_rsgi(tools: Tools) -> Rsgi:
    """Make the web application. Raises StoreError when the store was not made ready by app.make_web."""
    return Rsgi(make_asgi(tools))


def scope_of(request: Request) -> Scope:
    """Say a request as ASGI does (HTTP connection scope, specification 2.3)."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": request.http_version,
        "server": _address(request.server),
        "client": _address(request.client),
        "scheme": request.scheme,
        "method": request.method,
        "root_path": "",
        "path": request.path,
        "query_string": request.query_string.encode("latin-1", "replace"),
        "headers": [(name.encode("latin-1"), value.encode("utf-8")) for name, value in request.headers.items()],
    }


def _address(text: str) -> tuple[str, int | None]:
    host, _, port = text.rpartition(":")
    return (host.strip("[]"), int(port)) if host and port.isdigit() else (text, None)


def _receiving(exchange: Exchange) -> Receive:
    """Give ASGI's `receive`: the body piece by piece, then, once nobody listens, that."""
    pieces = _pieces(exchange)

    async def receive() -> Message:
        return await anext(pieces)

    return receive


async def _pieces(exchange: Exchange) -> AsyncIterator[MutableMapping[str, Any]]:
    async for piece in exchange:
        yield {"type": "http.request", "body": bytes(piece), "more_body": True}
    yield {"type": "http.request", "body": b"", "more_body": False}
    await exchange.client_disconnect()
    while True:
        yield {"type": "http.disconnect"}


class _Sending:
    """ASGI's `send`: an answer in one message goes out whole, any other as it comes."""

    def __init__(self, exchange: Exchange, method: str) -> None:
        self._exchange = exchange
        self._bare = method == "HEAD"
        self._start: Message = {}
        self._stream: Stream | None = None

    async def send(self, message: Message) -> None:
        """Take a message; raises OSError once nobody listens, as ASGI servers do."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._stream is None:
            status = self._start["status"]
            headers = [
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in self._start.get("headers", ())
            ]
            if not more:
                self._whole(status, headers, body)
                return
            self._stream = self._exchange.response_stream(status, headers)
        if body:
            try:
                await self._stream.send_bytes(body)
            except RuntimeError as error:
                raise OSError("nobody listens any more") from error

    def _whole(self, status: int, headers: Headers, body: bytes) -> None:
        if body or not self._bare:
            self._exchange.response_bytes(status, headers, body)
        else:
            self._exchange.response_empty(status, headers)
