"""What a worker has to do, as kinds of jobs, and how it is shared out among workers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from octavo.errors import SettingsError
from octavo.ports.tools import Tools
from octavo.store import vitals
from octavo.store.dialect import PARTS


@dataclass(frozen=True, slots=True)
class JobKind:
    """One step as a job. `backoff_s` is the pause before the second try; it doubles with each try.

    One worker at a time runs a kind with a subject. What is `shared` is enqueued once for each worker (`ask_for`), and
    run with the numbers of the parts of the work that no other worker is at.
    """

    name: str
    run: Callable[[Tools, tuple[str, ...]], None]
    queue: str
    max_attempts: int = 3
    backoff_s: float = 10.0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class JobPlan:
    """What there is to do and how much of it at once.

    `concurrency` is by queue, for each worker. `schedules` are pairs of when (a cron expression of five fields, or
    of six that begin with seconds, in UTC; or every so many seconds) and the name of a kind, enqueued with no
    subject. `polling_s` is how often a queue is looked at, the longest an idle worker lets a job wait; `unhurried` says
    so of queues whose jobs may wait longer, since each look costs three statements. `workers` counts those there are.
    """

    kinds: tuple[JobKind, ...]
    concurrency: Mapping[str, int]
    schedules: tuple[tuple[str | int, str], ...] = ()
    polling_s: float = 0.5
    unhurried: Mapping[str, float] = field(default_factory=dict)
    workers: Callable[[], int] = lambda: 1


def check(plan: JobPlan, kinds: Mapping[str, JobKind]) -> None:
    """Refuse a plan that could never run: SettingsError names what is missing."""
    for kind in plan.kinds:
        if kind.queue not in plan.concurrency:
            raise SettingsError(f"job {kind.name!r} waits on queue {kind.queue!r}, which has no concurrency set")
    for when, name in plan.schedules:
        cron(when)
        if name not in kinds:
            raise SettingsError(f"a schedule names job {name!r}, which does not exist")


def cron(when: str | int) -> str:
    """A cron expression for every so many seconds, where one exists."""
    if isinstance(when, str):
        return when
    minutes, seconds = divmod(when, 60)
    if 0 < when < 60 and 60 % when == 0:
        return f"*/{when} * * * * *"
    if seconds == 0 and 0 < minutes < 60 and 60 % minutes == 0:
        return f"*/{minutes} * * * *"
    raise SettingsError(f"{when} seconds do not divide a minute or an hour; write a cron expression instead")


def locks_of(kind: JobKind, subject: tuple[str, ...]) -> dict[str, str]:
    """Name what a job has to itself, by lock; of a shared kind the parts that fall to one of so many workers."""
    if not kind.shared:
        return {" ".join((kind.name, *subject)): ""}
    first, step = map(int, subject or ("0", "1"))
    return part_locks(kind.name, first, step)


def part_locks(kind: str, first: int = 0, step: int = 1) -> dict[str, str]:
    """Name the locks of the parts of a shared kind's work, from the first on, each so-manieth: lock to part."""
    return {f"{kind} {part}": str(part) for part in range(first, PARTS, step)}


def count_workers(tools: Tools) -> int:
    """Count the workers that said lately that they are there."""
    with tools.database.read() as view:
        known = vitals.all(view)
    return sum(one.kind == "work" and one.heard(tools.now()) for one in known)
