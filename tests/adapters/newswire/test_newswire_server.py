"""The newswire over HTTP: hosts, conditional requests, compression, and what happens with time."""

import gzip
import http.client
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from html import escape

import pytest
from lxml import etree

from octavo.adapters.newswire.library import Library, read_article, read_library
from octavo.adapters.newswire.newsstand import Answer, Newsstand
from octavo.adapters.newswire.server import ADDRESS, RunningNewswire, respond, start
from octavo.errors import SettingsError

STARTED = datetime(2025, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def running(socket_enabled: None) -> Iterator[RunningNewswire]:
    newswire = start(0, STARTED)
    yield newswire
    newswire.stop()


def ask(
    running: RunningNewswire, host: str, path: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(ADDRESS, running.port, timeout=10)
    connection.request(method, path, headers={"Host": f"{host}:{running.port}"} | (headers or {}))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.enable_socket
def test_each_publisher_answers_at_its_own_host(running: RunningNewswire) -> None:
    for publisher in running.publishers:
        answer, body = ask(running, f"{publisher.key}.localhost", "/")
        assert answer.status == 200
        assert answer.headers.get_content_charset() == publisher.encoding
        assert escape(publisher.name) in body.decode(publisher.encoding)


@pytest.mark.enable_socket
def test_every_feed_and_every_linked_article_answers(running: RunningNewswire) -> None:
    for _, _, url in running.feeds():
        host, path = url.removeprefix("http://").split("/", 1)
        answer, body = ask(running, host.split(":")[0], f"/{path}")
        assert answer.status == 200, url
        assert body
    site = etree.fromstring(ask(running, "al-minara.localhost", "/rss.xml")[1])
    link = site.findtext("./channel/item/link") or ""
    answer, _ = ask(running, "al-minara.localhost", "/" + link.split("/", 3)[3])
    assert answer.status == 200


@pytest.mark.enable_socket
def test_nothing_changed_gives_304(running: RunningNewswire) -> None:
    first, body = ask(running, "meridian.localhost", "/wire.rss")
    assert body
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again, nothing = ask(running, "meridian.localhost", "/wire.rss", {header: value})
        assert (again.status, nothing) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    other, body = ask(running, "meridian.localhost", "/wire.rss", {"If-None-Match": '"other"'})
    assert (other.status, bool(body)) == (200, True)


@pytest.mark.enable_socket
def test_gzip_is_sent_to_those_who_take_it(running: RunningNewswire) -> None:
    _, plain = ask(running, "le-quai.localhost", "/")
    answer, packed = ask(running, "le-quai.localhost", "/", {"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("le-quai.localhost", "/no-such-page"),
        ("le-quai.localhost", "/pictures/no-such-picture.jpg"),
        ("no-such-publisher.localhost", "/"),
        ("example.org", "/"),
        ("localhost", "/no-such-page"),
    ],
)
def test_what_is_not_there_is_404(running: RunningNewswire, host: str, path: str) -> None:
    assert ask(running, host, path)[0].status == 404


@pytest.mark.enable_socket
def test_the_index_lists_every_publisher_and_the_opml_every_feed(running: RunningNewswire) -> None:
    _, body = ask(running, "localhost", "/")
    assert all(escape(publisher.name) in body.decode() for publisher in running.publishers)
    _, opml = ask(running, "127.0.0.1", "/newswire.opml")
    assert opml.decode() == running.opml()
    listed = [outline.get("xmlUrl") for outline in etree.fromstring(opml).iter("outline")]
    assert listed == [url for _, _, url in running.feeds()]
    assert len(listed) >= 15


@pytest.mark.enable_socket
def test_head_has_no_body(running: RunningNewswire) -> None:
    answer, body = ask(running, "le-quai.localhost", "/", method="HEAD")
    assert (answer.status, body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000


@pytest.mark.enable_socket
def test_a_picture_is_served(running: RunningNewswire) -> None:
    article = next(article for article in running.newsstand.library.articles if article.image)
    answer, body = ask(running, f"{article.publisher}.localhost", f"/pictures/{article.slug}.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert body.startswith(b"\xff\xd8")


@pytest.mark.enable_socket
def test_it_listens_on_this_computer_only_and_says_when_the_port_is_taken(running: RunningNewswire) -> None:
    assert running.url == f"http://localhost:{running.port}/"
    with pytest.raises(SettingsError, match=str(running.port)):
        start(running.port, STARTED)


@pytest.mark.enable_socket
def test_its_time_is_the_clock_it_is_given(socket_enabled: None) -> None:
    text = '+++\ntitle = "Late"\nlater = "40m"\n+++\nWords.\n'
    library = Library(read_library().publishers, (read_article(text, "loose-threads", "late"),))
    moments = iter([STARTED, STARTED + timedelta(hours=1)])
    newswire = start(0, STARTED, clock=lambda: next(moments), library=library)
    try:
        assert ask(newswire, "loose-threads.localhost", "/late.html")[0].status == 404
        assert ask(newswire, "loose-threads.localhost", "/late.html")[0].status == 200
    finally:
        newswire.stop()


def test_a_revision_changes_feed_page_and_tag() -> None:
    text = '+++\ntitle = "First"\nage = "1h"\nrevise_after = "15m"\nrevision_title = "Second"\n+++\nWords.\n'
    stand = Newsstand(Library(read_library().publishers, (read_article(text, "loose-threads", "a"),)), STARTED, 8000)
    for path in ("/", "/rss.xml", "/a.html"):
        before = stand.answer("loose-threads.localhost:8000", path, STARTED)
        after = stand.answer("LOOSE-THREADS.localhost.:8000", path, STARTED + timedelta(minutes=15))
        assert b"First" in before.body
        assert b"Second" in after.body
        assert b"First" not in after.body
        assert before.modified is not None
        assert after.modified is not None
        assert after.modified > before.modified
        assert respond(before, Message())[1]["ETag"] != respond(after, Message())[1]["ETag"]


def test_the_planned_revisions_and_late_articles_happen_within_the_hour() -> None:
    stand = Newsstand(read_library(), STARTED, 8000)
    names = [publisher.key for publisher in stand.library.publishers]
    changed = [
        name
        for name in names
        if stand.answer(f"{name}.localhost", "/", STARTED).body
        != stand.answer(f"{name}.localhost", "/", STARTED + timedelta(hours=1)).body
    ]
    assert len(changed) >= 3


@pytest.mark.parametrize("since", ["yesterday", "", "Tue, 04 Mar 2025 11:59:59 GMT"])
def test_an_old_or_unreadable_date_is_answered_in_full(since: str) -> None:
    asked = Message()
    asked["If-Modified-Since"] = since
    assert respond(Answer(200, "text/plain", b"x", STARTED), asked)[0] == 200


def test_a_tag_goes_before_a_date() -> None:
    asked = Message()
    asked["If-None-Match"] = '"other"'
    asked["If-Modified-Since"] = "Wed, 05 Mar 2025 12:00:00 GMT"
    assert respond(Answer(200, "text/plain", b"x", STARTED), asked)[0] == 200


@pytest.mark.parametrize(("error", "told"), [(BrokenPipeError(), False), (ValueError("a fault"), True)])
def test_who_hangs_up_is_not_reported_as_a_fault(
    running: RunningNewswire, capsys: pytest.CaptureFixture[str], error: Exception, told: bool
) -> None:
    try:
        raise error
    except type(error):
        running._server.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]
    assert bool(capsys.readouterr().err) == told
