"""Kept pages through the whole site: never older than the promised seconds, never another reader's, no errors."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import brotli
import httpx
import pytest
from starlette.applications import Starlette

from octavo.domain.publisher import DisplayPolicy
from octavo.errors import StoreError
from octavo.serve.asgi import make_asgi
from octavo.serve.kept import LATE
from octavo.serve.middleware import key_for
from octavo.serve.routes import routes
from octavo.serve.site import open_site
from octavo.serve.watching import EARLY, FRESH
from octavo.store import articles, publishers

from .conftest import NOW, PUBLISHERS, SECRET_TAIL, Reader, article
from .test_serve_answers import BrokenSearch, BusyDatabase
from .test_serve_routes import article_path, story_path
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
    reader.clock.now += LATE
    assert NEW in reader.get(LATEST).text


def test_who_asks_while_a_page_is_made_anew_gets_the_one_before_at_once(make_reader: Callable[..., Reader]) -> None:
    writer = make_reader()
    counted = Counted(writer.tools.database)
    reader = make_reader(database=counted)
    reader.app = make_asgi(reader.tools)

    async def ask() -> None:
        await ask_together(reader, LATEST, 1)
        publish(writer)
        reader.clock.now = NOW + FRESH
        counted.readings = 0
        late = await ask_together(reader, LATEST, 20)
        assert not any(NEW in one.text for one in late)
        await asyncio.gather(*reader.app._renewals)
        assert counted.readings == 2, "the stamp was read once, and the page made once"
        assert NEW in (await ask_together(reader, LATEST, 1))[0].text

    asyncio.run(ask())


def test_a_page_is_late_for_two_seconds_at_most(reader: Reader) -> None:
    reader.get(LATEST)
    publish(reader)
    reader.clock.now = NOW + LATE - timedelta(milliseconds=1)
    reader.get(LATEST)  # sent late: that does not make it hold any longer
    reader.clock.now = NOW + LATE
    assert NEW in reader.get(LATEST).text


def test_a_policy_is_never_followed_late(reader: Reader) -> None:
    strict = replace(PUBLISHERS[0], policy=DisplayPolicy.HEADLINE)
    path = article_path(reader, "ledger")
    reader.app = make_asgi(reader.tools)

    async def ask() -> None:
        assert SECRET_TAIL in (await ask_together(reader, path, 1))[0].text
        with reader.tools.database.transaction() as tx:
            publishers.save(tx, [strict])
        reader.clock.now = NOW + EARLY
        assert SECRET_TAIL in (await ask_together(reader, path, 1))[0].text, "the stamp is still believed"
        while reader.app._watcher._reading:
            await asyncio.sleep(0)
        assert SECRET_TAIL not in (await ask_together(reader, path, 1))[0].text

    asyncio.run(ask())


def test_a_question_mark_in_a_path_is_no_query() -> None:
    assert key_for("/en-gb/search?q=tide", "") != key_for("/en-gb/search", "q=tide")
    assert key_for("/a?b", "c") != key_for("/a", "b?c")


def test_pages_are_the_same_whether_their_pieces_were_kept_or_not(make_reader: Callable[..., Reader]) -> None:
    paths = ["/en-gb", "/ar-ae", "/de-de", LATEST, "/en-gb/hashtag/tide", "/ar-ae/latest", "/en-gb/search?q=tide"]
    kept, bare = make_reader(), make_reader()
    paths += [article_path(kept, "ledger"), article_path(kept, "ledger").replace("en-gb", "ar-ae"), story_path(kept)]
    site = open_site(bare.tools)
    site.templates.environment.pieces.kept = False  # type: ignore[attr-defined]
    bare.app = Starlette(routes=routes(site))
    for path in (*paths, *paths):
        kept.clock.now += timedelta(minutes=7)
        assert kept.get(path).text == bare.get(path).text, path


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
    reader.clock.now = NOW + timedelta(milliseconds=999) + LATE
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
