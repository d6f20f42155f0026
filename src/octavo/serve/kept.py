"""Pages kept as they were rendered, until what they are made from changes, and for a minute at most."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from octavo.serve.heard import NONE, Heard, Shows
from octavo.store.reading import decisions

MAX_BYTES = 48_000_000

LATE = timedelta(seconds=2)
"""How long a page that no longer holds may be sent while it is made anew, from when it was last known to hold."""


class Weighed(Protocol):
    """Something that says how much memory it takes."""

    @property
    def weight(self) -> int:
        """About how many bytes."""
        ...


Made = TypeVar("Made", bound=Weighed)


@dataclass(slots=True)
class _Page(Generic[Made]):
    """A page, what it was made from (state of the store, minute, discussion), and when it was last known to hold."""

    stamp: str
    minute: int
    answer: Made
    held_at: datetime
    shows: Shows = NONE


@dataclass(slots=True)
class KeptPages(Generic[Made]):
    """Rendered pages by what was asked; the ones used longest ago make room. Safe to use from many threads."""

    max_bytes: int = MAX_BYTES
    heard: Heard = field(default_factory=Heard)
    _pages: "OrderedDict[str, _Page[Made]]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, asked: str, stamp: str, now: datetime) -> Made | None:
        """Give a page made from this state of the store, in this minute."""
        with self._lock:
            found = self._pages.get(asked)
            if found is None or found.stamp != stamp or found.minute != minute_of(now):
                return None
            if not self.heard.holds(found.shows):
                return None
            found.held_at = now
            self._pages.move_to_end(asked)
            return found.answer

    def late(self, asked: str, stamp: str | None, now: datetime) -> Made | None:
        """Give a page that held less than LATE ago, for the time it takes to make it anew.

        Where the state is known (`stamp`), what people decided must be as it was: a policy is not followed late.
        Neither is what was said, or removed, in the discussion it shows.
        """
        found = self._pages.get(asked)
        if found is None or not timedelta(0) <= now - found.held_at < LATE or not self.heard.holds(found.shows):
            return None
        return found.answer if stamp is None or decisions(stamp) == decisions(found.stamp) else None

    def keep(self, asked: str, stamp: str, now: datetime, made: Made, shows: Shows = NONE) -> None:
        """Keep a page that was begun at `now`."""
        with self._lock:
            self._forget(asked)
            self._pages[asked] = _Page(stamp, minute_of(now), made, now, shows)
            self._bytes += made.weight
            while self._bytes > self.max_bytes:
                self._forget(next(iter(self._pages)))

    def _forget(self, asked: str) -> None:
        old = self._pages.pop(asked, None)
        if old is not None:
            self._bytes -= old.answer.weight


def minute_of(now: datetime) -> int:
    """Count the minutes since 1970: what a page says of time holds within one."""
    return int(now.timestamp()) // 60
