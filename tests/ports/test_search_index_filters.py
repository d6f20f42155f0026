"""What every search index must do with conditions beside words, on both databases. All texts are fictional."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from octavo.adapters.postgres.search import PostgresSearch
from octavo.adapters.sqlite.search import SqliteSearch
from octavo.domain import facets
from octavo.domain.ids import ArticleId, PublisherId, first_article_id
from octavo.ports.database import Database
from octavo.ports.search_index import SearchDocument, SearchIndex, SearchQuery

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FLOOD, STORM, MARKET = (ArticleId(first_article_id(int(NOON.timestamp())) + n) for n in (1, 2, 3))
SEA, TRADE = facets.hashtag("Sea"), facets.hashtag("Trade")


@dataclass(frozen=True, slots=True)
class Shelf:
    """An index of three articles and a short way to ask it."""

    index: SearchIndex

    def find(self, text: str = "", **asked: object) -> list[ArticleId]:
        return sorted(hit.id for hit in self.index.search(SearchQuery(text, **asked)))  # type: ignore[arg-type]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    index: SearchIndex = SqliteSearch(database) if database.dialect == "sqlite" else PostgresSearch(database)
    gazette, herald = PublisherId("gazette.example"), PublisherId("herald.example")
    with database.transaction() as tx:
        index.update(
            tx,
            [
                SearchDocument(FLOOD, "Flood in Varn", "The iron bridge fell.", (), gazette, "en", (SEA,)),
                SearchDocument(STORM, "Storm over Varn", "A bridge of iron.", (), herald, "de", (SEA, facets.PICTURE)),
                SearchDocument(MARKET, "Market opens", "Fish from the sea.", (), herald, "en-GB", (TRADE,)),
            ],
        )
    return Shelf(index)


def test_facets_narrow_words_and_stand_alone(shelf: Shelf) -> None:
    assert shelf.find("Varn", facets=((SEA,),)) == [FLOOD, STORM]
    assert shelf.find("Varn", facets=((SEA,), (facets.PICTURE,))) == [STORM]
    assert shelf.find(facets=((TRADE, facets.PICTURE),)) == [STORM, MARKET]
    assert shelf.find(facets=((facets.publisher("herald.example"),), (facets.language("en"),))) == [MARKET]
    assert shelf.find(facets=((facets.hashtag("SEA"),),)) == [FLOOD, STORM]
    assert shelf.find("Varn", facets=((TRADE,),)) == []
    assert shelf.find("tag sea picture has") == []


def test_what_may_not_be_there(shelf: Shelf) -> None:
    assert shelf.find("Varn", without=("storm",)) == [FLOOD]
    assert shelf.find("bridge", without=('"iron bridge"',)) == [STORM]
    assert shelf.find("Varn", without_facets=(facets.language("de"),)) == [FLOOD]
    assert shelf.find(facets=((SEA,),), without=("flood",)) == [STORM]
    assert shelf.find(without=("storm",)) == [FLOOD, MARKET]
    assert shelf.find(without_facets=(SEA,)) == [MARKET]
    assert shelf.find(without=("storm",), without_facets=(TRADE,)) == [FLOOD]
    assert shelf.find("!!", without=("storm",)) == []


def test_one_of_several_words_is_enough(shelf: Shelf) -> None:
    assert shelf.find(either=(("flood", "market"),)) == [FLOOD, MARKET]
    assert shelf.find("Varn", either=(('"iron bridge"', "market"),)) == [FLOOD]
    assert shelf.find(either=(("flood", "storm"), ("iron", "fish"))) == [FLOOD, STORM]


def test_time_alone_is_a_question_and_nothing_is_none(shelf: Shelf) -> None:
    assert shelf.find(since=NOON) == [FLOOD, STORM, MARKET]
    assert shelf.find(until=NOON - timedelta(days=1)) == []
    assert shelf.find(newest=True) == [FLOOD, STORM, MARKET]
    assert shelf.find() == []
    assert shelf.find("", limit=0, newest=True) == []


def test_without_words_and_when_asked_the_newest_come_first(shelf: Shelf) -> None:
    def order(query: SearchQuery) -> list[ArticleId]:
        hits = shelf.index.search(query)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        return [hit.id for hit in hits]

    assert order(SearchQuery("", facets=((SEA,),))) == [STORM, FLOOD]
    assert order(SearchQuery("Varn", newest=True)) == [STORM, FLOOD]
    assert order(SearchQuery("", newest=True, limit=1, offset=1)) == [STORM]


ODD = ["", "\x00", "\ud800", "'", '"', "a/b/c", "/", "x" * 9999, "🙂", ") OR (", ":match", "language/", "publisher/"]


@pytest.mark.parametrize("odd", ODD)
def test_no_condition_raises(shelf: Shelf, odd: str) -> None:
    for asked in ({"facets": ((odd,),)}, {"without_facets": (odd,)}, {"without": (odd,)}, {"either": ((odd, odd),)}):
        shelf.find("Varn", **asked)
        shelf.find(**asked)
    shelf.find(facets=((odd,),) * 99, without_facets=(odd,) * 99, without=("word",) * 99, either=(("a", "b"),) * 99)


def test_only_among_those_named(shelf: Shelf) -> None:
    assert shelf.find(among=(FLOOD, MARKET, ArticleId(5))) == [FLOOD, MARKET]
    assert shelf.find("bridge", among=(STORM,)) == [STORM]
    assert shelf.find(among=(FLOOD, STORM), without=("storm",)) == [FLOOD]
    assert shelf.find(among=(FLOOD, STORM), facets=((facets.PICTURE,),)) == [STORM]
    assert shelf.find(among=(FLOOD,), facets=((TRADE,),)) == []
    assert shelf.find(among=tuple(map(ArticleId, range(1, 400))), facets=((SEA,),)) == []
