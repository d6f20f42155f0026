"""The site by granian's interface: the same answers as by ASGI, kept ones in one call, pieces as they come."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from octavo.config import WebSettings
from octavo.serve.middleware import SECURITY
from octavo.serve.rsgi import Rsgi, make_rsgi, scope_of

from .conftest import Reader
from .talk import OPEN
from .test_serve_routes import article_path


@dataclass
class Asked:
    """A request as granian gives it."""

    path: str
    query_string: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:40000"
    scheme: str = "http"


@dataclass
class Line:
    """A connection that writes down what it is told to send."""

    sent: list[tuple[str, int, dict[str, str], bytes]] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    body: tuple[bytes, ...] = ()
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.body:
            yield piece

    async def client_disconnect(self) -> None:
        await self.gone.wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.sent.append(("bytes", status, dict(headers), body))

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.sent.append(("empty", status, dict(headers), b""))

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Line":
        self.sent.append(("stream", status, dict(headers), b""))
        return self

    async def send_bytes(self, piece: bytes) -> None:
        if self.gone.is_set():
            raise RuntimeError("closed")
        self.pieces.append(piece)
        self.gone.set()


@pytest.fixture
def site(reader: Reader) -> Rsgi:
    return make_rsgi(reader.tools)


def ask(site: Rsgi, *asked: Asked, **line: Any) -> list[Line]:
    async def all_of() -> list[Line]:
        lines = [Line(**line) for _ in asked]
        for one, there in zip(asked, lines, strict=True):
            await asyncio.wait_for(site.__rsgi__(one, there), 30)
        return lines

    return asyncio.run(all_of())


@pytest.mark.parametrize("path", ["/en-gb", "/en-gb/latest", "/en-gb/nowhere", "/healthz", "/", "/en-gb/", "/sw.js"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_is_the_one_by_asgi(site: Rsgi, reader: Reader, path: str, method: str) -> None:
    by_asgi = reader.get(path, method, accept_encoding="identity")
    first, again = ask(site, *[Asked(path, method=method, headers={"accept-encoding": "identity"})] * 2)
    for line in (first, again):
        [(_, status, headers, body)] = line.sent
        assert (status, body) == (by_asgi.status_code, by_asgi.content)
        assert headers == dict(by_asgi.headers)


def test_a_kept_page_is_sent_in_the_form_that_is_asked_for(site: Rsgi, reader: Reader) -> None:
    path = article_path(reader, "ledger")
    plain, packed = ask(site, Asked(path), Asked(path, headers={"accept-encoding": "gzip, br"}))
    etag = plain.sent[0][2]["etag"]
    [known] = ask(site, Asked(path, headers={"if-none-match": etag}))
    assert packed.sent[0][2]["content-encoding"] == "br"
    assert known.sent[0][:2] == ("bytes", 304)
    assert "content-security-policy" in known.sent[0][2]


def test_what_an_https_site_says_is_said_with_kept_pages_too(make_reader: Callable[..., Reader]) -> None:
    site = make_rsgi(make_reader(WebSettings(public_url="https://news.example")).tools)
    for line in ask(site, *[Asked("/en-gb")] * 3, Asked("/nowhere"), Asked("/healthz")):
        assert line.sent[0][2]["strict-transport-security"] == "max-age=31536000"


def test_a_page_on_a_sheet_says_what_every_page_says(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(WebSettings(public_url="https://news.example"), settings=OPEN)
    ada = reader.visitor().sign_up("ada")
    site = make_rsgi(reader.tools)
    cookie = "; ".join(f"{name}={value}" for name, value in ada.cookies.items())
    made, *filled = ask(site, *[Asked("/en-gb/latest", headers={"cookie": cookie})] * 3)
    assert made.sent[0][0] == "bytes" or made.pieces
    for line in filled:
        how, status, headers, body = line.sent[0]
        assert (how, status) == ("bytes", 200)
        assert b'data-me="ada"' in body
        told = {name: headers[name] for name in ("strict-transport-security", *SECURITY)}
        assert told == {"strict-transport-security": "max-age=31536000"} | SECURITY
        assert headers["cache-control"] == "private, no-cache"


def test_a_query_counts_and_a_path_is_taken_as_granian_gives_it(site: Rsgi) -> None:
    found, other = ask(site, Asked("/en-gb/search", "q=tide"), Asked("/en-gb/search?q=tide"))
    assert b"tide" in found.sent[0][3].lower()
    assert other.sent[0][1] in {301, 404}


def test_an_answer_that_never_ends_ends_with_its_reader(site: Rsgi) -> None:
    [line] = ask(site, Asked("/en-gb/live", "list=latest"))
    assert line.sent[0][:2] == ("stream", 200)
    assert b"retry" in line.pieces[0]


def test_a_request_is_said_as_asgi_does() -> None:
    scope = scope_of(Asked("/a b", "q=%C3%A9", headers={"user-agent": "café"}))
    assert scope["path"] == "/a b"
    assert scope["query_string"] == b"q=%C3%A9"
    assert scope["headers"] == [(b"user-agent", "café".encode())]
    assert scope["client"] == ("::1", 40000)
    assert scope["server"] == ("127.0.0.1", 8000)


def test_a_body_comes_piece_by_piece() -> None:
    read: list[bytes] = []

    class Echo:
        end = staticmethod(lambda: None)

        def at_hand(self, asked: str) -> tuple[None, bool]:
            return None, False

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            more = True
            while more:
                message = await receive()
                read.append(message["body"])
                more = message["more_body"]
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    [line] = ask(Rsgi(Echo()), Asked("/", method="POST"), body=(b"one", b"two"))  # type: ignore[arg-type]
    assert read == [b"one", b"two", b""]
    assert line.sent[0][1] == 204


def test_what_was_just_sent_is_sent_again_to_nobody_who_is_signed_in(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(settings=OPEN)
    ada = reader.visitor().sign_up("ada")
    site = make_rsgi(reader.tools)
    cookie = "; ".join(f"{name}={value}" for name, value in ada.cookies.items())
    nobody, hers = Asked("/en-gb/latest"), Asked("/en-gb/latest", headers={"cookie": cookie})
    lines = ask(site, nobody, nobody, nobody, hers, hers, hers, nobody)
    assert [b'data-me="ada"' in (line.sent[0][3] or b"".join(line.pieces)) for line in lines] == [
        *[False] * 3,
        *[True] * 3,
        False,
    ]
