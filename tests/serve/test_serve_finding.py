"""Which articles a reader's words find, on a real store. All texts are fictional."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain import facets
from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, PublisherId
from octavo.domain.publisher import Publisher
from octavo.ports.meaning import NO_VECTORS, Alike, Sought
from octavo.ports.search_index import SearchDocument, SearchQuery
from octavo.ports.vector_index import Vectors
from octavo.serve.finding import Finder, Finds, find
from octavo.store import articles, publishers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Told:
    """A meaning that is told what to say; it notes what it was asked."""

    says: dict[ArticleId, float] = field(default_factory=dict)
    asked: list[Sought] = field(default_factory=list)

    def alike(self, sought: Sought) -> Alike:
        self.asked.append(sought)
        return sorted(self.says.items(), key=lambda pair: -pair[1])

    def vectors(self, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
        return NO_VECTORS


class Shelf:
    """A store with an index, filled and asked in one line."""

    def __init__(self, database: SqliteDatabase) -> None:
        self.database, self.index, self.number = database, SqliteSearch(database), 0
        self.meaning = Told()

    def add(
        self, headline: str, text: str = "", complete: float = 1.0, excerpt: str = "", language: str = "en"
    ) -> ArticleId:
        self.number += 1
        made = Article(
            id=ArticleId(0), url=f"https://paper.example/{self.number}", publisher_id=PublisherId("paper"),
            headline=headline, language=language, first_seen_at=NOON, published_at=NOON - timedelta(hours=self.number),
            blocks=(Block(BlockKind.PARAGRAPH, text),), complete=complete, excerpt=excerpt,
        )  # fmt: skip
        with self.database.transaction() as tx:
            publishers.save(tx, [Publisher(PublisherId("paper"), "The Paper")])
            [kept] = articles.save(tx, [made])
            self.index.update(tx, [SearchDocument(kept.id, headline, text, (), kept.publisher_id, language)])
        return kept.id

    def find(self, words: str, limit: int = 20, offset: int = 0, **more: Any) -> Finds:
        with self.database.read() as view:
            finder = Finder(self.index, view, ("en",), 0.5, self.meaning)
            return find(finder, SearchQuery(words, limit=limit, offset=offset, **more))

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
        hits = find(Finder(shelf.index, view, ("it",), 0.5), replace(asked, language="en")).hits
    assert [hit.id for hit in hits] == [found]


def test_what_means_the_same_is_found_without_a_word_of_the_question(shelf: Shelf) -> None:
    words = shelf.add("Flood in Varnholm")
    alike = shelf.add("Water stands in every cellar of Orrin")
    far = shelf.add("Cup final")
    shelf.meaning.says = {words: 0.6, alike: 0.46, far: 0.3}
    found = shelf.find("flood")
    assert [hit.id for hit in found.hits] == [words, alike]
    assert found.exact == 1
    assert found.alike == frozenset({alike})


def test_what_surely_means_the_same_comes_before_what_has_most_of_the_words(shelf: Shelf) -> None:
    most = shelf.add("Varnholm ferries delayed", "Ferries between Varnholm and Orrin wait.")
    same = shelf.add("No boats over the sound today", language="en")
    shelf.meaning.says = {same: 0.45}
    assert shelf.ids("ferry Varnholm Orrin cancelled") == [most, same]
    shelf.meaning.says = {same: 0.95}
    assert shelf.ids("ferry Varnholm Orrin cancelled") == [same, most]


def test_meaning_alone_finds_in_the_readers_languages_or_those_asked_for(shelf: Shelf) -> None:
    arabic = shelf.add("فيضانات", language="ar")
    english = shelf.add("Water stands in every cellar")
    shelf.meaning.says = {arabic: 0.6, english: 0.5}
    assert shelf.ids("flood") == [english]
    asked = shelf.find("flood", facets=((facets.language("ar"),),))
    assert [hit.id for hit in asked.hits] == [arabic]


def test_conditions_hold_for_what_is_found_by_meaning(shelf: Shelf) -> None:
    one, other = shelf.add("Water in the cellar"), shelf.add("Water in the storm cellar")
    shelf.meaning.says = {one: 0.5, other: 0.6}
    assert shelf.ids("flood") == [other, one]
    assert [hit.id for hit in shelf.find("flood", without=("storm",)).hits] == [one]
    assert [hit.id for hit in shelf.find("flood", facets=(("has/picture",),)).hits] == []


@pytest.mark.parametrize("more", [{"newest": True}, {"either": (("flood", "storm"),)}])
def test_operators_about_words_are_about_words(shelf: Shelf, more: dict[str, Any]) -> None:
    shelf.meaning.says = {shelf.add("Water in the cellar"): 0.9}
    assert shelf.find('"flood"').hits == ()
    assert shelf.find("flood", **more).hits == ()
    assert shelf.meaning.asked == []


def test_bounds_of_time_are_told(shelf: Shelf) -> None:
    shelf.find("flood", since=NOON, until=NOON + timedelta(seconds=9))
    [asked] = shelf.meaning.asked
    assert asked.since is not None
    assert asked.until is not None
    assert asked.words == "flood"
    assert (asked.until >> 20) - (asked.since >> 20) == 10


def test_a_page_of_finds_with_every_word_needs_no_others(shelf: Shelf) -> None:
    for _ in range(20):
        shelf.add("Flood")
    assert len(shelf.find("flood").hits) == 20
    assert shelf.meaning.asked == []


def test_pages_follow_each_other_over_what_is_found_by_meaning(shelf: Shelf) -> None:
    some = [shelf.add(f"Water {number}") for number in range(7)]
    shelf.meaning.says = {one: 0.59 - number / 100 for number, one in enumerate(some)}
    pages = [[hit.id for hit in shelf.find("flood", limit=3, offset=start).hits] for start in (0, 3, 6)]
    assert [one for page in pages for one in page] == some


def test_of_words_in_no_language_of_the_readers_nothing_is_asked(shelf: Shelf) -> None:
    shelf.meaning.says = {shelf.add("Water in the cellar"): 0.9}
    for words in ("asdfgh qwrtz", "the of and", "Überschwemmungen", "12345678"):
        assert shelf.find(words).hits == ()
    assert shelf.meaning.asked == []
    assert shelf.find("Überschwemmungen", facets=((facets.language("de"), facets.language("en")),)).hits
