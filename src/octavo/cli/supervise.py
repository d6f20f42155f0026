"""What `octavo serve` becomes once all is ready: it starts its processes, restarts and stops them.

It is run by exec and imports nothing but the standard library, so that what getting ready took (100 MB of modules) does
not stay in memory beside the website and the worker.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

RESTART_S = 1.0
STOP_S = 12.0

ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""glibc keeps freed memory, apart for each thread: with two such stores, given back early, a worker stays smaller."""


@dataclass(slots=True)
class Child:
    """One process this one watches over: `octavo` with these words."""

    words: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it; it ends by itself when this process is gone."""
        command = [sys.executable, "-m", "octavo", *self.words, "--parent", str(os.getpid())]
        self.process = subprocess.Popen(command)  # noqa: S603 (our own program, words of our own)

    def restart_if_ended(self) -> None:
        """Start it again where it has stopped running."""
        code = None if self.process is None else self.process.poll()
        if code is not None:
            sys.stderr.write(f"octavo {self.words[0]} ended with code {code} and is started again\n")
            self.start()


def become(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> NoReturn:
    """Turn this process into the supervisor of these commands."""
    words = [sys.executable, "-m", "octavo.cli.supervise", json.dumps(commands)]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, words, ALLOCATOR | environment)  # noqa: S606 (our own program, words of our own)


def watch_over(children: Sequence[Child], stop: threading.Event) -> None:
    """Start the children, restart any that ends, and stop them all when told to."""
    for child in children:
        child.start()
    while not stop.wait(RESTART_S):
        for child in children:
            child.restart_if_ended()
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> None:
    """Watch over the commands given as one JSON list of lists of words."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    watch_over([Child(words) for words in json.loads(sys.argv[1])], stop)


if __name__ == "__main__":
    main()
