"""What is known of pictures: kept, replaced, forgotten."""

from datetime import timedelta

from octavo.domain.picture import Fitness, Picture
from octavo.ports.database import Database
from octavo.store import pictures

from .examples import NOON

ONE = Picture("https://gazette.example/1.jpg", Fitness.READY, NOON, 3, 1600, 900)


def test_what_is_known_of_pictures_comes_back(database: Database) -> None:
    other = Picture("https://gazette.example/2.jpg", Fitness.FAILED, NOON - timedelta(days=3), why="Gone 410")
    with database.transaction() as tx:
        pictures.save(tx, [Picture(ONE.url, Fitness.FAILED, NOON), other])
        pictures.save(tx, [ONE])
        assert pictures.of(tx, [ONE.url, other.url, "https://none.example/"]) == {ONE.url: ONE, other.url: other}
        assert pictures.forget_before(tx, NOON - timedelta(days=1)) == 1
        assert list(pictures.of(tx, [ONE.url, other.url])) == [ONE.url]
