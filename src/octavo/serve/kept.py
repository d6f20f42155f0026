"""Pages kept as they were rendered, until what they are made from changes, and for a minute at most."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime

from octavo.serve.answers import Answer

MAX_BYTES = 48_000_000

_HEADERS = 5_000
"""Bytes the messages of an answer take, in all its forms."""


@dataclass(slots=True)
class KeptPages:
    """Rendered pages by what was asked; the ones used longest ago make room. Safe to use from many threads."""

    max_bytes: int = MAX_BYTES
    _pages: "OrderedDict[str, tuple[str, int, Answer]]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, asked: str, stamp: str, now: datetime) -> Answer | None:
        """Give a page made from this state of the store, in this minute."""
        with self._lock:
            found = self._pages.get(asked)
            if found is None or found[0] != stamp or found[1] != _minute(now):
                return None
            self._pages.move_to_end(asked)
            return found[2]

    def keep(self, asked: str, stamp: str, now: datetime, made: Answer) -> None:
        """Keep a page."""
        with self._lock:
            self._forget(asked)
            self._pages[asked] = (stamp, _minute(now), made)
            self._bytes += _size(made)
            while self._bytes > self.max_bytes:
                self._forget(next(iter(self._pages)))

    def _forget(self, asked: str) -> None:
        old = self._pages.pop(asked, None)
        if old is not None:
            self._bytes -= _size(old[2])


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60


def _size(made: Answer) -> int:
    """The body, about as much again for its packed forms, and the headers of each, which come later."""
    return 2 * len(made.body) + _HEADERS
