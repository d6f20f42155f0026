"""Politeness: who may start a request to which host, and when, across all threads."""

import threading
from dataclasses import dataclass

_SWEEP_AT = 10_000  # hosts remembered before those that are at rest are forgotten

_PROMPT_PER_HOST = 6
"""Requests at a time to one host for readers who wait: as many as browsers make."""


@dataclass(slots=True)
class _Host:
    running: int = 0
    pause: float = 0.0
    next_start: float = 0.0
    rests_until: float = 0.0
    status: int = 0


class Turns:
    """Counts requests per host and in all. Times are seconds of a monotonic clock, given by the caller."""

    def __init__(self, per_host: int, delay_s: float, in_all: int) -> None:
        self._per_host = per_host
        self._delay_s = delay_s
        self._in_all = in_all
        self._running = 0
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def take(self, host: str, now: float, *, prompt: bool = False, pause_s: float = 0.0) -> float | None:
        """Start a request to `host`: 0.0 when it may go ahead, else how many seconds the pause still lasts.

        None when too many are running, to that host or in all: ask again when one is done. `prompt` ones, which a
        reader waits for, go as a browser's do: a few side by side, without a pause. The next one starts `pause_s`
        after this one's end at the earliest, or after the usual pause where that is longer.
        """
        with self._lock:
            state = self._hosts.get(host)
            if state is None:
                state = self._hosts[host] = _Host()
            per_host = max(self._per_host, _PROMPT_PER_HOST) if prompt else self._per_host
            if state.running >= per_host or self._running >= self._in_all:
                return None
            if state.next_start > now and not prompt:
                return state.next_start - now
            state.running += 1
            state.pause = max(self._delay_s, pause_s)
            state.next_start = max(state.next_start, now + state.pause)
            self._running += 1
            return 0.0

    def rest(self, host: str, until: float, status: int) -> None:
        """Have nobody ask `host` before `until`, because it answered `status`."""
        with self._lock:
            state = self._hosts.setdefault(host, _Host())
            if until > state.rests_until:
                state.rests_until, state.status = until, status

    def resting(self, host: str, now: float) -> tuple[float, int]:
        """Tell how many seconds `host` still rests, and what it answered; (0.0, 0) when it may be asked."""
        with self._lock:
            state = self._hosts.get(host)
            if state is None or state.rests_until <= now:
                return 0.0, 0
            return state.rests_until - now, state.status

    def pause_left(self, host: str, now: float) -> float:
        """Tell how many seconds the pause after the last request to `host` still lasts."""
        state = self._hosts.get(host)
        return max(0.0, state.next_start - now) if state is not None else 0.0

    def give_back(self, host: str, now: float) -> None:
        """End a request that `take` started; the pause begins."""
        with self._lock:
            state = self._hosts[host]
            state.running -= 1
            state.next_start = max(state.next_start, now + state.pause)
            self._running -= 1
            if len(self._hosts) > _SWEEP_AT:
                self._hosts = {
                    key: one
                    for key, one in self._hosts.items()
                    if one.running or one.next_start > now or one.rests_until > now
                }
