"""Pages kept as they were rendered, until what they are made from changes, and for a minute at most."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from octavo.serve.answers import Answer

MAX_BYTES = 48_000_000


@dataclass(slots=True)
class KeptPages:
    """Rendered pages by what was asked; the ones used longest ago make room. Safe to use from many threads."""

    max_bytes: int = MAX_BYTES
    _pages: "OrderedDict[str, tuple[str, Answer]]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, asked: str, stamp: str, now: datetime) -> Answer | None:
        """Give a page made from this state of the store, in this minute."""
        with self._lock:
            found = self._pages.get(asked)
            if found is None or found[0] != _moment(stamp, now):
                return None
            self._pages.move_to_end(asked)
            return found[1]

    def keep(self, asked: str, stamp: str, now: datetime, made: Answer) -> None:
        """Keep a page."""
        with self._lock:
            self._forget(asked)
            self._pages[asked] = (_moment(stamp, now), made)
            self._bytes += _size(made)
            while self._bytes > self.max_bytes:
                self._forget(next(iter(self._pages)))

    def _forget(self, asked: str) -> None:
        old = self._pages.pop(asked, None)
        if old is not None:
            self._bytes -= _size(old[1])


def _moment(stamp: str, now: datetime) -> str:
    return f"{stamp}@{int(now.timestamp()) // 60}"


def _size(made: Answer) -> int:
    """The body, and about as much again for its packed forms, which come later."""
    return 2 * len(made.body) + 1000
