"""How often one address may ask for what costs something; kept in memory alone, forgotten after an hour."""

import ipaddress
import threading
from collections import OrderedDict, deque
from collections.abc import Mapping
from datetime import datetime

from octavo.domain.retention import ADDRESSES_KEPT
from octavo.errors import SlowDown

_HOUR = ADDRESSES_KEPT
_MOST = 20_000
"""Addresses remembered; the ones that came first make room."""


class Allowance:
    """So many requests an hour from each address, in each process. Safe to use from many threads."""

    def __init__(self, an_hour: int) -> None:
        self._an_hour = an_hour
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def spent(self, address: str, now: datetime) -> bool:
        """Tell whether the next request would be one too many, without counting it."""
        with self._lock:
            asked = self._asked.get(address, ())
            return sum(1 for one in asked if now - one < _HOUR) >= self._an_hour

    def take(self, address: str, now: datetime) -> None:
        """Count one request. Raises SlowDown when it is one too many."""
        with self._lock:
            self._forget(now)
            asked = self._asked.setdefault(address, deque())
            while asked and now - asked[0] >= _HOUR:
                asked.popleft()
            if len(asked) >= self._an_hour:
                raise SlowDown("too many changes from this address in the last hour")
            asked.append(now)
            self._asked.move_to_end(address)
            self._forget(now)

    def _forget(self, now: datetime) -> None:
        """Forget the addresses nobody asked from for an hour, and those that came first where there are too many."""
        while self._asked:
            last = next(iter(self._asked.values()))
            if len(self._asked) <= _MOST and last and now - last[-1] < _HOUR:
                return
            self._asked.popitem(last=False)


def reader_at(host: str, fields: Mapping[str, str]) -> str:
    """Name where a request comes from: the address that connected, or the one that a proxy on a private address says
    connected to it (the last of X-Forwarded-For, which alone is the proxy's own word). IPv6 by its network (/64)."""
    address = _read(host)
    if address is None or not address.is_global:
        said = _read(fields.get("x-forwarded-for", "").rpartition(",")[2].strip())
        address = said or address
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(address) >> 64 << 64, 64)))
    return str(address or "unknown")


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
