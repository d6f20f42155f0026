"""One call to fetch_all: its requests, their hosts' turns, their redirects and their time."""

import heapq
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pycurl

from octavo.adapters.fetchers import answers
from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.lent import KEEP_S, Lent
from octavo.adapters.fetchers.loop import Loop
from octavo.adapters.fetchers.seat import Seat, unsafe
from octavo.adapters.fetchers.turns import Turns
from octavo.config import FetchSettings
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, HostBusy, UnusableUrl
from octavo.text.urls import absolute_url

Answer = Response | FetchError

_LOOK_AGAIN_S = 0.05  # how often to ask for a turn that another thread holds
_CLOCK_S = 0.25  # how often deadlines are looked at
_REST_S = 60.0  # how long a host is left alone that answers 429 without saying until when
_PAUSE_S = 0.01  # a caller's pause shorter than this is not worth adding to deadlines


@dataclass(slots=True, eq=False)
class _Journey:
    """A request on its way, over however many hops."""

    request: Request
    url: str
    host: str
    direct: bool
    hops: int = 0
    permanent: bool = True
    left_s: float = 0.0
    started: float = 0.0
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every round of one fetcher shares."""

    settings: FetchSettings
    guard: Guard
    turns: Turns
    lent: Lent
    now: Callable[[], datetime]
    new_seat: Callable[[], Seat]


class Round:
    """Fetches one set of requests on one loop."""

    def __init__(self, around: Surroundings, loop: Loop[Seat]) -> None:
        self._around = around
        self._loop = loop
        self._waiting: dict[str, deque[_Journey]] = {}
        self._due: list[tuple[float, int, str]] = []
        self._order = 0
        self._running: dict[Seat, _Journey] = {}
        self._clock_at = 0.0
        self._own: set[str] = set()
        self._kept_at = 0.0

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Answer]]:
        """Yield each request with its answer, as they come; the time the caller takes between is nobody's fault."""
        for request in requests:
            refused = self._enter(request)
            if refused is not None:
                yield request, refused
        while self._running or self._waiting:
            finished = self._start_due()
            for seat, code, told in self._loop.step(self._patience()):
                finished += self._hop_done(self._leave(seat), code, told)
            finished += self._overdue()
            self._keep_turns()
            before = time.monotonic()
            yield from finished
            self._excuse(time.monotonic() - before)

    def stop(self) -> None:
        """Break off whatever still runs."""
        for seat in [*self._running]:
            self._loop.remove(seat)
            self._loop.idle.append(seat)
            self._leave(seat)
        for journeys in self._waiting.values():
            self._loop.idle += [journey.seat for journey in journeys if journey.seat is not None]
        self._waiting.clear()
        for host in [*self._own]:
            self._leave_host(host)
        self._around.lent.give_back(time.monotonic())

    def _enter(self, request: Request) -> FetchError | None:
        try:
            url, host, direct = self._place(request.url)
        except FetchError as error:
            return error
        self._queue(_Journey(request, url, host, direct, left_s=self._around.settings.timeout_s))
        return None

    def _place(self, address: str, base: str = "") -> tuple[str, str, bool]:
        """Read an address into URL, host with port, and whether it is reached without the proxy."""
        try:
            url = absolute_url(address, base).partition("#")[0]
        except UnusableUrl as error:
            refused = FetchError(str(error), url=base or address)
            refused.retry = "never"
            raise refused from error
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if not self._around.guard.permits_name(name, port):
            raise unsafe(url, name)
        return url, f"{name}:{port}", self._around.guard.is_inside(name, port)

    def _queue(self, journey: _Journey) -> None:
        queue = self._waiting.get(journey.host)
        if queue is None:
            self._waiting[journey.host] = deque([journey])
            self._look_at(journey.host, 0.0)
        else:
            queue.append(journey)

    def _look_at(self, host: str, when: float) -> None:
        self._order += 1
        heapq.heappush(self._due, (when, self._order, host))

    def _start_due(self) -> list[tuple[Request, Answer]]:
        """Start what may start; gives the answers of what may not. Each waiting host is in the heap once."""
        now = time.monotonic()
        put_off: list[tuple[Request, Answer]] = []
        while self._due and self._due[0][0] <= now and len(self._running) < self._around.settings.concurrency:
            if not self._loop.idle:  # made before a turn is taken, so that nothing can fail while it is held
                self._loop.idle.append(self._around.new_seat())
            host = heapq.heappop(self._due)[2]
            left_s, status = self._around.turns.resting(host, now)
            if left_s:
                put_off += self._put_off(host, left_s, status)
                continue
            first = self._waiting[host][0].request
            pause = (0.0 if first.prompt else self._lent_in(host, now)) or self._around.turns.take(
                host, now, prompt=first.prompt, pause_s=first.pause_s
            )
            if pause != 0.0:
                self._look_at(host, now + (_LOOK_AGAIN_S if pause is None else pause))
                continue
            queue = self._waiting[host]
            journey = queue.popleft()
            if queue:
                self._look_at(host, now if queue[0].request.prompt else now + self._around.settings.delay_s)
            else:
                del self._waiting[host]
            self._start(journey, journey.seat or self._loop.idle.pop(), now)
        return put_off

    def _lent_in(self, host: str, now: float) -> float:
        """Tell in how many seconds to ask for this host again because another process has it; 0.0 when it is ours.

        Where it is not yet, all that are due are asked for together.
        """
        lent = self._around.lent
        if host in self._own:
            if lent.has(host, now):
                return 0.0
            if not self._is_at(host):
                self._leave_host(host)
            return _LOOK_AGAIN_S
        due = {host, *(one for when, _, one in self._due if when <= now and one not in self._own)}
        asked = [one for one in due if not self._waiting[one][0].request.prompt]
        refused = lent.enter(asked, now)
        self._own.update(one for one in asked if one not in refused)
        return max(refused[host] - now, _LOOK_AGAIN_S) if host in refused else 0.0

    def _is_at(self, host: str) -> bool:
        return any(journey.host == host for journey in self._running.values())

    def _leave_host(self, host: str) -> None:
        now = time.monotonic()
        self._own.discard(host)
        self._around.lent.leave(host, self._around.turns.pause_left(host, now), now)

    def _keep_turns(self) -> None:
        now = time.monotonic()
        if now - self._kept_at >= KEEP_S:
            if self._kept_at:
                self._around.lent.keep(self._own, now)
            self._kept_at = now

    def _put_off(self, host: str, left_s: float, status: int) -> list[tuple[Request, Answer]]:
        """Answer all that waits for a host which asked to be left alone, without asking it."""
        until = self._around.now() + timedelta(seconds=left_s)
        journeys = self._waiting.pop(host)
        if host in self._own and not self._is_at(host):
            self._leave_host(host)
        self._loop.idle += [journey.seat for journey in journeys if journey.seat is not None]
        return [(journey.request, answers.not_asked(journey.url, status, until)) for journey in journeys]

    def _start(self, journey: _Journey, seat: Seat, now: float) -> None:
        self._running[seat] = journey
        journey.started = now
        if journey.seat is None:
            journey.seat = seat
            seat.begin()
        seat.aim(journey.request, journey.url, journey.direct)
        self._loop.add(seat)

    def _leave(self, seat: Seat) -> _Journey:
        journey = self._running.pop(seat)
        now = time.monotonic()
        journey.left_s -= now - journey.started
        self._around.turns.give_back(journey.host, now)
        if journey.host in self._own and journey.host not in self._waiting and not self._is_at(journey.host):
            self._leave_host(journey.host)
        return journey

    def _hop_done(self, journey: _Journey, code: int, told: str) -> list[tuple[Request, Answer]]:
        seat = journey.seat
        if seat is None:
            return []
        try:
            answer = self._judge(journey, seat, code, told)
        except FetchError as error:
            answer = error
        if answer is None:
            self._queue(journey)
            return []
        self._loop.idle.append(seat)
        return [(journey.request, answer)]

    def _judge(self, journey: _Journey, seat: Seat, code: int, told: str) -> Answer | None:
        """Turn the end of a hop into an answer; None when the journey goes on elsewhere."""
        if code != pycurl.E_OK and not seat.has_enough():
            return seat.broken_off(code) or answers.failure(journey.url, code, told)
        status, fields = seat.head()
        follows = journey.request.sent is None and journey.request.follow
        if status in answers.REDIRECTS and fields.get("location") and follows:
            self._turn(journey, status, answers.location(fields), "set-cookie" in fields)
            return None
        if status != 304 and not 200 <= status < 300:
            return self._refused(journey, status, fields)
        return Response(
            url=journey.url,
            status=status,
            headers=fields,
            body=b"" if status == 304 else seat.body(),
            permanent_url=journey.url if journey.hops and journey.permanent else "",
            fetched_at=self._around.now(),
        )

    def _refused(self, journey: _Journey, status: int, fields: dict[str, str]) -> FetchError:
        """Name the error a status stands for; a host that is busy is left alone from now on, by all."""
        now = self._around.now()
        error = answers.refusal(journey.url, status, fields, now)
        if isinstance(error, HostBusy):
            rest_s = _REST_S if status == 429 else 0.0
            if error.until:
                rest_s = min((error.until - now).total_seconds(), self._around.settings.max_poll_s)
            self._around.turns.rest(journey.host, time.monotonic() + rest_s, status)
        return error

    def _turn(self, journey: _Journey, status: int, to: str, with_cookie: bool) -> None:
        """Point a journey at its next hop. Raises FetchError when it may not go there, or goes on for too long."""
        settings = self._around.settings
        url, host, direct = self._place(to, journey.url)
        where = answers.netloc(journey.url)
        if url == journey.url and not with_cookie:
            raise FetchError(f"{where} redirects {journey.url} to itself", url=journey.url, status=status)
        if journey.hops >= settings.max_redirects:
            told = f"{where} is the end of {journey.hops} redirects and names yet another"
            raise FetchError(f"{told}: they go in a circle, or too far", url=journey.url, status=status)
        downgraded = journey.url.startswith("https:") and url.startswith("http:")
        journey.permanent = journey.permanent and status in answers.PERMANENT and not downgraded
        journey.hops += 1
        journey.url, journey.host, journey.direct = url, host, direct

    def _patience(self) -> float:
        """Seconds that may be waited before something has to be started or broken off."""
        if self._due and len(self._running) < self._around.settings.concurrency:
            return min(max(self._due[0][0] - time.monotonic(), 0.0), _CLOCK_S)
        return _CLOCK_S

    def _overdue(self) -> list[tuple[Request, Answer]]:
        """Break off what has used up its time."""
        now = time.monotonic()
        if now < self._clock_at:
            return []
        self._clock_at = now + _CLOCK_S
        late = [seat for seat, journey in self._running.items() if now - journey.started > journey.left_s]
        finished: list[tuple[Request, Answer]] = []
        for seat in late:
            self._loop.remove(seat)
            journey = self._leave(seat)
            finished += self._hop_done(journey, pycurl.E_OPERATION_TIMEDOUT, "")
        return finished

    def _excuse(self, pause_s: float) -> None:
        """Add the caller's pause to the time of everything that runs: nothing moved meanwhile."""
        if pause_s > _PAUSE_S:
            for journey in self._running.values():
                journey.started += pause_s
