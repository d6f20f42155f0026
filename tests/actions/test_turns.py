"""Turns at hosts among processes: one at a time, by one table, on each database; whoever dies loses them."""

import threading
from datetime import UTC, datetime, timedelta

from octavo.actions.turns import KeptTurns
from octavo.ports.database import Database
from octavo.store import host_turns

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOSTS = ["a.example:443", "b.example:443", "c.example:80"]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_a_host_is_one_processs_until_it_gives_it_back_and_the_pause_is_over(database: Database) -> None:
    clock = Clock()
    one, other = KeptTurns(database, clock), KeptTurns(database, clock)
    assert not one.take(HOSTS[:2], 40).refused
    assert other.take(HOSTS, 40).refused == {HOSTS[0]: 40, HOSTS[1]: 40}, "what is free is given beside what is not"
    clock.on(10)
    one.give_back({HOSTS[0]: 1.5})
    assert other.take(HOSTS[:2], 40).refused == {HOSTS[0]: 1.5, HOSTS[1]: 30}
    clock.on(1.5)
    assert other.take(HOSTS[:1], 40).refused == {}
    assert one.take(HOSTS[:1], 40).refused == {HOSTS[0]: 40}
    other.give_back({HOSTS[1]: 0})
    assert other.take(HOSTS[1:2], 40).refused == {HOSTS[1]: 28.5}, "nobody gives back what another has"


def test_a_turn_that_is_kept_lasts_and_one_of_the_dead_lapses(database: Database) -> None:
    clock = Clock()
    living, dead, other = (KeptTurns(database, clock) for _ in range(3))
    assert not living.take(HOSTS[:1], 40).refused
    assert not dead.take(HOSTS[1:2], 40).refused
    clock.on(30)
    assert not living.take(HOSTS[:1], 40).refused
    clock.on(10)
    assert other.take(HOSTS[:2], 40).refused == {HOSTS[0]: 30}
    assert dead.take(HOSTS[1:2], 40).refused == {HOSTS[1]: 40}, "who comes back late has lost it"


def test_who_has_a_host_is_told_that_another_waits(database: Database) -> None:
    clock = Clock()
    one, other = KeptTurns(database, clock), KeptTurns(database, clock)
    one.take(HOSTS, 40)
    assert one.take(HOSTS, 40).wanted == frozenset()
    other.take(HOSTS[:1], 40)
    assert one.take(HOSTS, 40).wanted == {HOSTS[0]}
    one.give_back({HOSTS[0]: 0})
    assert not other.take(HOSTS[:1], 40).refused
    assert other.take(HOSTS[:1], 40).wanted == frozenset(), "the wish is fulfilled"


def test_a_clock_that_was_ahead_holds_nobody_up(database: Database) -> None:
    clock = Clock()
    one, other = KeptTurns(database, clock), KeptTurns(database, clock)
    one.take(HOSTS, 40)
    clock.on(-3600)
    assert not other.take(HOSTS, 40).refused


def test_many_at_once_get_each_host_once(database: Database) -> None:
    clock, hosts = Clock(), [f"{number}.example:443" for number in range(60)]
    got: list[set[str]] = [set() for _ in range(4)]
    start = threading.Barrier(len(got))

    def ask(number: int) -> None:
        turns = KeptTurns(database, clock)
        start.wait()
        mine = hosts[number * 11 :] + hosts[: number * 11]
        got[number] = set(mine) - set(turns.take(mine, 40).refused)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(got))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(map(len, got)) == len(set().union(*got)) == len(hosts)


def test_hosts_nobody_asks_any_more_are_forgotten(database: Database) -> None:
    clock = Clock()
    KeptTurns(database, clock).take(HOSTS, 40)
    with database.transaction() as tx:
        assert host_turns.forget(tx, NOW + timedelta(hours=23)) == 0
        assert host_turns.forget(tx, NOW + timedelta(hours=25)) == len(HOSTS)
