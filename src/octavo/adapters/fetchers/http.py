"""The guarded way out: public addresses only, polite to every host, bounded in bytes and time (libcurl)."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

import certifi

from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.lent import Lent
from octavo.adapters.fetchers.loop import Loop
from octavo.adapters.fetchers.round import Round, Surroundings
from octavo.adapters.fetchers.seat import Seat
from octavo.adapters.fetchers.turns import Turns
from octavo.config import FetchSettings
from octavo.domain.web import Request, Response
from octavo.errors import FetchError
from octavo.ports.host_turns import HostTurns, NobodyElse


class HttpFetcher:
    """Fetcher over libcurl. Safe to use from many threads; starts none of its own.

    `others` tells which hosts are its to ask at all, where an instance has several processes.

    Raises SettingsError when `settings.allow_networks` cannot be read.
    """

    def __init__(self, settings: FetchSettings, now: Callable[[], datetime], others: HostTurns | None = None) -> None:
        guard = Guard(settings.allow_networks)
        bundle = ca_bundle()
        self._settings = settings
        self._around = Surroundings(
            settings=settings,
            guard=guard,
            turns=Turns(settings.per_host, settings.delay_s, settings.concurrency),
            lent=Lent(others or NobodyElse()),
            now=now,
            new_seat=lambda: Seat(settings, guard, bundle),
        )
        self._loops: list[Loop[Seat]] = []
        self._lock = threading.Lock()
        self._closed = False

    def fetch(self, request: Request) -> Response:
        """Get one URL. Raises a FetchError of the fitting kind for all but 2xx and 304."""
        for _, answer in self.fetch_all([request]):
            if isinstance(answer, FetchError):
                raise answer
            return answer
        raise FetchError("the fetcher brought no answer", url=request.url)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
        """Get many URLs side by side; yields each as it is done."""
        loop = self._borrow()
        one_round = Round(self._around, loop)
        try:
            yield from one_round.run(requests)
        finally:
            one_round.stop()
            self._give_back(loop)

    def close(self) -> None:
        """Let go of every connection; those in use are let go when they are done."""
        with self._lock:
            self._closed = True
            loops, self._loops = self._loops, []
        for loop in loops:
            loop.close()

    def _borrow(self) -> Loop[Seat]:
        with self._lock:
            if self._loops:
                return self._loops.pop()
        return Loop(self._settings.concurrency)

    def _give_back(self, loop: Loop[Seat]) -> None:
        with self._lock:
            if not self._closed:
                self._loops.append(loop)
                return
        loop.close()


def ca_bundle() -> str:
    """Find the certificates to trust: the system's, so that an owner's own authority counts, or else certifi's.

    libcurl's wheel brings none.
    """
    system = ssl.get_default_verify_paths().cafile
    return system if system and Path(system).is_file() else certifi.where()
