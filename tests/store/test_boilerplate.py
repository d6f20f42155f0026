"""Lines that publishers repeat: counted, forgotten when rare, and what the owner said of them stays."""

from dataclasses import replace
from typing import Any

from octavo.domain.boilerplate import RepeatedLine, Topic
from octavo.domain.page import PageState
from octavo.ports.database import Database
from octavo.store import boilerplate, pages, publishers
from octavo.store.boilerplate import Dropped

from .examples import DAY, GAZETTE, HERALD, NOON, page, publisher

WIDTH, MOST = 10, 100


def line(key: int, **given: Any) -> RepeatedLine:
    made = RepeatedLine(
        GAZETTE, key, text=f"line {key}", pages=3, of_pages=7, first_seen_at=NOON, last_seen_at=NOON + DAY, since=2,
        likely=0.4, about=0.125, heads=1, topics=(Topic(frozenset({7, 1 << 23}), frozenset({5})), Topic()),
    )  # fmt: skip
    return replace(made, **given)


def _know(database: Database) -> None:
    with database.transaction() as tx:
        publishers.save(tx, [publisher(), publisher(HERALD)])


def test_lines_come_back_as_they_were_given_most_frequent_first(database: Database) -> None:
    _know(database)
    large = (1 << 63) - 1
    given = [line(large), line(2, pages=9), line(3, pages=1, text=""), line(4, publisher_id=HERALD)]
    with database.transaction() as tx:
        boilerplate.save(tx, GAZETTE, 12, given)
        assert boilerplate.lines_of(tx, GAZETTE) == [given[1], given[0]]
        assert boilerplate.known(tx, GAZETTE, [large, 3, 4, 5]) == {large: given[0], 3: given[2]}
        assert boilerplate.pages_counted(tx, GAZETTE) == 12
        assert boilerplate.pages_counted(tx, HERALD) == 0


def test_what_is_learned_is_dropped_and_the_owners_word_outweighs_it_for_ever(database: Database) -> None:
    _know(database)
    with database.transaction() as tx:
        boilerplate.save(tx, GAZETTE, 12, [line(1, learned=True), line(2, learned=True), line(3), line(4)])
        boilerplate.save(tx, HERALD, 1, [line(1, publisher_id=HERALD)])
        assert boilerplate.dropped(tx, [GAZETTE, HERALD]) == {GAZETTE: Dropped(frozenset({1, 2}))}
        boilerplate.set_kept(tx, line(1, learned=True, kept=True))
        boilerplate.set_kept(tx, line(3, kept=False))
        boilerplate.set_kept(tx, line(9, pages=0, kept=False))
        boilerplate.save(tx, GAZETTE, 13, [line(1, pages=8, learned=True), line(3, pages=1)])
        assert boilerplate.dropped(tx, [GAZETTE, HERALD]) == {GAZETTE: Dropped(frozenset({2}), frozenset({3, 9}))}
        assert [(one.key, one.kept) for one in boilerplate.lines_of(tx, GAZETTE)] == [
            (1, True), (2, None), (4, None), (3, False), (9, False),
        ]  # fmt: skip


def test_rare_lines_are_forgotten_but_not_what_counts(database: Database) -> None:
    _know(database)
    given = [
        line(1, pages=2, since=0),
        line(2, pages=2, since=19),
        line(3, pages=1, since=0, learned=True),
        line(4, pages=3, since=0),
        line(5, pages=1, since=0, publisher_id=HERALD),
    ]
    with database.transaction() as tx:
        boilerplate.save(tx, GAZETTE, 20, given)
        boilerplate.set_kept(tx, line(6, pages=0, since=0, kept=True))
        boilerplate.forget_rare(tx, GAZETTE, 20, WIDTH, MOST)
        assert set(boilerplate.known(tx, GAZETTE, range(9))) == {2, 3, 4, 6}
        assert set(boilerplate.known(tx, HERALD, range(9))) == {5}


def test_there_is_room_for_so_many_lines_and_the_strongest_stay(database: Database) -> None:
    _know(database)
    many = [line(number, pages=number) for number in range(10, 20)]
    with database.transaction() as tx:
        boilerplate.save(tx, GAZETTE, 20, [*many, line(1, pages=4, learned=True)])
        boilerplate.set_kept(tx, line(2, pages=0, kept=False))
        boilerplate.forget_rare(tx, GAZETTE, 0, WIDTH, 3)
        assert set(boilerplate.known(tx, GAZETTE, range(30))) == {1, 2, 18, 19}


def test_a_page_remembers_when_it_was_read_and_can_be_read_again(database: Database) -> None:
    _know(database)
    done = [page(number, state=PageState.DONE, blob=blob) for number, blob in enumerate(["a", "", "c"])]
    waiting = page(3, state=PageState.PENDING, blob="d")
    keys = [one.key for one in [*done, waiting]]
    with database.transaction() as tx:
        pages.add(tx, [*done, waiting])
        assert pages.read_times(tx, keys) == {}
        pages.mark_read(tx, keys[:2], NOON)
        pages.save(tx, done)
        assert pages.read_times(tx, keys) == dict.fromkeys(keys[:2], NOON)
        assert pages.read_again(tx, [*keys, keys[0]]) == 2
        assert {one.key for one in pages.fetched(tx, 9)} == {keys[0], keys[2]}
