"""Articles described in markup: microdata, RDFa Lite, h-entry; and how they join with JSON-LD."""

from octavo.extract.microdata import read_items
from octavo.extract.structured import Statements, read_statements
from octavo.text.html import parse


def _statements(body: str, head: str = "") -> Statements:
    return read_statements(parse(f"<html><head>{head}</head><body>{body}</body></html>"))


_MICRODATA = """
<div itemscope itemtype="https://schema.org/WebPage">
<article itemprop="mainEntity" itemscope itemtype="https://schema.org/NewsArticle">
  <h1 itemprop="headline">Ferry keeps its <em>winter</em> timetable</h1>
  <div itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="name" href="/ann">Ann Lee</a></div>
  <div itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Bo Ray</span></div>
  <div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">
    <meta itemprop="name" content="Tarn Gazette"><img itemprop="logo" src="/logo.png"></div>
  <time itemprop="datePublished" datetime="2026-03-04T06:00:00Z">Wednesday</time>
  <span itemprop="articleSection">Transport</span><meta itemprop="keywords" content="ferries, Tarn">
  <figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject">
    <img itemprop="url" src="/ferry.jpg"><figcaption itemprop="caption">The quay</figcaption></figure>
  <a itemprop="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a>
  <div itemprop="articleBody">Seven crossings a day.</div>
</article></div>"""


def test_microdata_gives_what_json_ld_would() -> None:
    (thing,) = _statements(_MICRODATA).things
    assert thing.types == {"newsarticle"}
    assert thing.headline == "Ferry keeps its winter timetable"
    assert thing.authors == (("Ann Lee", "person"), ("Bo Ray", "person"))
    assert thing.publisher == "Tarn Gazette"
    assert thing.published == "2026-03-04T06:00:00Z"
    assert (thing.section, thing.keywords) == ("Transport", ("ferries", "Tarn"))
    assert [(image["url"], image["caption"]) for image in thing.images] == [("/ferry.jpg", "The quay")]
    assert thing.licences == ("https://creativecommons.org/licenses/by/4.0/",)
    assert thing.body == "", "the page's text is read from what it shows"


def test_rdfa_lite_is_read_alike() -> None:
    body = """<article vocab="https://schema.org/" typeof="schema:NewsArticle"><h1 property="schema:headline">Ferry</h1>
    <p property="author" typeof="Person"><b property="name">Ann Lee</b></p>
    <span property="datePublished" content="2026-03-04">4 March</span></article>"""
    (thing,) = _statements(body).things
    assert (thing.headline, thing.authors, thing.published) == ("Ferry", (("Ann Lee", "person"),), "2026-03-04")


def test_one_h_entry_is_an_article_and_several_are_a_list() -> None:
    entry = '<div class="h-entry"><h1 class="p-name">Ferry</h1><a class="p-author">Ann Lee</a></div>'
    (thing,) = _statements(entry).things
    assert (thing.headline, thing.authors) == ("Ferry", (("Ann Lee", "person"),))
    assert _statements(entry + entry).things == []


def test_markup_fills_in_what_json_ld_of_the_same_article_leaves_out() -> None:
    script = (
        '{"@type": "NewsArticle", "headline": "Ferry keeps its winter timetable", "datePublished": "2026-03-04T07:00Z"}'
    )
    head = f'<script type="application/ld+json">{script}</script>'
    (thing,) = _statements(_MICRODATA, head).things
    assert thing.authors == (("Ann Lee", "person"), ("Bo Ray", "person"))
    assert thing.published == "2026-03-04T07:00Z"


def test_teasers_in_markup_are_not_the_article() -> None:
    teaser = '<div itemscope itemtype="https://schema.org/Article"><h3 itemprop="headline">{}</h3></div>'
    body = "".join(map(teaser.format, ("Bridge closes", "Ferry stays", "Storm ends")))
    assert [thing.headline for thing in _statements(body, "<title>Ferry stays - Gazette</title>").things] == [
        "Ferry stays"
    ]


def test_an_item_nested_under_an_unknown_property_stands_for_itself() -> None:
    items = read_items(parse(_MICRODATA))
    assert [item["@type"] for item in items[:2]] == [["https://schema.org/WebPage"], ["https://schema.org/NewsArticle"]]


def test_a_hostile_page_of_items_is_read_within_bounds() -> None:
    article = '<div itemscope itemtype="https://schema.org/Article">{}</div>'
    assert len(read_items(parse("<div itemscope itemprop=author>" * 30_000))) <= 40
    (item,) = read_items(parse(article.format('<p itemprop="author">Ann</p>' * 30_000)))
    assert item["author"] == "Ann"
    many = "".join(f'<p itemprop="author">Ann {number}</p>' for number in range(500))
    (item,) = read_items(parse(article.format(many)))
    assert len(item["author"]) == 20


def test_links_and_amp_are_noted() -> None:
    head = (
        '<link rel="canonical" href="/a"><link rel="canonical" href="/b"><link rel="amphtml" href="/amp/a">'
        '<link rel="license" type="application/rsl+xml" href="/rsl.xml">'
    )
    found = _statements("", head)
    assert found.canonical == "/a"
    assert found.links == [("amphtml", "", "/amp/a"), ("license", "application/rsl+xml", "/rsl.xml")]
    assert not found.amp
    assert read_statements(parse("<html ⚡ lang=en><body>")).amp
