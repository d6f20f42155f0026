"""What a publisher that asked to be left out had written is gone from the disk two weeks later, headlines excepted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.accounts.permissions import OPERATOR
from octavo.actions import publishers
from octavo.actions.pictures import name_of
from octavo.domain.article import Article, Block, BlockKind, Image
from octavo.domain.ids import ArticleId, PageKey, PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.forget_withdrawn import TAKEN_BACK_WITHIN, forget_withdrawn
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.store import articles, pages
from octavo.store import publishers as publisher_store

PICTURE = "https://courier.example/quay.jpg"


@pytest.fixture
def tools(recorded_tools: Tools) -> Tools:
    with recorded_tools.database.transaction() as tx:
        for name in ("courier", "gull"):
            publisher_store.save(tx, [Publisher(PublisherId(name), name.title(), "gb", ("en",))])
    return recorded_tools


def keep(tools: Tools, publisher: str, state: PageState = PageState.DONE) -> Article:
    """Keep an article that was reworded once, its page and its drawn picture."""
    key, at = PageKey(publisher.rjust(32, "0")), tools.now()
    blob = f"pages/{key[-2:]}/{key}"
    tools.blobs.put(blob, b"<p>The tide was late.</p>")
    page = Page(key, f"https://{publisher}.example/a", f"{publisher}.example", PublisherId(publisher), first_seen_at=at)
    text = (Block(BlockKind.PARAGRAPH, "The tide was late."),)
    made = Article(
        ArticleId(0), page.url, page.publisher_id, "Late tide", "en", at, text,
        page_key=key, excerpt="The tide.", standfirst="By an hour.", word_count=4, image=Image(PICTURE),
    )  # fmt: skip
    with tools.database.transaction() as tx:
        pages.save(tx, [replace(page, state=state, blob=blob, size=9, fetched_at=at)])
        articles.save(tx, [replace(made, headline="Tide late")], now=at)
        [kept] = articles.save(tx, [made], now=at)
    return kept


def later(tools: Tools, time: timedelta) -> Tools:
    then = tools.now() + time
    return replace(tools, now=lambda: then)


def test_all_but_the_headline_is_gone_two_weeks_later(tools: Tools) -> None:
    gone, stays = keep(tools, "courier"), keep(tools, "gull")
    drawn = "pictures/" + "ab" * 16  # somebody else's
    tools.blobs.put(f"{drawn}/480.webp", b"x")
    name = publishers_picture(tools)
    publishers.withdraw(tools, OPERATOR, "courier")
    assert forget_withdrawn(later(tools, TAKEN_BACK_WITHIN - timedelta(hours=1))) == 0
    assert forget_withdrawn(later(tools, TAKEN_BACK_WITHIN + timedelta(hours=1))) == 1
    with tools.database.read() as view:
        left, other = articles.get_many(view, [gone.id, stays.id])
        assert articles.revisions_of(view, gone.id) == []
        assert len(articles.revisions_of(view, stays.id)) == 1
    assert (left.headline, left.url, left.text, left.excerpt, left.standfirst) == ("Late tide", gone.url, "", "", "")
    assert left.image is None
    assert other == stays
    assert [one.key for one in tools.blobs.under("pages")] == [f"pages/ll/{'gull'.rjust(32, '0')}"]
    assert {one.key for one in tools.blobs.under("pictures")} == {f"{drawn}/480.webp"} != {name}
    assert forget_withdrawn(later(tools, TAKEN_BACK_WITHIN * 2)) == 0


def publishers_picture(tools: Tools) -> str:
    """Keep a drawing of the publisher's picture."""
    key = f"pictures/{name_of(PICTURE)}/480.webp"
    tools.blobs.put(key, b"x")
    return key


def test_what_is_taken_back_in_time_is_whole(tools: Tools) -> None:
    kept = keep(tools, "courier")
    publishers.withdraw(tools, OPERATOR, "courier")
    publishers.readmit(tools, OPERATOR, "courier")
    assert forget_withdrawn(later(tools, TAKEN_BACK_WITHIN * 2)) == 0
    with tools.database.read() as view:
        assert articles.get_many(view, [kept.id]) == [kept]


def test_pages_that_wait_are_not_asked_for(tools: Tools) -> None:
    keep(tools, "courier", PageState.PENDING)
    keep(tools, "gull", PageState.PENDING)
    publishers.withdraw(tools, OPERATOR, "courier")
    with tools.database.read() as view:
        assert [page.publisher_id for page in pages.pending(view, tools.now(), 10)] == ["gull"]


def test_nothing_finds_its_words_any_more(tools: Tools) -> None:
    gone, stays = keep(tools, "courier"), keep(tools, "gull")
    enrich_changed(tools, 100)
    assert {hit.id for hit in tools.search_index.search(SearchQuery("hour", limit=5))} == {gone.id, stays.id}
    publishers.withdraw(tools, OPERATOR, "courier")
    forget_withdrawn(later(tools, TAKEN_BACK_WITHIN * 2))
    enrich_changed(tools, 100)
    assert [hit.id for hit in tools.search_index.search(SearchQuery("hour", limit=5))] == [stays.id]
