"""Every address: its status, its kind, where it leads."""

import json
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest

from octavo.domain.enrichment import Enrichment, Hashtag
from octavo.domain.story import Placement
from octavo.serve import links
from octavo.store import articles, stories
from octavo.text.slugs import short_id

from .conftest import ARTICLES, Reader

HTML = "text/html; charset=utf-8"


def article_path(reader: Reader, name: str, edition: str = "en-gb") -> str:
    return links.article(edition, reader.ids[name], ARTICLES[name].headline)


def story_path(reader: Reader, edition: str = "en-gb") -> str:
    return links.story(edition, reader.story, ARTICLES["ledger"].headline)


PAGES = (
    "/en-gb",
    "/ar-ae",
    "/ja-jp",
    "/en-gb/latest",
    "/en-gb/section/04000000",
    "/en-gb/hashtag/tide",
    "/en-gb/source/harbour",
    "/en-gb/search",
    "/en-gb/search?q=ledger",
    "/en-gb/editions",
    "/en-gb/about",
    "/en-gb/saved",
    "/en-gb/settings",
    "/settings",
    "/en-gb/offline",
    "/saved",
    "/offline",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_with_html_and_head_without_a_body(reader: Reader, path: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, HTML)
    assert answer.text.startswith("<!doctype html>")
    head = reader.get(path, "HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"])


def test_article_and_story_answer_at_their_addresses(reader: Reader) -> None:
    for path in (article_path(reader, "ledger"), story_path(reader), article_path(reader, "arabic", "ar-ae")):
        assert reader.get(path).status_code == 200, path


FILES = {
    "/feeds.opml": "text/x-opml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json",
    "/healthz": "text/plain; charset=utf-8",
    "/sw.js": "text/javascript; charset=utf-8",
}


@pytest.mark.parametrize("path", FILES)
def test_files_for_programs(reader: Reader, path: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, FILES[path])


@pytest.mark.parametrize(
    ("languages", "edition"),
    [("ar-EG,ar;q=0.9", "ar-eg"), ("de", "de-de"), ("xx", "en-gb"), ("", "en-gb"), ("en-US,en;q=0.5", "en-us")],
)
def test_the_bare_address_leads_to_the_readers_edition(reader: Reader, languages: str, edition: str) -> None:
    answer = reader.get("/", accept_language=languages)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/{edition}")
    assert "Accept-Language" in answer.headers["vary"]


def test_an_instance_can_name_its_edition(make_reader: Callable[..., Reader]) -> None:
    named = make_reader(settings={"edition": "ar-eg"})
    assert named.get("/", accept_language="de").headers["location"] == "/ar-eg"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/en", "/en-gb"),
        ("/EN-us/latest", "/en-us/latest"),
        ("/ar/latest", "/ar-ae/latest"),
        ("/en-gb/", "/en-gb"),
        ("/en-gb/latest//", "/en-gb/latest"),
    ],
)
def test_other_spellings_of_an_edition_lead_to_it(reader: Reader, asked: str, meant: str) -> None:
    answer = reader.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, meant)


@pytest.mark.parametrize(
    "path", ["//evil.example/", "///evil.example//", "/%2Fevil.example/", "/en/../%2F/evil.example/"]
)
def test_no_redirect_leaves_the_site(reader: Reader, path: str) -> None:
    answer = reader.get(f"http://reader.test{path}")
    place = answer.headers.get("location", "/")
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


def test_old_words_in_an_address_lead_to_the_present_ones(reader: Reader) -> None:
    number = short_id(reader.ids["ledger"])
    for path in (f"/en-gb/article/{number}", f"/en-gb/article/{number}/old-words"):
        answer = reader.get(path)
        assert (answer.status_code, answer.headers["location"]) == (301, article_path(reader, "ledger"))
    answer = reader.get(f"/en-gb/story/{short_id(reader.story)}/old-words")
    assert (answer.status_code, answer.headers["location"]) == (301, story_path(reader))
    answer = reader.get(f"/en-gb/story/{short_id(reader.story)}/old-words.atom")
    assert (answer.status_code, answer.headers["location"]) == (301, story_path(reader) + ".atom")


def test_a_story_folded_into_another_leads_there(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        other = stories.place(tx, Placement(reader.ids["sample"], None, 1.0), reader.clock())
        stories.place(tx, Placement(reader.ids["ledger"], reader.story, 1.0, merged=(other,)), reader.clock())
    answer = reader.get(f"/en-gb/story/{short_id(other)}/anything")
    assert (answer.status_code, answer.headers["location"]) == (301, story_path(reader))


MISSING = (
    "/nowhere",
    "/xx-yy",
    "/en-gb/nothing",
    "/en-gb/article/zzzzzzzzzzzz/x",
    "/en-gb/article/0/x",
    "/en-gb/article/-1/x",
    "/en-gb/story/0/x",
    "/en-gb/section/99999999",
    "/en-gb/hashtag/unheard",
    "/en-gb/source/nobody",
    "/en-gb/search.atom",
    "/static/nothing.css",
    "/en-gb/latest.exe",
    "/picture/abc/640",
)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_404_and_says_what_to_do(reader: Reader, path: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, HTML)
    assert answer.headers["cache-control"] == "no-store"
    assert "/en-gb/search" in answer.text
    assert "Traceback" not in answer.text


def test_pages_are_read_only(reader: Reader) -> None:
    assert reader.get("/en-gb", "POST").status_code == 405


def test_hashtags_in_any_script_have_pages(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        one = Enrichment(reader.ids["arabic"], "ar", hashtags=(Hashtag("المد والجزر", "المد والجزر", 0.9),))
        articles.save_enrichments(tx, [one])
    path = f"/ar-ae/hashtag/{quote('المد والجزر')}"
    answer = reader.get(path)
    assert answer.status_code == 200
    assert "سجل المد والجزر" in unquote(answer.text)
    assert json.loads(reader.get(f"{path}.json").text)["items"][0]["title"] == "سجل المد والجزر"
