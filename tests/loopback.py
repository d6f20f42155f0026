"""A real HTTP server on loopback, in the test's own process: what it is asked is answered by a function."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Call:
    """One request as it came in; names of fields are lower case."""

    host: str
    method: str
    path: str
    fields: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    status: int = 200
    body: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Loopback:
    """The server: `answer` may be changed at any time; `calls` are all that came, in order."""

    port: int
    answer: Callable[[Call], Reply]
    calls: list[Call] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "one.localhost") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def loopback(answer: Callable[[Call], Reply] = lambda _: Reply()) -> Iterator[Loopback]:
    """Serve until the test is done; sockets have to be enabled."""

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            fields = {name.lower(): value for name, value in self.headers.items()}
            call = Call(self.headers.get("Host", "").partition(":")[0], self.command, self.path, fields, body)
            made.calls.append(call)
            reply = made.answer(call)
            self.send_response(reply.status)
            for name, value in reply.fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            self.wfile.flush()

        do_POST = do_GET  # noqa: N815 - the base class names it so

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.daemon_threads = True
    made = Loopback(server.server_address[1], answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
