"""octavo feeds and octavo fetch, against the sample newswire and a small web of errors on loopback."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from holder import another
from octavo.adapters.newswire import server as newswire
from octavo.pipeline.plan import part_locks

from .conftest import Octavo

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def loopback_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_FETCH__ALLOW_NETWORKS", '["127.0.0.0/8"]')
    monkeypatch.setenv("OCTAVO_FETCH__DELAY_S", "0")


@pytest.fixture(scope="module")
def wire() -> Iterator[newswire.RunningNewswire]:
    running = newswire.start(0, datetime.now(UTC))
    yield running
    running.stop()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = b"<!doctype html><title>A page</title><p>Nothing to follow here."
        self.send_response(200 if self.path == "/page" else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_sites_address_leads_to_its_feed(octavo: Octavo, wire: newswire.RunningNewswire) -> None:
    added = octavo("feeds", "add", f"http://harbour-post.localhost:{wire.port}/", "--json")
    assert added.code == 0, added.err
    [feed] = json.loads(added.out)
    assert feed["url"] == f"http://harbour-post.localhost:{wire.port}/feed.xml"
    assert [one["url"] for one in json.loads(octavo("feeds", "list", "--json").out)] == [feed["url"]]
    checked = octavo("feeds", "check", "--json")
    assert checked.code == 0
    assert json.loads(checked.out)[0]["entries"] > 5
    assert octavo("feeds", "remove", feed["id"]).code == 0
    assert json.loads(octavo("feeds", "list", "--json").out) == []


def test_what_is_no_feed_is_refused_in_a_sentence(octavo: Octavo, pages: str) -> None:
    page = octavo("feeds", "add", f"{pages}/page")
    assert (page.code, "is not a feed" in page.sentence) == (2, True)
    missing = octavo("feeds", "add", f"{pages}/missing")
    assert missing.code == 1
    assert "404" in missing.sentence
    words = octavo("feeds", "add", "javascript:alert(1)")
    assert words.code == 2
    assert "http" in words.sentence


def test_an_address_inside_the_network_is_refused(octavo: Octavo, pages: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_FETCH__ALLOW_NETWORKS", "[]")
    for address in (
        pages,
        "http://10.0.0.1/feed",
        "http://[::1]/feed",
        "http://169.254.169.254/latest",
        "http://2130706433/",
    ):
        done = octavo("feeds", "add", address)
        assert done.code == 1, address
        assert "not a public address" in done.sentence or "not public" in done.sentence, done.sentence


def test_subscriptions_go_out_and_come_in(octavo: Octavo, wire: newswire.RunningNewswire, tmp_path: Path) -> None:
    (tmp_path / "wire.opml").write_text(wire.opml(), encoding="utf-8")
    told = json.loads(octavo("feeds", "import", tmp_path / "wire.opml", "--json").out)
    assert len(told) == 16
    assert octavo("feeds", "export", tmp_path / "out.opml").code == 0
    again = json.loads(octavo("--data-dir", tmp_path / "b", "feeds", "import", tmp_path / "out.opml", "--json").out)
    assert {one["url"] for one in again} == {one["url"] for one in told}
    assert octavo("feeds", "import", tmp_path / "nowhere.opml").code == 2


def test_a_starter_edition_is_followed_by_name(octavo: Octavo) -> None:
    followed = json.loads(octavo("feeds", "add", "--edition", "ar-eg", "--json").out)
    assert len(followed) > 5
    wrong = octavo("feeds", "add", "--edition", "xx-yy")
    assert wrong.code == 2
    assert "there are ar-ae" in wrong.sentence


def test_fetch_brings_a_feed_to_the_front_page(octavo: Octavo, wire: newswire.RunningNewswire) -> None:
    octavo("feeds", "add", f"http://orbit-and-field.localhost:{wire.port}/feed.json")
    done = octavo("fetch", "--once", "--jobs", "1", "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["entries"] == told["articles"] == told["pages"]["done"] > 5
    assert told["refused"] == {}
    again = json.loads(octavo("fetch", "--once", "--jobs", "1", "--json").out)
    assert (again["unchanged"], again["entries"], again["articles"]) == (1, 0, told["articles"])
    article = json.loads(octavo("export").out.splitlines()[0])
    steps = json.loads(octavo("trace", article["url"], "--json").out)
    told_once = dict.fromkeys(one["step"] for one in steps)  # pages are read again as lines are learned
    assert list(told_once) == ["fetch_page", "extract_article", "enrich_article", "relate_article"]


def test_fetch_leaves_to_a_worker_what_that_is_at(
    octavo: Octavo, wire: newswire.RunningNewswire, tmp_path: Path
) -> None:
    """Nothing is fetched twice at once: neither a feed, nor the pages of a host."""
    octavo("feeds", "add", f"http://orbit-and-field.localhost:{wire.port}/feed.json")
    queue = f"sqlite:///{tmp_path}/octavo-data/jobs.sqlite"
    for kind, left in (("poll_feeds", "entries"), ("fetch_pages", "pages"), ("extract_pages", "articles")):
        with another(queue, *part_locks(kind)):
            told = json.loads(octavo("fetch", "--once", "--jobs", "1", "--json").out)
            assert (told[left].get("done", 0) if left == "pages" else told[left]) == 0, kind
    told = json.loads(octavo("fetch", "--once", "--jobs", "1", "--json").out)
    assert told["articles"] == told["pages"]["done"] > 5, "the worker is gone, and its locks with it"
    with another(queue, "catch_up"):
        assert octavo("fetch", "--jobs", "1").code == 0


def test_fetch_says_so_when_every_feed_failed(octavo: Octavo, pages: str, tmp_path: Path) -> None:
    opml = f'<opml version="2.0"><body><outline text="x" xmlUrl="{pages}/missing"/></body></opml>'
    (tmp_path / "one.opml").write_text(opml)
    octavo("feeds", "import", tmp_path / "one.opml")
    done = octavo("fetch", "--once", "--jobs", "1", "--json")
    assert done.code == 1
    assert json.loads(done.out)["failed"] == 1
    [feed] = json.loads(octavo("feeds", "list", "--json").out)
    assert feed["failures"] == 1
    assert "404" in feed["last_error"]
    assert octavo("feeds", "check").code == 1
