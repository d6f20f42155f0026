"""The desk: what needs somebody's attention, the queue and its quarantine, how much room things take."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from octavo.accounts.permissions import Act, demand
from octavo.actions.audit import record
from octavo.domain.account import Person
from octavo.domain.job import JobRow
from octavo.errors import NotFound
from octavo.ports.database import Read
from octavo.ports.spending import Spent
from octavo.ports.tools import Tools
from octavo.store import articles, audit, facts, model_spending, storage
from octavo.store.audit import Record

PATIENCE = timedelta(seconds=20)
"""How long files are counted: what was not counted then is said to be more."""

FOLDERS = ("pages", "pictures", "previews")
"""Folders of blobs."""

MOST_JOBS = 200
SPENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Room:
    """How much room things took at a moment, in bytes; `whole` is False where counting took too long."""

    at: datetime
    database: int
    folders: dict[str, tuple[int, int]]
    """By name of the folder: how many files, and their bytes."""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Jobs:
    """What waits and what failed; `found` is False where the queue could not be looked at."""

    waiting: tuple[JobRow, ...] = ()
    failed: tuple[JobRow, ...] = ()


def jobs(tools: Tools, person: Person | None) -> Jobs:
    """Give the jobs that wait and those in quarantine. Raises NotAllowed."""
    demand(person, Act.SEE_DESK)
    return Jobs(tuple(tools.queue.waiting(MOST_JOBS)), tuple(tools.queue.failed(MOST_JOBS)))


def retry(tools: Tools, person: Person | None, job_id: str) -> None:
    """Let a job in quarantine be done again. Raises NotAllowed, NotFound."""
    who = demand(person, Act.RUN_JOBS)
    if not tools.queue.retry(job_id):
        raise NotFound("there is no such job in quarantine")
    with tools.database.transaction() as tx:
        record(tx, who, "job retried", f"job/{job_id}", "", tools.now())


def retry_all(tools: Tools, person: Person | None) -> int:
    """Let every job in quarantine be done again; gives how many. Raises NotAllowed."""
    who = demand(person, Act.RUN_JOBS)
    done = sum(tools.queue.retry(one.id) for one in tools.queue.failed(MOST_JOBS))
    with tools.database.transaction() as tx:
        record(tx, who, "quarantine retried", "jobs", f"{done} jobs", tools.now())
    return done


def measure(tools: Tools, person: Person | None) -> Room:
    """Count how much room things take, and keep it for those who look later. Raises NotAllowed."""
    demand(person, Act.SEE_DESK)
    room = _measured(tools)
    with tools.database.transaction() as tx:
        facts.set(tx, facts.ROOM, json.dumps(asdict(room), default=str))
    return room


def room(read: Read) -> Room | None:
    """Give what was measured last; None when nothing was."""
    kept = facts.get(read, facts.ROOM)
    if not kept:
        return None
    told = json.loads(kept)
    folders = {name: (int(count), int(size)) for name, (count, size) in told["folders"].items()}
    return Room(datetime.fromisoformat(told["at"]), told["database"], folders, told["whole"])


def spent(read: Read, now: datetime) -> list[Spent]:
    """Give what each model took on each of the last days, the newest first."""
    found = model_spending.since(read, (now - timedelta(days=SPENT_DAYS)).date())
    return sorted(found, key=lambda one: (one.day, one.model), reverse=True)


def log(tools: Tools, person: Person | None, limit: int, before: int | None = None) -> list[Record]:
    """Give what those with a role did, the newest first. Raises NotAllowed."""
    demand(person, Act.SEE_DESK)
    with tools.database.read() as view:
        return audit.newest(view, limit, before)


def counts(read: Read) -> dict[str, int]:
    """Count what is kept."""
    return {"articles": articles.count(read), **storage.counts(read)}


def _measured(tools: Tools) -> Room:
    began = tools.now()
    folders = dict.fromkeys(FOLDERS, (0, 0))
    whole = True
    for name in FOLDERS:
        count = size = 0
        for one in tools.blobs.under(name):
            count, size = count + 1, size + one.size
            if count % 1000 == 0 and tools.now() - began > PATIENCE:
                whole = False
                break
        folders[name] = (count, size)
    with tools.database.read() as view:
        return Room(began, storage.size(view), folders, whole)
