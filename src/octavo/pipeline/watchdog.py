"""The watch over a worker's own jobs: one that gets nothing done ends the worker, which is then started again.

A job reads and writes the store as it goes on, batch by batch. One that has done neither for longer than any fetch,
model or batch may take hangs: no signal wakes it, and what else waits in its queue waits for good. The engine does it
again in a new process, and sets it aside where that happens again and again.
"""

from collections.abc import Callable

from octavo.ports.meter import Meter


def end_when_stuck(meter: Meter, longest_s: float, end: Callable[[list[str]], None]) -> bool:
    """Look once: call `end` with the kinds of jobs that hang, if any do; says whether it did."""
    stuck = meter.stuck(longest_s) if longest_s else []
    if stuck:
        end(stuck)
    return bool(stuck)
