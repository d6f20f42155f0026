"""What the fetcher lets in: bodies packed and unpacked, within bounds on bytes and time."""

import gzip
import shutil
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
import zstandard

from octavo.adapters.fetchers.http import HttpFetcher
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, TooLarge

from .conftest import Web, _Server

Make = Callable[..., HttpFetcher]
pytestmark = pytest.mark.enable_socket

TEXT = "Ein Fluss trat über die Ufer. نهر فاض. ".encode() * 500
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: bytes(brotli.compress(data, quality=5)),
    "zstd": lambda data: zstandard.ZstdCompressor().compress(data),
}


@pytest.mark.parametrize("coding", PACK)
def test_codings_are_undone(web: Web, make: Make, coding: str) -> None:
    web.answer("/a", PACK[coding](TEXT), Content_Encoding=coding)
    assert make().fetch(Request(web.url("/a"))).body == TEXT


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("size", [2_000_000, 300_000_000])
def test_bombs_are_too_large(web: Web, make: Make, coding: str, size: int) -> None:
    if coding == "deflate" and size > 2_000_000:
        pytest.skip("the same code as gzip")
    web.answer("/bomb", PACK[coding](bytes(size)), Content_Encoding=coding)
    began = time.process_time()
    with pytest.raises(TooLarge, match="1,000,000"):
        make().fetch(Request(web.url("/bomb"), max_bytes=1_000_000))
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("coding", PACK)
@pytest.mark.parametrize("size", [65_536, 100_000, 1_000_000])
def test_what_just_fits_is_let_in_however_well_it_packs(web: Web, make: Make, coding: str, size: int) -> None:
    web.answer("/a", PACK[coding](bytes(size)), Content_Encoding=coding)
    assert make().fetch(Request(web.url("/a"), max_bytes=1_000_000)).body == bytes(size)


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_packed_body_that_is_cut_off_or_broken_is_an_error(web: Web, make: Make, coding: str) -> None:
    web.answer("/cut", PACK[coding](TEXT)[:-20], Content_Encoding=coding)
    web.answer("/broken", PACK[coding](TEXT)[:30] + b"\xff" * 40, Content_Encoding=coding)
    for path in ("/cut", "/broken"):
        with pytest.raises(FetchError, match="broken"):
            make().fetch(Request(web.url(path)))


def test_gzip_of_several_members_and_padding(web: Web, make: Make) -> None:
    web.answer("/two", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 30, Content_Encoding="gzip")
    web.answer("/many", gzip.compress(b"") * 5000, Content_Encoding="gzip")
    web.answer("/lie", b"<rss/>", Content_Encoding="gzip")
    assert make().fetch(Request(web.url("/two"))).body == b"one two"
    assert make().fetch(Request(web.url("/lie"))).body == b"<rss/>"
    with pytest.raises(FetchError, match="broken"):
        make().fetch(Request(web.url("/many")))


@pytest.mark.parametrize("coding", ["gzip, gzip", "compress", "exi"])
def test_codings_nobody_asked_for_are_errors(web: Web, make: Make, coding: str) -> None:
    web.answer("/a", b"\x1f\x8b123", Content_Encoding=coding)
    with pytest.raises(FetchError, match="coding"):
        make().fetch(Request(web.url("/a")))


def test_a_body_over_the_cap_is_refused_by_its_length_and_without_one(web: Web, make: Make) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(2000):
            handler.wfile.write(b"x" * 10_000)

    web.answer("/long", b"x" * 2_000_000)
    web.pages["/endless"] = endless
    for path in ("/long", "/endless"):
        with pytest.raises(TooLarge):
            make().fetch(Request(web.url(path), max_bytes=1_000_000))
    assert len(make().fetch(Request(web.url("/long"), max_bytes=2_000_000)).body) == 2_000_000


def test_what_nobody_reads_is_not_downloaded(web: Web, make: Make) -> None:
    web.answer("/big-error", b"x" * 5_000_000, 500)
    web.answer("/big-redirect", b"x" * 5_000_000, 302, Location="/ok")
    one = make()
    with pytest.raises(FetchError, match="500"):
        one.fetch(Request(web.url("/big-error"), max_bytes=1000))
    assert one.fetch(Request(web.url("/big-redirect"), max_bytes=1000)).status == 200


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def test_a_slow_drip_ends_in_time(web: Web, make: Make) -> None:
    web.pages["/drip"] = _drip
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"one\.localhost.* too long"):
        make(timeout_s=0.5).fetch(Request(web.url("/drip")))
    assert time.monotonic() - began < 5, "all of it takes six"


def test_time_counts_over_all_redirects(web: Web, make: Make) -> None:
    def slow_hop(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.4)
        handler.send_response(302)
        handler.send_header("Location", handler.path + "x")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    for hops in range(1, 8):
        web.pages["/" + "x" * hops] = slow_hop
    with pytest.raises(FetchError, match="too long"):
        make(timeout_s=1, max_redirects=20).fetch(Request(web.url("/x")))


def test_a_callers_pause_is_not_held_against_hosts(web: Web, make: Make) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.6)
        web.answer("/done", b"late")
        web.pages["/done"](handler)

    web.pages["/slow"] = slow
    asked = [Request(web.url("/", "a.localhost")), Request(web.url("/slow", "b.localhost"))]
    answers = []
    for _, answer in make(timeout_s=2.5).fetch_all(asked):
        answers.append(answer)
        time.sleep(2.2 if len(answers) == 1 else 0)
    assert [isinstance(answer, Response) for answer in answers] == [True, True]


def test_a_broken_off_body_is_an_error(web: Web, make: Make) -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"x" * 500)
        handler.close_connection = True

    web.pages["/half"] = half
    with pytest.raises(FetchError, match="middle"):
        make().fetch(Request(web.url("/half")))


def test_a_certificate_nobody_vouches_for_is_refused(web: Web, make: Make, tmp_path: Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl program to make a certificate with")
    order = (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tls.localhost -keyout {tmp_path}/key -out {tmp_path}/cert"
    )
    subprocess.run([program, *order.split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    server = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        with pytest.raises(FetchError, match=r"certificate of tls\.localhost"):
            make(allow_networks=("127.0.0.0/8",)).fetch(Request(f"https://tls.localhost:{server.server_address[1]}/"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
