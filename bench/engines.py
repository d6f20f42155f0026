"""The job engines that `bench/jobs.py` measures, each behind the same three calls."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar


class Engine:
    """A candidate. `open` imports and connects, `enqueue` adds a job, `work` begins to run."""

    package: ClassVar[str]

    def open(self, url: str, job: Callable[[str], None], workers: int) -> None:
        raise NotImplementedError

    def enqueue(self, subject: str) -> None:
        raise NotImplementedError

    def work(self) -> None:
        raise NotImplementedError


class Dbos(Engine):
    """DBOS Transact with the settings Octavo would use: WAL, a pinned version, no console."""

    package = "dbos"
    polling_s = 0.2

    def open(self, url: str, job: Callable[[str], None], workers: int) -> None:
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        self.dbos = import_module("dbos")
        self.workers = workers
        config = {
            "name": "octavo",
            "system_database_url": url,
            "application_version": "1",
            "executor_id": "bench",
            "log_level": "ERROR",
        }
        if url.startswith("sqlite"):
            config["system_database_engine"] = wal_engine(url)
        self.dbos.DBOS(config=config)

        def run(subject: str) -> None:
            job(subject)

        self.run = self.dbos.DBOS.workflow(name="job")(run)
        self.dbos.DBOS.listen_queues(["work"])
        self.dbos.DBOS.launch()

    def enqueue(self, subject: str) -> None:
        options = {"workflow_name": "job", "queue_name": "work", "app_version": "1"}
        self.dbos.DBOS.enqueue_workflow_with_options({**options, "deduplication_id": subject}, subject)

    def work(self) -> None:
        self.dbos.DBOS.register_queue("work", worker_concurrency=self.workers, polling_interval_sec=self.polling_s)


class DbosWide(Dbos):
    """The same, with no limit on how many one poll takes: the engine's best speed."""

    def work(self) -> None:
        self.dbos.DBOS.register_queue("work", worker_concurrency=64, polling_interval_sec=0.2)


def wal_engine(url: str) -> Any:
    """An SQLAlchemy engine on SQLite in WAL mode, writing under BEGIN IMMEDIATE."""
    sqlalchemy = import_module("sqlalchemy")
    engine = sqlalchemy.create_engine(url, pool_size=8, max_overflow=8)

    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    sqlalchemy.event.listen(engine, "connect", prepare)
    return engine


class Huey(Engine):
    """huey: takes a job off the table before it runs it."""

    package = "huey"

    def open(self, url: str, job: Callable[[str], None], workers: int) -> None:
        huey = import_module("huey")
        if url.startswith("sqlite"):
            self.huey = huey.SqliteHuey("octavo", filename=url.removeprefix("sqlite:///"), results=False)
        else:
            self.huey = huey.PostgresHuey("octavo", dsn=url, results=False)
        self.task = self.huey.task(name="job")(job)
        self.workers = workers

    def enqueue(self, subject: str) -> None:
        self.task(subject)

    def work(self) -> None:
        consumer = self.huey.create_consumer(workers=self.workers, check_worker_health=True)
        consumer._set_signal_handlers = lambda: None
        consumer.start()


class Firm(Engine):
    """firm-queue, a port of Rails' Solid Queue; one worker loop for each thread."""

    package = "firm"

    def open(self, url: str, job: Callable[[str], None], workers: int) -> None:
        queue = import_module("firm.queue")
        self.supervisor = import_module("firm.queue.supervisor")
        self.runtime = queue.configure(database_url=url, preserve_finished_jobs=False)
        import_module("firm.queue.schema").create_all(self.runtime.engine)
        limit = {"key": lambda subject: subject, "on_conflict": "discard"}
        self.job = queue.job(concurrency=limit)(job)
        self.workers = workers

    def enqueue(self, subject: str) -> None:
        self.job.enqueue(subject)

    def work(self) -> None:
        one = self.supervisor.WorkerConfig(threads=1)
        config = self.supervisor.SupervisorConfig(workers=[one] * self.workers)
        self.supervisor.ThreadSupervisor(self.runtime, config).start()


class Procrastinate(Engine):
    """procrastinate: PostgreSQL only."""

    package = "procrastinate"

    def open(self, url: str, job: Callable[[str], None], workers: int) -> None:
        module = import_module("procrastinate")
        self.sync = module.App(connector=module.SyncPsycopgConnector(conninfo=url))
        self.sync.task(name="job")(lambda subject: job(subject))
        self.sync.open()
        self.app = module.App(connector=module.PsycopgConnector(conninfo=url))
        self.app.task(name="job")(lambda subject: job(subject))
        self.workers = workers
        with import_module("psycopg").connect(url) as connection:
            known = connection.execute("select to_regclass('procrastinate_jobs')").fetchone()
        if known[0] is None:
            self.sync.schema_manager.apply_schema()

    def enqueue(self, subject: str) -> None:
        self.sync.configure_task("job", queueing_lock=subject).defer(subject=subject)

    def work(self) -> None:
        threading.Thread(target=lambda: asyncio.run(self._work()), daemon=True).start()

    async def _work(self) -> None:
        async with self.app.open_async():
            await self.app.run_worker_async(
                concurrency=self.workers, install_signal_handlers=False, delete_jobs="successful"
            )


ENGINES: dict[str, type[Engine]] = {
    "dbos sqlite": Dbos,
    "dbos sqlite, wide": DbosWide,
    "dbos postgresql": Dbos,
    "dbos postgresql, wide": DbosWide,
    "huey sqlite": Huey,
    "huey postgresql": Huey,
    "firm-queue sqlite": Firm,
    "firm-queue postgresql": Firm,
    "procrastinate postgresql": Procrastinate,
}
