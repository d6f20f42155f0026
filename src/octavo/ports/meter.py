"""Meter: what a process counts of its own work, and the jobs it is at. Kept in memory; `Vitals` carry it on.

Figures are named as Prometheus names samples: `jobs_total{kind="tidy",outcome="done"}`. No label ever holds anything
of a reader: kinds, codes and states alone, of which there are few.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from octavo.errors import OctavoError

Figures = Mapping[str, float]


@dataclass(slots=True)
class Running:
    """A job that a thread is at: since when, and when it last got something done (seconds, monotonic)."""

    kind: str
    since: float
    moved: float


def sample(name: str, **labels: str) -> str:
    """Name a figure with its labels, which may be any text."""
    if not labels:
        return name
    written = (f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return f"{name}{{{','.join(written)}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Meter:
    """Counts of one process. Safe to use from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.process = "here"
        """What this process is called among those of the instance."""
        self._clock = clock
        self._counts: dict[str, float] = defaultdict(float)
        self._asked: list[Callable[[], Figures]] = []
        self._running: dict[int, Running] = {}
        self._lock = threading.Lock()

    def count(self, name: str, amount: float = 1.0, **labels: str) -> None:
        """Add to a count."""
        key = sample(name, **labels)
        with self._lock:
            self._counts[key] += amount

    def ask(self, figures: Callable[[], Figures]) -> None:
        """Have these figures read whenever all are."""
        self._asked.append(figures)

    def figures(self) -> dict[str, float]:
        """Give all figures as they are now; those that cannot be had just now are left out."""
        with self._lock:
            found = dict(self._counts)
        for asked in self._asked:
            with suppress(OctavoError):
                found |= asked()
        now = self._clock()
        for job in self.running():
            found[sample("job_running_seconds", kind=job.kind)] = now - job.since
        return found

    @contextmanager
    def job(self, kind: str) -> Iterator[None]:
        """Measure a job of this thread: how long it takes, and how it ends."""
        me, began = threading.get_ident(), self._clock()
        self._running[me] = Running(kind, began, began)
        outcome = "failed"
        try:
            yield
            outcome = "done"
        except Exception as error:
            self.count("errors_total", code=type(error).__name__)
            raise
        finally:
            self._running.pop(me, None)
            self.count("job_seconds_total", self._clock() - began, kind=kind)
            self.count("jobs_total", kind=kind, outcome=outcome)

    def moved(self) -> None:
        """Note that this thread's job, if it is at one, got something done."""
        job = self._running.get(threading.get_ident())
        if job is not None:
            job.moved = self._clock()

    def running(self) -> list[Running]:
        """List the jobs that are done at this moment."""
        return list(self._running.values())

    def stuck(self, longest_s: float) -> list[str]:
        """List the kinds of jobs that got nothing done for so long."""
        now = self._clock()
        return sorted(job.kind for job in self.running() if now - job.moved > longest_s)
