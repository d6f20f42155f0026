"""Health by publisher: counted over its newest articles, the same on both databases, and never a walk of a table."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.article import Article, Byline, Image
from octavo.domain.health import Failure, Health, Repair, Standing, Tally, Week, Yardstick
from octavo.domain.ids import PublisherId
from octavo.domain.page import PageState
from octavo.ports.database import Database
from octavo.store import health, pages, publishers, repairs

from .examples import DAY, GAZETTE, HERALD, HOUR, NOON, article, feed, keep, keep_feed, page, publisher

YARDSTICK = Yardstick(bar=0.5, days=14, repair_articles=4, repair_share=0.5)
SILENT = PublisherId("silent.example")


def of(database: Database, key: PublisherId = GAZETTE, stick: Yardstick = YARDSTICK) -> Health:
    with database.read() as read:
        return health.of(read, key, NOON, stick)


def aged(number: int, days: float, complete: float = 0.9, **given: Any) -> Article:
    """An article of so many days ago."""
    moment = NOON - days * DAY
    return article(number, complete=complete, published_at=moment, first_seen_at=moment, **given)


def test_the_shares_of_recent_articles(database: Database) -> None:
    whole = {"image": Image("https://gazette.example/p.jpg"), "byline": Byline("By A B", ("A B",))}
    keep(
        database,
        [
            aged(1, 1, 0.9, paywalled=True, **whole),
            aged(2, 2, 0.1, **whole),
            aged(3, 3, 0.3, paywalled=True, image=whole["image"], source="Agency"),
            replace(aged(4, 4, 0.5), published_at=None),
            aged(5, 13.9, 0.49),
            aged(6, 15, 0.2),
            aged(7, 16, 0.9),
            aged(8, 29, 0.0),
            aged(9, 1, 0.0, publisher_id=HERALD),
        ],
    )
    found = of(database)
    assert replace(found.recent, complete=0) == Tally(5, 3, 1, undated=1, unsigned=2, pictureless=2)
    assert found.recent.complete == pytest.approx(0.458)
    assert (found.earlier.articles, found.earlier.below) == (2, 1)
    assert found.change == pytest.approx(0.1)
    assert found.last_at == NOON - DAY
    assert (found.recent.doubtful, found.recent.share(found.recent.doubtful)) == (2, 0.4)
    assert not found.queued
    assert of(database, HERALD).recent.articles == 1
    assert of(database, HERALD).change is None


def test_only_the_newest_articles_are_counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SAMPLE", 3)
    monkeypatch.setattr(health, "JUDGED", 2)
    keep(database, [aged(number, number, 0.1 if number > 2 else 0.9) for number in range(1, 7)])
    found = of(database)
    assert (found.recent.articles, found.recent.below) == (3, 1)
    assert (found.judged.articles, found.judged.below) == (2, 0)


def test_a_publisher_is_queued_and_leaves_when_its_newer_articles_are_fine(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "JUDGED", 4)
    keep(database, [aged(number, number, 0.2) for number in range(5, 8)])
    assert not of(database).queued, "too few to tell"
    keep(database, [aged(8, 4.5, 0.9)])
    assert of(database).queued
    with database.read() as read:
        assert [one.publisher_id for one in health.queued(read, NOON, YARDSTICK)] == [GAZETTE]
    keep(database, [aged(1, 2, 0.9)])
    assert of(database).queued, "two of the newest four are half"
    keep(database, [aged(9, 0.5, 0.9)])
    assert not of(database).queued


def test_paywalls_need_no_repair(database: Database) -> None:
    keep(database, [aged(number, number, 0.2, paywalled=number > 1) for number in range(1, 9)])
    found = of(database)
    assert (found.judged.below, found.judged.doubtful, found.queued) == (8, 1, False)


def test_the_owner_s_word_counts_for_what_was_seen(database: Database) -> None:
    keep(database, [aged(number, number, 0.2) for number in range(1, 6)])
    assert of(database).queued
    with database.transaction() as tx:
        repairs.settle(tx, GAZETTE, NOON - HOUR)
    found = of(database)
    assert (found.queued, found.judged, found.recent.below) == (False, Tally(), 5)
    new = [article(number, complete=0.2, published_at=NOON, first_seen_at=NOON) for number in range(10, 14)]
    keep(database, new)
    assert of(database).queued


def test_what_was_done_is_remembered_beside_the_owner_s_word(database: Database) -> None:
    keep(database, [aged(1, 1)])
    done = Repair(GAZETTE, None, NOON, "abc", 12, 0.6, 0.1)
    with database.transaction() as tx:
        assert repairs.get(tx, GAZETTE) == Repair(GAZETTE)
        repairs.note(tx, done)
        repairs.settle(tx, GAZETTE, NOON)
        assert repairs.get(tx, GAZETTE) == replace(done, settled_at=NOON)
        repairs.note(tx, replace(done, pages=13))
        assert repairs.all(tx) == {GAZETTE: replace(done, settled_at=NOON, pages=13)}
    assert of(database).repair == replace(done, settled_at=NOON, pages=13)


def test_every_publisher_that_is_read_here_is_listed(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher(PublisherId("nobody.example"))])
    keep(database, [aged(1, 1), aged(2, 400, publisher_id=HERALD)])
    keep_feed(database, feed(1, publisher_id=SILENT))
    with database.read() as read:
        found = {one.publisher_id: one for one in health.all(read, NOON, YARDSTICK)}
    assert found.keys() == {GAZETTE, HERALD, SILENT}
    assert (found[HERALD].recent, found[HERALD].last_at) == (Tally(), NOON - 400 * DAY)
    assert (found[SILENT].last_at, found[SILENT].queued) == (None, False)
    assert found[GAZETTE] == of(database)
    assert of(database, PublisherId("nobody.example")).recent == Tally()


def test_how_a_publisher_stands() -> None:
    def standing(**recent: int) -> Standing:
        return Health(GAZETTE, recent=Tally(**recent)).standing

    assert standing() is Standing.SILENT
    assert standing(articles=10) is Standing.WELL
    assert standing(articles=20, below=1) is Standing.WELL
    assert standing(articles=10, below=1) is Standing.MIXED
    assert standing(articles=10, below=2, locked=2) is Standing.WELL
    assert standing(articles=8, below=4, locked=2) is Standing.LOCKED
    assert Health(GAZETTE, recent=Tally(articles=8, below=4, locked=2), queued=True).standing is Standing.QUEUED


def test_weeks_are_counted_to_this_moment(database: Database) -> None:
    keep(database, [aged(1, 0.1, 0.1), aged(2, 6.9), aged(3, 7.1, 0.1), aged(4, 8, 0.2), aged(5, 30), aged(6, -1)])
    with database.read() as read:
        found = health.weeks(read, GAZETTE, NOON, 0.5, 3)
    starts = [NOON - timedelta(weeks=weeks) for weeks in (3, 2, 1)]
    assert found == [Week(starts[0], 0, 0), Week(starts[1], 2, 2), Week(starts[2], 2, 1)]


def test_the_worst_articles_come_first(database: Database) -> None:
    kept = keep(database, [aged(1, 1, 0.3), aged(2, 2, 0.1), aged(3, 3, 0.3), aged(4, 4, 0.5), aged(5, 20, 0.0)])
    with database.read() as read:
        found = health.worst(read, GAZETTE, NOON, YARDSTICK, 2)
    assert found == [kept[1].id, kept[0].id]


def test_failed_pages_by_reason(database: Database) -> None:
    refused = {"state": PageState.REFUSED, "fetched_at": NOON}
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), publisher(HERALD)])
        chosen = [
            page(1, reason="robots.txt asks programs not to read this page", **refused),
            page(2, reason="403 Forbidden", status=403, **refused),
            page(3, reason="No article was found at https://gazette.example/news/3.", status=200, blob="b", **refused),
            page(4, reason="No article was found at https://gazette.example/news/4.", status=200, blob="b", **refused),
            page(5, reason="gazette.example timed out", **refused),
            page(6, reason="404", status=404, blob="b", **refused),
            page(7, reason="not a web page but image/png", status=200, **refused),
            page(8, state=PageState.DONE),
            page(9, reason="old", first_seen_at=NOON - 20 * DAY, **refused),
            page(10, reason="theirs", publisher_id=HERALD, **refused),
        ]
        pages.add(tx, [replace(one, state=PageState.PENDING) for one in chosen])
        pages.save(tx, chosen)
        found = health.failures(tx, GAZETTE, NOON - 14 * DAY)
    keep(database, [aged(1, 1)])
    assert found == [
        (Failure.UNREAD, 2),
        (Failure.FORBIDDEN, 1),
        (Failure.GONE, 1),
        (Failure.OTHER, 1),
        (Failure.ROBOTS, 1),
        (Failure.UNREACHABLE, 1),
    ]
    assert of(database).failed == 7


def test_one_publisher_and_all_cost_the_same_few_queries(sqlite_database: SqliteDatabase) -> None:
    """However many publishers: no query each, and no table that grows with every article is walked."""
    keep(sqlite_database, [aged(n, n % 9, publisher_id=PublisherId(f"p{n % 7}.example")) for n in range(30)])
    asked: list[tuple[str, Any]] = []

    @event.listens_for(sqlite_database._readers, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    with sqlite_database.read() as read:
        assert len(health.all(read, NOON, YARDSTICK)) == 7
        every = len(asked)
        health.of(read, GAZETTE, NOON, YARDSTICK)
        assert len(asked) == 2 * every <= 10
        health.weeks(read, GAZETTE, NOON, 0.5, 8)
        health.worst(read, GAZETTE, NOON, YARDSTICK, 10)
        health.failures(read, GAZETTE, NOON - DAY)
    event.remove(sqlite_database._readers, "before_cursor_execute", note)
    with sqlite_database._readers.connect() as connection:
        steps = [
            row[3]
            for statement, values in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    walked = {step.split(" USING ")[0] for step in steps if step.startswith("SCAN")}
    assert walked <= {"SCAN publishers", "SCAN repairs"}, walked
