"""The newswire's HTTP server, on this computer only: each publisher answers at its own host name."""

import gzip
import hashlib
import http.server
import socketserver
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from threading import Thread

from octavo.adapters.newswire.library import Library, SamplePublisher, read_library
from octavo.adapters.newswire.newsstand import Answer, Newsstand
from octavo.errors import SettingsError

ADDRESS = "127.0.0.1"  # never an address that another computer can reach

_SMALLEST_PACKED = 600  # bytes; below this, gzip's own header eats the gain
_IDLE = 30.0  # seconds before a silent connection is closed

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class RunningNewswire:
    """A newswire that answers, until `stop`."""

    newsstand: Newsstand
    _server: http.server.ThreadingHTTPServer
    _thread: Thread

    @property
    def port(self) -> int:
        """The port it listens at."""
        return self.newsstand.port

    @property
    def url(self) -> str:
        """The page that lists the publishers."""
        return f"http://localhost:{self.port}/"

    @property
    def publishers(self) -> tuple[SamplePublisher, ...]:
        """Who publishes here."""
        return self.newsstand.library.publishers

    def feeds(self) -> list[tuple[str, str, str]]:
        """Every feed, as (publisher's key, feed's name, feed's address)."""
        return self.newsstand.feeds()

    def opml(self) -> str:
        """The feeds as a subscription list (OPML 2.0)."""
        return self.newsstand.opml()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def start(
    port: int, started: datetime, *, clock: Clock | None = None, library: Library | None = None
) -> RunningNewswire:
    """Serve the newswire, as begun at `started` (aware), from a thread of its own.

    Port 0 takes any free port. Its time is `clock`'s; without one it runs on from `started`. Host names
    `<key>.localhost` need no set-up where RFC 6761 is followed; elsewhere connect to 127.0.0.1 and send Host.
    Raises SettingsError when the port is taken.
    """
    try:
        server = _Server((ADDRESS, port), http.server.BaseHTTPRequestHandler)
    except OSError as error:
        raise SettingsError(f"The sample newswire cannot listen at port {port}: {error.strerror}.") from error
    newsstand = Newsstand(library or read_library(), started, server.server_address[1])
    server.RequestHandlerClass = _handler(newsstand, clock or _running_on_from(started))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="newswire", daemon=True)
    thread.start()
    return RunningNewswire(newsstand, server, thread)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        # HTTPServer would ask the name service for this computer's name, which may take seconds off line
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hung up in the middle of an answer is no fault of ours; everything else is reported."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _running_on_from(started: datetime) -> Clock:
    began = time.monotonic()
    return lambda: started + timedelta(seconds=time.monotonic() - began)


def _handler(newsstand: Newsstand, clock: Clock) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "OctavoNewswire"
        sys_version = ""
        timeout = _IDLE

        def do_GET(self) -> None:
            self._send(with_body=True)

        def do_HEAD(self) -> None:
            self._send(with_body=False)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
            """Say nothing: Octavo's own log tells what was fetched."""

        def _send(self, *, with_body: bool) -> None:
            answer = newsstand.answer(self.headers.get("Host", ""), self.path, clock())
            status, headers, body = respond(answer, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

    return Handler


def respond(answer: Answer, asked: Message) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes for a request's headers: 304 when nothing changed (RFC 9110 §13), gzip when taken."""
    tag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
    headers = {
        "Content-Type": answer.content_type,
        "ETag": tag,
        "Cache-Control": "max-age=60",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if answer.modified is not None:
        headers["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    if answer.status == 200 and _unchanged(answer, tag, asked):
        return 304, headers, b""
    body = answer.body
    text = not answer.content_type.startswith("image/")
    if text and len(body) >= _SMALLEST_PACKED and "gzip" in asked.get("Accept-Encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return answer.status, headers, body


def _unchanged(answer: Answer, tag: str, asked: Message) -> bool:
    known = asked.get("If-None-Match")
    if known is not None:
        return known.strip() == "*" or tag.removeprefix("W/") in (
            part.strip().removeprefix("W/") for part in known.split(",")
        )
    since = asked.get("If-Modified-Since")
    if since is None or answer.modified is None:
        return False
    try:
        return answer.modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
