"""Which of a page's many titles is its headline."""

import pytest

from octavo.extract.headline import find_headline, site_keys
from octavo.extract.metadata import choose_main
from octavo.extract.structured import read_statements
from octavo.extract.walk import lay_out
from octavo.text.html import parse

URL = "https://gazette.example/news/ferry"
PROSE = (
    "<p>The winter ferry between Tarn and Low Skerry will keep its seven daily crossings until the end of March.</p>"
)


def _headline(body: str, head: str = "", feed: str = "") -> str:
    tree = parse(f"<html><head>{head}</head><body>{body}{PROSE * 5}</body></html>")
    assert tree.body
    statements, layout = read_statements(tree), lay_out(tree.body)
    main = choose_main(statements, layout, URL)
    begins = next(number for number, piece in enumerate(layout.pieces) if piece.text.startswith("The winter"))
    return find_headline(statements, main, layout, site_keys(statements, "Tarn Gazette", URL), feed, begins)


def _shared(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def _stated(title: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{title}"}}</script>'


def test_the_last_step_of_a_path_of_links_is_no_headline() -> None:
    path = "<ul><li>Home<li>Islands<li><h1>Tarn ferry: What islanders must know about the winter ferry</h1></ul>"
    head = _shared("Tarn ferry: What islanders must know about the winter ferry") + _stated("Seven ferries a day")
    assert _headline(f"{path}<h2>Seven ferries a day</h2>", head) == "Seven ferries a day"
    assert _headline(f"{path}<h2>Ferry</h2><h2>Seven ferries a day</h2>", head) == "Seven ferries a day"


def test_a_kicker_set_as_a_heading_is_no_headline() -> None:
    path = "<ol><li>Home<li><h1>Tarn ferry runs all winter</h1></ol>"
    head = _shared("Quarrel over the harbour: Seven ferries a day")
    assert _headline(f"{path}<h2>Quarrel over the harbour</h2>", head) != "Quarrel over the harbour"


def test_a_kicker_within_the_heading_leaves_it_when_a_stated_title_is_the_rest() -> None:
    kicker = "<h1><span>Islands</span><span> - </span><span>Ferry keeps its seven crossings</span></h1>"
    head = _shared("Ferry keeps its seven crossings") + _stated("Islands - Ferry keeps its seven crossings")
    assert _headline(kicker, head) == "Ferry keeps its seven crossings"
    bold = "<h1><b>Blog:</b> Ferry keeps its seven crossings</h1>"
    assert _headline(bold, _shared("Ferry keeps its seven crossings")) == "Ferry keeps its seven crossings"


def test_a_kicker_within_the_heading_stays_when_nothing_parts_it() -> None:
    kicker = "<h1><span>Islands</span><span>:</span> <span>Ferry keeps its crossings</span></h1>"
    assert _headline(kicker) == "Islands: Ferry keeps its crossings"


def test_a_date_within_the_heading_leaves_it() -> None:
    assert (
        _headline("<h1><time>Mar 4 2026</time> Seven ferries a day</h1>", _shared("Seven ferries"))
        == "Seven ferries a day"
    )


@pytest.mark.parametrize("attributes", ['itemprop="name"', 'itemprop="headline name"', 'class="hidden-on-load"'])
def test_a_heading_is_one_whatever_else_it_is(attributes: str) -> None:
    assert (
        _headline(f"<h1 {attributes}>Ferry stays, all winter</h1>", _shared("Ferry stays")) == "Ferry stays, all winter"
    )


def test_a_heading_over_the_body_comes_before_one_of_another_story() -> None:
    own, other = "<h1>The best winter walks on Tarn</h1>", "<h1>Here is where to walk on Skerry</h1>"
    tree = f"{own}{PROSE}{other}"
    assert _headline(tree, "<title>Where to walk on Tarn</title>") == "The best winter walks on Tarn"


def test_a_text_set_large_is_no_headline() -> None:
    text = "Learn what the winter ferry costs, when it runs, who may ride it and how it came about. " * 3
    assert _headline(f"<h1>{text}</h1>", _shared("What the winter ferry costs")) == "What the winter ferry costs"


def test_one_field_that_fills_all_statements_off_the_news_is_one_voice() -> None:
    title = "10 Best Winter Ferries of 2026 Compared"
    head = f"<title>{title}</title>{_shared(title)}"
    printed = "<h1>Which winter ferries are best?</h1>"
    assert _headline(printed, head + _stated(title, "BlogPosting")) == "Which winter ferries are best?"
    assert _headline(printed, head + _stated(title)) == title


def test_a_heading_of_lower_rank_serves_where_there_is_no_other() -> None:
    body = "<h1>Tarn Gazette</h1><h2>Ferry keeps seven crossings this winter</h2>"
    assert _headline(body, _shared("Ferry keeps crossings")) == "Ferry keeps seven crossings this winter"
