"""Which articles a reader's words find, on a real store. All texts are fictional."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.search_index import SearchDocument, SearchQuery
from octavo.serve.finding import Finds, find
from octavo.store import articles, publishers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Shelf:
    """A store with an index, filled and asked in one line."""

    def __init__(self, database: SqliteDatabase) -> None:
        self.database, self.index, self.number = database, SqliteSearch(database), 0

    def add(self, headline: str, text: str = "", complete: float = 1.0, excerpt: str = "") -> ArticleId:
        self.number += 1
        made = Article(
            id=ArticleId(0), url=f"https://paper.example/{self.number}", publisher_id=PublisherId("paper"),
            headline=headline, language="en", first_seen_at=NOON, published_at=NOON - timedelta(hours=self.number),
            blocks=(Block(BlockKind.PARAGRAPH, text),), complete=complete, excerpt=excerpt,
        )  # fmt: skip
        with self.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId("paper"), "The Paper")])
            [kept] = articles.save(tx, [made])
            self.index.update(tx, [SearchDocument(kept.id, headline, text, (), kept.publisher_id, "en")])
        return kept.id

    def find(self, words: str, limit: int = 20, offset: int = 0) -> Finds:
        with self.database.read() as view:
            return find(self.index, view, SearchQuery(words, limit=limit, offset=offset), ("en",), 0.5)

    def ids(self, words: str) -> list[ArticleId]:
        return [hit.id for hit in self.find(words).hits]


@pytest.fixture
def shelf(sqlite_database: SqliteDatabase) -> Shelf:
    return Shelf(sqlite_database)


def test_those_with_every_word_come_before_those_with_most(shelf: Shelf) -> None:
    most = shelf.add("Varnholm ferries delayed", "Ferries between Varnholm and Orrin wait for the storm to pass.")
    every = shelf.add("A storm", "The ferry from Varnholm to Orrin was held for a long time " + "and so on " * 90)
    none = shelf.add("Cup final", "Rheinstadt win the cup.")
    found = shelf.find("ferry Varnholm Orrin held")
    assert [hit.id for hit in found.hits] == [every, most]
    assert found.exact == 1
    assert none not in shelf.ids("ferry Varnholm Orrin held")


def test_a_question_in_whole_sentences_is_answered(shelf: Shelf) -> None:
    right = shelf.add("Tribunal fines Lumen Labs", "The tribunal fined Lumen Labs for hiding its sources.")
    shelf.add("Lumen Labs opens a school", "The company opened a school in Orrin.")
    assert shelf.ids("Why was Lumen Labs given fines by a tribunal that deals with sources?")[0] == right


def test_one_word_and_quoted_words_find_only_what_has_them(shelf: Shelf) -> None:
    shelf.add("Varnholm ferries delayed", "Iron and bridges.")
    assert shelf.ids("Varnholmers") == []
    assert shelf.ids('"iron bridges" Varnholm') == []


def test_pages_follow_each_other_over_the_border(shelf: Shelf) -> None:
    for number in range(12):
        shelf.add(f"Ferry {number}", "Varnholm harbour" if number % 2 else "Varnholm")
    whole = [hit.id for hit in shelf.find("ferry Varnholm harbour", limit=40).hits]
    assert len(whole) == 12
    pages = [shelf.find("ferry Varnholm harbour", limit=5, offset=start) for start in (0, 5, 10)]
    assert [hit.id for page in pages for hit in page.hits] == whole
    assert [page.exact for page in pages] == [5, 1, 0]


def test_words_of_a_text_in_doubt_weigh_nothing(shelf: Shelf) -> None:
    shelf.add("A notice", "Varnholm ferry subscription offer", complete=0.1, excerpt="Nothing of note.")
    right = shelf.add("Varnholm ferry", "It sails.")
    assert shelf.ids("Varnholm ferry winter timetable") == [right]


def test_the_fresher_of_two_alike_comes_first(shelf: Shelf) -> None:
    fresh = shelf.add("Varnholm ferry", "It sails.")
    for _ in range(30):
        shelf.number += 24
    old = shelf.add("Varnholm ferry", "It sails.")
    assert shelf.ids("Varnholm ferry timetable") == [fresh, old]


def test_languages_say_which_words_are_plain(shelf: Shelf) -> None:
    found = shelf.add("Ferry to Varnholm", "It sails.")
    with shelf.database.read() as view:
        asked = SearchQuery("quando parte Varnholm ferry")
        hits = find(shelf.index, view, replace(asked, language="en"), ("it",), 0.5).hits
    assert [hit.id for hit in hits] == [found]
