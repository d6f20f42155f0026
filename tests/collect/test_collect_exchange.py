"""Requests, what their answers mean, and robots.txt."""

from datetime import UTC, datetime

import pytest

from octavo.collect import request, response, robots
from octavo.domain.feed import Feed, PollState
from octavo.domain.ids import FeedId, PageKey, PublisherId
from octavo.domain.page import Page
from octavo.domain.web import Response
from octavo.errors import FetchError, Forbidden, Gone, HostBusy, TooLarge, UnsafeAddress
from octavo.text.hashes import bytes_hash

URL = "https://paper.example/feed"
POLL = PollState(etag='"a"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT", content_hash=bytes_hash(b"news"))
FEED = Feed(FeedId(1), URL, PublisherId("paper"), poll=POLL)
RULES = (
    "User-agent: *\nDisallow: /all/\n\nUser-agent: octavo\nAllow: /secret/open\nDisallow: /secret/\nCrawl-delay: 7\n"
)


def test_requests_are_conditional_for_feeds_only() -> None:
    asked = request.for_feed(FEED, 99)
    assert (asked.url, asked.etag, asked.last_modified, asked.max_bytes) == (URL, POLL.etag, POLL.last_modified, 99)
    assert asked.accept.startswith("application/feed+json")
    assert (request.for_address(URL, 99).etag, request.for_address(URL, 99).accept) == ("", asked.accept)
    page = Page(PageKey("k"), "https://paper.example/a", "paper.example", PublisherId("paper"))
    asked = request.for_page(page, 5)
    assert (asked.url, asked.max_bytes, asked.accept[:9], asked.etag) == (page.url, 5, "text/html", "")


def test_an_answer_is_news_or_unchanged() -> None:
    news = response.read(FEED, Response(URL, 200, {"etag": '"b"', "content-type": "text/xml"}, b"other"))
    assert (news.body, news.etag, news.last_modified, news.body_hash) == (b"other", '"b"', "", bytes_hash(b"other"))
    assert (news.content_type, news.moved_to) == ("text/xml", "")
    same = response.read(FEED, Response(URL, 200, {"etag": '"c"'}, b"news"))
    assert (same.body, same.etag) == (None, '"c"')
    not_modified = response.read(FEED, Response(URL, 304, {"last-modified": "later"}))
    assert (not_modified.body, not_modified.etag, not_modified.last_modified) == (None, POLL.etag, "later")
    assert not_modified.body_hash == POLL.content_hash


def test_only_a_lasting_move_counts() -> None:
    new = "https://paper.example/news"
    assert response.read(FEED, Response(new, 200, {}, b"x", permanent_url=new)).moved_to == new
    assert response.read(FEED, Response(new, 304, {}, permanent_url=new)).moved_to == new
    assert response.read(FEED, Response(new, 200, {}, b"x")).moved_to == ""
    assert response.read(FEED, Response(URL, 200, {}, b"x", permanent_url=URL)).moved_to == ""


def test_long_fields_are_cut() -> None:
    answer = response.read(FEED, Response(URL, 200, {"etag": "e" * 9999, "last-modified": "m" * 9999}, b"x"))
    assert (len(answer.etag), len(answer.last_modified)) == (1024, 128)


@pytest.mark.parametrize(
    ("path", "octavo", "others"),
    [("/", True, True), ("/secret/x", False, True), ("/secret/open", True, True), ("/all/x", True, False)],
)
def test_the_rules_of_ones_own_name_count(path: str, octavo: bool, others: bool) -> None:
    assert robots.Rules(RULES, "Octavo").allow(f"https://paper.example{path}") is octavo
    assert robots.Rules(RULES, "Other").allow(f"https://paper.example{path}") is others
    assert robots.Rules("", "Octavo").allow(f"https://paper.example{path}")


@pytest.mark.parametrize(
    ("said", "pause_s"),
    [("7", 7), ("0.5", 0.5), ("1e9", 600), ("-5", 0), ("inf", 0), ("nan", 0), ("soon", 0), ("", 0)],
)
def test_a_pause_of_ones_own_is_read_and_bounded(said: str, pause_s: float) -> None:
    assert robots.Rules(f"User-agent: *\nCrawl-delay: {said}\n", "Octavo").pause_s() == pause_s
    assert robots.Rules(f"User-agent: other\nCrawl-delay: {said}\n", "Octavo").pause_s() == 0


@pytest.mark.parametrize(
    "text", ["<html><body>Not found</body></html>", "\x00\xff", "Disallow: /", "User-agent\n:\n" * 50]
)
def test_what_is_no_set_of_rules_forbids_nothing(text: str) -> None:
    assert robots.Rules(text, "Octavo").allow("https://paper.example/a")


def test_only_the_first_half_megabyte_counts() -> None:
    rule = b"User-agent: *\nDisallow: /"
    for line, text in (
        (rule + b"private/\n", rule.decode() + "private/"),
        (b"# " + b"x" * robots.MAX_ROBOTS + b"\n" + rule, ""),
        (b"#\n" * (robots.MAX_ROBOTS // 2 - len(rule) // 2 - 1) + rule + b"private/" * 9, None),
    ):
        padded = line + b"#" * robots.MAX_ROBOTS
        read = robots.rules_in(Response(URL, 200, {}, padded))
        assert read is not None
        assert len(read) <= robots.MAX_ROBOTS
        assert text is None or read == text
        assert robots.Rules(read, "Octavo").allow("https://paper.example/a"), "half a line is no rule"


@pytest.mark.parametrize(
    ("answer", "rules"),
    [
        (Response(URL, 200, {}, b"\xef\xbb\xbfUser-agent: *"), "User-agent: *"),
        (FetchError("404", url=URL, status=404), ""),
        (Forbidden("403", url=URL, status=403), ""),
        (Gone("410", url=URL, status=410), ""),
        (FetchError("circle", url=URL, status=302), ""),
        (UnsafeAddress("leads inside", url=URL), ""),
        (TooLarge("large", url=URL), None),
        (HostBusy("429", url=URL, status=429, until=datetime(2026, 3, 2, tzinfo=UTC)), None),
        (HostBusy("503", url=URL, status=503), None),
        (FetchError("500", url=URL, status=500), None),
        (FetchError("no connection", url=URL), None),
    ],
)
def test_no_rules_allow_all_and_unknown_rules_nothing(answer: Response | FetchError, rules: str | None) -> None:
    assert robots.rules_in(answer) == rules


def test_rules_lie_at_the_root() -> None:
    assert robots.robots_url("https://paper.example:8443") == "https://paper.example:8443/robots.txt"


def test_what_headers_say_of_rights_is_kept_and_nothing_else() -> None:
    headers = {
        "content-type": "text/html",
        "x-robots-tag": "noai\ngooglebot:  nosnippet",
        "tdm-reservation": "1",
        "link": '</rsl.xml>; rel="license"; type="application/rsl+xml"',
    }
    assert response.rights_said(Response(URL, 200, headers)) == (
        "x-robots-tag: noai\nx-robots-tag: googlebot: nosnippet\ntdm-reservation: 1\n"
        'link: </rsl.xml>; rel="license"; type="application/rsl+xml"'
    )
    assert response.rights_said(Response(URL, 200, {"link": "</a.css>; rel=preload; title=license"})) == ""
    assert len(response.rights_said(Response(URL, 200, {"x-robots-tag": "noai\n" * 9_999 + "x" * 9_999}))) < 20_000
