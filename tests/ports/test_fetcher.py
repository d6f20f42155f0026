"""What every fetcher must do; and where the real one may go."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pycurl
import pytest

from octavo.adapters.fetchers.addresses import Guard
from octavo.adapters.fetchers.http import HttpFetcher, ca_bundle
from octavo.adapters.fetchers.loop import Loop
from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.adapters.fetchers.seat import Seat
from octavo.config import FetchSettings
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, Forbidden, Gone, HostBusy, UnsafeAddress
from octavo.ports.fetcher import Fetcher

from .conftest import NOW, Web

Make = Callable[..., HttpFetcher]
pytestmark = pytest.mark.enable_socket

MODIFIED = "Sun, 01 Mar 2026 10:00:00 GMT"


def _unless_known(handler: object) -> None:
    sent = handler.headers.get("If-None-Match")  # type: ignore[attr-defined]
    handler.send_response(304 if sent == '"a1"' else 200)  # type: ignore[attr-defined]
    handler.send_header("ETag", '"a1"')  # type: ignore[attr-defined]
    if sent != '"a1"':
        handler.send_header("Content-Length", "4")  # type: ignore[attr-defined]
    handler.end_headers()  # type: ignore[attr-defined]
    if sent != '"a1"':
        handler.wfile.write(b"news")  # type: ignore[attr-defined]


@pytest.fixture(params=["http", "recorded"])
def fetcher(request: pytest.FixtureRequest, web: Web, make: Make) -> Fetcher:
    web.pages["/feed"] = _unless_known
    web.answer("/gone", status=410)
    web.answer("/none", status=404)
    web.answer("/secret", status=403)
    if request.param == "http":
        return make()
    return RecordedFetcher(
        {
            web.url("/feed"): Response(web.url("/feed"), 200, {"etag": '"a1"'}, b"news"),
            web.url("/gone"): Gone("gone", url=web.url("/gone"), status=410),
            web.url("/secret"): Forbidden("no", url=web.url("/secret"), status=403),
        }
    )


def test_an_answer_comes_back_whole(fetcher: Fetcher, web: Web) -> None:
    answer = fetcher.fetch(Request(web.url("/feed")))
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"news", '"a1"')
    assert answer.url == web.url("/feed")
    assert answer.permanent_url == ""


def test_what_is_known_is_not_sent_again(fetcher: Fetcher, web: Web) -> None:
    answer = fetcher.fetch(Request(web.url("/feed"), etag='"a1"'))
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "kind", "status"), [("/gone", Gone, 410), ("/none", FetchError, 404), ("/secret", Forbidden, 403)]
)
def test_refusals_are_errors_of_their_kind(
    fetcher: Fetcher, web: Web, path: str, kind: type[FetchError], status: int
) -> None:
    with pytest.raises(kind) as caught:
        fetcher.fetch(Request(web.url(path)))
    assert caught.value.status == status
    assert caught.value.url == web.url(path)


def test_many_are_each_answered_once_whatever_fails(fetcher: Fetcher, web: Web) -> None:
    asked = [Request(web.url("/feed")), Request(web.url("/gone")), Request(web.url("/none"))]
    answers = {request.url: answer for request, answer in fetcher.fetch_all(iter(asked))}
    assert len(answers) == 3
    assert isinstance(answers[web.url("/gone")], Gone)
    assert isinstance(answers[web.url("/none")], FetchError)
    assert isinstance(answers[web.url("/feed")], Response)
    assert list(fetcher.fetch_all([])) == []


def test_the_request_is_honest_and_conditional(web: Web, make: Make) -> None:
    polite = make(contact="https://octavo.example/about")
    polite.fetch(Request(web.url("/a"), etag='W/"x\u00fc"', last_modified=MODIFIED, accept="text/html"))
    sent = web.visits[0].fields
    assert sent["user-agent"].startswith("Octavo/")
    assert "https://octavo.example/about" in sent["user-agent"]
    assert sent["if-none-match"] == 'W/"x\u00fc"'
    assert sent["if-modified-since"] == MODIFIED
    assert (sent["accept"], sent["accept-encoding"]) == ("text/html", "gzip, br, zstd")


def test_a_server_cannot_write_into_the_next_request(web: Web, make: Make) -> None:
    make().fetch(Request(web.url("/a"), etag='"x"\r\nX-Evil: 1'))
    assert "x-evil" not in web.visits[0].fields


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("120", NOW + timedelta(minutes=2)),
        ("Sun, 01 Mar 2026 13:00:00 GMT", datetime(2026, 3, 1, 13, tzinfo=UTC)),
        ("soon", None),
        ("-5", None),
        ("9" * 40, None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_says_until_when(web: Web, make: Make, said: str, until: datetime | None, status: int) -> None:
    web.answer("/busy", status=status, Retry_After=said)
    with pytest.raises(HostBusy) as caught:
        make().fetch(Request(web.url("/busy")))
    assert caught.value.until == until
    assert "one.localhost" in str(caught.value)


@pytest.mark.parametrize("status", [301, 308])
def test_permanent_redirects_are_remembered(web: Web, make: Make, status: int) -> None:
    web.redirect("/old", "/older?utm_source=x", status)
    web.redirect("/older?utm_source=x", web.url("/new#top", "two.localhost"), 301)
    answer = make().fetch(Request(web.url("/old")))
    assert answer.url == answer.permanent_url == web.url("/new", "two.localhost")
    assert answer.body == f"two.localhost:{web.port} /new".encode()


def test_one_temporary_redirect_makes_the_chain_temporary(web: Web, make: Make) -> None:
    web.redirect("/old", "/between")
    web.redirect("/between", "/new", 302)
    answer = make().fetch(Request(web.url("/old")))
    assert (answer.url, answer.permanent_url) == (web.url("/new"), "")


def test_a_permanent_move_is_seen_though_nothing_changed(web: Web, make: Make) -> None:
    web.redirect("/old", "/feed")
    web.pages["/feed"] = _unless_known
    answer = make().fetch(Request(web.url("/old"), etag='"a1"'))
    assert (answer.status, answer.permanent_url) == (304, web.url("/feed"))


def test_redirects_in_a_circle_end(web: Web, make: Make) -> None:
    web.redirect("/a", "/b")
    web.redirect("/b", "/a")
    web.redirect("/self", "/self", 302)
    with pytest.raises(FetchError, match="circle"):
        make(max_redirects=5).fetch(Request(web.url("/a")))
    assert len(web.visits) == 6
    with pytest.raises(FetchError, match="itself"):
        make().fetch(Request(web.url("/self")))


def test_a_cookie_lasts_for_one_chain_of_redirects(web: Web, make: Make) -> None:
    def greet(handler: object) -> None:
        known = "seen=1" in handler.headers.get("Cookie", "")  # type: ignore[attr-defined]
        handler.send_response(200 if known else 302)  # type: ignore[attr-defined]
        if not known:
            handler.send_header("Location", "/greet")  # type: ignore[attr-defined]
            handler.send_header("Set-Cookie", "seen=1")  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "0")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]

    web.pages["/greet"] = greet
    one = make()
    assert one.fetch(Request(web.url("/greet"))).status == 200
    one.fetch(Request(web.url("/later")))
    assert "cookie" not in web.visits[-1].fields


@pytest.mark.parametrize("target", ["ftp://one.localhost/x", "file:///etc/passwd", "javascript:alert(1)", "http://["])
def test_redirects_to_what_is_no_web_address_are_refused(web: Web, make: Make, target: str) -> None:
    web.redirect("/a", target, 302)
    with pytest.raises(FetchError) as caught:
        make().fetch(Request(web.url("/a")))
    assert caught.value.retry == "never"


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://0/",
        "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/", "http://[fd00::1]/", "http://localhost/", "http://a.localhost/", "http://127.0.0.1:22/",
        "http://localhost./", "http://100.64.0.1/", "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/",
    ],
)  # fmt: skip
def test_private_places_are_refused_at_once_and_on_every_hop(web: Web, make: Make, target: str) -> None:
    with pytest.raises(UnsafeAddress):
        make().fetch(Request(target))
    web.redirect("/in", target, 302)
    with pytest.raises(UnsafeAddress):
        make().fetch(Request(web.url("/in")))


def test_loopback_is_refused_unless_that_port_is_allowed(web: Web, make: Make) -> None:
    for allowed in ((), ("127.0.0.1/32:1",), ("10.0.0.0/8",)):
        with pytest.raises(UnsafeAddress, match="allow_networks"):
            make(allow_networks=allowed).fetch(Request(web.url()))
    assert web.visits == []
    assert make(allow_networks=("127.0.0.0/8",)).fetch(Request(web.url())).status == 200


def test_credentials_in_an_address_are_never_sent(web: Web, make: Make) -> None:
    web.redirect("/in", f"http://you:secret@one.localhost:{web.port}/out", 302)
    for path in ("/a", "/in"):
        make().fetch(Request(f"http://me:secret@one.localhost:{web.port}{path}"))
    assert [visit.path for visit in web.visits] == ["/a", "/in", "/out"]
    assert all("authorization" not in visit.fields for visit in web.visits)


@pytest.mark.parametrize(
    "url", ["ftp://paper.example/x", "file:///etc/passwd", "gopher://paper.example/", "data:,x", ""]
)
def test_only_web_addresses_are_fetched(make: Make, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        make().fetch(Request(url))
    assert caught.value.retry == "never"


@pytest.mark.parametrize("allow", [(), ("127.0.0.1/32:1",)])
def test_the_address_is_checked_where_the_connection_is_made(web: Web, allow: tuple[str, ...]) -> None:
    """A name of the world that leads here, as after a rebinding: the socket itself is refused."""
    loop: Loop[Seat] = Loop(4)
    seat = Seat(FetchSettings(), Guard(allow), ca_bundle())
    url = web.url(host="paper.example")
    seat.curl.setopt(pycurl.RESOLVE, [f"paper.example:{web.port}:127.0.0.1"])
    seat.aim(Request(url), url, direct=True)
    loop.add(seat)
    ended: list[tuple[Seat, int, str]] = []
    for _ in range(200):
        ended += loop.step(0.05)
        if ended:
            break
    assert isinstance(seat.broken_off(ended[0][1]), UnsafeAddress)
    assert web.visits == []
    seat.close()
    loop.close()


def test_a_name_of_a_private_machine_is_refused(web: Web, make: Make) -> None:
    name = socket.gethostname()
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM)}
    except OSError:
        pytest.skip("this machine's own name leads nowhere")
    if any(Guard().permits(address, 80) for address in addresses):
        pytest.skip("this machine has a public address")
    with pytest.raises(UnsafeAddress):
        make(allow_networks=()).fetch(Request(f"http://{name}:{web.port}/"))
    assert web.visits == []


def test_the_environment_has_no_say(web: Web, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert make().fetch(Request(web.url())).status == 200


def test_a_proxy_is_asked_for_every_name_but_private_places_stay_closed(web: Web, make: Make) -> None:
    proxied = make(proxy=f"http://127.0.0.1:{web.port}", allow_networks=())
    answer = proxied.fetch(Request("http://paper.example/story"))
    assert answer.url == "http://paper.example/story"
    assert web.visits[0].path == "http://paper.example/story"
    for closed in ("http://10.0.0.1/", "http://localhost/", "http://127.1/"):
        with pytest.raises(UnsafeAddress):
            proxied.fetch(Request(closed))
    assert len(web.visits) == 1


def test_what_the_owner_allows_is_reached_without_the_proxy(web: Web, make: Make) -> None:
    proxied = make(proxy="http://127.0.0.1:1")
    assert proxied.fetch(Request(web.url())).status == 200


def test_failures_are_sentences_that_name_the_host(make: Make, web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        closed = listening.getsockname()[1]
    open_to_all = make(allow_networks=("127.0.0.0/8",))
    for url, words in (
        (f"http://shut.localhost:{closed}/", "shut.localhost"),
        ("http://nowhere.invalid/", "nowhere.invalid cannot be found"),
        (f"https://one.localhost:{web.port}/", "no secure connection to one.localhost"),
    ):
        with pytest.raises(FetchError, match=words) as caught:
            open_to_all.fetch(Request(url))
        assert caught.value.retry == "later"
        assert "\n" not in str(caught.value)


def test_threads_share_one_fetcher_and_none_is_left(web: Web, make: Make) -> None:
    one = make()
    before = threading.active_count()
    answers: list[Response] = []

    def ask(number: int) -> None:
        answers.extend(one.fetch(Request(web.url(f"/{n}", f"h{number}.localhost"))) for n in range(5))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.body.decode() for answer in answers} == {
        f"h{number}.localhost:{web.port} /{n}" for number in range(8) for n in range(5)
    }
    one.close()
    assert [thread for thread in threading.enumerate() if "fetch" in thread.name] == []
    assert threading.active_count() <= before + 8  # the server's own, one a connection
