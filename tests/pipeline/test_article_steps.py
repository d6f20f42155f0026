"""From a fetched page to an edition: the steps extract_article, enrich_article, relate_article, lay_out_edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.domain.ids import EditionKey, PublisherId
from octavo.domain.page import Page, PageState
from octavo.domain.publisher import Publisher
from octavo.domain.relation import RelationKind
from octavo.errors import StoreBusy
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.extract_article import extract_pages, read_again
from octavo.pipeline.lay_out_edition import lay_out_editions
from octavo.pipeline.poll_feed import page_key
from octavo.pipeline.relate_article import relate_changed
from octavo.ports.database import Database, Transaction
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.store import articles, changes, editions, journal, pages, publishers, relations, stories

from .conftest import NOW, Keep

URL = "https://paper.example/bridge"
HTML = """<!doctype html><html lang="en"><head><title>Bridge reopens</title></head><body><article>
<h1>Bridge over the Orrin reopens after two years</h1>
<p>The old bridge over the Orrin reopened on Friday after two years of repairs, the city of Port Ember said.</p>
<p>“We have waited a long time for this,” said Mayor Ilse Brandt, who walked across it with a hundred others.</p>
<p>{last}</p></article></body></html>"""
LAST = "The work cost 14 million crowns, a third more than planned, because the foundations were cracked."

FERRY = (
    "The ferry Star of Kalden ran aground off Port Ember with 214 people on board, the coast guard said. "
    "Captain Ilse Brandt told reporters that the steering failed in high seas. {}"
)
LAKE = "The water of Lake Orrin has fallen to its lowest level in forty years, the Tessaly Water Authority reported. {}"


def fetched(tools: Tools, html: str, url: str = URL) -> Page:
    """Keep a page as fetch_page leaves it."""
    page = Page(
        key=page_key(url), url=url, host="paper.example", publisher_id=PublisherId("paper"), state=PageState.FETCHED,
        content_type="text/html; charset=utf-8", blob=f"pages/{page_key(url)}", first_seen_at=NOW, fetched_at=NOW,
    )  # fmt: skip
    tools.blobs.put(page.blob, html.encode())
    with tools.database.transaction() as tx:
        publishers.save(tx, [Publisher(page.publisher_id, "The Paper")])
        pages.add(tx, [replace(page, state=PageState.PENDING)])
        pages.save(tx, [page])
    return page


def test_extract_article_saves_it_and_says_how_sure_it_is(tools: Tools) -> None:
    page = fetched(tools, HTML.format(last=LAST))
    assert extract_pages(tools, [page], None) == 1
    with tools.database.read() as view:
        article = articles.by_url(view, URL)
        assert article is not None
        assert article.headline == "Bridge over the Orrin reopens after two years"
        assert article.text.endswith(LAST)
        assert pages.counts(view) == {PageState.DONE: 1}
        assert [one.article_id for one in changes.since(view, 0, 9)] == [article.id]
        [event] = journal.of(view, URL)
    assert event.step == "extract_article"
    assert "sure it is whole" in event.outcome


def test_extract_article_keeps_the_earlier_wording_of_an_edit(tools: Tools) -> None:
    extract_pages(tools, [fetched(tools, HTML.format(last=LAST))], None)
    extract_pages(
        tools, [fetched(tools, HTML.format(last="The work cost 15 million crowns, the city corrected later."))], None
    )
    with tools.database.read() as view:
        article = articles.by_url(view, URL)
        assert article is not None
        [earlier] = articles.revisions_of(view, article.id)
        assert [str(one.kind) for one in changes.since(view, 0, 9)] == ["new", "edited"]
    assert LAST in earlier.text
    assert "15 million" in article.text


def test_extract_article_refuses_a_page_without_one_and_says_why(tools: Tools) -> None:
    assert extract_pages(tools, [fetched(tools, "<html><body><p>Menu</p></body></html>")], None) == 0
    with tools.database.read() as view:
        assert pages.counts(view) == {PageState.REFUSED: 1}
        [(reason, count)] = pages.refused_reasons(view)
    assert (bool(reason), count) == (True, 1)


def test_a_page_whose_bytes_were_lost_is_fetched_again(tools: Tools) -> None:
    page = fetched(tools, HTML.format(last=LAST))
    tools.blobs.delete(page.blob)
    assert extract_pages(tools, [page], None) == 0
    with tools.database.read() as view:
        assert pages.counts(view) == {PageState.PENDING: 1}


def test_reading_again_takes_up_every_kept_page(tools: Tools) -> None:
    extract_pages(tools, [fetched(tools, HTML.format(last=LAST))], None)
    assert read_again(tools) == 1
    with tools.database.read() as view:
        assert [one.key for one in pages.fetched(view, 9)] == [page_key(URL)]


def test_enrich_article_makes_it_findable_and_goes_on_from_where_it_was(tools: Tools, keep: Keep) -> None:
    first, second = keep(
        [("north", "Ferry aground off Port Ember", FERRY.format("A")), ("south", "Lake low", LAKE.format("B"))]
    )
    assert enrich_changed(tools, 1) == 1
    assert [hit.id for hit in tools.search_index.search(SearchQuery("Kalden"))] == [first]
    assert tools.search_index.search(SearchQuery("Tessaly")) == []
    assert enrich_changed(tools, 10) == 1
    assert enrich_changed(tools, 10) == 0
    assert [hit.id for hit in tools.search_index.search(SearchQuery("Tessaly"))] == [second]
    with tools.database.read() as view:
        assert "PortEmber" in [one.tag for one in articles.hashtags_of(view, first)]


def test_relate_article_waits_for_enriching(tools: Tools, keep: Keep) -> None:
    keep([("north", "Ferry aground off Port Ember", FERRY.format("A"))])
    assert relate_changed(tools, 10) == 0
    enrich_changed(tools, 10)
    assert relate_changed(tools, 10) == 1
    assert relate_changed(tools, 10) == 0


class CutOff:
    """A database on which so many transactions come to their end, and the next does not."""

    def __init__(self, database: Database, whole: int) -> None:
        self._database = database
        self._left = whole
        self.dialect = database.dialect
        self.near = database.near
        self.read = database.read
        self.ask = database.ask
        self.migrate = database.migrate
        self.schema = database.schema
        self.backup = database.backup
        self.close = database.close

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._database.transaction() as tx:
            yield tx
            if not self._left:
                raise StoreBusy("cut off")
            self._left -= 1


def test_relating_many_lets_others_write_in_between_and_is_taken_up_where_it_was_cut_off(
    tools: Tools, keep: Keep
) -> None:
    ids = keep([(f"paper{n}", f"Ferry aground off Port Ember, {n}", FERRY.format(f"Number {n}.")) for n in range(20)])
    enrich_changed(tools, 50)
    with pytest.raises(StoreBusy):
        relate_changed(replace(tools, database=CutOff(tools.database, 1)), 50)
    with tools.database.read() as view:
        placed = len(stories.stories_of(view, ids))
    assert 0 < placed < 20, "some are placed, and others wrote in between"
    assert relate_changed(tools, 50) == 20
    assert relate_changed(tools, 50) == 0
    with tools.database.read() as view:
        [story] = {one.id for one in stories.stories_of(view, ids).values()}
        assert sorted(stories.article_ids(view, story)) == sorted(ids)


def test_relate_article_gathers_a_story_and_gives_reasons(tools: Tools, keep: Keep) -> None:
    texts = [
        ("north", "Ferry Star of Kalden aground off Port Ember", FERRY.format("Divers will look at the hull today.")),
        ("south", "Kalden ferry runs aground near Port Ember", FERRY.format("No one was hurt, the operator said.")),
        ("west", "Lake Orrin at forty-year low", LAKE.format("Farmers were told to halve what they draw.")),
    ]
    one, two, three = keep(texts)
    enrich_changed(tools, 10)
    assert relate_changed(tools, 10) == 3
    with tools.database.read() as view:
        story = stories.stories_of(view, [one])[one]
        assert set(stories.article_ids(view, story.id)) == {one, two}
        assert (story.article_count, story.publisher_count) == (2, 2)
        found = relations.of(view, one)
        assert [relation.other_id for relation in found] == [two]
        assert found[0].kind in (RelationKind.SAME_EVENT, RelationKind.DUPLICATE)
        assert stories.article_ids(view, stories.stories_of(view, [three])[three].id) == [three]
        events = journal.of(view, "https://south.example/1")
    assert [event.step for event in events] == ["enrich_article", "relate_article"]


def test_related_again_changes_nothing(tools: Tools, keep: Keep) -> None:
    keep(
        [("north", "Ferry aground", FERRY.format("A.")), ("south", "Ferry aground off Port Ember", FERRY.format("B."))]
    )
    enrich_changed(tools, 10)
    relate_changed(tools, 10)
    with tools.database.read() as view:
        before = [(story, stories.article_ids(view, story.id)) for story in stories.all(view)]
    with tools.database.transaction() as tx:
        changes.set_position(tx, "relate", 0)
    relate_changed(tools, 10)
    with tools.database.read() as view:
        assert [(story, stories.article_ids(view, story.id)) for story in stories.all(view)] == before


def test_lay_out_edition_puts_what_many_report_first(tools: Tools, keep: Keep) -> None:
    _, two, three = keep(
        [
            ("west", "Lake Orrin at forty-year low", LAKE.format("Farmers were told to halve what they draw.")),
            ("north", "Ferry Star of Kalden aground off Port Ember", FERRY.format("Divers look at the hull.")),
            ("south", "Kalden ferry runs aground near Port Ember", FERRY.format("No one was hurt at all.")),
        ]
    )
    enrich_changed(tools, 10)
    relate_changed(tools, 10)
    assert lay_out_editions(tools) > 0
    with tools.database.read() as view:
        edition = editions.latest(view, EditionKey("en-gb"))
        assert edition is not None
        assert editions.latest(view, EditionKey("ja-jp")) is None
    assert edition.at - NOW == timedelta(0)
    assert edition.eight[0].article_id in (two, three)
    assert len(edition.eight) == 2
    assert edition.eight[0].why
