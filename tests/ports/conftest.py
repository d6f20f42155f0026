"""A real web server on loopback, which notes what it is asked and how much of it at a time."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from octavo.adapters.fetchers.http import HttpFetcher
from octavo.config import FetchSettings

Handler = Callable[[BaseHTTPRequestHandler], None]
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def send(handler: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, **fields: str) -> None:
    """Answer with these bytes; "Retry_After" stands for the field Retry-After."""
    handler.send_response(status)
    for name, value in fields.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@dataclass
class Visit:
    """One request as the server saw it."""

    host: str
    path: str
    fields: dict[str, str]
    began: float
    ended: float = 0.0
    body: bytes = b""


@dataclass
class Web:
    """The server: `pages` maps paths to what answers them; any other path says who was asked."""

    port: int
    pages: dict[str, Handler] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    most_at_once: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _running: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str = "/", host: str = "one.localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, body: bytes = b"", status: int = 200, **fields: str) -> None:
        self.pages[path] = lambda handler: send(handler, body, status, **fields)

    def redirect(self, path: str, to: str, status: int = 301, **fields: str) -> None:
        self.answer(path, b"moved", status, Location=to, **fields)

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers.get("Host", "")
        visit = Visit(host, handler.path, {k.lower(): v for k, v in handler.headers.items()}, time.monotonic())
        visit.body = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        with self._lock:
            self.visits.append(visit)
            self._running[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._running[host])
        try:
            page = self.pages.get(handler.path)
            if page is None:
                send(handler, f"{host} {handler.path}".encode())
            else:
                page(handler)
        finally:
            visit.ended = time.monotonic()
            with self._lock:
                self._running[host] -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are what these tests are about."""


@pytest.fixture
def web(socket_enabled: None) -> Iterator[Web]:
    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

        def do_GET(self) -> None:
            made.serve(self)
            self.wfile.flush()

        do_POST = do_GET  # noqa: N815 - the base class names it so

    server = _Server(("127.0.0.1", 0), Page)
    made = Web(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def make(web: Web) -> Iterator[Callable[..., HttpFetcher]]:
    """Make fetchers that may reach the server, and close them at the end."""
    made: list[HttpFetcher] = []

    def one(**changes: object) -> HttpFetcher:
        usual: dict[str, object] = {"delay_s": 0, "timeout_s": 60, "allow_networks": (f"127.0.0.1/32:{web.port}",)}
        made.append(HttpFetcher(FetchSettings.model_validate(usual | changes), lambda: NOW))
        return made[-1]

    yield one
    for fetcher in made:
        fetcher.close()
