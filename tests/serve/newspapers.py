"""Two newspapers of ours behind one loopback server: one publishes, the other subscribes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from loopback import Call, Loopback, Reply, loopback
from octavo.adapters.blobs.disk import DiskBlobs
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.config import FetchSettings, Settings, WebSettings
from octavo.serve.topics import open_topics
from octavo.store import articles, migrations_path

from .conftest import Clock, Reader, article, fill

NEWS, BACK = "one.localhost", "two.localhost"
TOPIC_PATH = "/en-gb/latest.atom"
FORM = {"content_type": "application/x-www-form-urlencoded"}


@dataclass
class Newspapers:
    """Two newspapers of ours behind one loopback server, told apart by their hosts; the first publishes."""

    web: Loopback
    publisher: Reader
    subscriber: Reader
    clock: Clock
    strangers: Callable[[Call], Reply] = lambda _: Reply(404)
    down: set[str] = field(default_factory=set)

    @property
    def topic(self) -> str:
        return self.web.url(TOPIC_PATH, NEWS)

    def answer(self, call: Call) -> Reply:
        site = {NEWS: self.publisher, BACK: self.subscriber}.get(call.host)
        if site is None:
            return self.strangers(call)
        if call.host in self.down:
            return Reply(500)
        kept = {name: value for name, value in call.fields.items() if name not in ("host", "content-length")}
        found = site.ask(call.method, call.path, kept | {"accept-encoding": "identity"}, content=call.body or None)
        names = ("content-type", "link", "location", "etag")
        return Reply(found.status_code, found.content, {n: found.headers[n] for n in names if n in found.headers})

    def ask(self, **said: str) -> Any:
        """Ask the hub as a stranger whose callback is at three.localhost."""
        callback = self.web.url("/in?x=1", "three.localhost")
        usual = {"hub.mode": "subscribe", "hub.topic": self.topic, "hub.callback": callback}
        given = usual | {f"hub.{name}": value for name, value in said.items()}
        return self.publisher.ask("POST", "/hub", {}, given)

    def publish(self, name: str, headline: str) -> None:
        """Write an article in the first newspaper."""
        with self.publisher.tools.database.transaction() as tx:
            articles.save(tx, [article("harbour", name, headline, -0.5)], now=self.clock.now)

    def later(self, **more: float) -> None:
        self.clock.now += timedelta(**more)


def confirming(call: Call) -> Reply:
    """A callback that means it, and takes what it is brought."""
    asked = parse_qs(urlsplit(call.path).query)
    return Reply(200, asked["hub.challenge"][0].encode()) if call.method == "GET" else Reply(204)


@contextmanager
def two_newspapers(make_reader: Callable[..., Reader], template: Path, folder: Path) -> Iterator[Newspapers]:
    """Open both until the test is done; sockets have to be enabled."""
    with loopback() as web:
        fetch = FetchSettings(delay_s=0, timeout_s=60, allow_networks=(f"127.0.0.1/32:{web.port}",))

        def at(host: str) -> WebSettings:
            return WebSettings(public_url=web.url("", host), policy="full")

        first = make_reader(at(NEWS), settings={"fetch": fetch})
        fetcher = HttpFetcher(fetch, first.clock)
        first.tools = replace(first.tools, fetcher=fetcher, topics=open_topics(first.tools))
        folder.mkdir()
        shutil.copy(template, folder / "octavo.db")
        database = SqliteDatabase(folder / "octavo.db", migrations_path(), busy_s=60)
        search = SqliteSearch(database)
        fill(database, search)
        settings = Settings(data_dir=folder, web=at(BACK), fetch=fetch)
        other = replace(
            first.tools, settings=settings, database=database, search_index=search, blobs=DiskBlobs(folder / "blobs")
        )
        made = Newspapers(web, first, Reader(other, first.clock), first.clock)
        web.answer = made.answer
        yield made
        fetcher.close()
        database.close()
