"""Pages fetched from a recorded world onto SQLite: kept, refused, left for later, never twice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.domain.article import Rights
from octavo.domain.ids import PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.domain.web import Request, Response
from octavo.errors import FetchError, Forbidden, HostBusy, TooLarge, UnsafeAddress
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.fetch_page import MAX_ATTEMPTS, fetch_pages
from octavo.pipeline.poll_feed import page_key
from octavo.ports.tools import Tools
from octavo.store import articles as article_store
from octavo.store import journal
from octavo.store import pages as page_store
from octavo.store import publishers as publisher_store
from octavo.text.urls import canonical_url, host_of

FLOOD = "https://paper.example/flood"
RULES = "https://paper.example/robots.txt"
HTML = {"content-type": "text/html; charset=utf-8"}


def add(tools: Tools, *urls: str) -> None:
    """Have these addresses wait to be fetched."""
    publisher = PublisherId("paper.example")
    with tools.database.transaction() as tx:
        publisher_store.save(tx, [Publisher(publisher, "The Paper", hosts=("paper.example",))])
        for url in urls:
            page = Page(page_key(canonical_url(url)), url, host_of(url), publisher, first_seen_at=tools.now())
            page_store.add(tx, [page])


def fetch(tools: Tools) -> int:
    """Fetch whatever is due now; gives how many pages came to something."""
    with tools.database.read() as view:
        due = page_store.pending(view, tools.now(), 1000)
    return sum(fetch_pages(tools, due))


def kept(tools: Tools, url: str = FLOOD) -> Page:
    with tools.database.read() as view:
        page = page_store.get(view, page_key(canonical_url(url)))
    assert page is not None
    return page


def asked(recorded: RecordedFetcher) -> list[str]:
    return [request.url for request in recorded.asked]


def told(tools: Tools, url: str = FLOOD) -> list[str]:
    with tools.database.read() as view:
        return [event.outcome for event in journal.of(view, url)]


def test_a_page_is_kept_as_it_came_and_never_fetched_twice(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    add(recorded_tools, FLOOD)
    recorded.answers[FLOOD] = Response("https://www.paper.example/flood", 200, HTML, b"<p>Ufer")
    assert fetch(recorded_tools) == 1
    page = kept(recorded_tools)
    assert (page.state, page.final_url, page.status) == (PageState.FETCHED, "https://www.paper.example/flood", 200)
    assert (page.size, page.fetched_at, page.attempts) == (7, recorded_tools.now(), 1)
    assert recorded_tools.blobs.get(page.blob) == b"<p>Ufer"
    assert told(recorded_tools) == ["fetched 7 bytes"]
    assert fetch(recorded_tools) == 0
    assert asked(recorded) == [RULES, FLOOD]


def test_a_page_is_fetched_from_the_address_its_feed_gives(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    tagged = FLOOD + "?utm_source=rss"
    add(recorded_tools, tagged)
    add(recorded_tools, FLOOD, FLOOD + "?utm_source=mail")
    recorded.answers[tagged] = Response(tagged, 200, HTML, b"<p>")
    assert fetch(recorded_tools) == 1
    assert asked(recorded) == [RULES, tagged]
    assert kept(recorded_tools, FLOOD).state is PageState.FETCHED


def test_what_robots_txt_forbids_is_refused(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    secret = "https://paper.example/private/memo"
    add(recorded_tools, FLOOD, secret)
    recorded.answers[RULES] = Response(RULES, 200, {}, b"User-agent: Octavo\nDisallow: /private/\n")
    recorded.answers[FLOOD] = Response(FLOOD, 200, HTML, b"<p>")
    assert fetch(recorded_tools) == 2
    page = kept(recorded_tools, secret)
    assert (page.state, page.blob) == (PageState.REFUSED, "")
    assert page.reason == "robots.txt asks programs not to read this page"
    assert told(recorded_tools, secret) == [f"refused: {page.reason}"]
    assert secret not in asked(recorded)
    assert kept(recorded_tools).state is PageState.FETCHED


def test_robots_txt_is_asked_for_once_a_day_and_only_if_wanted(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime]
) -> None:
    for number, hours in enumerate((0, 1, 23, 25)):
        moments.append(moments[0] + timedelta(hours=hours))
        add(recorded_tools, f"{FLOOD}/{number}")
        fetch(recorded_tools)
    assert asked(recorded).count(RULES) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_rules_allow_everything(recorded_tools: Tools, recorded: RecordedFetcher, status: int) -> None:
    kind = Forbidden if status in (401, 403) else FetchError
    recorded.answers[RULES] = kind("no rules", url=RULES, status=status)
    recorded.answers[FLOOD] = Response(FLOOD, 200, HTML, b"<p>")
    add(recorded_tools, FLOOD)
    fetch(recorded_tools)
    assert kept(recorded_tools).state is PageState.FETCHED


@pytest.mark.parametrize(
    "error",
    [
        FetchError("paper.example has a fault of its own (500)", url=RULES, status=500),
        FetchError("paper.example took too long to answer", url=RULES),
        HostBusy("paper.example is busy", url=RULES, status=503),
    ],
    ids=["500", "unreachable", "503"],
)
def test_while_the_rules_cannot_be_had_nothing_is_read(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime], error: FetchError
) -> None:
    add(recorded_tools, FLOOD, "https://other.example/a")
    recorded.answers[RULES] = error
    recorded.answers["https://other.example/a"] = Response("https://other.example/a", 200, HTML, b"<p>")
    fetch(recorded_tools)
    page = kept(recorded_tools)
    assert (page.state, page.attempts) == (PageState.PENDING, 1)
    assert page.reason.startswith("robots.txt cannot be had at present")
    assert FLOOD not in asked(recorded)
    assert kept(recorded_tools, "https://other.example/a").state is PageState.FETCHED

    add(recorded_tools, FLOOD + "/later")
    assert fetch(recorded_tools) == 0, "the whole host rests"
    recorded.answers[RULES] = Response(RULES, 200, {}, b"")
    recorded.answers[FLOOD] = Response(FLOOD, 200, HTML, b"<p>")
    moments.append(moments[-1] + timedelta(minutes=6))
    fetch(recorded_tools)
    assert kept(recorded_tools).state is PageState.FETCHED


def test_a_host_that_asks_for_rest_gets_it(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime]
) -> None:
    until = moments[0] + timedelta(hours=3)
    add(recorded_tools, FLOOD)
    recorded.answers[FLOOD] = HostBusy("paper.example is busy", url=FLOOD, status=429, until=until)
    fetch(recorded_tools)
    assert (kept(recorded_tools).state, kept(recorded_tools).next_attempt_at) == (PageState.PENDING, until)
    add(recorded_tools, FLOOD + "/later")
    assert fetch(recorded_tools) == 0
    moments.append(until + timedelta(seconds=1))
    assert fetch(recorded_tools) == 2


def test_a_host_cannot_ask_for_rest_for_ever(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    now = recorded_tools.now()
    add(recorded_tools, FLOOD)
    busy = HostBusy("paper.example is busy", url=FLOOD, status=503, until=now + timedelta(days=4000))
    recorded.answers[FLOOD] = busy
    fetch(recorded_tools)
    assert kept(recorded_tools).next_attempt_at == now + timedelta(days=1)


def test_a_page_that_was_not_asked_for_has_not_failed(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    until = recorded_tools.now() + timedelta(hours=3)
    add(recorded_tools, FLOOD)
    told = "paper.example is left alone until 12:00, as it asked (429)"
    recorded.answers[FLOOD] = HostBusy(told, url=FLOOD, status=429, until=until, asked=False)
    fetch(recorded_tools)
    page = kept(recorded_tools)
    assert (page.state, page.attempts, page.next_attempt_at, page.reason) == (PageState.PENDING, 0, until, told)


@pytest.mark.parametrize(
    ("pause_s", "at_once", "asks_s"), [(10, 3, 10), (12.5, 2, 12.5), (0.5, 5, 0.5), (45, 1, 30), (5000, 1, 30)]
)
def test_a_host_with_a_pause_of_its_own_is_read_a_few_pages_at_a_time(
    recorded_tools: Tools,
    recorded: RecordedFetcher,
    moments: list[datetime],
    pause_s: float,
    at_once: int,
    asks_s: float,
) -> None:
    urls = [f"{FLOOD}/{number}" for number in range(5)]
    other = "https://other.example/a"
    add(recorded_tools, *urls, other)
    recorded.answers |= {url: Response(url, 200, HTML, b"<p>") for url in (*urls, other)}
    recorded.answers[RULES] = Response(RULES, 200, {}, f"User-agent: *\nCrawl-delay: {pause_s}\n".encode())
    assert fetch(recorded_tools) == at_once + 1
    assert {request.pause_s for request in recorded.asked if request.url in urls} == {asks_s}
    assert {request.pause_s for request in recorded.asked if request.url == other} == {0}
    assert fetch(recorded_tools) == 0, "its other pages wait, and nobody else for them"
    rounds = 1
    while len([url for url in urls if kept(recorded_tools, url).state is PageState.PENDING]):
        rests = timedelta(seconds=at_once * min(pause_s, 600))
        moments.append(moments[-1] + 0.9 * rests)
        assert fetch(recorded_tools) == 0
        moments.append(moments[-2] + rests)
        assert fetch(recorded_tools) > 0
        rounds += 1
    assert rounds == -(-5 // at_once)
    assert sorted(asked(recorded)) == sorted({*asked(recorded)}), "nothing twice"


def test_a_hosts_own_rest_outlasts_its_pause(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime]
) -> None:
    add(recorded_tools, FLOOD, FLOOD + "/2")
    recorded.answers[RULES] = Response(RULES, 200, {}, b"User-agent: *\nCrawl-delay: 20\n")
    until = moments[0] + timedelta(hours=1)
    for url in (FLOOD, FLOOD + "/2"):
        recorded.answers[url] = HostBusy("paper.example is busy", url=url, status=503, until=until)
    assert fetch(recorded_tools) == 1
    moments.append(moments[0] + timedelta(minutes=59))
    assert fetch(recorded_tools) == 0


def test_failures_are_tried_again_later_and_in_the_end_refused(
    recorded_tools: Tools, recorded: RecordedFetcher, moments: list[datetime]
) -> None:
    add(recorded_tools, FLOOD)
    recorded.answers[FLOOD] = FetchError("paper.example has a fault of its own (502)", url=FLOOD, status=502)
    waits = []
    while (page := kept(recorded_tools)).state is PageState.PENDING:
        moments.append(page.next_attempt_at or moments[-1])
        assert fetch(recorded_tools) == 1
        after = kept(recorded_tools).next_attempt_at
        waits += [(after - moments[-1]).total_seconds() / 60] if after else []
    assert waits == [5, 20, 80, 320]
    assert (page.attempts, page.status) == (MAX_ATTEMPTS, 502)
    assert page.reason == "paper.example has a fault of its own (502)"
    assert told(recorded_tools)[-1] == f"refused: {page.reason}"


@pytest.mark.parametrize(
    "answer",
    [
        Forbidden("paper.example does not let Octavo read it (403)", url=FLOOD, status=403),
        UnsafeAddress("paper.example leads to 10.0.0.1, which is not a public address", url=FLOOD),
    ],
)
def test_what_never_will_come_is_refused_at_once(
    recorded_tools: Tools, recorded: RecordedFetcher, answer: FetchError
) -> None:
    add(recorded_tools, FLOOD)
    recorded.answers[FLOOD] = answer
    fetch(recorded_tools)
    assert (kept(recorded_tools).state, kept(recorded_tools).reason) == (PageState.REFUSED, str(answer))


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("application/xhtml+xml", PageState.FETCHED),
        ("TEXT/HTML", PageState.FETCHED),
        ("", PageState.FETCHED),
        ("application/pdf; x=1", PageState.REFUSED),
        ("video/mp4", PageState.REFUSED),
    ],
)
def test_only_web_pages_are_kept(recorded_tools: Tools, recorded: RecordedFetcher, kind: str, state: PageState) -> None:
    add(recorded_tools, FLOOD)
    recorded.answers[FLOOD] = Response(FLOOD, 200, {"content-type": kind} if kind else {}, b"%PDF")
    fetch(recorded_tools)
    assert kept(recorded_tools).state is state
    assert (kept(recorded_tools).reason == "not a web page but application/pdf") is kind.startswith("application/pdf")


def test_a_robots_txt_nobody_could_read_through_closes_the_site(
    recorded_tools: Tools, recorded: RecordedFetcher
) -> None:
    add(recorded_tools, FLOOD)
    recorded.answers[RULES] = TooLarge("paper.example sent more than 5,000,000 bytes", url=RULES)
    fetch(recorded_tools)
    assert kept(recorded_tools).state is PageState.REFUSED
    assert "5,000,000 bytes" in kept(recorded_tools).reason
    assert asked(recorded) == [RULES]
    assert recorded.asked[0].max_bytes == 5_000_000


def test_what_came_is_saved_though_others_are_slow(recorded_tools: Tools, moments: list[datetime]) -> None:
    class Slow(RecordedFetcher):
        def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response | FetchError]]:
            for pair in super().fetch_all(requests):
                moments.append(moments[-1] + timedelta(seconds=3))
                yield pair

    urls = [f"{FLOOD}/{number}" for number in range(5)]
    add(recorded_tools, *urls)
    tools = replace(recorded_tools, fetcher=Slow({url: Response(url, 200, HTML, b"<p>") for url in urls}))
    with tools.database.read() as view:
        due = page_store.pending(view, tools.now(), 1000)
    assert [done for done in fetch_pages(tools, due) if done] == [2, 2, 1]


def test_many_pages_are_saved_as_they_come(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    urls = [f"{FLOOD}/{number}" for number in range(70)]
    add(recorded_tools, *urls)
    recorded.answers |= {url: Response(url, 200, HTML, b"<p>") for url in urls}

    def first_saved(steps: Iterable[int]) -> int:
        return next(done for done in steps if done)

    with recorded_tools.database.read() as view:
        due = page_store.pending(view, recorded_tools.now(), 1000)
    assert first_saved(fetch_pages(recorded_tools, due)) == 32
    with recorded_tools.database.read() as view:
        assert len(page_store.fetched(view, 1000)) == 32
    assert fetch(recorded_tools) == 38
    assert sorted(asked(recorded)) == sorted([RULES, *urls]), "nothing twice, though the first round was broken off"


def test_what_headers_say_of_rights_reaches_the_article(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    said = {"x-robots-tag": "noai", "link": '</rsl.xml>; rel="license"', "tdm-reservation": "1"}
    told = "<p>The river Tarn rose by two metres in the night, the mayor said, and forty houses stand in water.</p>"
    html = f"<html lang=en><body><article><h1>Flood in Tarn</h1>{told * 3}</article></body></html>"
    recorded.answers[FLOOD] = Response(FLOOD, 200, HTML | said, html.encode())
    add(recorded_tools, FLOOD)
    fetch(recorded_tools)
    assert extract_pages(recorded_tools, [kept(recorded_tools)], None) == 1
    with recorded_tools.database.read() as view:
        article = article_store.by_url(view, FLOOD)
    assert article is not None
    assert article.rights == Rights(("https://paper.example/rsl.xml",), "", True, "", ("noai",))
