"""What nobody foresaw in one feed, page or article: it is set aside with a reason, and all others come through.

The faults are put in: into what reads a text with this word in it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from octavo.collect import xmlfeed
from octavo.collect.parse import parse_feed
from octavo.domain.page import PageState
from octavo.enrich import article as enriching
from octavo.enrich.entities import find_mentions
from octavo.errors import UnreadableFeed
from octavo.extract import article as extracting
from octavo.pipeline import digest_story, relate_article
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.extract_article import extract_pages
from octavo.pipeline.passes import catch_up
from octavo.ports.tools import Tools
from octavo.store import articles, enrichments, pages, stories
from octavo.text.html import parse

from .conftest import Keep
from .test_article_steps import HTML, LAST, URL, fetched

WORD = "brimstone"
FERRY = "The ferry Star of Kalden ran aground off Port Ember with 214 people on board, the coast guard said. {}"


def _breaks(function: Callable[..., Any], error: Exception) -> Callable[..., Any]:
    def broken(*given: Any, **named: Any) -> Any:
        if WORD in repr(given):
            raise error
        return function(*given, **named)

    return broken


@pytest.mark.parametrize("error", [RecursionError(), KeyError("x"), ValueError("x"), MemoryError(), TypeError()])
def test_a_feed_whose_parser_fails_is_unreadable_not_fatal(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(xmlfeed, "parse_xml_feed", _breaks(xmlfeed.parse_xml_feed, error))
    with pytest.raises(UnreadableFeed, match=f"parser failed .{type(error).__name__}"):
        parse_feed(f"<rss><channel><title>{WORD}</title></channel></rss>".encode(), url="https://a.example/")


def test_a_page_whose_extraction_fails_is_refused_and_others_are_read(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "parse", _breaks(parse, IndexError()))
    good = fetched(tools, HTML.format(last=LAST))
    bad = fetched(tools, HTML.format(last=WORD), f"{URL}-2")
    assert extract_pages(tools, [bad, good], None) == 1
    with tools.database.read() as view:
        assert pages.counts(view) == {PageState.DONE: 1, PageState.REFUSED: 1}
        [(reason, _)] = pages.refused_reasons(view)
    assert "IndexError" in reason


def test_an_article_that_breaks_enriching_goes_without_and_others_do_not(
    tools: Tools, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enriching, "find_mentions", _breaks(find_mentions, ZeroDivisionError()))
    bad, good = keep([("north", "Ferry aground", FERRY.format(WORD)), ("south", "Ferry aground", FERRY.format("A"))])
    assert enrich_changed(tools, 9) == 2
    assert enrich_changed(tools, 9) == 0, "it is not taken up for ever"
    with tools.database.read() as view:
        assert enrichments.hashtags_of(view, bad) == []
        assert enrichments.mentions_of(view, good) != []


@pytest.mark.parametrize(("module", "name"), [(relate_article, "relate_article"), (digest_story, "digest_story")])
def test_an_article_that_breaks_relating_stands_alone_and_all_is_caught_up_with(
    tools: Tools, keep: Keep, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    monkeypatch.setattr(module, name, _breaks(getattr(module, name), AttributeError()))
    texts: Sequence[tuple[str, str, str]] = [
        ("north", f"Ferry aground off Port {WORD}", FERRY.format(WORD)),
        ("south", "Lake low", "The water of Lake Orrin has fallen to its lowest level in forty years."),
    ]
    ids = keep(texts)
    assert catch_up(tools) == 2
    assert catch_up(tools) == 0
    with tools.database.read() as view:
        assert set(stories.story_ids_of(view, ids)) == set(ids)
        assert len(articles.cards(view, ids)) == 2
