"""The steps as durable jobs of the chosen engine: queues, limits, retries, quarantine.

The engine is DBOS Transact (docs/decisions/0004-job-engine.md); nothing outside this file knows. What is still to
be done is written in Octavo's own tables; a job only says "look there", so a job too many does no harm and a job
that was lost is enqueued again by the sweep.
"""

import logging
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import (
    DBOS,
    ClientScheduleInput,
    DBOSClient,
    DBOSPortableJSONSerializer,
    EnqueueOptions,
    StepOptions,
    WorkflowStatus,
)
from dbos import error as dbos_error
from sqlalchemy import Engine as SqlEngine
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from octavo.domain.job import JobRow, JobState
from octavo.errors import OctavoError, StoreBusy
from octavo.pipeline.locks import Locks
from octavo.pipeline.plan import JobKind, JobPlan, check, cron, locks_of
from octavo.pipeline.seats import Seat, take_free_seat, take_seat
from octavo.ports.meter import sample
from octavo.ports.tools import Tools
from octavo.store.dialect import PARTS

_APPLICATION = "octavo"
_SCHEMA = "octavo_jobs"
# Pinned: by default the engine names its version after a hash of the code, and leaves jobs of other versions alone.
_VERSION = "1"
# A job that takes the whole process down with it is set aside after so many tries.
_MAX_CRASHES = 10
_KEEP_DONE = timedelta(hours=1)
_KEEP_FAILED = timedelta(days=14)
_TIDY_AT_ONCE = 1000
_TIDY = "tidy_jobs"
_ENQUEUE = "enqueue_scheduled"
_UNFINISHED = ["ENQUEUED", "DELAYED", "PENDING"]
_FAILED = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON")

_STATES: dict[str, JobState] = {"ENQUEUED": "waiting", "DELAYED": "later", "PENDING": "running"}


class _JobFailed(Exception):
    """What the engine is told when a step raised; its text is what `failed` shows."""

    def __init__(self, text: str, *, again: bool) -> None:
        super().__init__(text)
        self.again = again


class Engine:
    """The queue at `url` (sqlite:///… or postgresql://…); tables of its own, made when first needed.

    Every process may enqueue and look. `start` makes this one a worker as well; a process has one worker at most.
    """

    def __init__(self, url: str, plan: JobPlan, tools: Tools) -> None:
        self._url = url
        self._plan = plan
        self._tools = tools
        self._kinds = {kind.name: kind for kind in plan.kinds}
        check(plan, self._kinds)
        _keep_quiet()
        self._sql = _open(url)
        DBOS.migrate(url, schema=_SCHEMA)
        self._client = DBOSClient(
            system_database_engine=self._sql,
            dbos_system_schema=_SCHEMA,
            serializer=DBOSPortableJSONSerializer(),
            application_name=_APPLICATION,
        )
        self._seat: Seat | None = None
        self._locks = Locks(url)

    def start(self) -> None:
        """Take up what was cut off, and begin to work. Raises StoreBusy when no worker's seat is free."""
        self._seat = take_free_seat(self._url)
        self._forget_unknown_kinds()
        DBOS(
            config={
                "name": _APPLICATION,
                "system_database_url": self._url,
                "system_database_engine": self._sql,
                "dbos_system_schema": _SCHEMA,
                "serializer": DBOSPortableJSONSerializer(),
                "application_version": _VERSION,
                "executor_id": _worker_name(self._seat.number),
                "log_level": "WARNING",
                "enable_otlp": False,
            }
        )
        for kind in self._plan.kinds:
            self._register(kind)
        self._register_own()
        DBOS.launch()
        for queue, limit in self._plan.concurrency.items():
            DBOS.register_queue(
                queue,
                worker_concurrency=limit,
                polling_interval_sec=self._plan.unhurried.get(queue, self._plan.polling_s),
                on_conflict="always_update",
            )
        self._schedule()
        self._take_up_orphans()

    def ask_for(self, kind: str) -> None:
        """Have a kind without a subject done, where it does not wait already; what is shared, by every worker."""
        if not self._kinds[kind].shared:
            self.enqueue(kind, key="")
            return
        workers = min(max(1, self._plan.workers()), PARTS)
        for number in range(workers):
            self.enqueue(kind, (str(number), str(workers)), key=str(number) if number else "")

    def enqueue(
        self, kind: str, subject: tuple[str, ...] = (), *, key: str, not_before: datetime | None = None
    ) -> bool:
        """Add a job, or return False when one of the same kind and key is waiting or running.

        `not_before` is compared with the clock of this machine; the engine counts in seconds from now.
        """
        options: EnqueueOptions = {
            "workflow_name": kind,
            "queue_name": self._kinds[kind].queue,
            "app_version": _VERSION,
            "deduplication_id": f"{kind} {key}",
            "attributes": {"key": key},
        }
        if not_before is not None:
            wait = (not_before - self._tools.now()).total_seconds()
            if wait > 0:
                options["delay_seconds"] = wait
        try:
            self._client.enqueue(options, *subject)
        except dbos_error.DBOSQueueDeduplicatedError:
            return False
        return True

    def waiting(self, limit: int = 1000) -> list[JobRow]:
        """The jobs that are not finished, oldest first: waiting, put off until later, or running."""
        return self._rows(_UNFINISHED, limit)

    def failed(self, limit: int = 1000) -> list[JobRow]:
        """The quarantine, oldest first: jobs that were tried as often as their kind says, or may not be retried."""
        return self._rows(_FAILED, limit)

    def figures(self) -> dict[str, float]:
        """Count the jobs that are not finished, by kind and state, and those in quarantine."""
        found: dict[str, float] = {"jobs_quarantined": len(self.failed())}
        for row in self.waiting():
            key = sample("jobs_waiting", kind=row.kind, state=row.state)
            found[key] = found.get(key, 0) + 1
        return found

    def retry(self, job_id: str) -> bool:
        """Enqueue a failed job again and take it out of quarantine; False when there is no such job."""
        rows = self._client.list_workflows(workflow_ids=[job_id], status=_FAILED, name=list(self._kinds))
        for row in map(_row, rows):
            self.enqueue(row.kind, row.subject, key=row.key)
            self._client.delete_workflows([row.id])
        return bool(rows)

    def tidy(self) -> None:
        """Take up the jobs of dead workers and forget old ones; some worker does so every minute."""
        self._take_up_orphans()
        self._forget(["SUCCESS", "CANCELLED"], _KEEP_DONE)
        self._forget(_FAILED, _KEEP_FAILED)

    def stop(self, timeout: float = 10.0) -> None:
        """Take no new job, give those that run `timeout` seconds to end, let go. What is cut off is done later."""
        if self._seat is not None:
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=round(timeout))
            self._seat.leave()
            self._seat = None
        self._locks.close()
        self._client.destroy()
        self._sql.dispose()

    def _rows(self, states: list[str], limit: int) -> list[JobRow]:
        """List jobs. Raises StoreBusy: whoever says that this process is there must not end where the queue is away."""
        try:
            found = self._client.list_workflows(
                status=states, name=list(self._kinds), limit=limit, load_output=True, application_name=_APPLICATION
            )
        except (SQLAlchemyError, dbos_error.DBOSException) as error:
            raise StoreBusy("the queue's database does not answer") from error
        return [_row(status) for status in found]

    def _register(self, kind: JobKind) -> None:
        """Tell the engine how to run a kind: one step of one workflow, retried with back-off."""
        tools = self._tools
        options: StepOptions = {
            "name": kind.name,
            "retries_allowed": kind.max_attempts > 1,
            "max_attempts": kind.max_attempts,
            "interval_seconds": kind.backoff_s,
            "backoff_rate": 2.0,
            "should_retry": lambda error: isinstance(error, _JobFailed) and error.again,
        }

        def job(*subject: str) -> None:
            try:
                DBOS.run_step(options, self._alone, kind, tools, subject)
            except dbos_error.DBOSMaxStepRetriesExceeded as exceeded:
                raise exceeded.errors[-1] from None

        DBOS.workflow(name=kind.name, max_recovery_attempts=_MAX_CRASHES)(job)

    def _alone(self, kind: JobKind, tools: Tools, subject: tuple[str, ...]) -> None:
        """Run the step once, unless another worker is at it: a job taken up from the dead bars no second one."""
        names = locks_of(kind, subject)
        try:
            taken = self._locks.take(names)
        except StoreBusy as error:
            raise _JobFailed(str(error), again=True) from error
        try:
            if taken:
                _try(kind, tools, tuple(names[name] for name in taken) if kind.shared else subject)
        finally:
            self._locks.leave(taken)

    def _schedule(self) -> None:
        """Make the engine's schedules those of the plan, and its own tidying."""
        entries: list[ClientScheduleInput] = [
            {"schedule_name": _TIDY, "workflow_name": _TIDY, "schedule": "* * * * *", "context": None}
        ]
        for when, kind in self._plan.schedules:
            entries.append(
                {
                    "schedule_name": f"{kind} every {when}",
                    "workflow_name": _ENQUEUE,
                    "schedule": cron(when),
                    "context": kind,
                }
            )
        wanted = {entry["schedule_name"] for entry in entries}
        for old in self._client.list_schedules():
            if old["schedule_name"] not in wanted:
                self._client.delete_schedule(old["schedule_name"])
        self._client.apply_schedules(entries)

    def _register_own(self) -> None:
        """The engine's two jobs of its own: enqueue what a schedule says, and tidy up."""

        def enqueue_scheduled(_at: str, kind: str) -> None:
            self.ask_for(kind)

        def tidy(_at: str, _context: None) -> None:
            self.tidy()

        DBOS.workflow(name=_ENQUEUE)(enqueue_scheduled)
        DBOS.workflow(name=_TIDY)(tidy)

    def _take_up_orphans(self) -> None:
        """Enqueue again what dead workers were at. A worker whose seat can be taken is dead."""
        running = self._client.list_workflows(status="PENDING", load_input=False, application_name=_APPLICATION)
        numbers = {_seat_number(job.executor_id) for job in running}
        for number in numbers - {self._seat.number if self._seat else None, None}:
            seat = take_seat(self._url, number or 0)
            if seat is None:
                continue
            for job in running:
                if _seat_number(job.executor_id) == number:
                    self._client.resume_workflows([job.workflow_id], queue_name=job.queue_name)
            seat.leave()

    def _forget(self, states: list[str], keep: timedelta) -> None:
        """Delete jobs that ended longer ago than `keep`."""
        before = (self._tools.now() - keep).isoformat()
        while True:
            old = self._client.list_workflows(
                status=states, completed_before=before, limit=_TIDY_AT_ONCE, load_input=False, load_output=False
            )
            self._client.delete_workflows([job.workflow_id for job in old])
            if len(old) < _TIDY_AT_ONCE:
                return

    def _forget_unknown_kinds(self) -> None:
        """Delete unfinished jobs of kinds that no longer are: nothing could run them."""
        known = {*self._kinds, _TIDY, _ENQUEUE}
        unfinished = self._client.list_workflows(status=_UNFINISHED, load_input=False, application_name=_APPLICATION)
        self._client.delete_workflows([job.workflow_id for job in unfinished if job.name not in known])


def _try(kind: JobKind, tools: Tools, subject: tuple[str, ...]) -> None:
    """Run the step once: the program's one catch-all."""
    try:
        with tools.meter.job(kind.name), tools.tracer.span(f"job {kind.name}"):
            kind.run(tools, subject)
    except OctavoError as error:
        raise _JobFailed(str(error), again=error.retry == "later") from error
    except Exception as error:
        raise _JobFailed("".join(traceback.format_exception(error)), again=False) from error


def _open(url: str) -> SqlEngine:
    """Connect to the queue's database; SQLite in WAL mode, writing under BEGIN IMMEDIATE."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        return create_engine(
            place.set(drivername="postgresql+psycopg"),
            pool_size=5,
            max_overflow=30,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    engine = create_engine(place, pool_size=5, max_overflow=30, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _keep_quiet() -> None:
    """Let the engine's log lines go where the program's go: without a handler it would add one to the console."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _worker_name(seat: int) -> str:
    return f"worker-{seat}"


def _seat_number(worker: str | None) -> int | None:
    number = (worker or "").removeprefix("worker-")
    return int(number) if number.isdecimal() else None


def _row(status: WorkflowStatus) -> JobRow:
    """What the engine knows of a job, in Octavo's words."""
    subject = status.input["args"] if status.input else ()
    return JobRow(
        id=status.workflow_id,
        kind=status.name,
        subject=tuple(str(part) for part in subject),
        key=str((status.attributes or {}).get("key", "")),
        queue=status.queue_name or "",
        state=_STATES.get(status.status, "failed"),
        enqueued_at=_utc(status.created_at or 0),
        not_before=_utc(status.delay_until_epoch_ms) if status.delay_until_epoch_ms else None,
        error=str(status.error) if status.error else None,
    )


def _utc(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
