"""What is old is forgotten, with all that is kept of it; what readers hold on to stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from octavo.config import RetentionSettings, Settings
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import AccountId, ArticleId, PageKey, PublisherId, StoryId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.domain.story import Placement
from octavo.pipeline.forget_old import forget_old, trim_pages
from octavo.ports.search_index import SearchDocument, SearchQuery
from octavo.ports.tools import Tools
from octavo.store import articles, pages, publishers, stories
from octavo.store.tables import (
    accounts,
    article_bodies,
    bookmarks,
    comments,
    edition_pins,
    followed_stories,
    highlights,
    list_articles,
    lists,
    story_articles,
    threads,
)
from octavo.store.tables import stories as story_table

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
COURIER = PublisherId("courier")
HELD = {
    "saved": bookmarks,
    "marked": highlights,
    "listed": list_articles,
    "discussed": comments,
    "discussed as a story": comments,
    "pinned": edition_pins,
    "followed": followed_stories,
}


@pytest.fixture
def tools(recorded_tools: Tools) -> Tools:
    settings = Settings(data_dir=recorded_tools.settings.data_dir, retention=RetentionSettings(days=30))
    with recorded_tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(COURIER, "The Courier", "gb", ("en",))])
        tx.execute(accounts.insert(), made_up(accounts, id=1, name="ada"))
    return replace(recorded_tools, settings=settings)


def made_up(table: object, **given: object) -> dict[str, object]:
    """A row with these values, and some for the other columns that need one."""
    row: dict[str, object] = {}
    for column in table.columns:  # type: ignore[attr-defined]
        if column.name in given:
            row[column.name] = given[column.name]
        elif not column.nullable and not (column.primary_key and column.autoincrement is True):
            kind = type(column.type).__name__
            plain = {"Moment": NOW, "Json": [], "Boolean": False, "LargeBinary": b"x", "Words": "x"}
            row[column.name] = plain.get(kind, 0)
    return row


def keep(tools: Tools, name: str, days: float, *, story: StoryId | None = None, alone: bool = False) -> Article:
    """An article with its page, in a story of its own or in this one."""
    key = PageKey(name.rjust(32, "0"))
    blob = f"pages/{name[:2]}/{key}"
    tools.blobs.put(blob, f"<p>{name}</p>".encode() * 200)
    at = NOW - timedelta(days=days)
    page = Page(key, f"https://courier.example/{name}", "courier.example", COURIER, first_seen_at=at)
    made = Article(
        ArticleId(0), page.url, COURIER, f"Headline {name}", "en", at, (Block(BlockKind.PARAGRAPH, f"Word {name}."),),
        published_at=at, page_key=key,
    )  # fmt: skip
    with tools.database.transaction() as tx:
        pages.save(tx, [replace(page, state=PageState.DONE, blob=blob, size=900, fetched_at=at)])
        [kept] = articles.save(tx, [made], now=at)
        if not alone:
            stories.describe(tx, stories.place(tx, Placement(kept.id, story, 1.0), at), lead=kept.id, reports=1)
        document = SearchDocument(kept.id, kept.headline, kept.text, (), COURIER, "en")
        tools.search_index.update(tx, [document])
    return kept


def story_of(tools: Tools, one: Article) -> StoryId:
    with tools.database.read() as view:
        query = select(story_articles.c.story_id).where(story_articles.c.article_id == one.id)
        return StoryId(int(view.execute(query).scalar_one()))


def there(tools: Tools) -> set[str]:
    with tools.database.read() as view:
        return {one.headline.removeprefix("Headline ") for one in articles.iterate(view, ArticleId(-1), 100)}


def hold(tools: Tools, how: str, one: Article) -> None:
    """Hold on to an article, or its story, in one of the ways there are."""
    given: dict[str, object] = {"account_id": AccountId(1), "article_id": one.id, "story_id": story_of(tools, one)}
    with tools.database.transaction() as tx:
        if how == "listed":
            tx.execute(lists.insert(), made_up(lists, id=1, account_id=1))
            given["list_id"] = 1
        if how.startswith("discussed"):
            of = {"article_id": one.id} if how == "discussed" else {"story_id": given["story_id"]}
            tx.execute(threads.insert(), made_up(threads, id=1, **of))
            given = {"id": 7, "thread_id": 1}
        tx.execute(HELD[how].insert(), made_up(HELD[how], **given))


def test_what_is_old_goes_with_all_that_is_kept_of_it(tools: Tools) -> None:
    keep(tools, "old", 31)
    keep(tools, "alone", 40, alone=True)
    keep(tools, "new", 29)
    assert forget_old(tools) == 2
    assert there(tools) == {"new"}
    with tools.database.read() as view:
        assert view.execute(select(func.count()).select_from(article_bodies)).scalar() == 1
        assert view.execute(select(func.count()).select_from(story_table)).scalar() == 1
        known = pages.get_many(view, [PageKey(name.rjust(32, "0")) for name in ("old", "new")])
    assert [bool(page.blob) for page in known] == [False, True], "that a page was read stays known, its bytes go"
    assert len(list(tools.blobs.under("pages"))) == 1
    assert tools.search_index.search(SearchQuery("old", limit=5)) == []
    assert len(tools.search_index.search(SearchQuery("new", limit=5))) == 1
    assert forget_old(tools) == 0


@pytest.mark.parametrize("how", HELD)
def test_what_readers_hold_on_to_stays_with_its_story(tools: Tools, how: str) -> None:
    held = keep(tools, "held", 60)
    keep(tools, "beside", 61, story=story_of(tools, held))
    keep(tools, "other", 60)
    hold(tools, how, held)
    assert forget_old(tools) == 1
    assert there(tools) == {"held", "beside"}


def test_a_story_with_a_new_article_stays(tools: Tools) -> None:
    first = keep(tools, "first", 60)
    keep(tools, "last", 1, story=story_of(tools, first))
    assert forget_old(tools) == 0
    assert there(tools) == {"first", "last"}


def test_without_a_setting_nothing_is_forgotten(tools: Tools) -> None:
    keep(tools, "old", 4000)
    forever = replace(tools, settings=Settings(data_dir=tools.settings.data_dir))
    assert (forget_old(forever), trim_pages(forever)) == (0, 0)
    assert there(tools) == {"old"}


def test_the_oldest_pages_go_first_and_articles_stay(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        keep(tools, f"p{number}", 10 - number)
    kept = sorted(tools.blobs.under("pages"), key=lambda one: one.written)
    room = sum(one.size for one in kept[2:])
    monkeypatch.setattr("octavo.pipeline.forget_old.MEGABYTE", room)
    small = replace(tools, settings=Settings(data_dir=tools.settings.data_dir, retention=RetentionSettings(pages_mb=1)))
    assert trim_pages(small) == 2
    assert {one.key for one in tools.blobs.under("pages")} == {one.key for one in kept[2:]}
    assert there(tools) == {f"p{number}" for number in range(4)}
    assert trim_pages(small) == 0
