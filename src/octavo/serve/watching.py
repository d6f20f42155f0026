"""One watch over the store for all readers of a process: its newest stamp, read once a second at most."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from octavo.errors import OctavoError
from octavo.ports.database import Database, Read
from octavo.serve.heard import Heard
from octavo.store import reading

log = structlog.get_logger()

FRESH = timedelta(seconds=1)
"""How long a stamp is believed, from before it was read."""

EARLY = timedelta(seconds=0.5)
"""From this age on the next who asks sets off a new reading, while the one there is still serves."""


class Watcher:
    """The store's stamp (`reading.stamp`) for all who need to know whether pages changed; one for each process.

    It has no clockwork of its own: an instance nobody reads is not asked anything. `newest` and `glance` belong to
    one event loop; `believed` and `learn` may be called from any thread.
    """

    def __init__(self, database: Database, now: Callable[[], datetime], heard: Heard | None = None) -> None:
        self.heard = heard or Heard()
        """What was said lately, looked at whenever the stamp is."""
        self._database = database
        self._now = now
        self.known: tuple[str, datetime] | None = None
        """The newest stamp, and when it was asked for; another object each time it is learnt."""
        self._lock = threading.Lock()
        self._reading: asyncio.Task[str] | None = None

    def believed(self, now: datetime) -> str | None:
        """Give the stamp while it is less than a second old, else None. No I/O; safe from any thread."""
        known = self.known
        if known is None or not timedelta(0) <= now - known[1] < FRESH:
            return None
        return known[0]

    def learn(self, stamp: str, asked_at: datetime) -> None:
        """Take note of a stamp somebody has read, having looked at the clock before; an earlier one changes nothing.

        A stamp from more than a second before the known one is taken: then the clock was set back.
        """
        with self._lock:
            known = self.known
            if known is None or not timedelta(0) < known[1] - asked_at < FRESH:
                self.known = (stamp, asked_at)

    def read(self, view: Read, asked_at: datetime) -> str:
        """Read the stamp, and what was said; `asked_at` is from before the view was opened."""
        stamp = reading.stamp(view)
        self.heard.look(view)
        self.learn(stamp, asked_at)
        return stamp

    async def newest(self) -> str:
        """Give the stamp, less than a second old; all who ask at a time wait for the same reading.

        Raises StoreBusy or StoreError when it cannot be read.
        """
        found = self.glance(self._now())
        return await asyncio.shield(self._read()) if found is None else found

    def glance(self, now: datetime) -> str | None:
        """Give what is believed, and have it read again in the background before it is too old to be."""
        found = self.believed(now)
        if found is not None and self.known is not None and now - self.known[1] >= EARLY:
            self._read()
        return found

    def _read(self) -> "asyncio.Task[str]":
        if self._reading is None or self._reading.get_loop() is not asyncio.get_running_loop():
            # A task of its own: a reader who goes away takes nobody else's answer with them.
            self._reading = asyncio.create_task(run_in_threadpool(self._ask))
            self._reading.add_done_callback(self._done)
        return self._reading

    def _done(self, task: "asyncio.Task[str]") -> None:
        if self._reading is task:
            self._reading = None
        if not task.cancelled() and isinstance(error := task.exception(), OctavoError):
            log.warning("the store could not be watched", reason=str(error))

    def _ask(self) -> str:
        asked_at = self._now()
        with self._database.read() as view:
            return self.read(view, asked_at)
