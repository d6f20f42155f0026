"""Live updates through the ASGI interface: what arrives is told, from where a reader was, to as many as fit."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from octavo.config import WebSettings
from octavo.domain.enrichment import Enrichment, Hashtag, Topic
from octavo.domain.ids import ArticleId
from octavo.domain.story import Placement
from octavo.errors import StoreBusy
from octavo.serve.answering import handlers
from octavo.serve.live import Live
from octavo.serve.routes import routes
from octavo.serve.site import Site, open_site
from octavo.store import arrivals, articles, changes, stories
from octavo.text.slugs import short_id

from .conftest import NOW, Reader, article

PATIENCE_S = 120


@dataclass
class Stream:
    """What one reader has received so far."""

    messages: "asyncio.Queue[dict[str, Any]]" = field(default_factory=asyncio.Queue)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    rest: str = ""

    async def start(self) -> tuple[int, dict[str, str]]:
        told = await asyncio.wait_for(self.messages.get(), PATIENCE_S)
        return told["status"], {name.decode(): value.decode() for name, value in told["headers"]}

    async def event(self) -> dict[str, str]:
        while "\n\n" not in self.rest:
            told = await asyncio.wait_for(self.messages.get(), PATIENCE_S)
            self.rest += told["body"].decode()
        one, self.rest = self.rest.split("\n\n", 1)
        return dict(line.split(": ", 1) for line in one.splitlines())


@asynccontextmanager
async def following(app: Any, query: str = "", **headers: str) -> AsyncIterator[Stream]:
    """Ask for a stream, and go away at the end."""
    stream = Stream()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": "GET",
        "path": "/en-gb/live",
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, str]:
        await stream.gone.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(app(scope, receive, stream.messages.put))
    try:
        yield stream
    finally:
        stream.gone.set()
        await asyncio.wait_for(task, PATIENCE_S)


def make_app(reader: Reader) -> tuple[Any, Site]:
    """The application, with a watch that looks without rest."""
    site = open_site(reader.tools)
    site.live.look_s = 0.001
    return Starlette(routes=routes(site), exception_handlers=dict(handlers(site))), site


def settle(reader: Reader) -> int:
    """Say that everything so far was related."""
    with reader.tools.database.transaction() as tx:
        last = changes.last_seq(tx)
        changes.set_position(tx, arrivals.RELATED, last)
        reader.clock.now += timedelta(seconds=2)
        return last


def arrive(reader: Reader, name: str, headline: str, publisher: str = "harbour", **more: Any) -> ArticleId:
    """Let an article come in, be understood and find its story."""
    with reader.tools.database.transaction() as tx:
        [saved] = articles.save(tx, [article(publisher, name, headline, 0.1, **more)], now=NOW)
        tags, topics = (Hashtag("tide", "Tide", 0.9),), (Topic("04000000", 0.8),)
        articles.save_enrichments(tx, [Enrichment(saved.id, saved.language, hashtags=tags, topics=topics)])
        stories.place(tx, Placement(saved.id, reader.story, 0.9), NOW)
    settle(reader)
    return saved.id


def test_what_arrives_while_a_page_is_open_is_told_and_nothing_else(reader: Reader) -> None:
    async def play() -> None:
        since = settle(reader)
        app, site = make_app(reader)
        async with following(app, f"since={since}") as stream:
            status, headers = await stream.start()
            assert (status, headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
            assert headers["cache-control"] == "no-store, no-transform"
            assert headers["x-accel-buffering"] == "no"
            assert (await stream.event())["event"] == "ready"
            arrive(reader, "fremd", "Ein Wort auf Deutsch", language="de")
            number = arrive(reader, "fresh", "A whale in the bay")
            told = await stream.event()
            assert json.loads(told["data"])["new"] == [
                {
                    "id": short_id(number),
                    "source": "harbour",
                    "language": "en",
                    "headline": "A whale in the bay",
                    "hashtags": ["tide"],
                }
            ]
            assert int(told["id"]) == since + 2
            assert site.live._following
        assert not site.live._following, "a reader who goes away leaves a seat"

    asyncio.run(play())


def test_an_article_is_told_of_once_all_about_it_is_known(reader: Reader) -> None:
    since = settle(reader)
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("harbour", "new", "Not related yet", 0.1)], now=NOW)
    told = reader.get(f"/en-gb/live?since={since}", accept="application/json")
    assert told.json() == {"seq": since, "new": []}


def test_a_reader_who_comes_back_goes_on_where_they_were(reader: Reader) -> None:
    async def play() -> None:
        since = settle(reader)
        arrive(reader, "one", "First while away")
        second = arrive(reader, "two", "Second while away")
        app, _ = make_app(reader)
        async with following(app, f"since={since}", last_event_id=str(since + 1)) as stream:
            await stream.start()
            assert (await stream.event())["id"] == str(since + 1)
            told = json.loads((await stream.event())["data"])
            assert [one["id"] for one in told["new"]] == [short_id(second)]

    asyncio.run(play())


def test_more_readers_than_seats_are_sent_to_ask(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(WebSettings(live_readers=1))

    async def play() -> None:
        since = settle(reader)
        app, _ = make_app(reader)
        async with following(app) as first:
            assert (await first.start())[0] == 200
            async with following(app) as second:
                status, headers = await second.start()
                assert (status, headers["retry-after"]) == (503, "60")
            async with following(app, f"since={since}", accept="application/json") as asking:
                assert (await asking.start())[0] == 200
        async with following(app) as third:
            assert (await third.start())[0] == 200

    asyncio.run(play())


def test_a_silent_stream_is_kept_open(reader: Reader) -> None:
    async def play() -> None:
        app, site = make_app(reader)
        site.live.beat_s = 0.001
        async with following(app, f"since={settle(reader)}") as stream:
            await stream.start()
            await stream.event()
            assert await stream.event() == {"": "still here"}

    asyncio.run(play())


def test_a_reader_who_leaves_while_something_is_sent_is_no_error(reader: Reader) -> None:
    app, _ = make_app(reader)
    sent: list[str] = []

    async def send(told: dict[str, Any]) -> None:
        sent.append(told["type"])
        if told["type"] == "http.response.body":
            raise OSError("nobody listens any more")

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    version = {"version": "3.0", "spec_version": "2.3"}
    scope: dict[str, Any] = {"type": "http", "asgi": version, "method": "GET", "path": "/en-gb/live"}
    scope |= {"root_path": "", "query_string": b"", "headers": []}
    asyncio.run(asyncio.wait_for(app(scope, receive, send), PATIENCE_S))
    assert sent == ["http.response.start", "http.response.body"]


def test_streams_end_when_the_server_does(reader: Reader) -> None:
    async def play() -> None:
        app, site = make_app(reader)
        async with following(app, f"since={settle(reader)}") as stream:
            await stream.start()
            await stream.event()
            site.live.end()
            ended = await asyncio.wait_for(stream.messages.get(), PATIENCE_S)
            assert ended == {"type": "http.response.body", "body": b"", "more_body": False}
            async with following(app) as late:
                assert (await late.start())[0] == 503

    asyncio.run(play())


def test_many_readers_cost_one_reading(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[int] = []
    read = Live._read

    def counted(live: Live, after: int) -> Any:
        readings.append(after)
        return read(live, after)

    monkeypatch.setattr(Live, "_read", counted)

    async def play() -> None:
        since = settle(reader)
        app, _ = make_app(reader)
        async with following(app, f"since={since}") as one, following(app, f"since={since}") as two:
            for stream in (one, two):
                await stream.start()
                await stream.event()
            before = len(readings)
            arrive(reader, "fresh", "A whale in the bay")
            await one.event()
            await two.event()
            assert len(readings) - before <= 2, "the stamp may be seen between the article and its relation"

    asyncio.run(play())


LISTS = {
    "latest": ["fresh"],
    "section/04000000": ["fresh"],
    "section/15000000": [],
    "hashtag/tide": ["fremd", "fresh"],
    "hashtag/archives": [],
    "source/harbour": ["fremd", "fresh"],
    "source/ledger": [],
    "place/gb": [],
}


@pytest.mark.parametrize("name", LISTS)
def test_each_list_tells_of_its_own(reader: Reader, name: str) -> None:
    since = settle(reader)
    ids = {"fremd": arrive(reader, "fremd", "Ein Wort", language="de"), "fresh": arrive(reader, "fresh", "A whale")}
    told = reader.get(f"/en-gb/live?list={name}&since={since}", accept="application/json").json()
    assert [one["id"] for one in told["new"]] == [short_id(ids[one]) for one in LISTS[name]]


def test_a_story_tells_of_its_reports(reader: Reader) -> None:
    since = settle(reader)
    number = arrive(reader, "fresh", "The ledger again")
    told = reader.get(
        f"/en-gb/live?list=story/{short_id(reader.story)}&since={since}", accept="application/json"
    ).json()
    assert [one["id"] for one in told["new"]] == [short_id(number)]


def test_a_number_from_another_life_of_the_store_counts_as_now(reader: Reader) -> None:
    since = settle(reader)
    told = reader.get(f"/en-gb/live?since={since + 900}", accept="application/json")
    assert told.json() == {"seq": since, "new": []}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/xx-yy/live", 404),
        ("/en-gb/live?list=secrets", 422),
        ("/en-gb/live?since=-1", 422),
        ("/en-gb/live?since=٣", 422),
        (f"/en-gb/live?since={'9' * 30}", 422),
        (f"/en-gb/live?list=hashtag/{'a' * 300}", 422),
    ],
)
def test_what_makes_no_sense_is_refused(reader: Reader, path: str, status: int) -> None:
    assert reader.get(path).status_code == status


def test_head_opens_no_stream(reader: Reader) -> None:
    answer = reader.get("/en-gb/live", "HEAD")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_busy_store_does_not_end_what_is_open(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        since = settle(reader)
        app, site = make_app(reader)
        async with following(app, f"since={since}") as stream:
            await stream.start()
            await stream.event()
            failed = asyncio.Event()

            async def busy() -> str:
                failed.set()
                raise StoreBusy("locked")

            with monkeypatch.context() as patched:
                patched.setattr(site.watcher, "newest", busy)
                await asyncio.wait_for(failed.wait(), PATIENCE_S)
            number = arrive(reader, "fresh", "A whale in the bay")
            told = json.loads((await stream.event())["data"])
            assert [one["id"] for one in told["new"]] == [short_id(number)]

    asyncio.run(play())


@pytest.mark.parametrize(
    ("path", "live"),
    [
        ("/en-gb", "latest"),
        ("/en-gb/latest", "latest"),
        ("/en-gb/section/04000000", "section/04000000"),
        ("/en-gb/hashtag/tide", "hashtag/tide"),
        ("/en-gb/source/harbour", "source/harbour"),
        ("/en-gb/latest?before=zzzzzzzz", ""),
        ("/en-gb/about", ""),
    ],
)
def test_pages_say_which_list_they_are_and_what_they_know(reader: Reader, path: str, live: str) -> None:
    since = settle(reader)
    text = reader.get(path).text
    assert ("js/live" in text) == bool(live)
    assert (f'role="status" data-live="{live}" data-since="{since}"' in text) == bool(live)
