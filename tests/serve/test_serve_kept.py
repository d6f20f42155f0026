"""Kept pages through the whole site: never older than the promised second, never another reader's, no errors."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import brotli
import httpx
import pytest

from octavo.errors import StoreError
from octavo.serve.asgi import make_asgi
from octavo.store import articles

from .conftest import NOW, Reader, article
from .test_serve_answers import BrokenSearch, BusyDatabase
from .test_serve_watching import Counted

LATEST = "/en-gb/latest"
NEW = "A headline nobody had seen"


def publish(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("harbour", "new", NEW, 0.5)], now=NOW)


def test_a_change_is_shown_after_a_second_and_not_asked_for_before(reader: Reader) -> None:
    assert NEW not in reader.get(LATEST).text
    publish(reader)
    reader.clock.now = NOW + timedelta(milliseconds=400)
    assert NEW not in reader.get(LATEST).text, "the stamp is still believed"
    reader.clock.now = NOW + timedelta(seconds=1)
    assert NEW in reader.get(LATEST).text


def test_a_kept_page_is_the_page_in_every_form(reader: Reader) -> None:
    made = reader.get(LATEST)
    kept = reader.get(LATEST)
    assert kept.content == made.content
    assert dict(kept.headers) == dict(made.headers)
    packed = reader.get(LATEST, accept_encoding="br")
    assert packed.headers["content-encoding"] == "br"
    assert packed.content == made.content
    assert int(packed.headers["content-length"]) == len(brotli.compress(made.content, quality=5))
    bare = reader.get(LATEST, method="HEAD", accept_encoding="identity")
    assert (bare.content, bare.headers["content-length"]) == (b"", str(len(made.content)))
    known = reader.get(LATEST, if_none_match=made.headers["etag"])
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["content-security-policy"] == made.headers["content-security-policy"]
    assert reader.get(LATEST).content == made.content, "nothing sent before changed what is kept"


def test_a_kept_page_is_of_one_edition_and_one_question(reader: Reader) -> None:
    for path in ("/en-gb", "/ar-ae", "/en-gb/search?q=tide", "/en-gb/search?q=glass"):
        assert reader.get(path).content == reader.get(path).content
    assert 'dir="rtl"' in reader.get("/ar-ae").text
    assert 'dir="rtl"' not in reader.get("/en-gb").text
    english, arabic = (reader.get("/offline", accept_language=one) for one in ("en-GB", "ar-AE"))
    assert english.content != arabic.content
    assert "Accept-Language" in english.headers["vary"]


def test_errors_are_not_kept(make_reader: Callable[..., Reader]) -> None:
    broken = make_reader(search_index=BrokenSearch(StoreError("no such table")))
    counted = Counted(broken.tools.database)
    reader = make_reader(search_index=broken.tools.search_index, database=counted)
    for path in ("/en-gb/search?q=tide", "/en-gb/article/zzzzzz"):
        assert reader.get(path).status_code in {404, 503}
        before = counted.readings
        reader.get(path)
        assert counted.readings > before


def test_a_store_that_cannot_be_read_is_said_once_the_stamp_is_old(make_reader: Callable[..., Reader]) -> None:
    held = BusyDatabase(make_reader().tools.database)
    reader = make_reader(database=held)
    reader.get(LATEST)
    held.busy = True
    reader.clock.now = NOW + timedelta(milliseconds=999)
    assert reader.get(LATEST).status_code == 200
    reader.clock.now = NOW + timedelta(seconds=1)
    assert reader.get(LATEST).status_code == 503


async def ask_together(reader: Reader, path: str, count: int) -> list[httpx.Response]:
    transport = httpx.ASGITransport(reader.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://reader.test") as client:
        return await asyncio.gather(*(client.get(path) for _ in range(count)))


@pytest.mark.parametrize("path", [LATEST, "/en-gb/nowhere"])
def test_of_those_who_ask_together_the_first_has_the_page_made(make_reader: Callable[..., Reader], path: str) -> None:
    counted = Counted(make_reader().tools.database)
    reader = make_reader(database=counted)
    reader.app = make_asgi(reader.tools)
    asyncio.run(ask_together(reader, "/en-gb/about", 1))
    before = counted.readings
    answers = asyncio.run(ask_together(reader, path, 20))
    assert len({(one.status_code, one.content) for one in answers}) == 1
    assert counted.readings - before <= (1 if path == LATEST else 20)
