"""New articles, told to pages that are open: one watch for all readers of a process, however many they are.

While anybody follows, the store's stamp is looked at every few seconds; only when it has changed, what arrived is read,
once, and each reader is told what stands in their list. Everything but the reading runs in the event loop.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog
from starlette.concurrency import run_in_threadpool

from octavo.errors import OctavoError
from octavo.ports.database import Database
from octavo.serve.watching import Watcher
from octavo.store import arrivals
from octavo.store.arrivals import Arrival

log = structlog.get_logger()

KEPT = 500
"""Changes of late that are remembered: a reader who comes back after more of them is told of these only."""

MOST = 60
"""Articles told of in one message; the newest ones."""

Wanted = Callable[[Arrival], bool]


@dataclass(frozen=True, slots=True)
class News:
    """What a reader has not been told yet, oldest first, and the last change that is known."""

    seq: int
    arrivals: tuple[Arrival, ...]


@dataclass(slots=True)
class Live:
    """Who follows, and what arrived lately. `most` bounds how many follow at a time; times are in seconds."""

    database: Database
    watcher: Watcher
    most: int
    look_s: float = 3.0
    beat_s: float = 20.0
    _stamp: str = ""
    _seq: int = 0
    _recent: deque[Arrival] = field(default_factory=lambda: deque(maxlen=KEPT))
    _following: set[asyncio.Event] = field(default_factory=set)
    _watch: "asyncio.Task[None] | None" = None
    _ended: bool = False

    @contextmanager
    def seat(self) -> Iterator[asyncio.Event | None]:
        """Take one of the seats there are, or None when all are taken; the event is set when something arrived."""
        if self._ended or len(self._following) >= self.most:
            yield None
            return
        woken = asyncio.Event()
        self._following.add(woken)
        try:
            yield woken
        finally:
            self._following.discard(woken)

    @property
    def ended(self) -> bool:
        """Whether the server is about to stop."""
        return self._ended

    def end(self) -> None:
        """Let every reader go, for good: a server that waits for its open connections could not stop otherwise.

        To be called in the event loop.
        """
        self._ended = True
        for woken in self._following:
            woken.set()

    async def look(self) -> None:
        """Learn what arrived, if anything changed. Raises StoreBusy or StoreError."""
        stamp = await self.watcher.newest()
        if stamp == self._stamp:
            return
        after = self._seq
        seq, found = await run_in_threadpool(self._read, after)
        if self._seq != after:
            return  # Somebody else read the same meanwhile.
        self._stamp = stamp
        if seq == after:
            return
        if seq < after:
            self._recent.clear()  # The store was put back to an earlier day.
        self._seq = seq
        self._recent.extend(found)
        for woken in self._following:
            woken.set()

    def _read(self, after: int) -> tuple[int, list[Arrival]]:
        with self.database.read() as view:
            seq = arrivals.settled(view)
            return seq, arrivals.recent(view, after, KEPT) if seq > after else []

    def news(self, wanted: Wanted, since: int) -> News:
        """Give what arrived after the change `since`; a number from another life of the store counts as now."""
        after = min(since, self._seq)
        found = [one for one in self._recent if one.seq > after and wanted(one)]
        return News(self._seq, tuple(found[-MOST:]))

    async def follow(self, woken: asyncio.Event, wanted: Wanted, since: int) -> AsyncIterator[News | None]:
        """Give news as they come, and None as often as needed to keep the connection open."""
        self._start()
        told = since
        while not self._ended:
            woken.clear()
            news = self.news(wanted, told)
            told = news.seq
            if news.arrivals:
                yield news
            try:
                await asyncio.wait_for(woken.wait(), self.beat_s)
            except TimeoutError:
                yield None
            self._start()

    def _start(self) -> None:
        if self._watch is None or self._watch.done() or self._watch.get_loop() is not asyncio.get_running_loop():
            self._watch = asyncio.create_task(self._look_often())

    async def _look_often(self) -> None:
        """Look as long as anybody follows."""
        while self._following:
            try:
                await self.look()
            except OctavoError as error:
                log.warning("new articles could not be looked for", reason=str(error))
            await asyncio.sleep(self.look_s)
