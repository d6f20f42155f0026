"""How the fetchers of several processes share hosts: one at a time, with the pause, by one store."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from octavo.actions.turns import KeptTurns
from octavo.adapters.fetchers import lent
from octavo.adapters.fetchers.http import HttpFetcher
from octavo.config import FetchSettings
from octavo.domain.web import Request, Response
from octavo.errors import StoreBusy
from octavo.ports.database import Database
from octavo.ports.host_turns import NobodyElse, Turns

from .conftest import Web

pytestmark = pytest.mark.enable_socket
Process = Callable[..., HttpFetcher]


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def process(web: Web, database: Database) -> Iterator[Process]:
    """Make fetchers as processes of one instance have them, and close them at the end."""
    made: list[HttpFetcher] = []

    def one(turns: NobodyElse | None = None, **changes: object) -> HttpFetcher:
        usual: dict[str, object] = {"delay_s": 0.2, "timeout_s": 60, "allow_networks": (f"127.0.0.1/32:{web.port}",)}
        settings = FetchSettings.model_validate(usual | changes)
        made.append(HttpFetcher(settings, clock, turns or KeptTurns(database, clock)))
        return made[-1]

    yield one
    for fetcher in made:
        fetcher.close()


def test_the_pause_holds_across_processes_and_nobody_is_asked_twice_at_once(web: Web, process: Process) -> None:
    hosts = ["a.localhost", "b.localhost"]
    answered: list[object] = []

    def ask(number: int) -> None:
        one = process()
        for _ in range(2):
            asked = [Request(web.url(f"/{number}", host)) for host in hosts for _ in range(2)]
            answered.extend(answer for _, answer in one.fetch_all(asked))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answered) == 24
    assert all(isinstance(one, Response) for one in answered)
    for host in hosts:
        visits = sorted((one for one in web.visits if one.host.startswith(host)), key=lambda one: one.began)
        pauses = [after.began - before.ended for before, after in itertools.pairwise(visits)]
        assert len(pauses) == 11
        assert min(pauses) > 0.15
    assert set(web.most_at_once.values()) == {1}


def test_a_host_that_a_killed_process_had_is_asked_once_its_time_is_over(
    web: Web, process: Process, database: Database
) -> None:
    host, begun = f"a.localhost:{web.port}", time.monotonic()
    KeptTurns(database, clock).take([host], 0.6)
    asked = [Request(web.url("/", "a.localhost")), Request(web.url("/", "b.localhost"))]
    order = [request.url for request, _ in process().fetch_all(asked)]
    assert order == [asked[1].url, asked[0].url], "what is free does not wait for what is not"
    assert web.visits[-1].began - begun > 0.5


def test_who_has_long_had_a_host_leaves_it_to_one_that_waits(
    web: Web, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lent, "YIELD_S", 1.0)
    monkeypatch.setattr("octavo.adapters.fetchers.round.KEEP_S", 0.2)
    long, short = process(delay_s=0.1), process(delay_s=0.1)
    ended: dict[str, float] = {}

    def ask_much() -> None:
        list(long.fetch_all([Request(web.url("/long"))] * 40))
        ended["long"] = time.monotonic()

    thread = threading.Thread(target=ask_much)
    thread.start()
    while not web.visits:
        time.sleep(0.01)
    list(short.fetch_all([Request(web.url("/short"))] * 3))
    ended["short"] = time.monotonic()
    thread.join()
    assert ended["short"] < ended["long"]
    assert len(web.visits) == 43


class Counted(NobodyElse):
    """Notes how often it is asked."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.given: list[int] = []

    def take(self, hosts: object, for_s: float) -> Turns:
        self.taken.append(len(list(hosts)))  # type: ignore[call-overload]
        return Turns()

    def give_back(self, hosts: object) -> None:
        self.given.append(len(list(hosts)))  # type: ignore[call-overload]


def test_many_hosts_are_taken_and_given_back_together_and_readers_wait_for_nobody(web: Web, process: Process) -> None:
    counted = Counted()
    one = process(counted, concurrency=8)
    hosts = [f"h{number}.localhost" for number in range(60)]
    assert len(list(one.fetch_all([Request(web.url("/", host)) for host in hosts]))) == 60
    assert counted.taken == [60]
    assert sum(counted.given) == 60
    list(one.fetch_all([Request(web.url("/", "c.localhost"), prompt=True)]))
    assert counted.taken == [60]


def test_a_database_that_is_away_is_told_of_before_anybody_is_asked(web: Web, process: Process) -> None:
    class Away(NobodyElse):
        def take(self, hosts: object, for_s: float) -> Turns:
            raise StoreBusy("it is away")

    with pytest.raises(StoreBusy):
        list(process(Away()).fetch_all([Request(web.url("/"))]))
    assert web.visits == []
