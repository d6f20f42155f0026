"""Searches that are kept with an account, by plain forms; all that one follows as OPML, out and in again."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from octavo.actions import follows, searches
from octavo.collect.opml import read_opml
from octavo.domain.follow import FollowKind
from octavo.serve import followed
from octavo.serve.followed import Meant
from octavo.store import follows as follow_store
from octavo.store import searches as search_store
from octavo.text.slugs import short_id

from .apps import person_called
from .conftest import Reader, Visitor

QUICK = {"accounts": {"sign_up": "open", "password_memory_kib": 7_168}}
HERE = "/en-gb/keep"
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def site(make_reader: Callable[..., Reader]) -> Reader:
    return make_reader(settings=QUICK)


@pytest.fixture
def ana(site: Reader) -> Visitor:
    return site.visitor().sign_up("ana")


def kept(site: Reader, name: str = "ana") -> list[str]:
    with site.tools.database.read() as view:
        return [one.query for one in search_store.of(view, person_called(site, name).id)]


def test_a_search_is_saved_from_its_page_listed_and_removed(site: Reader, ana: Visitor) -> None:
    page = ana.get("/en-gb/search?q=drowned+archive&language=en&sort=new").text
    line = unescape(re.findall(r'name="query" value="([^"]*)"', page)[0])
    answer = ana.post(f"{HERE}/search", {"act": "save", "query": line, "back": "/en-gb/search?q=drowned+archive"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en-gb/search?q=drowned+archive")
    assert kept(site) == ["drowned archive lang:en"]
    again = ana.get("/en-gb/search?q=drowned+archive&language=en").text
    assert 'name="query"' not in again, "it is kept: there is the way to the list"
    assert "/en-gb/following#searches" in again
    listed = ana.get("/en-gb/following").text
    feed = unescape(re.findall(r'href="([^"]*search\.atom[^"]*)"', listed)[0])
    assert "<entry" in site.get(feed).text
    number = re.findall(r'name="number" value="(\d+)"', listed)[0]
    assert ana.post(f"{HERE}/search", {"act": "remove", "number": number}).status_code == 303
    assert kept(site) == []
    assert "search.atom" not in ana.get("/en-gb/following").text


def test_who_is_not_signed_in_keeps_searches_in_the_browser(site: Reader) -> None:
    page = site.get("/en-gb/search?q=archive").text
    assert "data-save-search" in page
    assert "keep/search" not in page
    assert site.visitor().post(f"{HERE}/search", {"act": "save", "query": "archive"}).status_code in (401, 403)


def test_no_other_site_saves_a_search(site: Reader, ana: Visitor) -> None:
    """Neither without the form's token nor with somebody else's; another reader's search is not there to remove."""
    assert ana.post(f"{HERE}/search", {"act": "save", "query": "archive", "token": ""}).status_code == 403
    assert ana.post(f"{HERE}/search", {"act": "save", "query": "x"}, sec_fetch_site="cross-site").status_code == 403
    assert kept(site) == []
    ana.post(f"{HERE}/search", {"act": "save", "query": "archive"})
    ben = site.visitor().sign_up("ben")
    with site.tools.database.read() as view:
        [one] = search_store.of(view, person_called(site, "ana").id)
    ben.post(f"{HERE}/search", {"act": "remove", "number": str(one.id)})
    assert kept(site) == ["archive"]
    assert kept(site, "ben") == []


@pytest.mark.parametrize(("act", "query"), [("save", ""), ("save", "  sort:new "), ("other", "archive")])
def test_a_search_for_nothing_is_none(site: Reader, ana: Visitor, act: str, query: str) -> None:
    assert ana.post(f"{HERE}/search", {"act": act, "query": query}).status_code == 422
    assert kept(site) == []


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/en-gb/hashtag/tide", Meant(FollowKind.HASHTAG, "tide")),
        ("/en-gb/hashtag/t%C3%AFde%2Fx.rss", Meant(FollowKind.HASHTAG, "tïde/x")),
        ("/en-gb/story/abc/some-words", Meant(FollowKind.STORY, "abc")),
        ("/en-gb/place/GB.json", Meant(FollowKind.PLACE, "place/GB")),
        ("/en-gb/person/kfl.atom", Meant(FollowKind.PERSON, "person/kfl")),
        ("/ar-eg/source/harbour.atom", Meant(FollowKind.PUBLISHER, "harbour")),
        ("/en-gb/search?q=a+b&sort=new", Meant(None, "a b")),
        (
            "/en-gb/search.atom?q=a+sort%3Anew&source=harbour&after=2026-11-01",
            Meant(None, "a source:harbour after:2026-11-01"),
        ),
        ("/en-gb/search", None),
        ("/en-gb/latest", None),
        ("/en-gb", None),
    ],
)
def test_addresses_of_this_site_mean_what_can_be_followed(path: str, meant: Meant | None) -> None:
    assert followed.meant_by(ORIGIN + path, ORIGIN) == meant
    assert followed.meant_by("https://other.example" + path, ORIGIN) is None
    assert followed.meant_by(f"{ORIGIN}.evil.example{path}", ORIGIN) is None


def everything(site: Reader) -> None:
    """Let ana follow one thing of each kind, and keep a search."""
    who, tools = person_called(site, "ana"), site.tools
    follows.follow(tools, who, "story", short_id(site.story))
    follows.follow(tools, who, "hashtag", "tide", "Tide")
    follows.follow(tools, who, "publisher", "harbour")
    follows.follow(tools, who, "word", "ledger")
    follows.mute(tools, who, "word", "cats")
    searches.save(tools, who, 'archive -"by night"', "Archives")


def test_all_one_follows_goes_out_as_opml_and_comes_in_again(site: Reader, ana: Visitor) -> None:
    everything(site)
    answer = ana.get("/en-gb/following.opml")
    assert answer.headers["content-type"].startswith("text/x-opml")
    assert "no-store" in answer.headers["cache-control"]
    out = read_opml(answer.content)
    assert {(one.folder, one.title) for one in out} == {
        ("Stories", "Tide ledger found in drowned archive"),
        ("Hashtags", "#Tide"),
        ("Publishers", "The Harbour Example"),
        ("Words", "ledger"),
        ("Saved searches", "Archives"),
    }
    for one in out:
        assert one.url.startswith(ORIGIN)
        assert "<feed" in site.get(one.url.removeprefix(ORIGIN)).text, one.url
        assert site.get(one.site_url.removeprefix(ORIGIN)).status_code == 200
    ben = site.visitor().sign_up("ben")
    sent = ben.send_file(f"{HERE}/list", "list", answer.content)
    assert (sent.status_code, sent.headers["location"]) == (303, "/en-gb/following")
    with site.tools.database.read() as view:
        mine, his = (
            {(one.kind, one.key, one.name) for one in follow_store.of(view, person_called(site, name).id)}
            for name in ("ana", "ben")
        )
    assert his == {one for one in mine if one[0] is not FollowKind.WORD}
    # A word's feed is a search, and comes back as one.
    assert kept(site, "ben") == ["ledger", 'archive -"by night"']
    again = {one.url for one in read_opml(ben.get("/en-gb/following.opml").content)}
    assert again == {one.url for one in out}
    assert site.get("/en-gb/following.opml").status_code == 401


def test_a_list_that_is_none_is_refused_and_what_is_unknown_left_out(site: Reader, ana: Visitor) -> None:
    assert ana.send_file(f"{HERE}/list", "list", b"none").status_code == 422
    gone = "".join(
        f'<outline xmlUrl="{url}"/>'
        for url in (f"{ORIGIN}/en-gb/story/zzz/x", "https://unknown.example/feed", "javascript:alert(1)", "")
    )
    sent = ana.send_file(f"{HERE}/list", "list", f'<opml version="2.0"><body>{gone}</body></opml>'.encode())
    assert sent.status_code == 303
    with site.tools.database.read() as view:
        assert follow_store.of(view, person_called(site, "ana").id) == []
