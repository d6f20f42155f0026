"""What processes say of themselves."""

from datetime import UTC, datetime, timedelta

from octavo.domain.vitals import Vitals
from octavo.ports.database import Database
from octavo.store import vitals

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(process: str, kind: str, ago: int, **figures: float) -> Vitals:
    moment = NOW - timedelta(seconds=ago)
    return Vitals(process, kind, NOW - timedelta(hours=1), moment, figures)  # type: ignore[arg-type]


def test_the_newest_word_of_each_process_is_kept(database: Database) -> None:
    with database.transaction() as tx:
        for one in (said("web@a:1", "web", 90, x=1), said("web@a:1", "web", 5, x=2), said("work@a:2", "work", 70)):
            vitals.save(tx, one)
    with database.read() as view:
        assert vitals.all(view) == [said("web@a:1", "web", 5, x=2), said("work@a:2", "work", 70)]
        heard = vitals.last_heard(view)
    assert heard == {"web": NOW - timedelta(seconds=5), "work": NOW - timedelta(seconds=70)}


def test_who_ends_is_forgotten_and_who_is_long_gone(database: Database) -> None:
    with database.transaction() as tx:
        for one in (said("a", "web", 1), said("b", "work", 2), said("c", "web", 900_000)):
            vitals.save(tx, one)
        vitals.forget(tx, "a")
        assert vitals.forget_before(tx, NOW - timedelta(days=7)) == 1
    with database.read() as view:
        assert [one.process for one in vitals.all(view)] == ["b"]


def test_a_clock_set_back_makes_nobody_silent() -> None:
    assert said("a", "web", 30).heard(NOW)
    assert said("a", "web", -3600).heard(NOW)
    assert not said("a", "web", 61).heard(NOW)
