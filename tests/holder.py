"""Another process that has some of the workers' locks, as one that works beside this one does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HOLDER = """
import sys, time
from octavo.pipeline.locks import Locks
held = Locks(sys.argv[1])
print(*held.take(sys.argv[2:]), flush=True)
time.sleep(600)
"""


@contextmanager
def another(url: str, *names: str) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A process that takes these names; with those it was given."""
    started = subprocess.Popen([sys.executable, "-c", HOLDER, url, *names], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout
        yield started, started.stdout.readline().split()
    finally:
        started.kill()
        started.wait()
        if started.stdout:
            started.stdout.close()
