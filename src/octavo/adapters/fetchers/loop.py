"""curl's multi interface over a selector: many transfers in one thread."""

import selectors
import time
from typing import Any, Generic, Protocol, TypeVar

import pycurl

_POLLS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


class Seated(Protocol):
    """What a loop runs: something with a curl handle that is ready to go."""

    curl: Any

    def close(self) -> None:
        """Let go of the handle."""
        ...


S = TypeVar("S", bound=Seated)


class Loop(Generic[S]):
    """Runs seats side by side. One thread at a time; connections are kept from one use to the next."""

    def __init__(self, connections: int) -> None:
        self.idle: list[S] = []
        self._selector = selectors.DefaultSelector()
        self._watched: dict[int, int] = {}
        self._timer: float | None = None
        self._running: dict[pycurl.Curl, S] = {}
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections)

    def add(self, seat: S) -> None:
        """Start the transfer `seat` is aimed at."""
        self._running[seat.curl] = seat
        self._multi.add_handle(seat.curl)

    def remove(self, seat: S) -> None:
        """End a transfer, done or not."""
        if self._running.pop(seat.curl, None) is not None:
            self._multi.remove_handle(seat.curl)

    def step(self, wait_s: float) -> list[tuple[S, int, str]]:
        """Wait at most `wait_s` seconds for something to happen; give the transfers that ended, with curl's code."""
        if self._timer is not None:
            wait_s = min(wait_s, max(0.0, self._timer - time.monotonic()))
        for key, events in self._selector.select(wait_s):
            mask = (pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0) | (
                pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
            )
            self._multi.socket_action(key.fd, mask)
        if self._timer is not None and time.monotonic() >= self._timer:
            self._timer = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        return self._ended()

    def _ended(self) -> list[tuple[S, int, str]]:
        ended: list[tuple[S, int, str]] = []
        waiting = 1
        while waiting:
            waiting, done, failed = self._multi.info_read()
            ended += [(self._running[curl], pycurl.E_OK, "") for curl in done]
            ended += [(self._running[curl], code, told) for curl, code, told in failed]
        for seat, _, _ in ended:
            self.remove(seat)
        return ended

    def close(self) -> None:
        """Let go of every handle and connection."""
        for seat in [*self._running.values()]:
            self.remove(seat)
            seat.close()
        for seat in self.idle:
            seat.close()
        self.idle.clear()
        self._multi.close()
        self._selector.close()

    def _watch(self, event: int, fd: int, _multi: object, _data: object) -> None:
        if event == pycurl.POLL_REMOVE:
            if self._watched.pop(fd, None) is not None:
                self._selector.unregister(fd)
            return
        wanted = _POLLS.get(event)
        if wanted is None or self._watched.get(fd) == wanted:
            return
        if fd in self._watched:
            self._selector.modify(fd, wanted)
        else:
            self._selector.register(fd, wanted)
        self._watched[fd] = wanted

    def _set_timer(self, milliseconds: int) -> None:
        self._timer = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000
