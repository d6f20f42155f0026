"""How many requests one network may make in a minute, and the headers that say so; kept in memory for that minute."""

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

WINDOW_S = 60
_MOST = 20_000
"""Networks remembered; the ones that came first make room."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Where a network stands in this minute: `left` requests for `seconds`; `spent` says that this one is too many."""

    quota: int
    left: int
    seconds: int
    spent: bool

    @property
    def headers(self) -> Mapping[str, str]:
        """Say it as draft-ietf-httpapi-ratelimit-headers-10 does, and when to come back (RFC 9110 §10.2.3)."""
        said = {
            "ratelimit-policy": f'"minute";q={self.quota};w={WINDOW_S}',
            "ratelimit": f'"minute";r={self.left};t={self.seconds}',
        }
        return said | {"retry-after": str(self.seconds)} if self.spent else said


class Rates:
    """Counts requests by network and minute, in each process. Safe to use from many threads."""

    def __init__(self, a_minute: int) -> None:
        self._quota = a_minute
        self._counted: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, network: str, now: datetime) -> Rate:
        """Count one request."""
        moment = now.timestamp()
        minute = int(moment // WINDOW_S)
        with self._lock:
            of, count = self._counted.pop(network, (minute, 0))
            count = count + 1 if of == minute else 1
            self._counted[network] = (minute, count)
            while len(self._counted) > _MOST or next(iter(self._counted.values()))[0] < minute:
                self._counted.popitem(last=False)
        seconds = max(1, math.ceil((minute + 1) * WINDOW_S - moment))
        return Rate(self._quota, max(0, self._quota - count), seconds, spent=count > self._quota)
