"""The job engine: queues, limits, retries, quarantine, and what a killed worker leaves behind."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy.exc import PendingRollbackError

from octavo.errors import NotAnArticle, SettingsError, StoreBusy
from octavo.pipeline.jobs import Engine
from octavo.pipeline.plan import JobKind, JobPlan, locks_of
from octavo.ports.meter import Meter
from octavo.ports.tools import Tools
from octavo.ports.tracer import NoTracer, Tracer
from octavo.store.dialect import PARTS
from running import PATIENCE_S

WORKER = Path(__file__).with_name("job_worker.py")


@dataclass
class FakeTools:
    """What a test's job may see and leave behind."""

    seen: list[tuple[str, ...]] = field(default_factory=list)
    running: list[int] = field(default_factory=lambda: [0, 0])
    open: bool = True
    ahead: timedelta = timedelta(0)
    meter: Meter = field(default_factory=Meter)
    tracer: Tracer = field(default_factory=NoTracer)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def see(tools: Any, subject: tuple[str, ...]) -> None:
    tools.seen.append(subject)
    tools.running[0] += 1
    tools.running[1] = max(tools.running)
    until(lambda: tools.open)
    tools.running[0] -= 1


def be_busy_once(tools: Any, subject: tuple[str, ...]) -> None:
    tools.seen.append(subject)
    if len(tools.seen) == 1:
        raise StoreBusy("another writer holds the database")


def be_busy(tools: Any, subject: tuple[str, ...]) -> None:
    tools.seen.append(subject)
    raise StoreBusy("another writer holds the database")


def refuse(tools: Any, subject: tuple[str, ...]) -> None:
    tools.seen.append(subject)
    raise NotAnArticle("a page of links")


def break_down(tools: Any, subject: tuple[str, ...]) -> None:
    tools.seen.append(subject)
    raise ZeroDivisionError("a bug")


KINDS = tuple(
    JobKind(run.__name__, run, "work", max_attempts=2, backoff_s=0.05)
    for run in (see, be_busy_once, be_busy, refuse, break_down)
)


def until(condition: Callable[[], object], limit_s: float = PATIENCE_S) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.sqlite"
    server = request.getfixturevalue("postgres_server")
    name = f"jobs_{time.monotonic_ns()}"
    server.run(f"CREATE DATABASE {name}")
    return str(server.url(name)).replace("+psycopg", "")


@contextmanager
def engine(url: str, tools: FakeTools, **more: Any) -> Iterator[Engine]:
    plan = JobPlan(kinds=KINDS, concurrency={"work": more.pop("limit", 2)}, polling_s=0.05, **more)
    opened = Engine(url, plan, cast("Tools", tools))
    try:
        yield opened
    finally:
        tools.open = True
        opened.stop(timeout=0)


def test_a_job_runs_with_its_subject_and_leaves_the_queue(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    tools = FakeTools()
    with engine(url, tools) as jobs:
        assert jobs.enqueue("see", ("feed", "7"), key="7")
        jobs.start()
        until(lambda: not jobs.waiting())
        assert tools.seen == [("feed", "7")]
        assert jobs.failed() == []
    assert capfd.readouterr() == ("", ""), "the engine prints nothing of its own"


def test_one_unfinished_job_per_kind_and_key(url: str) -> None:
    tools = FakeTools(open=False)
    with engine(url, tools) as jobs:
        assert jobs.enqueue("see", ("a",), key="a")
        assert not jobs.enqueue("see", ("a",), key="a")
        assert jobs.enqueue("refuse", ("a",), key="a"), "another kind has keys of its own"
        jobs.start()
        until(lambda: tools.seen.count(("a",)) == 2)
        assert not jobs.enqueue("see", ("a",), key="a"), "a job that runs still holds its key"
        tools.open = True
        until(lambda: not jobs.waiting())
        assert jobs.enqueue("see", ("a",), key="a")


def test_a_queue_runs_no_more_at_once_than_its_limit(url: str) -> None:
    tools = FakeTools(open=False)
    with engine(url, tools, limit=2) as jobs:
        for number in range(5):
            jobs.enqueue("see", (str(number),), key=str(number))
        jobs.start()
        until(lambda: tools.running[0] == 2)
        time.sleep(0.3)
        assert sorted(row.state for row in jobs.waiting()) == ["running"] * 2 + ["waiting"] * 3
        tools.open = True
        until(lambda: not jobs.waiting())
        assert len(tools.seen) == 5
        assert tools.running[1] == 2


def test_a_kind_with_one_subject_is_run_once_at_a_time_whatever_its_keys(url: str) -> None:
    tools = FakeTools(open=False)
    with engine(url, tools) as jobs:
        for key in ("first", "taken up from the dead"):
            assert jobs.enqueue("see", ("a",), key=key)
        assert jobs.enqueue("see", ("b",), key="b")
        jobs.start()
        until(lambda: len(jobs.waiting()) == 2)
        tools.open = True
        until(lambda: not jobs.waiting())
    assert sorted(tools.seen) == [("a",), ("b",)]


def test_what_is_shared_is_asked_of_every_worker_and_each_part_done_once(url: str) -> None:
    tools = FakeTools()
    kinds = (*KINDS, JobKind("share", see, "work", shared=True))
    jobs = Engine(url, JobPlan(kinds, {"work": 2}, polling_s=0.05, workers=lambda: 3), cast("Tools", tools))
    try:
        jobs.ask_for("share")
        jobs.ask_for("share")
        jobs.ask_for("see")
        assert len(jobs.waiting()) == 4
        jobs.start()
        until(lambda: not jobs.waiting())
    finally:
        jobs.stop(timeout=0)
    parts = sorted(int(part) for seen in tools.seen for part in seen)
    assert parts == [*range(PARTS)]
    assert len(tools.seen) == 4


def test_a_worker_leaves_alone_the_parts_that_another_is_at(url: str) -> None:
    tools = FakeTools()
    with engine(url, tools, workers=lambda: 1) as jobs:
        busy = locks_of(JobKind("see", see, "work", shared=True), ("1", "2"))
        assert len(busy) == PARTS / 2
        jobs.start()
        held = jobs._locks.take(busy)
        assert len(held) == PARTS / 2
        assert jobs._locks.take(locks_of(JobKind("see", see, "work", shared=True), ())) == [
            f"see {part}" for part in range(0, PARTS, 2)
        ]


def test_a_job_may_wait_until_later(url: str) -> None:
    tools = FakeTools()
    with engine(url, tools) as jobs:
        when = tools.now() + timedelta(seconds=1.5)
        jobs.enqueue("see", ("x",), key="x", not_before=when)
        (row,) = jobs.waiting()
        assert row.state == "later"
        assert row.not_before is not None
        assert abs(row.not_before - when) < timedelta(seconds=0.5)
        jobs.start()
        until(lambda: tools.seen)
        assert tools.now() >= when


def test_an_error_that_may_pass_is_tried_again(url: str) -> None:
    tools = FakeTools()
    with engine(url, tools) as jobs:
        jobs.enqueue("be_busy_once", ("x",), key="x")
        jobs.start()
        until(lambda: not jobs.waiting())
        assert tools.seen == [("x",), ("x",)]
        assert jobs.failed() == []


@pytest.mark.parametrize(
    ("kind", "tries", "said"),
    [
        ("be_busy", 2, "another writer holds the database"),
        ("refuse", 1, "a page of links"),
        ("break_down", 1, "ZeroDivisionError: a bug"),
    ],
)
def test_what_fails_for_good_is_kept_with_its_reason_and_can_be_retried(
    url: str, kind: str, tries: int, said: str
) -> None:
    tools = FakeTools()
    with engine(url, tools) as jobs:
        jobs.enqueue(kind, ("x", "y"), key="k")
        jobs.start()
        until(jobs.failed)
        (row,) = jobs.failed()
        assert (row.kind, row.subject, row.key, row.state) == (kind, ("x", "y"), "k", "failed")
        assert said in (row.error or "")
        assert len(tools.seen) == tries
        assert jobs.retry(row.id)
        until(lambda: len(tools.seen) == 2 * tries and jobs.failed())
        assert not jobs.retry(row.id), "it left the quarantine when it was retried"


def test_a_schedule_enqueues_its_kind(url: str) -> None:
    tools = FakeTools()
    with engine(url, tools, schedules=((1, "see"),)) as jobs:
        jobs.start()
        until(lambda: len(tools.seen) >= 2)
        assert set(tools.seen) == {()}


def test_a_queue_that_is_away_is_busy_and_its_figures_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = FakeTools()
    with engine(f"sqlite:///{tmp_path}/jobs.sqlite", tools) as jobs:

        def away(**_: object) -> None:
            raise PendingRollbackError("the server was killed in the middle of this")

        monkeypatch.setattr(jobs._client, "list_workflows", away)
        with pytest.raises(StoreBusy):
            jobs.waiting()
        tools.meter.ask(jobs.figures)
        assert "jobs_quarantined" not in tools.meter.figures()


def test_finished_jobs_are_forgotten_after_a_while(tmp_path: Path) -> None:
    tools = FakeTools()
    with engine(f"sqlite:///{tmp_path}/jobs.sqlite", tools) as jobs:
        for number in range(3):
            jobs.enqueue("see", key=str(number))
        jobs.enqueue("refuse", key="x")
        jobs.start()
        until(lambda: not jobs.waiting())
        with sqlite3.connect(tmp_path / "jobs.sqlite") as tables:
            kept = "SELECT count(*) FROM workflow_status WHERE name IN ('see', 'refuse')"
            assert tables.execute(kept).fetchone() == (4,)
            tools.ahead = timedelta(hours=2)
            jobs.tidy()
            assert tables.execute(kept).fetchone() == (1,), "what failed is kept longer"
            tools.ahead = timedelta(days=15)
            jobs.tidy()
            assert tables.execute(kept).fetchone() == (0,)
        tables.close()


def test_a_plan_that_could_never_run_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/jobs.sqlite"
    tools = cast("Tools", FakeTools())
    with pytest.raises(SettingsError, match="no concurrency"):
        Engine(url, JobPlan(kinds=KINDS, concurrency={}), tools)
    with pytest.raises(SettingsError, match="does not exist"):
        Engine(url, JobPlan(kinds=KINDS, concurrency={"work": 1}, schedules=((60, "nothing"),)), tools)
    with pytest.raises(SettingsError, match="7 seconds"):
        Engine(url, JobPlan(kinds=KINDS, concurrency={"work": 1}, schedules=((7, "see"),)), tools)


@contextmanager
def workers(url: str, notes: Path, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Real worker processes, killed in the end."""
    started = [subprocess.Popen([sys.executable, str(WORKER), url, str(notes)]) for _ in range(count)]
    try:
        yield started
    finally:
        for worker in started:
            worker.kill()
            worker.wait()


def enqueue_slow(url: str, name: str) -> None:
    """Enqueue from a process that is no worker, as `octavo serve` does."""
    jobs = Engine(
        url,
        JobPlan(kinds=(JobKind("slow", see, "work"),), concurrency={"work": 2}),
        cast("Tools", FakeTools()),
    )
    jobs.enqueue("slow", (name,), key=name)
    jobs.stop(timeout=0)


def test_a_job_cut_off_by_kill_9_is_done_after_a_restart(url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.touch()
    enqueue_slow(url, "hang")
    with workers(url, notes, 1) as killed:
        until(lambda: "start hang" in notes.read_text("utf-8"))
        killed[0].kill()
    with workers(url, notes, 1):
        until(lambda: "end hang" in notes.read_text("utf-8"))
    assert notes.read_text("utf-8").splitlines() == ["start hang", "start hang", "end hang"]


def test_a_worker_takes_up_the_jobs_of_all_dead_workers_and_of_no_living_one(url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.touch()
    names = [f"hang {number}" for number in range(6)]  # two each for three workers
    for name in names:
        enqueue_slow(url, name)
    with workers(url, notes, 3) as three:
        until(lambda: notes.read_text("utf-8").count("start") == 6)
        for worker in three[:2]:
            worker.kill()
            worker.wait()
        with workers(url, notes, 1):
            until(lambda: notes.read_text("utf-8").count("end") == 4)
            time.sleep(1)
    said = notes.read_text("utf-8")
    assert sorted(said.count(f"start {name}") for name in names) == [1, 1, 2, 2, 2, 2]
    assert sorted(said.count(f"end {name}") for name in names) == [0, 0, 1, 1, 1, 1]
