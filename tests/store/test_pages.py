"""Pages: fetched host by host, extracted in turn; robots.txt and hosts that asked for rest."""

from dataclasses import replace

from octavo.domain.ids import FeedId, PageKey
from octavo.domain.page import Page, PageState
from octavo.ports.database import Database
from octavo.store import pages, publishers
from octavo.store.dialect import PARTS

from .examples import DAY, HOUR, NOON, page, publisher


def _add(database: Database, *chosen: Page) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher()])
        pages.add(tx, chosen)


def _numbers(found: list[Page]) -> list[int]:
    return [int(one.key, 16) for one in found]


def test_a_page_comes_back_as_it_was_given_and_is_added_once(database: Database) -> None:
    whole = replace(
        page(),
        feed_id=FeedId(99),
        state=PageState.FETCHED,
        final_url="https://gazette.example/final",
        status=200,
        content_type="text/html",
        blob="pages/1",
        size=1 << 40,
        attempts=2,
        next_attempt_at=NOON + HOUR,
        fetched_at=NOON,
        reason="slow",
    )
    _add(database, whole)
    _add(database, page())
    with database.read() as read:
        assert pages.get(read, whole.key) == whole
        assert pages.get(read, PageKey("f" * 32)) is None


def test_save_replaces_all_but_when_it_was_first_seen(database: Database) -> None:
    _add(database, page())
    changed = page(state=PageState.REFUSED, reason="x" * 1000, first_seen_at=NOON + DAY)
    with database.transaction() as tx:
        pages.save(tx, [page(state=PageState.DONE), changed])
        assert pages.get(tx, changed.key) == replace(changed, reason="x" * 300, first_seen_at=NOON)


def test_hosts_take_turns_each_with_its_newest_first(database: Database) -> None:
    _add(
        database,
        page(1, first_seen_at=NOON),
        page(2, first_seen_at=NOON + HOUR),
        page(3, first_seen_at=NOON + DAY),
        page(4, host="herald.example", first_seen_at=NOON),
        page(5, host="herald.example", first_seen_at=NOON - DAY),
    )
    with database.read() as read:
        assert _numbers(pages.pending(read, NOON, 10)) == [3, 4, 2, 5, 1]
        assert _numbers(pages.pending(read, NOON, 3)) == [3, 4, 2]


def test_pages_and_hosts_that_are_to_wait_are_left_out(database: Database) -> None:
    _add(
        database,
        page(1),
        page(2, next_attempt_at=NOON + HOUR),
        page(3, next_attempt_at=NOON),
        page(4, state=PageState.DONE),
        page(5, host="busy.example"),
    )
    with database.transaction() as tx:
        pages.rest(tx, {"busy.example": NOON + DAY})
        pages.rest(tx, {"busy.example": NOON + HOUR})
        pages.rest(tx, {})
        assert _numbers(pages.pending(tx, NOON, 10)) == [1, 3]
        assert _numbers(pages.pending(tx, NOON + HOUR, 10)) == [1, 5, 2, 3]


def test_workers_share_hosts_out_without_overlap(database: Database) -> None:
    _add(database, *(page(number, host=f"h{number % 40}.example") for number in range(80)))
    with database.read() as read:
        shares = [pages.pending(read, NOON, 100, range(index, PARTS, 3)) for index in range(3)]
    assert sorted(number for share in shares for number in _numbers(share)) == list(range(80))
    hosts = [{one.host for one in share} for share in shares]
    assert all(hosts)
    assert sum(len(one) for one in hosts) == len(set().union(*hosts))


def test_pages_are_extracted_longest_waiting_first(database: Database) -> None:
    _add(
        database,
        page(1, state=PageState.FETCHED, fetched_at=NOON),
        page(2, state=PageState.FETCHED, fetched_at=NOON - HOUR),
        page(3, state=PageState.PENDING),
    )
    with database.read() as read:
        assert _numbers(pages.fetched(read, 10)) == [2, 1]
        assert _numbers(pages.fetched(read, 1)) == [2]


def test_counts_by_state_and_reasons_of_refusal(database: Database) -> None:
    refused = [page(number, state=PageState.REFUSED, reason=reason) for number, reason in enumerate("bbac")]
    _add(database, *refused, page(10), page(11, state=PageState.DONE, reason="b"))
    with database.read() as read:
        assert pages.counts(read) == {PageState.PENDING: 1, PageState.DONE: 1, PageState.REFUSED: 4}
        assert pages.refused_reasons(read) == [("b", 2), ("a", 1), ("c", 1)]


def test_only_settled_pages_are_fetched_again(database: Database) -> None:
    states = [PageState.PENDING, PageState.FETCHED, PageState.DONE, PageState.REFUSED]
    given = [page(n, state=state, attempts=3, next_attempt_at=NOON, reason="r") for n, state in enumerate(states)]
    _add(database, *given, page(9, state=PageState.DONE))
    with database.transaction() as tx:
        pages.refresh(tx, [one.key for one in given])
        found = [pages.get(tx, one.key) for one in given]
        untouched = pages.get(tx, page(9).key)
    assert found == [*given[:2], page(2), page(3)]
    assert untouched == page(9, state=PageState.DONE)


def test_only_pages_whose_bytes_are_kept_are_extracted_again(database: Database) -> None:
    _add(
        database,
        page(1, state=PageState.DONE, blob="b1"),
        page(2, state=PageState.REFUSED, blob="b2", reason="too short"),
        page(3, state=PageState.REFUSED, reason="gone"),
        page(4, state=PageState.PENDING, blob="b4"),
    )
    with database.transaction() as tx:
        assert pages.reset_for_reprocess(tx) == 2
        assert sorted(_numbers(pages.fetched(tx, 10))) == [1, 2]
        assert pages.get(tx, page(2).key) == page(2, state=PageState.FETCHED, blob="b2")


def test_robots_are_kept_as_long_as_they_are_fresh(database: Database) -> None:
    one, two = "https://gazette.example", "https://herald.example"
    with database.transaction() as tx:
        pages.save_robots(tx, {one: "User-agent: *", two: "old"}, NOON - DAY)
        pages.save_robots(tx, {two: ""}, NOON)
        assert pages.robots_of(tx, [one, two], NOON - DAY) == {one: "User-agent: *", two: ""}
        assert pages.robots_of(tx, [one, two], NOON) == {two: ""}
        assert pages.robots_of(tx, [], NOON) == {}
