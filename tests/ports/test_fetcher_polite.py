"""How the fetcher treats hosts: few at a time, with a pause, and none of them holding up the others."""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from octavo.adapters.fetchers.http import HttpFetcher
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, HostBusy
from running import PATIENCE_S

from .conftest import NOW, Web

Make = Callable[..., HttpFetcher]
pytestmark = pytest.mark.enable_socket


def _slow(web: Web, path: str, seconds: float) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    web.pages[path] = answer


def _hold(web: Web, path: str, together: int) -> None:
    """Answer once so many are being answered at the host, however busy the machine is; a moment later shows more."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"]
        deadline = time.monotonic() + PATIENCE_S
        while web.most_at_once[host] < together and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    web.pages[path] = answer


@pytest.mark.parametrize("per_host", [1, 3])
def test_no_host_is_asked_more_at_a_time_than_allowed(web: Web, make: Make, per_host: int) -> None:
    _hold(web, "/slow", per_host)
    hosts = ["a.localhost", "b.localhost"]
    asked = [Request(web.url("/slow", host)) for host in hosts for _ in range(12)]
    answers = list(make(per_host=per_host).fetch_all(asked))
    assert len(answers) == 24
    assert {web.most_at_once[f"{host}:{web.port}"] for host in hosts} == {per_host}


def test_the_limit_and_the_pause_hold_across_threads_and_calls(web: Web, make: Make) -> None:
    _slow(web, "/slow", 0.02)
    one = make(delay_s=0.3)

    def ask() -> None:
        for _ in range(2):
            one.fetch(Request(web.url("/slow")))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    list(one.fetch_all([Request(web.url("/slow"))] * 2))
    began = sorted(visit.began for visit in web.visits)
    assert len(began) == 8
    assert min(later - earlier for earlier, later in itertools.pairwise(began)) > 0.15
    assert set(web.most_at_once.values()) == {1}


def test_a_pause_of_a_hosts_own_is_kept_whoever_asks_next(web: Web, make: Make) -> None:
    one = make(delay_s=0.05)
    slow = [Request(web.url(f"/{number}"), pause_s=0.4) for number in range(3)]
    list(one.fetch_all([*slow, Request(web.url("/", "quick.localhost"))]))
    one.fetch(Request(web.url("/prompt"), prompt=True))
    one.fetch(Request(web.url("/last")))
    began = {visit.path: visit.began for visit in web.visits if visit.host.startswith("one")}
    in_order = [began[path] for path in ("/0", "/1", "/2", "/last")]
    assert min(later - earlier for earlier, later in itertools.pairwise(in_order)) > 0.25
    assert began["/last"] - began["/prompt"] > 0.2, "a reader who could not wait does not cut the pause short"


@pytest.mark.parametrize(
    ("status", "said", "rests_s"),
    [(429, "120", 120), (503, "120", 120), (429, "", 60), (503, "", None), (429, "9999999", 86_400)],
)
def test_a_host_that_asks_for_rest_is_asked_nothing_more(
    web: Web, make: Make, status: int, said: str, rests_s: int | None
) -> None:
    web.answer("/busy", b"", status, **({"Retry_After": said} if said else {}))
    web.redirect("/in", web.url("/later", "busy.localhost"), 302)
    one = make()
    asked = [Request(web.url("/busy", "busy.localhost")), *[Request(web.url(f"/{n}", "busy.localhost")) for n in "ab"]]
    answers = dict(one.fetch_all([*asked, Request(web.url("/", "other.localhost"))]))
    assert isinstance(answers.pop(asked[0]), HostBusy)
    later = [answers[request] for request in asked[1:]]
    for request in (Request(web.url("/c", "busy.localhost"), prompt=True), Request(web.url("/in"))):
        try:
            later.append(one.fetch(request))
        except FetchError as error:
            later.append(error)
    to_busy = [visit.path for visit in web.visits if visit.host.startswith("busy")]
    if rests_s is None:
        assert len(to_busy) == 5
        return
    assert to_busy == ["/busy"]
    for answer in later:
        assert isinstance(answer, HostBusy)
        assert (answer.asked, answer.status) == (False, status)
        assert answer.until is not None
        assert rests_s - 5 < (answer.until - NOW).total_seconds() <= rests_s
        assert "busy.localhost" in str(answer)
    assert isinstance(answers[Request(web.url("/", "other.localhost"))], Response)


def test_a_host_is_asked_again_after_its_rest(web: Web, make: Make) -> None:
    web.answer("/busy", status=429, Retry_After="3")
    one = make()
    list(one.fetch_all([Request(web.url("/busy"))]))
    with pytest.raises(HostBusy) as caught:
        one.fetch(Request(web.url("/again")))
    assert caught.value.until is not None
    assert caught.value.until <= NOW + timedelta(seconds=3)
    time.sleep(3.05)
    assert one.fetch(Request(web.url("/again"))).status == 200


def test_readers_who_wait_are_served_as_a_browser_would(web: Web, make: Make) -> None:
    _hold(web, "/slow", 6)
    one = make(delay_s=100)
    one.fetch(Request(web.url("/first")))
    began = time.monotonic()
    answers = list(one.fetch_all([Request(web.url("/slow"), prompt=True)] * 12))
    assert len(answers) == 12
    assert time.monotonic() - began < 100
    assert web.most_at_once[f"one.localhost:{web.port}"] == 6


def test_redirects_wait_for_the_turn_of_the_host_they_lead_to(web: Web, make: Make) -> None:
    for number in range(4):
        web.redirect(f"/{number}", web.url(f"/to{number}", "goal.localhost"))
        _slow(web, f"/to{number}", 0.05)
    asked = [Request(web.url(f"/{number}", f"from{number}.localhost")) for number in range(4)]
    answers = list(make(delay_s=0.3).fetch_all(asked))
    assert all(isinstance(answer, Response) for _, answer in answers)
    assert web.most_at_once[f"goal.localhost:{web.port}"] == 1
    began = sorted(visit.began for visit in web.visits if visit.host.startswith("goal"))
    assert min(later - earlier for earlier, later in itertools.pairwise(began)) > 0.15


def test_a_slow_host_holds_nobody_up(web: Web, make: Make) -> None:
    others_are_done = _until_told(web, "/slow")
    slow = [Request(web.url("/slow", "slow.localhost")) for _ in range(3)]
    quick = [Request(web.url("/", f"h{number}.localhost")) for number in range(60)]
    ended: list[str] = []
    for request, _ in make(concurrency=8).fetch_all([*slow, *quick]):
        ended.append(request.url)
        if len(ended) == len(quick):
            others_are_done.set()
    assert [url for url in ended[: len(quick)] if "slow" in url] == []
    assert len(web.visits) == 63


def _until_told(web: Web, path: str) -> threading.Event:
    """Answer no sooner than the event is set; some seconds later all the same, so that a fault ends."""
    told = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        told.wait(30)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    web.pages[path] = answer
    return told


def test_answers_stream_while_others_run(web: Web, make: Make) -> None:
    first_is_read = _until_told(web, "/slow")
    answers = make().fetch_all([Request(web.url("/slow", "s.localhost")), Request(web.url("/", "q.localhost"))])
    first, _ = next(answers)
    first_is_read.set()
    assert "q.localhost" in first.url
    assert "s.localhost" in next(answers)[0].url


def test_five_hundred_pages_of_many_hosts(web: Web, make: Make) -> None:
    asked = [Request(web.url(f"/{number}", f"h{number % 125}.localhost")) for number in range(500)]
    got: dict[str, bytes] = {}
    for request, answer in make().fetch_all(asked):
        assert isinstance(answer, Response)
        got[request.url] = answer.body
    assert len(got) == 500
    assert all(url.removeprefix("http://").replace("/", " /").encode() == body for url, body in got.items())
    assert set(web.most_at_once.values()) == {1}


def test_all_at_once_is_bounded(web: Web, make: Make) -> None:
    _slow(web, "/slow", 0.1)
    list(make(concurrency=4).fetch_all(Request(web.url("/slow", f"h{number}.localhost")) for number in range(16)))
    events = sorted([(v.began, 1) for v in web.visits] + [(v.ended, -1) for v in web.visits])
    running = most = 0
    for _, step in events:
        running += step
        most = max(most, running)
    assert most <= 4


def test_breaking_off_gives_the_turns_back(web: Web, make: Make) -> None:
    _slow(web, "/slow", 0.3)
    one = make()
    answers = one.fetch_all([Request(web.url("/", "q.localhost")), Request(web.url("/slow", "s.localhost"))] * 2)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert one.fetch(Request(web.url("/x", "s.localhost"))).status == 200


def test_connections_are_used_again(web: Web, make: Make) -> None:
    ports = defaultdict(set)

    def note(handler: BaseHTTPRequestHandler) -> None:
        ports[handler.path].add(handler.client_address[1])
        handler.send_response(304)
        handler.end_headers()

    web.pages["/a"] = note
    one = make()
    for _ in range(3):
        one.fetch(Request(web.url("/a")))
    list(one.fetch_all([Request(web.url("/a"))] * 3))
    assert len(ports["/a"]) == 1
