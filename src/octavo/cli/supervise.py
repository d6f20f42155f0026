"""What `octavo serve` becomes once all is ready: it starts its processes, watches over them and stops them.

It is run by exec and imports nothing but the standard library, so that what getting ready took (100 MB of modules) does
not stay in memory beside the website and the worker.

It holds the socket the website listens on: a website that is replaced, or started again, takes connections from the
same queue, and nobody who connects meanwhile is refused. On SIGHUP each process is replaced by a new one, which loads
the program as it lies on the disk now. A process says on a pipe that it goes on; one that falls silent is killed.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

LOOK_S = 0.2
STOP_S = 12.0
SILENT_S = 90.0
"""A process that said it goes on, and then nothing for so long, is stuck as a whole: it is killed."""

BEGIN_S = 600.0
"""How long a process may take to begin: a large database may have to be brought up to date first."""

QUIET_LIFE_S = 10.0
MOST_WAIT_S = 30.0
BACKLOG = 1024

ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""glibc keeps freed memory, apart for each thread: with two such stores, given back early, a worker stays smaller."""

WEBSITE = {"MALLOC_TRIM_THRESHOLD_": "1048576", "MALLOC_MMAP_THRESHOLD_": "1048576"}
"""A website keeps a megabyte: what a page is packed in would else be asked of the system, and emptied, for each."""

_PROGRAM = (sys.executable, "-m", "octavo")


@dataclass(slots=True)
class Child:
    """One process this one watches over: `octavo` with these words; `files` are descriptors it is given by name."""

    words: Sequence[str]
    files: Mapping[str, int] = field(default_factory=dict)
    program: Sequence[str] = _PROGRAM
    silent_s: float = SILENT_S
    process: "subprocess.Popen[bytes] | None" = None
    pulse: int = -1
    began: float = 0.0
    heard: float = 0.0
    quick_ends: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        """Start it; it ends by itself when this process is gone."""
        if self.pulse >= 0:
            os.close(self.pulse)
        self.pulse, told = os.pipe()
        os.set_blocking(self.pulse, False)
        given = {**self.files, "pulse": told}
        more = [word for name, number in given.items() for word in (f"--{name}", str(number))]
        command = [*self.program, *self.words, "--parent", str(os.getpid()), *more]
        self.process = subprocess.Popen(command, pass_fds=tuple(given.values()))  # noqa: S603 (words of our own)
        os.close(told)
        self.began, self.heard = time.monotonic(), 0.0

    def listen(self) -> None:
        """Take note of what it said on its pipe."""
        try:
            if os.read(self.pulse, 4096):
                self.heard = time.monotonic()
        except BlockingIOError:
            return

    def watch(self) -> None:
        """Start it again where it has stopped running, later each time it ends soon; kill it where it is stuck."""
        now = time.monotonic()
        code = None if self.process is None else self.process.poll()
        if self.process is None or code is None:
            self.listen()
            if self.process is not None and now - (self.heard or self.began) > (
                self.silent_s if self.heard else BEGIN_S
            ):
                _say(f"octavo {self.words[0]} does not go on and is killed")
                self.process.kill()
            return
        if not self.again_at:
            self.quick_ends = self.quick_ends + 1 if now - self.began < QUIET_LIFE_S else 0
            wait = min(MOST_WAIT_S, 2.0 ** (self.quick_ends - 3)) if self.quick_ends > 2 else 0.0
            _say(f"octavo {self.words[0]} ended with code {code} and is started again")
            self.again_at = now + wait
        if now >= self.again_at:
            self.again_at = 0.0
            self.start()

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Asked:
    """What signals asked for."""

    def __init__(self) -> None:
        self.stop = False
        self.renew = False

    def heed(self) -> None:
        """Listen to TERM and INT, which end everything, and to HUP, which has every process replaced."""

        def stop(*_: object) -> None:
            self.stop = True

        def renew(*_: object) -> None:
            self.renew = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGHUP, renew)


def become(
    commands: Sequence[Sequence[str]], environment: dict[str, str], listen: tuple[str, int], note: Path | None = None
) -> NoReturn:
    """Turn this process into the supervisor of these commands; its website listens on that host and port.

    `note` is a file that is there while it runs, and gone when it has ended as it should.
    """
    website = [f"{name}={environment.get(name, value)}" for name, value in WEBSITE.items()]
    given = {"commands": commands, "listen": listen, "note": str(note or ""), "website": website}
    words = [sys.executable, "-m", "octavo.cli.supervise", json.dumps(given)]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, words, ALLOCATOR | environment)  # noqa: S606 (our own program, words of our own)


def watch_over(children: list[Child], asked: Asked) -> None:
    """Start the children, watch over them, replace them when told to, and stop them all at the end."""
    for child in children:
        child.start()
    while not asked.stop:
        time.sleep(LOOK_S)  # noqa: TID251 - this is the waiting of a process that does nothing else
        if asked.renew:
            asked.renew = False
            children[:] = [replaced(child, asked) for child in children]
        for child in children:
            child.watch()
    for child in children:
        if child.process is not None:
            child.process.terminate()
    for child in children:
        child.stop()


def replaced(old: Child, asked: Asked) -> Child:
    """Put a new process in the place of an old one. Of a website both are there for a while: the old one ends when the
    new one answers, and goes on where it never does. A worker's new process takes up what the old one left."""
    new = Child(old.words, old.files, old.program, old.silent_s)
    if "listen" not in old.files:
        old.stop()
        new.start()
        return new
    new.start()
    deadline = time.monotonic() + BEGIN_S
    while not new.heard and time.monotonic() < deadline and not asked.stop:
        if new.process is not None and new.process.poll() is not None:
            break
        time.sleep(LOOK_S)  # noqa: TID251 - see above
        new.listen()
    if not new.heard:
        _say(f"the new octavo {old.words[0]} does not begin: the old one stays")
        new.stop()
        return old
    old.stop()
    return new


def listening(host: str, port: int) -> socket.socket:
    """Listen; connections wait here while no website takes them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def children(commands: Sequence[Sequence[str]], listen: int, website: Sequence[str]) -> list[Child]:
    """Give the processes to watch over; `website` holds what is set in the environment of one (see WEBSITE)."""
    roomy = ("/usr/bin/env", *website, *_PROGRAM)
    return [Child(one, {"listen": listen}, roomy) if one[0] == "web" else Child(one) for one in commands]


def main() -> None:
    """Watch over the commands given as JSON: lists of words, and where the website listens."""
    asked = Asked()
    asked.heed()
    given: dict[str, Any] = json.loads(sys.argv[1])
    held = listening(*given["listen"])
    watch_over(children(given["commands"], held.fileno(), given["website"]), asked)
    if given["note"]:
        Path(given["note"]).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
