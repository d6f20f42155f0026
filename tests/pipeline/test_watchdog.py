"""The watch over a worker's jobs: reading and writing counts as going on; what hangs ends the worker."""

from octavo.adapters.watched import Watched
from octavo.pipeline.watchdog import end_when_stuck
from octavo.ports.database import Database
from octavo.ports.meter import Meter
from octavo.store import facts


def test_a_job_that_reads_and_writes_goes_on_and_one_that_does_not_is_named(database: Database) -> None:
    moment, ended = [0.0], list[str]()
    meter = Meter(lambda: moment[0])
    watched = Watched(database, meter)
    with meter.job("catch_up"):
        for _ in range(3):
            moment[0] += 50
            with watched.transaction() as tx:
                facts.set(tx, "a", "b")
            moment[0] += 50
            with watched.read() as view:
                assert facts.get(view, "a") == "b"
            assert not end_when_stuck(meter, 60, ended.extend)
        moment[0] += 61
        assert not end_when_stuck(meter, 0, ended.extend), "0 is never"
        assert end_when_stuck(meter, 60, ended.extend)
    assert ended == ["catch_up"]


def test_it_is_the_same_database(database: Database) -> None:
    watched = Watched(database, Meter())
    assert (watched.dialect, watched.schema()) == (database.dialect, database.schema())
    known, program = watched.schema()
    assert known == program != ""
