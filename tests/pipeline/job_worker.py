"""A worker to be killed: notes in a file when its one kind of job starts and ends. Run by test_jobs."""

import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from octavo.pipeline.jobs import Engine
from octavo.pipeline.plan import JobKind, JobPlan
from octavo.ports.meter import Meter
from octavo.ports.tools import Tools
from octavo.ports.tracer import NoTracer, Tracer


@dataclass(frozen=True, slots=True)
class FakeTools:
    """As much of Tools as the engine asks for."""

    notes: Path
    meter: Meter = field(default_factory=Meter)
    tracer: Tracer = field(default_factory=NoTracer)

    def now(self) -> datetime:
        return datetime.now(UTC)


def note(tools: Any, text: str) -> None:
    with tools.notes.open("a", encoding="utf-8") as out:
        out.write(f"{text}\n")


def slow(tools: Any, subject: tuple[str, ...]) -> None:
    """Hang until killed when the subject says so and this is the first try; else end at once."""
    name = subject[0]
    tries = tools.notes.read_text("utf-8").count(f"start {name}")
    note(tools, f"start {name}")
    if tries == 0 and name.startswith("hang"):
        time.sleep(600)
    note(tools, f"end {name}")


def plan(polling_s: float = 0.1) -> JobPlan:
    return JobPlan(kinds=(JobKind("slow", slow, "work"),), concurrency={"work": 2}, polling_s=polling_s)


def open_engine(url: str, notes: Path) -> Engine:
    return Engine(url, plan(), cast("Tools", FakeTools(notes)))


if __name__ == "__main__":
    engine = open_engine(sys.argv[1], Path(sys.argv[2]))
    engine.start()
    time.sleep(600)
