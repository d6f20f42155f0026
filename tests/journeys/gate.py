"""A gate before a website: passes on what is asked, answers what is sent, and can be gone, its port closed."""

import http.client
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from running import free_port

PASSED_ON = ("accept", "accept-language", "cookie", "host", "if-none-match")
NOT_PASSED_BACK = ("content-length", "transfer-encoding", "connection", "date", "server")


class Handler(BaseHTTPRequestHandler):
    """Answers one request for a gate."""

    def do_GET(self) -> None:
        gate = self._gate()
        if "/live?" in self.path:
            self._answer(503, [], b"")
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() in PASSED_ON}
        with closing(http.client.HTTPConnection(gate.behind.removeprefix("http://"), timeout=120)) as asked:
            asked.request("GET", self.path, headers=headers)
            answer = asked.getresponse()
            status, told, body = answer.status, answer.getheaders(), answer.read()
        # Browsers leave when a page is left.
        with suppress(ConnectionError):
            self._answer(status, told, body)

    def do_POST(self) -> None:
        gate = self._gate()
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        gate.sent.append((self.path, body, self.headers["idempotency-key"]))
        self._answer(gate.answers.pop(0) if gate.answers else 204, [], b"")

    def log_message(self, *said: Any) -> None:
        """Say nothing."""

    def _gate(self) -> "Gate":
        assert isinstance(self.server, GateServer)
        return self.server.gate

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in NOT_PASSED_BACK:
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class GateServer(ThreadingHTTPServer):
    """Listens for a gate."""

    gate: "Gate"


@dataclass
class Gate:
    """`answers` are the statuses of what is sent next, 204 once they are used up; `sent` is (path, body, key)."""

    behind: str
    port: int = field(default_factory=free_port)
    answers: list[int] = field(default_factory=list)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    server: GateServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        self.server = GateServer(("127.0.0.1", self.port), Handler)
        self.server.gate = self
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
