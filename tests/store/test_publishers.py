"""Publishers: kept whole, with the hosts that are theirs."""

from dataclasses import replace

from octavo.domain.ids import PublisherId
from octavo.domain.publisher import DisplayPolicy, Publisher
from octavo.ports.database import Database
from octavo.store import publishers

from .examples import GAZETTE, HERALD, article, keep, publisher

WHOLE = Publisher(
    GAZETTE,
    name="Газета",
    country="ua",
    languages=("uk", "en"),
    owner="Owner",
    kind="newspaper",
    hosts=("www.gazette.example", "gazette.example"),
    homepage="https://gazette.example/",
    description="News",
    policy=DisplayPolicy.EXCERPT,
    fictional=True,
)


def test_a_publisher_comes_back_as_it_was_given(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), WHOLE])
        assert publishers.get(tx, GAZETTE) == WHOLE
        publishers.save(tx, [replace(WHOLE, policy=None, hosts=("b.example",))])
        assert publishers.get(tx, GAZETTE) == replace(WHOLE, policy=None, hosts=("b.example",))
        assert publishers.get(tx, HERALD) is None
        assert publishers.get_many(tx, [GAZETTE, HERALD]).keys() == {GAZETTE}


def test_a_host_stays_with_the_publisher_that_had_it_first(database: Database) -> None:
    herald = publisher(HERALD, hosts=("gazette.example", "herald.example", "herald.example", ""))
    with database.transaction() as tx:
        publishers.save(tx, [WHOLE, herald])
        assert publishers.get(tx, HERALD) == replace(herald, hosts=("herald.example",))
        found = publishers.by_host(tx, ["gazette.example", "herald.example", "nowhere.example"])
    assert {host: one.id for host, one in found.items()} == {"gazette.example": GAZETTE, "herald.example": HERALD}


def test_all_are_listed_by_name_with_the_number_of_their_articles(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(
            tx, [publisher(name="beta"), publisher(HERALD, name="Alpha"), publisher(PublisherId("z.example"), name="Ä")]
        )
    keep(database, [article(1), article(2)])
    with database.read() as read:
        found = [(one.name, count) for one, count in publishers.all(read)]
    assert found == [("Alpha", 0), ("beta", 2), ("Ä", 0)]
