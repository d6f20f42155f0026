"""A server that does what no server should: for each name of a host, another trap, written on the bare socket."""

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

Trap = Callable[[socket.socket], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
GOOD = (
    b"<rss version='2.0'><channel><title>Good</title><item><guid>1</guid><link>http://good.localhost/1</link>"
    b"<title>Ferry leaves</title></item></channel></rss>"
)


def whole(body: bytes, head: bytes = OK) -> bytes:
    """An answer as it should be."""
    return head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


def says(*pieces: bytes) -> Trap:
    """Say this and hang up."""

    def trap(peer: socket.socket) -> None:
        for piece in pieces:
            peer.sendall(piece)

    return trap


def forever(begin: bytes, again: bytes, pause_s: float = 0.0) -> Trap:
    """Say this, and then that: megabytes of it, or for as long as somebody listens, and do not hang up."""

    def trap(peer: socket.socket) -> None:
        peer.sendall(begin)
        for _ in range(20_000_000 // max(len(again), 100_000 if pause_s else 1)):
            peer.sendall(again)
            if Publisher.closing.wait(pause_s or 0.001):
                return
        silent(peer)

    return trap


def silent(peer: socket.socket) -> None:
    """Say nothing, and do not hang up."""
    Publisher.closing.wait(30)


def packed_in_transfer() -> bytes:
    """A body packed as a transfer coding nobody asked for."""
    packed = zlib.compress(bytes(30_000_000))
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    return OK + b"Transfer-Encoding: deflate, chunked\r\n\r\n" + chunk


def to(target: str, status: int = 302, more: bytes = b"") -> Trap:
    """Lead elsewhere."""
    head = b"HTTP/1.1 %d Moved\r\nLocation: %s\r\n" % (status, target.encode("latin-1", "replace"))
    return says(head + more + b"Content-Length: 0\r\nConnection: close\r\n\r\n")


TRAPS: dict[str, Trap] = {
    "no-status": says(GOOD),
    "noise": says(bytes(range(256)) * 40),
    "old-http": says(b"HTTP/0.9 200\r\n\r\n" + GOOD),
    "next-http": says(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(100)),
    "future-http": says(whole(GOOD, b"HTTP/7.3 200 OK\r\n")),
    "no-colon": says(whole(GOOD, OK + b"tide\r\n")),
    "no-number": says(whole(GOOD, b"HTTP/1.1 two hundred\r\n")),
    "huge-number": says(whole(GOOD, b"HTTP/1.1 200000000000000000000 OK\r\n")),
    "switch": says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + bytes(99)),
    "interim-flood": forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 50),
    "continue-flood": forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "header-flood": forever(b"HTTP/1.1 200 OK\r\n", b"X-Tide: high\r\n" * 1000),
    "header-endless": forever(b"HTTP/1.1 200 OK\r\nX-Tide: ", b"high" * 5000),
    "status-endless": forever(b"HTTP/1.1 200 ", b"OK" * 5000),
    "cookie-flood": says(whole(GOOD, OK + b"".join(b"Set-Cookie: a%d=%s\r\n" % (n, b"x" * 900) for n in range(900)))),
    "header-drip": forever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.1),
    "body-drip": forever(OK + b"Content-Length: 99999\r\n\r\n", b" ", 0.1),
    "redirect-drip": forever(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 99999\r\n\r\n", b" ", 0.1),
    "silent": silent,
    "body-endless": forever(OK + b"\r\n", b"<item/>" * 10_000),
    "chunk-not-hex": says(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD),
    "chunk-huge": says(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + GOOD),
    "chunk-negative": says(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + GOOD),
    "chunk-cut": says(OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + GOOD),
    "chunk-extensions": forever(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"tide=high;" * 1000),
    "chunk-empty-flood": forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n<\r\n" * 5000),
    "trailer-flood": forever(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Tide: high\r\n" * 1000),
    "packed-in-transfer": says(packed_in_transfer()),
    "length-long": says(OK + b"Content-Length: 99999\r\n\r\n" + GOOD),
    "length-negative": says(OK + b"Content-Length: -5\r\n\r\n" + GOOD),
    "length-absurd": says(OK + b"Content-Length: 1" + b"0" * 40 + b"\r\n\r\n" + GOOD),
    "length-two": says(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + GOOD),
    "length-words": says(OK + b"Content-Length: many\r\n\r\n" + GOOD),
    "coding-chain": says(whole(GOOD, OK + b"Content-Encoding: " + b", ".join([b"gzip"] * 500) + b"\r\n")),
    "redirect-far": to("http://good.localhost:1/" + "a" * 90_000),
    "redirect-lines": to("http://good.localhost/\r\nX-Evil: 1\r\nLocation: file:///etc/passwd"),
    "redirect-file": to("file:///etc/passwd"),
    "redirect-gopher": to("gopher://127.0.0.1:25/_MAIL"),
    "redirect-dict": to("dict://127.0.0.1:11211/stats"),
    "redirect-data": to("data:text/xml,<rss/>"),
    "redirect-unix": to("http+unix://%2Fvar%2Frun%2Fdocker.sock/info"),
    "redirect-user": to("http://good.localhost@169.254.169.254/latest/meta-data/"),
    "redirect-slash": to("//169.254.169.254/latest"),
    "redirect-backslash": to("http:\\\\169.254.169.254\\latest"),
    "redirect-hex": to("http://0xa9fea9fe/latest"),
    "redirect-octal": to("http://0251.0376.0251.0376/latest"),
    "redirect-number": to("http://2852039166/latest"),
    "redirect-wide": to("http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/".encode().decode("latin-1")),
    "redirect-dots": to("http://169。254。169。254/".encode().decode("latin-1")),
    "redirect-mapped": to("http://[::ffff:a9fe:a9fe]/latest"),
    "redirect-zone": to("http://[fe80::1%25eth0]/"),
    "redirect-ula": to("http://[fd00:ec2::254]/latest"),
    "redirect-nat64": to("http://[64:ff9b::a9fe:a9fe]/latest"),
    "redirect-6to4": to("http://[2002:a9fe:a9fe::1]/latest"),
    "redirect-teredo": to("http://[2001:0:a9fe:a9fe::1]/latest"),
    "redirect-cgnat": to("http://100.100.100.200/latest"),
    "redirect-zero": to("http://0.0.0.0:22/"),
    "redirect-tiny": to("http://[::]:22/"),
    "redirect-private": to("http://10.0.0.1/", 307),
    "redirect-local": to("http://169.254.169.254.nip.localhost:22/", 308),
    "redirect-nowhere": to(""),
}
"""Each of these ends in an error that says why."""

HARMLESS: dict[str, Trap] = {
    "length-short": says(OK + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD + b"<script>" * 99),
    "interim-few": says(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + whole(GOOD)),
    "bare-newlines": says(whole(GOOD).replace(b"\r\n", b"\n")),
    "folded": says(whole(GOOD, OK + b"X-Tide: high\r\n  and dry\r\n")),
    "nul-in-header": says(whole(GOOD, OK + b"X-Tide: high\x01\x7f\r\n")),
    "wrong-type": says(whole(GOOD, b"HTTP/1.1 200 OK\r\nContent-Type: image/png; charset=klingon\r\n")),
    "good": says(whole(GOOD)),
}
"""Odd, but what they bring can be read."""


@dataclass
class Publisher:
    """The server; `asked` counts the requests for each host."""

    closing = threading.Event()
    port: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    traps: dict[str, Trap] = field(default_factory=lambda: TRAPS | HARMLESS)

    def url(self, name: str, path: str = "/feed") -> str:
        """The address of a trap."""
        return f"http://{name}.localhost:{self.port}{path}"

    def serve(self, peer: socket.socket) -> None:
        """Read a request, and spring the trap its host names."""
        with peer, suppress(OSError):
            peer.settimeout(30)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = peer.recv(65_536)
                if not piece:
                    return
                head += piece
            name = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"host:")), b"").decode()
            name = name.removeprefix("host:").strip().partition(".")[0]
            self.asked[name] = self.asked.get(name, 0) + 1
            self.traps.get(name, says(whole(GOOD)))(peer)
            with suppress(OSError):
                peer.shutdown(socket.SHUT_WR)


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    """Open it for a while."""
    Publisher.closing.clear()
    made = Publisher()
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        made.port = listening.getsockname()[1]

        def accept() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=made.serve, args=(peer,), daemon=True).start()

        waiting = threading.Thread(target=accept, daemon=True)
        waiting.start()
        yield made
        Publisher.closing.set()
        listening.shutdown(socket.SHUT_RDWR)
    waiting.join(5)
