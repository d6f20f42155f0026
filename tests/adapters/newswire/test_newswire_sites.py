"""The publishers' websites: every page says what it is, holds its text, and can be parsed."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from jinja2 import Environment
from lxml import html

from octavo.adapters.newswire.library import Library, read_article, read_library
from octavo.adapters.newswire.markup import body_blocks, dateline, plain_text
from octavo.adapters.newswire.site import Site, build_site, make_templates, render_article, render_home
from octavo.adapters.newswire.timetable import publish, visible

STARTED = datetime(2025, 3, 4, 12, 0, tzinfo=UTC)
KEYS = [publisher.key for publisher in read_library().publishers]
SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library()


@pytest.fixture(scope="module")
def templates() -> Environment:
    return make_templates()


def site_of(library: Library, key: str) -> Site:
    publisher = next(publisher for publisher in library.publishers if publisher.key == key)
    shown = visible(library, STARTED, STARTED + timedelta(days=1))
    return build_site(publisher, shown, f"http://{key}.localhost:8000")


def words(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("key", KEYS)
def test_every_article_page_holds_its_article(library: Library, templates: Environment, key: str) -> None:
    site = site_of(library, key)
    for view in site.articles:
        page = parsed(render_article(templates, site, view))
        text = words(page.text_content())
        assert words(view.title) in text, view.path
        for line in plain_text(view.blocks).splitlines():
            assert words(line) in text, view.path
        assert page.get("lang") == site.publisher.language
        assert page.get("dir") == ("rtl" if site.publisher.language == "ar" else "ltr")
        assert page.xpath("//link[@rel='canonical']/@href") == [view.url]
        if view.byline and key != "loose-threads":
            assert view.byline in text, view.path
        if view.article.draft.correction:
            assert words(view.article.draft.correction) in text, view.path


@pytest.mark.parametrize("key", KEYS)
def test_every_page_says_that_it_is_fictional(library: Library, templates: Environment, key: str) -> None:
    site = site_of(library, key)
    for text in (render_home(templates, site), *(render_article(templates, site, view) for view in site.articles)):
        page = parsed(text)
        banner = page.xpath("/html/body/*[1]")[0]
        assert banner.text_content() == site.publisher.mark
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not page.xpath("//article//*[@class='fictional']")


@pytest.mark.parametrize("key", KEYS)
def test_the_home_page_lists_articles_and_feeds(library: Library, templates: Environment, key: str) -> None:
    site = site_of(library, key)
    page = parsed(render_home(templates, site))
    assert {view.path for view in site.articles} <= set(page.xpath("//a/@href"))
    offered = [feed.path for feed in site.publisher.feeds if feed.kind != "sitemap"]
    assert page.xpath("//link[@rel='alternate']/@href") == offered


@pytest.mark.parametrize("key", KEYS)
def test_structured_data_can_be_read(library: Library, templates: Environment, key: str) -> None:
    site = site_of(library, key)
    for view in site.articles:
        page = parsed(render_article(templates, site, view))
        for script in page.xpath("//script[@type='application/ld+json']/text()"):
            described = json.loads(script)
            described = described[0] if isinstance(described, list) else described
            described = described.get("@graph", [described])[0]
            assert described["headline"] == view.title
            assert datetime.fromisoformat(described["datePublished"]) == view.article.published_at
        for stamp in page.xpath("//meta[@property='article:published_time']/@content"):
            assert datetime.fromisoformat(stamp) == view.article.published_at


def test_publishers_mark_up_their_pages_differently(library: Library, templates: Environment) -> None:
    kinds = {}
    for key in KEYS:
        site = site_of(library, key)
        page = parsed(render_article(templates, site, site.articles[0]))
        marks = (
            "//script[@type='application/ld+json']",
            "//meta[@property='og:title']",
            "//*[@itemprop='articleBody']",
        )
        kinds[key] = tuple(bool(page.xpath(mark)) for mark in marks)
    assert kinds["harbour-post"] == (True, True, False)
    assert kinds["northern-ledger"] == (False, True, False)
    assert kinds["meridian"] == (False, False, True)
    assert kinds["loose-threads"] == (False, False, False)


def test_addresses_do_not_depend_on_the_start(library: Library) -> None:
    publisher = library.publishers[0]
    sites = [
        build_site(publisher, visible(library, start, start + timedelta(days=1)), "http://x")
        for start in (STARTED, STARTED + timedelta(days=400))
    ]
    assert [view.url for view in sites[0].articles] == [view.url for view in sites[1].articles]


def test_related_articles_are_of_the_same_event_first(library: Library) -> None:
    site = site_of(library, "voz-del-altiplano")
    view = next(view for view in site.articles if view.article.draft.event == "altiplano-drought")
    related = site.related(view, 3)
    assert view not in related
    assert {other.article.draft.event for other in related} == {"altiplano-drought"}


def test_agency_copy_opens_with_its_dateline() -> None:
    text = (
        '+++\ntitle = "T"\nage = "1h"\nagency = "Meridian"\ndateline = "PORT SELWYN"\n+++\n## Head\n\nFirst & last.\n'
    )
    article = publish(read_article(text, "post", "a"), STARTED, STARTED)
    assert dateline(article) == "PORT SELWYN (Meridian) —"
    assert body_blocks(article) == (
        "<h2>Head</h2>",
        '<p><span class="dateline">PORT SELWYN (Meridian) —</span> First &amp; last.</p>',
    )


def test_blocks_are_whole_elements_and_html_is_inert() -> None:
    text = (
        '+++\ntitle = "T"\nage = "1h"\n+++\nOne **two**.\n\n> Said\n\n- a\n- b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n'
        "<script>alert(1)</script>\n"
    )
    blocks = body_blocks(publish(read_article(text, "post", "a"), STARTED, STARTED))
    assert [html.fromstring(block).tag for block in blocks] == ["p", "blockquote", "ul", "table", "p"]
    assert "<script" not in "".join(blocks)
    assert plain_text(blocks[:1]) == "One two."


def test_dates_are_written_as_the_publisher_writes_them(library: Library) -> None:
    printed = {key: site_of(library, key).articles[-1].published for key in KEYS}
    assert "Uhr" in printed["rheinblick"]
    assert re.search(r"\d+ de \w+ de 2025", printed["el-faro-diario"])
    assert "февраля" not in printed["vechirnii-bereh"]
    assert re.search(r"(лютого|березня) 2025", printed["vechirnii-bereh"])
    assert printed["lakeside-courier"].endswith(("AM", "PM"))
