"""The watch over the store: one reading a second at most, shared by all, never believed for longer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from octavo.errors import StoreBusy
from octavo.ports.database import Database, Read
from octavo.serve.watching import EARLY, FRESH, Watcher
from octavo.store import articles

from .conftest import NOW, Clock, Reader, article


class Counted:
    """A database that counts how often it is read, and may be busy."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.readings = 0
        self.busy = False

    @contextmanager
    def read(self) -> Iterator[Read]:
        self.readings += 1
        if self.busy:
            raise StoreBusy("held by another writer")
        with self.inner.read() as view:
            yield view


@pytest.fixture
def counted(reader: Reader) -> Counted:
    return Counted(reader.tools.database)


def make(counted: Counted, clock: Clock) -> Watcher:
    return Watcher(counted, clock)  # type: ignore[arg-type]


def test_all_who_ask_at_a_time_share_one_reading(counted: Counted) -> None:
    clock = Clock()
    watcher = make(counted, clock)

    async def many() -> list[str]:
        return await asyncio.gather(*(watcher.newest() for _ in range(50)))

    assert len(set(asyncio.run(many()))) == 1
    assert counted.readings == 1
    assert watcher.believed(NOW) is not None
    assert watcher.believed(NOW + FRESH) is None
    assert watcher.believed(NOW - timedelta(milliseconds=1)) is None, "the clock was set back: nothing is believed"


def test_a_change_is_known_within_the_second(counted: Counted, reader: Reader) -> None:
    clock = Clock()
    watcher = make(counted, clock)
    before = asyncio.run(watcher.newest())
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("harbour", "new", "A headline nobody had seen", 0.5)], now=NOW)
    clock.now = NOW + FRESH
    assert asyncio.run(watcher.newest()) != before


def test_it_is_read_again_before_it_is_too_old_while_the_old_one_serves(counted: Counted) -> None:
    clock = Clock()
    watcher = make(counted, clock)

    async def ask() -> None:
        await watcher.newest()
        clock.now = NOW + EARLY
        await watcher.newest()
        assert counted.readings == 1, "the answer did not wait"
        await (watcher._reading or asyncio.sleep(0))

    asyncio.run(ask())
    assert counted.readings == 2
    assert watcher.believed(NOW + EARLY + FRESH - timedelta(milliseconds=1)) is not None


def test_a_reader_who_goes_away_takes_nobody_elses_answer(counted: Counted) -> None:
    watcher = make(counted, Clock())

    async def ask() -> str:
        first, second = asyncio.create_task(watcher.newest()), asyncio.create_task(watcher.newest())
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert asyncio.run(ask())


def test_a_busy_store_is_said_to_those_who_must_know_and_forgiven_while_the_stamp_is_young(counted: Counted) -> None:
    clock = Clock()
    watcher = make(counted, clock)
    known = asyncio.run(watcher.newest())
    counted.busy = True
    clock.now = NOW + EARLY

    async def early() -> str:
        found = await watcher.newest()
        with suppress(StoreBusy):
            await (watcher._reading or asyncio.sleep(0))
        return found

    assert asyncio.run(early()) == known
    clock.now = NOW + FRESH
    with pytest.raises(StoreBusy):
        asyncio.run(watcher.newest())


def test_an_older_stamp_changes_nothing_unless_the_clock_was_set_back(counted: Counted) -> None:
    watcher = make(counted, Clock())
    watcher.learn("new", NOW)
    watcher.learn("old", NOW - timedelta(milliseconds=300))
    assert watcher.believed(NOW) == "new"
    back = NOW - timedelta(hours=1)
    watcher.learn("then", back)
    assert watcher.believed(back) == "then"
