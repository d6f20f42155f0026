"""Headline, dates, section, keywords, canonical address, genre, language, images: chosen by evidence."""

from datetime import UTC, datetime

import pytest

from octavo.extract.dates import find_dates, find_hidden_date, find_printed
from octavo.extract.headline import find_headline, site_keys, strip_site
from octavo.extract.images import absolute, is_picture
from octavo.extract.language import find_language, stated_language
from octavo.extract.layout import Layout
from octavo.extract.metadata import (
    choose_main,
    find_canonical,
    find_keywords,
    find_section,
    find_summary,
    site_name,
)
from octavo.extract.structured import Statements, Thing, read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

NOW = datetime(2026, 6, 1, tzinfo=UTC)
URL = "https://gazette.example/news/ferry"
PROSE = (
    "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March.</p>"
)


def _page(body: str, head: str = "") -> tuple[Statements, Layout, Thing | None]:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree.body
    statements, layout = read_statements(tree), lay_out(tree.body)
    return statements, layout, choose_main(statements, layout, URL)


def _headline(body: str, head: str = "", feed: str = "") -> str:
    statements, layout, main = _page(body, head)
    return find_headline(statements, main, layout, site_keys(statements, "Tarn Gazette", URL), feed)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Ferry stays | Tarn Gazette", "Ferry stays"),
        ("Ferry stays - Tarn Gazette", "Ferry stays"),
        ("Ferry stays | Tarn Gazette | by Ann Lee", "Ferry stays"),
        ("Tarn Gazette: Ferry stays", "Ferry stays"),
        ("Tarn Gazette | Ferry stays", "Ferry stays"),
        ("Ferry stays - gazette.example", "Ferry stays"),
        ("渡轮继续--塔恩--Tarn Gazette", "渡轮继续--塔恩"),
        ("Ferry stays - for now", "Ferry stays - for now"),
        ("Ferry stays", "Ferry stays"),
        ("Tarn Gazette", "Tarn Gazette"),
        ("", ""),
    ],
)
def test_the_sites_name_leaves_the_title(title: str, wanted: str) -> None:
    assert strip_site(title, site_keys(Statements(), "Tarn Gazette", URL)) == wanted


def test_the_printed_headline_wins_over_one_other() -> None:
    head = '<meta property="og:title" content="You will not believe this ferry">'
    assert _headline(f"<h1>Ferry stays, believe it or not</h1>{PROSE}", head) == "Ferry stays, believe it or not"


def test_two_that_agree_win_over_the_printed_one() -> None:
    stated = '{"@type": "NewsArticle", "headline": "Tarn: ferry stays"}'
    head = f'<meta property="og:title" content="Tarn: ferry stays"><script type="application/ld+json">{stated}</script>'
    assert _headline(f"<h1>Ferry stays</h1>{PROSE}", head) == "Tarn: ferry stays"


def test_the_sites_name_is_no_headline() -> None:
    head = '<title>Ferry stays | Tarn Gazette</title><meta property="og:site_name" content="Tarn Gazette">'
    assert _headline(f"<h1>Tarn Gazette</h1>{PROSE}", head) == "Ferry stays"


def test_the_feed_speaks_where_the_page_is_silent() -> None:
    assert _headline(PROSE, feed="Ferry stays") == "Ferry stays"
    assert _headline(PROSE) == ""


def _dates(body: str, head: str = "", url: str = URL) -> tuple[datetime | None, datetime | None]:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree.body
    statements, layout = read_statements(tree), lay_out(tree.body)
    chosen = [number for number, piece in enumerate(layout.pieces) if len(piece.text) > 80]
    main = choose_main(statements, layout, url)
    published, modified = find_dates(statements, main, find_printed(layout, chosen), "en", NOW)
    return published or find_hidden_date(tree, url, NOW), modified


MARCH_4 = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PROSE, '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-03-04T10:30Z"}</script>'),
        (PROSE, '<meta property="article:published_time" content="2026-03-04T11:30:00+01:00">'),
        (f'<time datetime="2026-03-04T10:30:00Z">yesterday</time>{PROSE}', ""),
        (f'<meta itemprop="datePublished" content="2026-03-04T10:30:00Z">{PROSE}', ""),
        (f"<p>Published on 4 March 2026, 10:30 am</p>{PROSE}", ""),
        (f'{PROSE}<script>var s = {{"publishedAt": "2026-03-04T10:30:00Z"}}</script>', ""),
        (PROSE + r'<script>push("{\"datePublished\":\"2026-03-04T10:30:00Z\"}")</script>', ""),
    ],
    ids=["stated", "meta", "time", "itemprop", "printed", "state", "escaped state"],
)
def test_where_a_date_may_stand(body: str, head: str) -> None:
    assert _dates(body, head)[0] == MARCH_4


def test_the_address_is_asked_last() -> None:
    assert _dates(PROSE, url="https://gazette.example/2026/03/04/ferry")[0] == datetime(2026, 3, 4, tzinfo=UTC)


def test_an_undated_page_has_no_date() -> None:
    assert _dates(PROSE) == (None, None)


def test_dates_that_cannot_be_true_are_passed_over() -> None:
    head = '<meta name="date" content="2031-01-01"><meta name="dc.date" content="1901-01-01">'
    assert _dates(f"<p>4 March 2026, 10:30</p>{PROSE}", head)[0] == MARCH_4


def test_a_printed_date_outweighs_a_templates_mistake() -> None:
    head = '<meta property="article:published_time" content="2026-01-01T00:00:00Z">'
    assert _dates(f"<p>4 March 2026, 10:30</p>{PROSE}", head)[0] == MARCH_4
    assert _dates(f"<p>Updated 4 March 2026, 10:30</p>{PROSE}", head)[0] == datetime(2026, 1, 1, tzinfo=UTC)


def test_dates_of_comments_are_not_the_articles() -> None:
    assert _dates(f'{PROSE}<div class="comments"><p>4 March 2026, 10:30</p></div>') == (None, None)


def test_modified_is_never_before_published() -> None:
    head = (
        '<meta property="article:published_time" content="2026-03-04T10:30:00Z">'
        '<meta property="article:modified_time" content="2026-03-{}T12:00:00Z">'
    )
    assert _dates(PROSE, head.format("05"))[1] == datetime(2026, 3, 5, 12, tzinfo=UTC)
    assert _dates(PROSE, head.format("01"))[1] is None


@pytest.mark.parametrize(
    ("canonical", "wanted"),
    [
        ("https://gazette.example/news/ferry-stays", "https://gazette.example/news/ferry-stays"),
        ("/news/ferry-stays", "https://gazette.example/news/ferry-stays"),
        ("https://www.gazette.example/news/x", "https://www.gazette.example/news/x"),
        ("https://gazette.example/", URL),
        ("https://thief.invalid/news/ferry", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_canonical_address(canonical: str, wanted: str) -> None:
    assert find_canonical(Statements(canonical=canonical), URL) == wanted


def test_section_keywords_summary_and_site() -> None:
    head = (
        '<meta property="article:section" content="Harbour"><meta name="keywords" content="ferry, Tarn, FERRY, ">'
        '<meta name="description" content="No sailing is cut before the end of March.">'
        '<meta property="og:site_name" content="Tarn  Gazette">'
    )
    statements, _, main = _page(PROSE, head)
    assert find_section(statements, main) == "Harbour"
    assert find_keywords(statements, main) == ("ferry", "Tarn")
    assert find_summary(statements, main) == "No sailing is cut before the end of March."
    assert site_name(statements, main, "") == "Tarn Gazette"
    assert site_name(statements, main, "Given") == "Given"


def test_the_main_thing_is_the_pages_own() -> None:
    others = '[{"@type":"NewsArticle","headline":"Other"},{"@type":"NewsArticle","headline":"Ferry stays"}]'
    _, _, main = _page(f"<h1>Ferry stays</h1>{PROSE}", f'<script type="application/ld+json">{others}</script>')
    assert main is not None
    assert main.headline == "Ferry stays"


def test_stated_addresses_that_are_none_do_no_harm() -> None:
    odd = '{"@type":"NewsArticle","headline":"Ferry stays","url":"https://[x]/news/ferry"}'
    head = f'<link rel="canonical" href="//[y]/"><script type="application/ld+json">{odd}</script>'
    statements, _, main = _page(f"<h1>Ferry stays</h1>{PROSE}", head)
    assert main is not None
    assert find_canonical(statements, URL) == URL


def test_language_is_the_texts_own() -> None:
    german = "Die Winterfähre fährt bis Ende März weiter siebenmal am Tag, entschied der Hafenrat am Dienstag."
    assert find_language(german, Statements(language="en"), None) == "de"
    assert find_language("OK", Statements(language="pt-BR"), None) == "pt"
    assert stated_language(Statements(), None) == ""
    assert stated_language(Statements(language="iw_IL"), Thing(language="")) == "he"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/p.jpg", "https://gazette.example/p.jpg"),
        ("//cdn.example/p.jpg", "https://cdn.example/p.jpg"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:image/png;base64,xx", ""),
        ("blob:https://gazette.example/1", ""),
        ("", ""),
        ("https://[", ""),
    ],
)
def test_addresses_of_pictures(address: str, wanted: str) -> None:
    assert absolute(URL, address) == wanted


def test_what_is_no_picture() -> None:
    assert is_picture("https://gazette.example/photo.jpg")
    assert not is_picture("https://gazette.example/logo.png")
    assert not is_picture("https://gazette.example/x/default-share.jpg")
    assert not is_picture("https://gazette.example/drawing.svg")
