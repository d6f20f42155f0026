"""The meter: counts, what is asked for, jobs and those that hang."""

import threading

import pytest

from octavo.errors import StoreBusy
from octavo.ports.meter import Meter, sample


def test_a_sample_names_its_labels_whatever_they_hold() -> None:
    assert sample("articles") == "articles"
    assert sample("errors_total", code='a "b"\n\\c') == 'errors_total{code="a \\"b\\"\\n\\\\c"}'


def test_counts_add_up_over_threads() -> None:
    meter = Meter()

    def work() -> None:
        for _ in range(500):
            meter.count("x", kind="a")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert meter.figures() == {'x{kind="a"}': 4000}


def test_what_cannot_be_had_is_left_out() -> None:
    def busy() -> dict[str, float]:
        raise StoreBusy("not now")

    meter = Meter()
    meter.ask(busy)
    meter.ask(lambda: {"y": 2.0})
    assert meter.figures() == {"y": 2.0}


def test_jobs_are_measured_however_they_end() -> None:
    moment = [0.0]
    meter = Meter(lambda: moment[0])
    with meter.job("tidy"):
        moment[0] = 3.0
        assert meter.figures()['job_running_seconds{kind="tidy"}'] == 3.0

    def fail() -> None:
        with meter.job("tidy"):
            moment[0] = 5.0
            raise StoreBusy("not now")

    with pytest.raises(StoreBusy):
        fail()
    assert meter.figures() == {
        'job_seconds_total{kind="tidy"}': 5.0,
        'jobs_total{kind="tidy",outcome="done"}': 1,
        'jobs_total{kind="tidy",outcome="failed"}': 1,
        'errors_total{code="StoreBusy"}': 1,
    }


def test_a_job_hangs_that_gets_nothing_done_and_no_other() -> None:
    moment = [0.0]
    meter = Meter(lambda: moment[0])
    with meter.job("poll_feeds"):
        moment[0] = 100.0
        meter.moved()
        moment[0] = 150.0
        assert meter.stuck(60) == []
        moment[0] = 161.0
        assert meter.stuck(60) == ["poll_feeds"]
    assert meter.stuck(60) == []
    meter.moved()
