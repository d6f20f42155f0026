"""What commands do in one go, beside the workers there are: nothing that one of them is at is done twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from octavo.pipeline.lay_out_edition import lay_out_editions
from octavo.pipeline.learn_vocabulary import learn_vocabulary
from octavo.pipeline.locks import Locks
from octavo.pipeline.passes import (
    Progress,
    Report,
    catch_up,
    extract_waiting,
    fetch_waiting,
    poll_due,
    settle_all,
    silent,
)
from octavo.pipeline.plan import part_locks
from octavo.pipeline.poll_feed import Polled
from octavo.pipeline.translate_headlines import translate_headlines
from octavo.ports.tools import Tools


def run_once(tools: Tools, locks: Locks, *, everything: bool = False, report: Report = silent) -> Polled:
    """Do all there is to do and return: poll, fetch, extract, enrich, relate, lay out.

    The locks are those of the workers, by the names their jobs have there: a part of the work that one of them is at is
    left to it, and so is what one does alone. Raises StoreBusy when the queue's database does not answer.
    """
    with _parts(locks, "poll_feeds") as parts:
        polled = poll_due(tools, everything=everything, parts=parts, report=report) if parts else Polled()
    fetched = 0
    with _parts(locks, "fetch_pages") as parts:
        for done in fetch_waiting(tools, parts) if parts else ():
            fetched += done
            report(Progress("fetch", fetched))
    finish(tools, locks, report)
    return polled


def finish(tools: Tools, locks: Locks, report: Report = silent) -> None:
    """Bring everything fetched or imported to the front page; what a worker is at it goes on with. Raises StoreBusy."""
    extracted = 0
    with _parts(locks, "extract_pages") as parts:
        for done in extract_waiting(tools, parts) if parts else ():
            extracted += done
            report(Progress("extract", extracted))
    rest: dict[str, Callable[[], object]] = {
        "catch_up": lambda: catch_up(tools, report),
        "settle_stories": lambda: settle_all(tools),
        "lay_out_editions": lambda: lay_out_editions(tools),
        "learn_vocabulary": lambda: learn_vocabulary(tools),
        "translate_headlines": lambda: translate_headlines(tools),
    }
    for name, do in rest.items():
        with _taken(locks, {name: ""}) as free:
            if free:
                do()


@contextmanager
def _parts(locks: Locks, kind: str) -> Iterator[list[int]]:
    with _taken(locks, part_locks(kind)) as free:
        yield [*map(int, free)]


@contextmanager
def _taken(locks: Locks, names: dict[str, str]) -> Iterator[list[str]]:
    """Have those of these names that no worker has; gives what they stand for."""
    taken = locks.take(names)
    try:
        yield [names[one] for one in taken]
    finally:
        locks.leave(taken)
