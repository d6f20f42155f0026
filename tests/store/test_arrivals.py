"""What came in lately and where it stands, on both databases."""

import pytest

from octavo.domain.article import Article
from octavo.domain.enrichment import Enrichment, EntityKind, Hashtag, Mention, Topic
from octavo.domain.entity import Entity
from octavo.domain.story import Placement
from octavo.ports.database import Database
from octavo.store import arrivals, changes, enrichments, stories
from octavo.text.slugs import short_id

from .examples import HERALD, NOON, article, keep

PLACE = "place/1"


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Three articles, the second edited later; the first is about a place, the second only names it."""
    given = [article(1), article(2, publisher_id=HERALD, language="de"), article(3)]
    found = keep(database, given)
    keep(database, [article(2, "It rained again.", publisher_id=HERALD, language="de")])
    with database.transaction() as tx:
        enrichments.save_enrichments(
            tx,
            [
                Enrichment(
                    found[0].id,
                    "en",
                    hashtags=(Hashtag("Port", "Port", 0.9), Hashtag("Rain", "Rain", 0.4)),
                    mentions=(
                        Mention("Varn", EntityKind.PLACE, 0, 4, PLACE),
                        Mention("Varn", EntityKind.PLACE, 9, 13, PLACE),
                    ),
                    topics=(Topic("04000000", 0.5),),
                    entities=(Entity(PLACE, EntityKind.PLACE, "Varn", "Varn", salience=0.9, about=True),),
                ),
                Enrichment(found[1].id, "de", mentions=(Mention("Varn", EntityKind.PLACE, 0, 4, PLACE),)),
            ],
        )
    return found


def _settle(database: Database, upto: int) -> None:
    with database.transaction() as tx:
        changes.set_position(tx, arrivals.RELATED, upto)


def test_nothing_has_arrived_before_it_is_related(database: Database, kept: list[Article]) -> None:
    with database.read() as read:
        assert arrivals.settled(read) == 0
        assert arrivals.recent(read, 0, 100) == []
        assert changes.last_seq(read) == 4


def test_each_new_article_with_the_lists_it_stands_in(database: Database, kept: list[Article]) -> None:
    with database.transaction() as tx:
        story = stories.place(tx, Placement(kept[0].id, None, 1.0), NOON)
    _settle(database, 2)
    with database.read() as read:
        first, second = arrivals.recent(read, 0, 100)
        assert arrivals.settled(read) == 2
    assert (first.seq, first.id, first.headline, first.language) == (1, kept[0].id, "Headline 1", "en")
    assert first.hashtags == ("Port", "Rain")
    assert first.lists == {
        "section/04000000",
        "source/gazette.example",
        "hashtag/Port",
        "hashtag/Rain",
        PLACE,
        f"story/{short_id(story)}",
    }
    assert (second.seq, second.publisher_id, second.language) == (2, HERALD, "de")
    assert second.lists == {"source/herald.example"}


def test_an_edit_is_no_arrival(database: Database, kept: list[Article]) -> None:
    _settle(database, 4)
    with database.read() as read:
        assert [one.seq for one in arrivals.recent(read, 0, 100)] == [1, 2, 3]


def test_only_what_came_after_and_the_last_of_many(database: Database, kept: list[Article]) -> None:
    _settle(database, 3)
    with database.read() as read:
        assert [one.seq for one in arrivals.recent(read, 1, 100)] == [2, 3]
        assert [one.seq for one in arrivals.recent(read, 0, 2)] == [2, 3]
        assert arrivals.recent(read, 3, 100) == []
        assert arrivals.recent(read, 9, 100) == []
