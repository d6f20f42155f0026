"""Archives come in: each article once, enriched, wherever reading was cut off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from archives import address, page
from octavo.adapters.crews.alone import Alone
from octavo.adapters.embedders.off import OffEmbedder
from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.backfill import ArchiveMark, Captured, LeftOut, Record
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.pipeline.backfill import backfill
from octavo.pipeline.enrich_article import enrich_changed
from octavo.pipeline.read_archive import ReaderMaker
from octavo.pipeline.relate_article import relate_changed
from octavo.ports.crew import Given, Result
from octavo.ports.database import Database
from octavo.ports.search_index import SearchQuery
from octavo.ports.tools import Tools
from octavo.store import archives, articles, publishers

AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
HTML = {"content-type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An archive in memory."""

    held: tuple[Record, ...]
    key: str = "k"
    name: str = "a.warc.gz"

    def records(self) -> Iterator[Record]:
        yield from self.held


def pages(*numbers: int) -> tuple[Record, ...]:
    return tuple(Captured(address(number), HTML, page(number), AT) for number in numbers)


@pytest.fixture
def on_each(tools: Tools, database: Database) -> Tools:
    """The tools, on each of the databases."""
    search = SqliteSearch(database) if database.dialect == "sqlite" else PostgresSearch(database)
    return replace(tools, database=database, search_index=search)


def run(tools: Tools, *held: Kept, ahead: int = 2) -> list[ArchiveMark]:
    return list(backfill(tools, held, Alone(), ReaderMaker(OffEmbedder), ahead))


def count(tools: Tools) -> int:
    with tools.database.read() as view:
        return articles.count(view)


def test_pages_become_articles_that_are_enriched_searchable_and_ready_to_be_related(on_each: Tools) -> None:
    marks = run(on_each, Kept(pages(*range(70))))
    assert [mark.through for mark in marks] == [32, 64, 70]
    assert marks[-1].saved == count(on_each) == 70
    assert marks[-1].finished_at == on_each.now()
    with on_each.database.read() as view:
        article = articles.by_url(view, address(3))
        assert article is not None
        assert article.headline == "Ferry number 3 runs aground off Port Ember"
        assert article.first_seen_at == AT
        assert article.publisher_id == "paper3.example"
        assert articles.hashtags_of(view, article.id)
    assert on_each.search_index.search(SearchQuery('"Ferry number 3"', limit=3))[0].id == article.id
    assert enrich_changed(on_each, 10) == 0, "what was enriched on the way is not enriched again"
    assert relate_changed(on_each, 100) == 70


def test_where_others_wait_to_be_enriched_nobody_is_passed_over(tools: Tools) -> None:
    other = Captured("https://other.example/1", HTML, page(99), AT)
    run(tools, Kept((other,)))
    with tools.database.transaction() as tx:
        found = articles.by_url(tx, other.url)
        assert found is not None
        articles.save(tx, [replace(found, headline="Another headline")])
    run(tools, Kept(pages(0, 1), key="second"))
    assert enrich_changed(tools, 10) == 3


def test_reading_goes_on_where_it_was_cut_off(on_each: Tools) -> None:
    held = Kept(pages(*range(70)))
    begun = backfill(on_each, [held], Alone(), ReaderMaker(OffEmbedder), 2)
    first = next(begun)
    del begun
    assert (first.through, count(on_each)) == (32, 32)
    ids = kept_ids(on_each)
    marks = run(on_each, held)
    assert (marks[-1].saved, marks[-1].known, count(on_each)) == (70, 0, 70)
    assert set(ids) < set(kept_ids(on_each))
    assert run(on_each, held) == [marks[-1]]


def kept_ids(tools: Tools) -> list[ArticleId]:
    with tools.database.read() as view:
        return [one.id for one in articles.iterate(view, ArticleId(-1), 1000)]


def test_an_address_met_again_is_known(tools: Tools) -> None:
    run(tools, Kept(pages(1, 2, 2, 3)))
    mark = run(tools, Kept(pages(*range(40), 3), key="other"))[-1]
    assert (mark.saved, mark.known, count(tools)) == (37, 4, 40)


def test_what_is_left_out_is_counted_with_its_reason(tools: Tools) -> None:
    with tools.database.transaction() as tx:
        gone = Publisher(PublisherId("gone"), "Gone", hosts=("gone.example",), withdrawn_at=AT)
        publishers.save(tx, [gone])
    held = (
        *pages(0),
        LeftOut("a damaged stretch"),
        Captured("https://www.gone.example/1", HTML, page(5), AT),
        Captured("https://a.example/1", {"content-type": "image/png"}, b"\x89PNG", AT),
        Captured("ftp://a.example/1", HTML, page(5), AT),
        Captured("https://a.example/2", HTML, b"<p>too little", AT),
        Captured("https://a.example/3", HTML | {"content-encoding": "gzip"}, b"nothing of the kind", AT),
        b"{broken\n",
        b"\n",
        b'{"id": "7", "title": "Ferry freed", "text": "The ferry was freed on Tuesday.", "publisher": "Paper"}\n',
    )
    mark = run(tools, Kept(held))[-1]
    assert (mark.through, mark.saved, mark.known) == (10, 2, 0)
    assert mark.reasons == {
        "a damaged stretch": 1,
        "its publisher asked not to be read here": 1,
        "not a web page": 1,
        "not an address of the web": 1,
        "no article in it": 1,
        "not the gzip it says it is": 1,
        "not JSON": 1,
    }
    with tools.database.read() as view:
        assert archives.mark(view, "k") == mark
        assert publishers.get(view, PublisherId("paper")) is not None


def test_reasons_are_of_bounded_number(tools: Tools) -> None:
    mark = run(tools, Kept(tuple(LeftOut(f"reason {n}") for n in range(100))))[-1]
    assert len(mark.reasons) == 41
    assert mark.reasons["other reasons"] == 60


def test_as_many_batches_are_read_ahead_as_asked(tools: Tools) -> None:
    handed: list[int] = []

    class Counted(Alone):
        def start(self, make: Callable[[], Callable[[Given], Result]]) -> Callable[[Given], Callable[[], Result]]:
            hand = super().start(make)

            def counted(piece: Given) -> Callable[[], Result]:
                handed.append(1)
                return hand(piece)

            return counted

    begun = backfill(tools, [Kept(pages(*range(32 * 5)))], Counted(), ReaderMaker(OffEmbedder), 3)
    next(begun)
    assert len(handed) == 3
    next(begun)
    assert len(handed) == 4
