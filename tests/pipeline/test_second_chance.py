"""Doubtful pages get a second chance: their AMP or print form, fetched once; whichever is surer stays."""

from dataclasses import replace

import pytest

from octavo.adapters.fetchers.recorded import RecordedFetcher
from octavo.config import FetchSettings
from octavo.domain.article import Article
from octavo.domain.ids import PageKey, PublisherId
from octavo.domain.page import Page
from octavo.domain.publisher import Publisher
from octavo.domain.web import Response
from octavo.pipeline.extract_article import extract_pages, read_again
from octavo.pipeline.fetch_page import fetch_pages
from octavo.ports.tools import Tools
from octavo.store import articles, journal, pages, publishers

URL = "https://paper.example/harvest"
AMP = "https://paper.example/amp/harvest"
PRINT = "https://paper.example/print/harvest"
HTML = {"content-type": "text/html; charset=utf-8"}
BEGINNING = "The plum harvest in the hills of Orrin was the largest in forty years, growers said on Monday."
REST = (
    "Presses in the three valleys ran day and night for two weeks, and still carts waited at the gates until dark.",
    "The co-operative bought four thousand crates more than it had planned, and rented a barn to keep them dry.",
    "Prices fell by a third, said its head, Odile Marn, but nobody in the hills remembers plums as sweet as these.",
    "Next spring the growers will plant no new trees, she said; there are not enough hands to pick what grows now.",
)


def html(*paragraphs: str, head: str = "", free: bool = True) -> bytes:
    said = f'{{"@type":"NewsArticle","isAccessibleForFree":{str(free).lower()}}}'
    head += f'<script type="application/ld+json">{said}</script>'
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html lang=en><head>{head}</head><body><article><h1>Plum harvest</h1>{body}</article></body></html>"
    ).encode()


TEASER = html(BEGINNING, head=f'<link rel="amphtml" href="{AMP}">', free=False)
WHOLE = html(BEGINNING, *REST)


def read(tools: Tools, recorded: RecordedFetcher, answers: dict[str, bytes]) -> Article:
    """Fetch the page and extract it; gives its article."""
    recorded.answers.update({url: Response(url, 200, HTML, body) for url, body in answers.items()})
    publisher = PublisherId("paper.example")
    page = Page(PageKey("a" * 32), URL, "paper.example", publisher, first_seen_at=tools.now())
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(publisher, "The Paper", hosts=("paper.example",))])
        pages.add(tx, [page])
    list(fetch_pages(tools, [page]))
    return extracted(tools)


def extracted(tools: Tools) -> Article:
    with tools.database.read() as view:
        waiting = pages.fetched(view, 9)
    extract_pages(tools, waiting, None)
    with tools.database.read() as view:
        article = articles.by_url(view, URL)
    assert article is not None
    return article


def chances(tools: Tools) -> list[str]:
    with tools.database.read() as view:
        return [event.outcome for event in journal.of(view, URL) if event.step == "second_chance"]


def asked(recorded: RecordedFetcher) -> list[str]:
    return [request.url for request in recorded.asked if not request.url.endswith("robots.txt")]


def test_the_amp_form_of_a_teaser_is_read_in_its_place(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    article = read(recorded_tools, recorded, {URL: TEASER, AMP: WHOLE})
    assert article.text.endswith(REST[-1])
    assert (article.url, article.page_key) == (URL, "a" * 32)
    [told] = chances(recorded_tools)
    assert told.startswith(f"kept: {AMP} is ")
    assert asked(recorded) == [URL, AMP]


def test_what_was_kept_stays_when_pages_are_read_again(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    first = read(recorded_tools, recorded, {URL: TEASER, AMP: WHOLE})
    read_again(recorded_tools)
    assert extracted(recorded_tools).text == first.text
    assert asked(recorded) == [URL, AMP], "nothing is fetched to read a kept page again"


def test_a_form_that_is_no_surer_is_left(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    article = read(recorded_tools, recorded, {URL: TEASER, AMP: TEASER})
    assert article.text == BEGINNING
    [told] = chances(recorded_tools)
    assert told.startswith("left: ")
    read_again(recorded_tools)
    extracted(recorded_tools)
    assert asked(recorded) == [URL, AMP], "once is enough"


def test_the_print_form_where_there_is_no_amp(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    teaser = html(BEGINNING, head='<link rel="alternate" media="print" href="/print/harvest">', free=False)
    assert read(recorded_tools, recorded, {URL: teaser, PRINT: WHOLE}).text.endswith(REST[-1])


@pytest.mark.parametrize(
    "other",
    [
        "https://elsewhere.example/harvest",
        "https://cdn.ampproject.org.evil.example/c/harvest",
        URL,
        "ftp://paper.example/x",
    ],
)
def test_other_hosts_and_the_page_itself_are_not_asked(
    recorded_tools: Tools, recorded: RecordedFetcher, other: str
) -> None:
    read(recorded_tools, recorded, {URL: html(BEGINNING, head=f'<link rel="amphtml" href="{other}">', free=False)})
    assert asked(recorded) == [URL]


def test_the_amp_cache_is_asked(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    cached = "https://paper-example.cdn.ampproject.org/c/s/paper.example/amp/harvest"
    teaser = html(BEGINNING, head=f'<link rel="amphtml" href="{cached}">', free=False)
    assert read(recorded_tools, recorded, {URL: teaser, cached: WHOLE}).text.endswith(REST[-1])


def test_robots_txt_holds_for_it_too(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    rules = b"User-agent: *\nDisallow: /amp/"
    read(recorded_tools, recorded, {URL: TEASER, AMP: WHOLE, "https://paper.example/robots.txt": rules})
    assert asked(recorded) == [URL]
    assert chances(recorded_tools) == []


def test_a_form_that_cannot_be_had_or_is_no_page(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    assert read(recorded_tools, recorded, {URL: TEASER}).text == BEGINNING
    assert chances(recorded_tools) == []


def test_it_can_be_turned_off(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    settings = recorded_tools.settings.model_copy(update={"fetch": FetchSettings(second_chance=False)})
    read(replace(recorded_tools, settings=settings), recorded, {URL: TEASER, AMP: WHOLE})
    assert asked(recorded) == [URL]


def test_a_text_that_is_sure_is_let_be(recorded_tools: Tools, recorded: RecordedFetcher) -> None:
    sure = html(BEGINNING, *REST * 3, head=f'<link rel="amphtml" href="{AMP}">')
    assert read(recorded_tools, recorded, {URL: sure, AMP: WHOLE}).complete > recorded_tools.settings.quality.bar
    assert asked(recorded) == [URL]
