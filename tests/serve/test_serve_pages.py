"""What pages show: policies, reasons, marks of what is invented, and nothing a publisher could slip in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from octavo.brief.summary import article_summary
from octavo.config import WebSettings
from octavo.domain.publisher import DisplayPolicy
from octavo.domain.relation import Relation, RelationKind
from octavo.domain.story import Placement
from octavo.relate.differences import within
from octavo.serve.marking import fold, mark
from octavo.serve.pages.worked import worked_out
from octavo.store import articles, facts, publishers, relations, stories
from octavo.store.tellings import tellings

from .conftest import ARTICLES, ATTACK, BODY, NOW, SECRET_TAIL, Reader, article
from .test_serve_routes import article_path, story_path


def described(page: str) -> list[dict[str, Any]]:
    """Read a page's JSON-LD."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: list[dict[str, Any]] = []
    for block in blocks:
        read = json.loads(block)
        found += read if isinstance(read, list) else [read]
    return found


def test_a_private_reader_reads_the_whole_article(reader: Reader) -> None:
    page = unescape(reader.get(article_path(reader, "ledger")).text)
    assert all(text in page for text in BODY)
    assert page.count(ARTICLES["ledger"].url) >= 2, "the original is linked above and below"


def test_a_public_reader_reads_an_excerpt(public_reader: Reader) -> None:
    page = unescape(public_reader.get(article_path(public_reader, "ledger")).text)
    assert SECRET_TAIL not in page
    assert BODY[1] not in page
    assert BODY[0] in page
    assert ARTICLES["ledger"].url in page


def test_a_publisher_that_gives_headlines_only_gets_no_more(reader: Reader) -> None:
    for path in (article_path(reader, "strict"), "/en-gb/latest", "/en-gb/source/strict"):
        page = unescape(reader.get(path).text)
        assert ARTICLES["strict"].headline in page
        if "latest" not in path:
            assert BODY[0][:40] not in page
            assert "/picture/" not in page


def test_search_does_not_quote_what_may_not_be_shown(make_reader: Callable[..., Reader]) -> None:
    query = "/en-gb/search?q=lighthouse+keeper"
    assert "lighthouse" in re.sub(r"<input[^>]*>|<title>.*?</title>", "", make_reader().get(query).text)
    public = make_reader(WebSettings(public_url="https://news.example")).get(query + "&source=harbour").text
    assert "lighthouse</mark>" not in public
    assert ARTICLES["ledger"].headline.split()[0] in public


def test_what_is_invented_is_always_shown_in_full_and_marked(public_reader: Reader) -> None:
    page = public_reader.get(article_path(public_reader, "sample")).text
    assert SECRET_TAIL in unescape(page)
    for path in ("/en-gb/source/invented", "/en-gb/latest", "/en-gb/about", article_path(public_reader, "ledger")):
        assert 'class="ribbon"' in public_reader.get(path).text, f"{path} shows an invented article"
    for path in ("/en-gb/source/harbour", "/en-gb/search", "/ar-ae", article_path(public_reader, "arabic", "ar-ae")):
        assert 'class="ribbon"' not in public_reader.get(path).text, path


@pytest.mark.parametrize(
    ("web", "policy"),
    [
        (WebSettings(), DisplayPolicy.FULL),
        (WebSettings(host="::1"), DisplayPolicy.FULL),
        (WebSettings(host="localhost"), DisplayPolicy.FULL),
        (WebSettings(host="192.0.2.1"), DisplayPolicy.EXCERPT),
        (WebSettings(host="news.example"), DisplayPolicy.EXCERPT),
        (WebSettings(public_url="https://news.example"), DisplayPolicy.EXCERPT),
        (WebSettings(policy="headline"), DisplayPolicy.HEADLINE),
        (WebSettings(host="192.0.2.1", policy="full"), DisplayPolicy.FULL),
    ],
)
def test_how_much_is_shown_where_nobody_said(web: WebSettings, policy: DisplayPolicy) -> None:
    assert web.default_policy is policy


def test_words_of_publishers_are_never_markup(reader: Reader) -> None:
    for path in ("/en-gb/latest", "/en-gb/source/wire", article_path(reader, "attack"), "/en-gb", "/en-gb/about"):
        page = reader.get(path).text
        assert "alert(" in page
        assert "<script>alert" not in page
    asked = reader.get(f"/en-gb/search?q={ATTACK}").text
    assert "<script>alert" not in asked
    assert "&lt;script&gt;" in asked


def test_no_inline_script_or_style(reader: Reader) -> None:
    for path in ("/en-gb", article_path(reader, "ledger"), story_path(reader), "/en-gb/search?q=tide", "/ar-ae"):
        page = reader.get(path).text
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or "application/ld+json" in attributes
        assert "<style" not in page
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page)


def test_an_article_is_described_to_programs(reader: Reader) -> None:
    page = reader.get(article_path(reader, "second")).text
    news = next(one for one in described(page) if one["@type"] == "NewsArticle")
    assert news["headline"] == ARTICLES["second"].headline
    assert news["isBasedOn"] == ARTICLES["second"].url
    assert news["author"] == [{"@type": "Person", "name": "Ada Quill"}]
    assert news["datePublished"] == "2026-03-01T08:00:00+00:00"
    crumbs = next(one for one in described(page) if one["@type"] == "BreadcrumbList")
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2, 3]


def test_json_ld_cannot_be_left(reader: Reader) -> None:
    page = reader.get(article_path(reader, "attack")).text
    news = next(one for one in described(page) if one["@type"] == "NewsArticle")
    assert news["headline"] == ARTICLES["attack"].headline


def test_pages_name_their_one_address_and_their_editions(reader: Reader) -> None:
    page = reader.get(article_path(reader, "ledger", "en-us")).text
    assert f'rel="canonical" href="{ARTICLES["ledger"].url}"' in page, "it is its publisher's"
    invented = reader.get(article_path(reader, "sample", "en-us")).text
    assert f'rel="canonical" href="http://127.0.0.1:8000{article_path(reader, "sample")}"' in invented
    assert 'hreflang="en-US"' in invented
    front = reader.get("/ar-eg").text
    assert 'rel="canonical" href="http://127.0.0.1:8000/ar-eg"' in front
    assert 'hreflang="x-default"' in front
    assert '<html lang="ar" dir="rtl"' in front


def test_related_articles_come_with_reasons_and_copies_apart(reader: Reader) -> None:
    page = unescape(reader.get(article_path(reader, "ledger")).text)
    assert ARTICLES["sample"].headline in page
    assert "Background" in page
    assert ARTICLES["second"].headline in page, "another article of the story"
    assert "Same event" in page
    assert article_path(reader, "copy") in page, "carried elsewhere"
    seen_from_there = unescape(reader.get(article_path(reader, "sample")).text)
    assert ARTICLES["ledger"].headline in seen_from_there, "relations are read from both ends"


def test_what_settled_in_one_story_is_of_one_event(reader: Reader) -> None:
    place = Relation(reader.ids["ledger"], reader.ids["second"], RelationKind.SAME_PLACE, 0.5)
    with reader.tools.database.transaction() as tx:
        relations.save(tx, place.article_id, [place])
    page = reader.get(article_path(reader, "ledger")).text
    assert "Same event" in page
    assert "Same place" not in page


def test_hashtags_lead_to_their_pages(reader: Reader) -> None:
    page = reader.get(article_path(reader, "ledger")).text
    assert 'href="/en-gb/hashtag/tide"' in page


def test_a_story_says_who_reports_it(reader: Reader) -> None:
    page = unescape(reader.get(story_path(reader)).text)
    for name in ("ledger", "second", "copy"):
        assert article_path(reader, name) in page
    assert "2 independent reports" in page


def test_a_story_speaks_the_readers_language(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        stories.place(tx, Placement(reader.ids["arabic"], reader.story, 0.9), NOW)
        stories.describe(tx, reader.story, lead=reader.ids["ledger"], reports=3)
    arabic = reader.get(story_path(reader, "ar-ae")).text
    assert re.search(rf"<h1[^>]*>{ARTICLES['arabic'].headline}</h1>", arabic)
    assert re.search(rf"<h1[^>]*>{ARTICLES['ledger'].headline}</h1>", reader.get(story_path(reader)).text)
    assert re.search(rf"<h1[^>]*>{ARTICLES['ledger'].headline}</h1>", reader.get(story_path(reader, "de-de")).text)


def test_an_edition_without_a_front_page_shows_the_latest(reader: Reader) -> None:
    assert ARTICLES["second"].headline in reader.get("/en-us").text
    assert ARTICLES["arabic"].headline in reader.get("/ar-eg").text
    assert ARTICLES["arabic"].headline not in reader.get("/en-us").text


def test_the_notice_stands_on_every_page(reader: Reader) -> None:
    assert "could be reached" not in reader.get("/en-gb/about").text
    with reader.tools.database.transaction() as tx:
        facts.set(tx, "notice", "unreachable")
    reader.clock.now += timedelta(seconds=10)
    for path in ("/en-gb", "/en-gb/about", "/en-gb/search"):
        assert "None of the feeds this newspaper starts with could be reached" in reader.get(path).text


def test_long_lists_go_on(reader: Reader) -> None:
    with reader.tools.database.transaction() as tx:
        articles.save(tx, [article("harbour", f"n{n}", f"Numbered {n:03}", 10 + n) for n in range(60)], now=NOW)
    seen: list[str] = []
    path = "/en-gb/source/harbour"
    for _ in range(5):
        page = reader.get(path).text
        seen += re.findall(r"Numbered \d{3}", page)
        following = re.search(r'href="(/en-gb/source/harbour\?before=\w+)"', page)
        if not following:
            break
        path = following[1]
    assert set(seen) == {f"Numbered {n:03}" for n in range(60)}


ODD = ('"', "((((", "a AND", "*", "-", "NEAR(", "%00", "ø" * 500, "😀", "tide OR", "'; DROP TABLE articles; --", "\\")


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_answered(reader: Reader, query: str) -> None:
    answer = reader.get(f"/en-gb/search?q={query}&from=99999&source=nobody&language=zz&before=!!")
    assert answer.status_code == 200


def test_search_narrows_and_marks(reader: Reader) -> None:
    page = reader.get("/en-gb/search?q=LEDGER&source=harbour").text
    assert "<mark>ledger</mark>" in page
    assert article_path(reader, "ledger") in page
    assert article_path(reader, "second") not in page
    arabic = reader.get("/en-gb/search?q=سجل&language=ar").text
    assert ARTICLES["arabic"].url in arabic or article_path(reader, "arabic") in arabic


def test_marks_cut_a_text_into_pieces() -> None:
    assert mark("Tide, tide.", {"tide"}) == [("Tide", True), (", ", False), ("tide", True), (".", False)]
    assert mark("nothing", {"tide"}) == [("nothing", False)]
    assert mark("", {"tide"}) == []
    assert fold("Ångström") == "angstrom"


def test_what_is_worked_out_is_what_the_whole_telling_says_and_goes_with_its_words(reader: Reader) -> None:
    with reader.tools.database.read() as view:
        [told] = tellings(view, [reader.ids["ledger"]], 0.0)
        [whole] = articles.get_many(view, [reader.ids["ledger"]])
        publisher = publishers.get(view, whole.publisher_id)
        assert publisher is not None
        found = worked_out(whole, publisher, articles.names_of(view, whole.id))
    assert tuple(found.brief) == tuple(one.text for one in article_summary(told, NOW).statements) != ()
    assert found.differences == within(told)
    edited = worked_out(replace(whole, blocks=whole.blocks[:1]), publisher, ())
    assert edited.brief != found.brief
