"""Fictional nouns for the store's tests, complete enough to be told apart from anything else."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from octavo.domain.article import Article, Block, BlockKind
from octavo.domain.entry import Entry
from octavo.domain.feed import Feed
from octavo.domain.ids import ArticleId, EntryId, FeedId, PageKey, PublisherId
from octavo.domain.page import Page
from octavo.domain.publisher import Publisher
from octavo.ports.database import Database
from octavo.store import articles, feeds, publishers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GAZETTE = PublisherId("gazette.example")
HERALD = PublisherId("herald.example")


def publisher(key: PublisherId = GAZETTE, **given: Any) -> Publisher:
    return replace(Publisher(key, name=f"The {key}", country="gb", languages=("en",), hosts=(key,)), **given)


def feed(number: int = 1, **given: Any) -> Feed:
    made = Feed(FeedId(0), f"https://gazette.example/feed{number}.xml", GAZETTE, added_at=NOON)
    return replace(made, **given)


def entry(feed_id: FeedId, number: int = 1, **given: Any) -> Entry:
    url = f"https://gazette.example/news/{number}"
    return replace(Entry(EntryId(0), feed_id, guid=f"guid-{number}", url=url, first_seen_at=NOON), **given)


def page(number: int = 1, **given: Any) -> Page:
    host = given.get("host", "gazette.example")
    made = Page(PageKey(f"{number:032x}"), f"https://{host}/news/{number}", host, GAZETTE, first_seen_at=NOON)
    return replace(made, **given)


def article(number: int = 1, text: str | Sequence[str] = "It rained.", **given: Any) -> Article:
    lines = [text] if isinstance(text, str) else text
    made = Article(
        ArticleId(0),
        f"https://gazette.example/news/{number}",
        GAZETTE,
        f"Headline {number}",
        "en",
        NOON,
        tuple(Block(BlockKind.PARAGRAPH, line) for line in lines),
        published_at=NOON - HOUR + timedelta(seconds=number),
    )
    return replace(made, **given)


def keep(database: Database, chosen: Iterable[Article], **given: Any) -> list[Article]:
    """Save articles, and their publishers first where need be."""
    wanted = list(chosen)
    with database.transaction() as tx:
        known = publishers.get_many(tx, {one.publisher_id for one in wanted})
        publishers.save(tx, [publisher(key) for key in {one.publisher_id for one in wanted} - known.keys()])
        return articles.save(tx, wanted, **given)


def keep_feed(database: Database, wanted: Feed) -> Feed:
    """Follow a feed, and know its publisher first."""
    with database.transaction() as tx:
        if publishers.get(tx, wanted.publisher_id) is None:
            publishers.save(tx, [publisher(wanted.publisher_id)])
        return feeds.add(tx, wanted)
