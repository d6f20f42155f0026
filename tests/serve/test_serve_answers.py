"""Headers, conditional requests, compression, and errors: what every answer has."""

import gzip
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import brotli
import httpx
import pytest

from octavo.errors import StoreBusy, StoreError
from octavo.ports.search_index import SearchHit, SearchQuery
from octavo.serve.answers import Answer, answer, encoding_for, is_known
from octavo.serve.assets import read_assets
from octavo.serve.kept import KeptPages
from octavo.store import articles

from .conftest import NOW, Reader, article

EVERYTHING = (
    "/",
    "/en-gb",
    "/en-gb.atom",
    "/nowhere",
    "/healthz",
    "/picture/x/640",
    "/robots.txt",
    "/en-gb/",
    "/offline",
)


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_is_guarded(reader: Reader, path: str) -> None:
    headers = reader.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["img-src"] == "'self' data:"
    assert not {"script-src", "style-src"} & set(policy), "nothing is looser than default-src"
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert "permissions-policy" in headers


def test_every_answer_with_words_names_its_charset(reader: Reader) -> None:
    more = (
        "/sitemap.xml",
        "/feeds.opml",
        "/sw.js",
        "/en-gb/latest.rss",
        "/fever/?api",
        "/sign-in/from/x?state=1&code=2",
    )
    kinds = {path: reader.get(path).headers.get("content-type", "") for path in (*EVERYTHING, *more)}
    kinds |= {path: reader.get(path).headers["content-type"] for path in read_assets().served}
    assert {kind for kind in kinds.values() if kind.startswith("text/")} >= {"text/html; charset=utf-8"}
    for path, kind in kinds.items():
        words = kind.startswith("text/") or kind.partition(";")[0].endswith("xml")
        assert not words or "svg" in kind or kind.endswith("; charset=utf-8"), (path, kind)


def test_static_files_say_no_more_than_files_need_and_drawings_all(reader: Reader) -> None:
    answers = {path: reader.get(path).headers for path in read_assets().served}
    kinds = {headers["content-type"].partition(";")[0] for headers in answers.values()}
    assert {"text/css", "text/javascript", "font/woff2", "image/svg+xml", "image/png"} <= kinds
    for path, headers in answers.items():
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "immutable" in headers["cache-control"]
        is_document = headers["content-type"] == "image/svg+xml"
        for name in ("content-security-policy", "permissions-policy", "cross-origin-opener-policy"):
            assert (name in headers) == is_document, path
    assert "content-security-policy" in reader.get("/sw.js").headers, "a service worker follows its script's policy"


@pytest.mark.parametrize("path", ["/en-gb", "/en-gb/latest.rss", "/sw.js", "/offline", "/manifest.webmanifest"])
def test_what_a_reader_has_is_not_sent_again(reader: Reader, path: str) -> None:
    first = reader.get(path)
    again = reader.get(path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert reader.get(path, if_none_match='"other"').status_code == 200


def test_a_new_article_changes_the_page_and_its_etag(reader: Reader) -> None:
    before = reader.get("/en-gb/latest")
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("harbour", "new", "A headline nobody had seen", 0.5)], now=NOW)
    reader.clock.now = NOW + timedelta(seconds=6)
    after = reader.get("/en-gb/latest", if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert "A headline nobody had seen" in after.text


def test_pages_come_packed_as_the_reader_can_unpack_them(reader: Reader) -> None:
    plain = reader.get("/en-gb").content
    assert reader.get("/en-gb", accept_encoding="br").content == plain
    assert reader.get("/en-gb", accept_encoding="br").headers["content-encoding"] == "br"
    assert reader.get("/en-gb", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in reader.get("/en-gb", accept_encoding="identity").headers
    assert "Accept-Encoding" in reader.get("/en-gb").headers["vary"]


def test_static_files_are_kept_for_good(reader: Reader) -> None:
    page = reader.get("/en-gb").text
    path = page.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0]
    style = reader.get(path, accept_encoding="br")
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (style.headers["content-type"], style.headers["content-encoding"]) == ("text/css; charset=utf-8", "br")
    assert reader.get(path, if_none_match=style.headers["etag"]).status_code == 304


class BusyDatabase:
    """A database another writer holds."""

    dialect = "sqlite"
    near = True

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.busy = False

    @contextmanager
    def read(self) -> Any:
        if self.busy:
            raise StoreBusy("the secret path /var/lib/octavo is locked")
        with self.inner.read() as view:
            yield view


def test_a_busy_store_is_503_and_says_when_to_come_back(make_reader: Callable[..., Reader]) -> None:
    held = BusyDatabase(make_reader().tools.database)
    reader = make_reader(database=held)
    reader.get("/en-gb")
    held.busy = True
    for path in ("/en-gb/latest", "/en-gb.atom"):
        reader.clock.now += timedelta(seconds=2)
        answered = reader.get(path)
        assert (answered.status_code, answered.headers["retry-after"]) == (503, "2")
        assert "/var/lib" not in answered.text


class BrokenSearch:
    """A search that cannot answer, or a program that is wrong."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def search(self, query: SearchQuery) -> list[SearchHit]:
        raise self.error


def test_a_search_that_fails_says_so_and_is_not_kept(make_reader: Callable[..., Reader]) -> None:
    broken = make_reader(search_index=BrokenSearch(StoreError("no such table: words")))
    answered = broken.get("/en-gb/search?q=tide")
    assert answered.status_code == 503
    assert "no such table" not in answered.text


def test_an_error_nobody_foresaw_tells_nothing(make_reader: Callable[..., Reader]) -> None:
    broken = make_reader(search_index=BrokenSearch(ZeroDivisionError("password=hunter2")))
    answered = broken.get("/en-gb/search?q=tide")
    assert (answered.status_code, answered.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "hunter2" not in answered.text
    assert "ZeroDivision" not in answered.text
    assert "content-security-policy" in answered.headers


def test_encodings_are_chosen_as_asked() -> None:
    assert encoding_for("gzip, deflate, br") == "br"
    assert encoding_for("gzip;q=1.0, br;q=0") == "gzip"
    assert encoding_for("gzip, deflate, br, zstd") == "br"
    assert encoding_for("gzip, deflate, br, zstd", once=True) == "zstd"
    assert encoding_for("gzip, br, zstd;q=0", once=True) == "br"
    assert encoding_for("") == encoding_for("identity") == encoding_for("*") == ""


def test_packed_bodies_unpack() -> None:
    made = answer("tide " * 900)
    assert brotli.decompress(made.in_encoding("br")) == made.body == gzip.decompress(made.in_encoding("gzip"))


def test_etags_are_compared_weakly() -> None:
    assert is_known('W/"a"', '"b", "a"')
    assert is_known('"a"', 'W/"a"')
    assert is_known('"a"', "*")
    assert not is_known('"a"', '"ab"')
    assert not is_known('"a"', "")


def test_kept_pages_are_bounded_and_forgotten_in_time() -> None:
    kept = KeptPages[Answer](max_bytes=30_000)
    for number in range(20):
        kept.keep(f"/{number}", "s", NOW, answer("x" * 2000))
    assert kept.get("/0", "s", NOW) is None
    assert kept.get("/19", "s", NOW) is not None
    assert kept.get("/19", "other", NOW) is None
    assert kept.get("/19", "s", NOW + timedelta(minutes=1)) is None


def test_a_page_larger_than_the_room_is_not_kept() -> None:
    kept = KeptPages[Answer](max_bytes=1000)
    kept.keep("/", "s", NOW, answer("x" * 2000))
    assert kept.get("/", "s", NOW) is None


def test_kept_pages_answer_without_asking_the_store(make_reader: Callable[..., Reader]) -> None:
    held = BusyDatabase(make_reader().tools.database)
    reader = make_reader(database=held)
    first: httpx.Response = reader.get("/en-gb")
    held.busy = True
    assert reader.get("/en-gb").content == first.content


def test_a_query_makes_another_page(reader: Reader) -> None:
    assert reader.get("/en-gb/search?q=glass").content != reader.get("/en-gb/search?q=tide").content
