"""The hosts this process has turns at, for all its rounds: taken together, kept for a while, given back."""

import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from octavo.errors import StoreError
from octavo.ports.host_turns import HostTurns

FOR_S = 40.0
"""How long a host stays with a process that says nothing more: what was killed is waited for so long."""

KEEP_S = 5.0
"""How often turns are renewed, and it is looked whether another process waits for one."""

YIELD_S = 2.0
"""How long a process leaves a host to the one that waited for it."""

LOOK_AGAIN_S = 1.0
_GIVEN_BACK_AT = 64
_SWEEP_AT = 10_000


@dataclass(slots=True)
class _Lent:
    rounds: int
    until: float
    leaving: bool = False


class Lent:
    """Counts the rounds that are at each host. Times are seconds of a monotonic clock, given by the caller."""

    def __init__(self, turns: HostTurns) -> None:
        self._turns = turns
        self._hosts: dict[str, _Lent] = {}
        self._free_at: dict[str, float] = {}
        self._not_before: dict[str, float] = {}
        self._given_back_at = 0.0
        self._lock = threading.Lock()

    def has(self, host: str, now: float) -> bool:
        """Tell whether requests to a host may be started."""
        one = self._hosts.get(host)
        return one is not None and not one.leaving and now < one.until

    def enter(self, hosts: Collection[str], now: float) -> dict[str, float]:
        """Have a round begin at hosts, all of which it was not at. Gives those it may not, and when to ask again.

        Raises StoreBusy and StoreError.
        """
        with self._lock:
            refused = {host: until for host in hosts if (until := self._refused_until(host, now)) > now}
            wanted = [host for host in hosts if host not in refused]
            missing = [host for host in wanted if not self.has(host, now)]
            if missing:
                taken = self._turns.take(missing, FOR_S)
                waits = {host: now + min(wait, LOOK_AGAIN_S) for host, wait in taken.refused.items()}
                self._not_before |= waits
                refused |= waits
            for host in wanted:
                if host not in refused:
                    self._begin(host, now + FOR_S if host in missing else None)
            return refused

    def _refused_until(self, host: str, now: float) -> float:
        one = self._hosts.get(host)
        if one is not None and one.leaving:
            return now + LOOK_AGAIN_S
        return self._not_before.get(host, 0.0)

    def _begin(self, host: str, until: float | None) -> None:
        self._not_before.pop(host, None)
        self._free_at.pop(host, None)
        one = self._hosts.setdefault(host, _Lent(0, 0.0))
        one.rounds += 1
        one.until = until or one.until

    def keep(self, hosts: Collection[str], now: float) -> None:
        """Keep hosts for longer; those that another process waits for, or already has, are left as soon as may be."""
        with self._lock:
            kept = [host for host in hosts if host in self._hosts]
            if not kept:
                return
            with suppress(StoreError):  # while the database is away they stay until their time is over
                taken = self._turns.take(kept, FOR_S)
                for host in kept:
                    self._hosts[host].until = now if host in taken.refused else now + FOR_S
                    self._hosts[host].leaving |= host in taken.wanted or host in taken.refused

    def leave(self, host: str, free_in: float, now: float) -> None:
        """End a round's stay at a host; once no round is there, others may ask it in so many seconds."""
        with self._lock:
            one = self._hosts[host]
            one.rounds -= 1
            if one.rounds:
                return
            self._free_at[host] = now + free_in
            if one.leaving:
                self._not_before[host] = now + free_in + YIELD_S
                del self._hosts[host]
            due = one.leaving or len(self._free_at) >= _GIVEN_BACK_AT or now - self._given_back_at > LOOK_AGAIN_S
        if due:
            self.give_back(now)

    def give_back(self, now: float) -> None:
        """Let other processes have the hosts where no round is any more."""
        with self._lock:
            free, self._free_at = self._free_at, {}
            self._given_back_at = now
            if len(self._not_before) > _SWEEP_AT:
                self._not_before = {host: until for host, until in self._not_before.items() if until > now}
            for host, free_at in free.items():
                self._not_before[host] = max(free_at, self._not_before.get(host, 0.0))
                self._hosts.pop(host, None)
            if free:
                with suppress(StoreError):  # then they are free when their time is over
                    self._turns.give_back({host: max(0.0, free_at - now) for host, free_at in free.items()})
