"""What is read: marks, and one row for all of a feed however many articles it has."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text

from octavo.domain.article import Article
from octavo.domain.edition import EditionPlan
from octavo.domain.feed import Feed, FeedState
from octavo.domain.follow import FeedChoice, Follow, FollowKind, Stance, SubscribedFeed
from octavo.domain.ids import AccountId, ArticleId, EditionKey, FeedId
from octavo.ports.database import Database, Transaction
from octavo.store import feeds, follows, preferences, read_marks, subscriptions
from octavo.store.tables import read_watermarks

from .examples import DAY, GAZETTE, HERALD, HOUR, NOON, article, feed, keep, keep_feed
from .people import people

PLAN = EditionPlan(EditionKey("en-gb"), "", "en", "gb", local_publishers=(GAZETTE,), languages=("en",))


class Reader:
    """An account with two feeds, and articles of both: numbers 0 to 9, the even ones of the first feed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.id, self.other = people(database, "Ana", "Ben")
        self.one = keep_feed(database, feed(1, language="en"))
        self.two = keep_feed(database, feed(2, language="en", publisher_id=HERALD))
        self.feeds = [SubscribedFeed(each, each.title, "", NOON) for each in (self.one, self.two)]
        self.kept = keep(database, [self.article(n) for n in range(10)])

    def article(self, number: int, seen_at: datetime = NOON) -> Article:
        of = self.two if number % 2 else self.one
        return article(number, feed_id=of.id, publisher_id=of.publisher_id, first_seen_at=seen_at)

    def unread(self, *, account: AccountId | None = None, below: ArticleId | None = None, limit: int = 99) -> list[int]:
        """The numbers of what is unread, newest first; the counts must say as many."""
        with self.database.read() as read:
            who = account or self.id
            found = read_marks.unread_ids(read, who, self.feeds, below, limit)
            counts = read_marks.unread_counts(read, who, self.feeds)
            every = read_marks.unread_ids(read, who, self.feeds, None, 999)
            assert sum(counts.values()) == len(every)
            ids = [one.id for one in self.kept]
            own = {one.id for one in self.kept if one.feed_id in {each.id for each in self.feeds}}
            assert read_marks.read_among(read, who, self.feeds, own) == own - set(every)
        return [ids.index(one) for one in found]

    def mark(self, *numbers: int, read: bool = True) -> None:
        with self.database.transaction() as tx:
            read_marks.mark(tx, self.id, self.feeds, [self.kept[n].id for n in numbers], read=read)

    def mark_until(self, until: datetime, *of: Feed) -> None:
        with self.database.transaction() as tx:
            read_marks.mark_until(tx, self.id, [one.id for one in of or (self.one, self.two)], until)

    def as_earlier_versions_marked(self, before: ArticleId, now: datetime, of: Feed) -> None:
        """Mark a feed as read up to a publication, as it was kept before arrivals counted."""
        with self.database.transaction() as tx:
            row = {"account_id": self.id, "feed_id": of.id, "before": before, "seen_by": now}
            tx.execute(insert(read_watermarks), row)

    def rows(self) -> int:
        """How many marks and watermarks are kept of the account."""
        with self.database.read() as read:
            return len(read_marks.export(read, self.id))

    def late(self, number: int, seen_at: datetime) -> None:
        """Let an article come in that was published before the others."""
        late = replace(self.article(number, seen_at), published_at=NOON - 3 * HOUR + timedelta(seconds=number))
        self.kept += keep(self.database, [late])


@pytest.fixture
def reader(database: Database) -> Reader:
    return Reader(database)


def test_everything_is_unread_that_has_no_mark(reader: Reader) -> None:
    reader.mark(3, 4)
    assert reader.unread() == [9, 8, 7, 6, 5, 2, 1, 0]
    assert reader.unread(below=reader.kept[6].id, limit=3) == [5, 2, 1]
    assert reader.unread(account=reader.other) == list(range(9, -1, -1))
    reader.mark(3, 4, read=False)
    assert reader.rows() == 0, "nothing is kept of what is as it was"


def test_unread_again_below_a_watermark(reader: Reader) -> None:
    reader.mark(0, 1, 9)
    reader.mark_until(NOON)
    assert (reader.unread(), reader.rows()) == ([], 2)
    reader.mark(2, 5, read=False)
    assert reader.unread() == [5, 2]
    reader.mark(2)
    assert (reader.unread(), reader.rows()) == ([5], 3)
    reader.mark_until(NOON + HOUR, reader.two)
    assert (reader.unread(), reader.rows()) == ([], 2)


def test_only_what_came_in_by_then_and_of_the_feeds_named(reader: Reader) -> None:
    """A moment means when an article came in: one that is published before, and comes in after, is unread."""
    reader.mark_until(NOON - HOUR)
    assert reader.unread() == list(range(9, -1, -1)), "none was here"
    reader.mark_until(NOON, reader.one)
    assert reader.unread() == [9, 7, 5, 3, 1]
    reader.late(10, NOON + HOUR)
    reader.mark_until(NOON + HOUR / 2)
    assert reader.unread() == [10]
    reader.mark_until(NOON + 2 * HOUR)
    assert (reader.unread(), reader.rows()) == ([], 2), "one row for each feed says all of it"
    reader.mark(3, read=False)
    reader.mark_until(NOON - HOUR)
    assert reader.unread() == [3], "an earlier moment takes nothing back, and says nothing of what came in after"
    reader.mark_until(NOON)
    assert reader.unread() == []


def test_what_earlier_versions_marked_up_to_a_publication_stays(reader: Reader) -> None:
    reader.as_earlier_versions_marked(reader.kept[6].id, NOON + HOUR, reader.one)
    assert reader.unread() == [9, 8, 7, 6, 5, 3, 1]
    reader.mark_until(NOON, reader.one)
    assert (reader.unread(), reader.rows()) == ([9, 7, 5, 3, 1], 3), "the two above it are marked one by one"
    reader.mark_until(NOON + 2 * HOUR)
    assert (reader.unread(), reader.rows()) == ([], 2)


def test_many_feeds_are_walked_down_together(reader: Reader) -> None:
    """From four feeds on a page is one walk; it finds the same, also where it ends and each feed is asked."""
    others = [keep_feed(reader.database, feed(n, language="en")) for n in range(3, 7)]
    reader.feeds += [SubscribedFeed(each, each.title, "", NOON) for each in others[:2]]
    more = [replace(reader.article(n), feed_id=others[n % 4].id) for n in range(10, 400)]
    reader.kept += keep(reader.database, more)
    wanted = [n for n in range(399, -1, -1) if n < 10 or n % 4 < 2]
    assert reader.unread(limit=999) == wanted
    with reader.database.transaction() as tx:
        marks = [reader.kept[n].id for n in range(60, 380)]
        read_marks.mark(tx, reader.id, reader.feeds, marks, read=True)
    left = [n for n in wanted if not 60 <= n < 380]
    assert reader.unread(limit=999) == left
    found: list[int] = []
    while page := reader.unread(below=reader.kept[found[-1]].id if found else None, limit=7):
        found += page
    assert found == left
    reader.mark_until(NOON, reader.one, reader.two, *others[:2])
    reader.mark(5, 200, read=False)
    assert reader.unread(limit=3) == [200, 5]


def test_a_week_before_it_subscribed_is_as_far_as_a_reader_has_to_look(reader: Reader) -> None:
    reader.feeds = [replace(reader.feeds[0], since=NOON + 8 * DAY), reader.feeds[1]]
    assert reader.unread() == [9, 7, 5, 3, 1]
    reader.mark(2, 3, read=False)
    assert reader.unread() == [9, 7, 5, 3, 2, 1]
    reader.mark_until(NOON)
    assert reader.unread() == []


def _many(tx: Transaction, feed_id: FeedId, n: int) -> None:
    tx.execute(
        text(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) INSERT INTO articles (id, "
            "url_key, url, publisher_id, headline, language, first_seen_at, feed_id, external_id, canonical_url, "
            "standfirst, byline, people, source, dateline, section, genre, keywords, correction, paywalled, complete, "
            "excerpt, word_count, wording_key, body_key, wording_at) SELECT (:at - i) * 1048576, randomblob(16), '', "
            ":paper, '', 'en', (:at - i) * 1000000, :feed, '', '', '', '', '[]', '', '', '', 'news', '[]', '', 0, 1, "
            "'', 0, x'', x'', 0 FROM n"
        ),
        {"n": n, "at": int(NOON.timestamp()), "paper": GAZETTE, "feed": feed_id},
    )


def test_a_hundred_thousand_articles_are_read_at_once(sqlite_database: Database) -> None:
    reader = Reader(sqlite_database)
    with sqlite_database.transaction() as tx:
        _many(tx, reader.one.id, 100_000)
    with sqlite_database.read() as read:
        assert read_marks.unread_counts(read, reader.id, reader.feeds)[reader.one.id] == 100_005
    begun = time.process_time()
    reader.mark_until(NOON)
    took = time.process_time() - begun
    reader.late(12, NOON + HOUR)
    begun = time.process_time()
    with sqlite_database.read() as read:
        assert read_marks.unread_ids(read, reader.id, reader.feeds, None, 99) == [reader.kept[-1].id]
    asked = time.process_time() - begun
    assert reader.rows() == 2
    assert (took < 0.5, asked < 0.5) == (True, True), (took, asked)


def test_an_accounts_feeds(reader: Reader) -> None:
    database = reader.database
    german = keep_feed(database, feed(3, language="de"))
    retired = keep_feed(database, feed(4, language="en"))

    def subscribed() -> dict[str, tuple[str, str, datetime]]:
        with database.read() as read:
            found = subscriptions.of(read, reader.id, PLAN)
            assert [one.id for one in subscriptions.of(read, reader.other, PLAN)] == [reader.one.id]
        return {one.feed.url: (one.title, one.folder, one.since) for one in found}

    with database.transaction() as tx:
        feeds.set_state(tx, retired.id, FeedState.RETIRED)
    assert subscribed() == {reader.one.url: (reader.one.url, "", NOON)}, "the edition's, in its languages"
    with database.transaction() as tx:
        follows.save(tx, reader.id, Follow(FollowKind.PUBLISHER, HERALD, "The Herald", NOON + DAY))
        subscriptions.choose(tx, reader.id, FeedChoice(german.id, True, NOON + HOUR, "Auf Deutsch", "Abroad"))
    assert subscribed() == {
        reader.one.url: (reader.one.url, "", NOON),
        reader.two.url: (reader.two.url, "", NOON + DAY),
        german.url: ("Auf Deutsch", "Abroad", NOON + HOUR),
    }
    with database.transaction() as tx:
        subscriptions.choose(tx, reader.id, FeedChoice(reader.two.id, False, NOON + HOUR))
        subscriptions.choose(tx, reader.id, FeedChoice(german.id, True, NOON + DAY, "German", ""))
        preferences.set_edition_feeds(tx, reader.id, on=False)
        assert {row["feed"]: row["wanted"] for row in subscriptions.export(tx, reader.id)} == {
            reader.two.url: False,
            german.url: True,
        }
    assert subscribed() == {german.url: ("German", "", NOON + HOUR)}
    with database.transaction() as tx:
        subscriptions.forget(tx, reader.id, german.id)
        subscriptions.forget(tx, reader.id, reader.two.id)
        follows.save(tx, reader.id, Follow(FollowKind.PUBLISHER, GAZETTE, "The Gazette", NOON, Stance.MUTE))
    assert list(subscribed()) == [reader.two.url]


def test_an_edition_whose_publishers_nobody_reads_here(reader: Reader) -> None:
    plan = replace(PLAN, local_publishers=("elsewhere.example",))
    with reader.database.read() as read:
        found = subscriptions.of(read, reader.id, plan)
        assert [one.id for one in found] == [reader.one.id, reader.two.id]
        assert subscriptions.of(read, AccountId(99), plan) == []
