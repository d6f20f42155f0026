"""What reader apps page through: newest or oldest first, what came in or was reworded since; feeds apart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.ids import ArticleId, FeedId
from octavo.ports.database import Database
from octavo.store import articles, streams
from octavo.store.streams import Span

from .examples import HOUR, NOON, article, feed, keep, keep_feed


@pytest.fixture
def kept(database: Database) -> list[Article]:
    """Six articles, oldest first, of two feeds in turn."""
    first, second = keep_feed(database, feed(1)), keep_feed(database, feed(2))
    return keep(database, [article(n, feed_id=(second if n % 2 else first).id) for n in range(6)])


def _feeds(kept: list[Article]) -> list[FeedId]:
    return [one.feed_id for one in kept[:2] if one.feed_id is not None]


def _ids(kept: list[Article], *numbers: int) -> list[ArticleId]:
    return [kept[number].id for number in numbers]


def test_feeds_are_read_as_one(database: Database, kept: list[Article]) -> None:
    both = _feeds(kept)
    with database.read() as read:
        assert streams.of_feeds(read, both, Span(), 4) == _ids(kept, 5, 4, 3, 2)
        assert streams.of_feeds(read, both, Span(below=kept[2].id), 4) == _ids(kept, 1, 0)
        assert streams.of_feeds(read, both, Span(oldest=True), 2) == _ids(kept, 0, 1)
        assert streams.of_feeds(read, both, Span(above=kept[1].id, oldest=True), 2) == _ids(kept, 2, 3)
        assert streams.of_feeds(read, both[:1], Span(), 9) == _ids(kept, 4, 2, 0)
        assert streams.of_feeds(read, [], Span(), 9) == []
        assert streams.count(read, both) == 6
        assert streams.count(read, both[1:]) == 3


def test_what_came_in_or_was_reworded_since(database: Database, kept: list[Article]) -> None:
    both, later = _feeds(kept), NOON + 40 * HOUR
    with database.transaction() as tx:
        changed = replace(kept[1], blocks=(Block(BlockKind.PARAGRAPH, "Other words."),))
        articles.save(tx, [changed], now=later)
        late = article(-90, feed_id=both[0], first_seen_at=later)
        [came] = articles.save(tx, [late], now=later)
        assert streams.of_feeds(tx, both, Span(since=later), 9) == [kept[1].id, came.id]
        assert streams.of_feeds(tx, both, Span(since=later, oldest=True), 1) == [came.id]
        assert streams.of_feeds(tx, both, Span(since=later + timedelta(seconds=1)), 9) == []
        assert came.id not in streams.of_feeds(tx, both, Span(until=later - timedelta(seconds=1)), 9)
        found = streams.arrivals(tx, [kept[1].id, ArticleId(9)])
    assert found[kept[1].id].wording_at == later
    assert list(found) == [kept[1].id]
    assert Span(since=later).holds(found[kept[1].id])
    assert not Span(above=kept[1].id).holds(found[kept[1].id])
