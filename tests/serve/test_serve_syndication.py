"""Feeds going out are read back by readers of feeds."""

import json
from collections.abc import Callable

import feedparser
import pytest
from lxml import etree

from octavo.collect.opml import read_opml
from octavo.config import WebSettings
from octavo.domain.article import Block, BlockKind
from octavo.serve.syndication import html_of

from .conftest import ARTICLES, ATTACK, BODY, SECRET_TAIL, Reader
from .test_serve_routes import story_path

LISTS = (
    "/en-gb",
    "/en-gb/latest",
    "/en-gb/section/04000000",
    "/en-gb/hashtag/tide",
    "/en-gb/source/harbour",
    "/en-gb/search?q=ledger",
)


def feed_of(path: str, kind: str) -> str:
    bare, mark, query = path.partition("?")
    return f"{bare}.{kind}{mark}{query}"


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_feed_of_three_kinds(reader: Reader, path: str) -> None:
    titles = []
    for kind, media_type in (("atom", "application/atom+xml"), ("rss", "application/rss+xml")):
        answer = reader.get(feed_of(path, kind))
        assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
        parsed = feedparser.parse(answer.content)
        assert not parsed.bozo
        assert all(entry.link.startswith("http://127.0.0.1:8000/en-gb/article/") for entry in parsed.entries)
        assert all(entry.published_parsed for entry in parsed.entries)
        titles.append([entry.title for entry in parsed.entries])
    written = json.loads(reader.get(feed_of(path, "json")).text)
    assert written["version"] == "https://jsonfeed.org/version/1.1"
    titles.append([entry["title"] for entry in written["items"]])
    assert titles[0] == titles[1] == titles[2]
    assert ARTICLES["ledger"].headline in titles[2]


def test_a_story_is_a_feed(reader: Reader) -> None:
    parsed = feedparser.parse(reader.get(f"{story_path(reader)}.atom").content)
    assert {entry.author for entry in parsed.entries} == {
        "The Harbour Example",
        "Ledger Example",
        f"Wire & {ATTACK}".replace("<", "‹"),
    }


def test_newest_first(reader: Reader) -> None:
    written = json.loads(reader.get("/en-gb/latest.json").text)
    dates = [entry["date_published"] for entry in written["items"]]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 6


def test_feeds_carry_the_body_where_the_policy_allows(make_reader: Callable[..., Reader]) -> None:
    private = json.loads(make_reader().get("/en-gb/source/harbour.json").text)["items"][0]
    assert SECRET_TAIL in private["content_html"]
    public = make_reader(WebSettings(public_url="https://news.example"))
    for kind in ("atom", "rss", "json"):
        answer = public.get(f"/en-gb/source/harbour.{kind}")
        assert SECRET_TAIL not in answer.text
        assert BODY[0][:40] in answer.text
        assert "https://news.example/en-gb/article/" in answer.text
        strict = public.get(f"/en-gb/source/strict.{kind}").text
        assert ARTICLES["strict"].headline in strict
        assert BODY[0][:40] not in strict


def test_attacks_stay_words(reader: Reader) -> None:
    for kind in ("atom", "rss"):
        answer = reader.get(f"/en-gb/source/wire.{kind}")
        assert "<script" not in answer.text
        entry = next(one for one in feedparser.parse(answer.content).entries if one.title.startswith("Storm"))
        assert "<script" not in entry.get("content", [{}])[0].get("value", "")
    written = json.loads(reader.get("/en-gb/source/wire.json").text)["items"]
    assert next(one for one in written if "Storm" in one["title"])["content_html"] == (
        "<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>"
    )


def test_blocks_become_html() -> None:
    blocks = (
        Block(BlockKind.SUBHEAD, "A & B", level=2),
        Block(BlockKind.LIST, items=("one", "<b>")),
        Block(BlockKind.QUOTE, "said"),
        Block(BlockKind.CODE, "a < b"),
        Block(BlockKind.TABLE, rows=(("x", "<y>"),)),
        Block(BlockKind.FIGURE, "caption", url="https://pictures.example/a.png"),
        Block(BlockKind.PARAGRAPH, ""),
    )
    assert html_of(blocks) == (
        "<h3>A &amp; B</h3><ul><li>one</li><li>&lt;b&gt;</li></ul><blockquote>said</blockquote>"
        "<pre>a &lt; b</pre><table><tr><td>x</td><td>&lt;y&gt;</td></tr></table>"
    )


def test_followed_feeds_go_out_as_opml(reader: Reader) -> None:
    found = read_opml(reader.get("/feeds.opml").content)
    assert [(one.url, one.title, one.folder) for one in found] == [
        ("https://harbour.example/feed.xml", "Harbour feed", "English")
    ]


def test_the_sitemap_names_pages_and_the_robots_know_it(public_reader: Reader) -> None:
    root = etree.fromstring(public_reader.get("/sitemap.xml").content)
    places = {one.text for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {"https://news.example/en-gb", "https://news.example/en-gb/section/04000000"} <= places
    assert f"https://news.example{story_path(public_reader)}" in places
    assert any(place and place.startswith("https://news.example/ar-ae/article/") for place in places)
    robots = public_reader.get("/robots.txt").text
    assert "Sitemap: https://news.example/sitemap.xml" in robots
    assert "Disallow: /\n" not in robots


def test_a_private_instance_asks_not_to_be_crawled(reader: Reader) -> None:
    assert reader.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/manifest.webmanifest", "/ar-eg/manifest.webmanifest"])
def test_the_manifest_makes_an_app_in_the_editions_language(reader: Reader, path: str) -> None:
    manifest = json.loads(reader.get(path, accept_language="ar-eg").text)
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/ar-eg", "/")
    assert (manifest["display"], manifest["lang"], manifest["dir"]) == ("standalone", "ar", "rtl")
    for purpose in ("any", "maskable"):
        assert {"192x192", "512x512"} <= {one["sizes"] for one in manifest["icons"] if one["purpose"] == purpose}
    for one in manifest["icons"]:
        assert reader.get(one["src"]).status_code == 200
    short = {one["url"]: one["name"] for one in manifest["shortcuts"]}
    assert (short["/ar-eg/latest"], short["/ar-eg/saved"]) == ("آخر الأخبار", "المقالات المحفوظة")
    assert all(reader.get(url).status_code == 200 for url in short)
    target = manifest["share_target"]
    assert (target["method"], target["action"]) == ("GET", "/ar-eg/share")
    assert reader.get(target["action"]).status_code == 200


def test_the_page_names_the_manifest_of_its_edition(reader: Reader) -> None:
    assert '<link rel="manifest" href="/ar-eg/manifest.webmanifest">' in reader.get("/ar-eg").text


def test_the_service_worker_may_act_for_the_whole_site(reader: Reader) -> None:
    worker = reader.get("/sw.js")
    assert worker.headers["service-worker-allowed"] == "/"
    assert worker.headers["cache-control"] == "no-cache"
    told = json.loads(worker.text.split("self.OCTAVO = ", 1)[1].split(";\n", 1)[0])
    assert told["offline"] == "/offline"
    assert told["precache"]
    for path in told["precache"]:
        assert reader.get(path).status_code == 200
    assert "import " not in worker.text.replace("import(", "")
    assert "\nexport " not in worker.text
