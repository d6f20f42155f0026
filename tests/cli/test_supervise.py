"""What `octavo serve` becomes: it starts processes again, kills those that are stuck, and replaces them on a signal."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from octavo.cli.supervise import WEBSITE, Asked, Child, children, watch_over
from running import PATIENCE_S

STUB = """
import os, sys, time
pulse = int(sys.argv[sys.argv.index("--pulse") + 1])
with open(sys.argv[1], "a") as told:
    told.write(f"{os.getpid()}\\n")
while True:
    os.write(pulse, b".")
    time.sleep(0.05)
"""


class Watched:
    """A supervisor in a thread, over stubs that write their number down and go on."""

    def __init__(self, folder: Path, **files: int) -> None:
        self.told, self.asked = folder / "told", Asked()
        (folder / "stub.py").write_text(STUB)
        program = (sys.executable, str(folder / "stub.py"), str(self.told))
        self.children = [Child(("web",), files, program, silent_s=3.0)]
        self.thread = threading.Thread(target=watch_over, args=(self.children, self.asked))
        self.thread.start()

    def numbers(self) -> list[int]:
        """The processes that were started, in order."""
        return [int(line) for line in self.told.read_text().split()] if self.told.exists() else []

    def started(self, count: int) -> list[int]:
        """Wait until so many were."""
        wait_for(lambda: len(self.numbers()) >= count)
        return self.numbers()


def wait_for(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path)
    yield made
    made.asked.stop = True
    made.thread.join(PATIENCE_S)
    assert all(gone(pid) for pid in made.numbers()), "one outlived the supervisor"


def test_a_process_that_ends_is_started_again(watched: Watched) -> None:
    [first] = watched.started(1)
    os.kill(first, signal.SIGKILL)
    assert watched.started(2)[0] == first


def test_a_process_that_is_stuck_is_killed_and_started_again(watched: Watched) -> None:
    [first] = watched.started(1)
    wait_for(lambda: watched.children[0].heard > 0)
    os.kill(first, signal.SIGSTOP)
    watched.started(2)
    assert gone(first)


def test_on_hup_a_process_is_replaced(watched: Watched) -> None:
    [first] = watched.started(1)
    watched.asked.renew = True
    second = watched.started(2)[1]
    wait_for(lambda: gone(first))
    assert not gone(second)
    assert not watched.asked.renew, "what was asked is done"


def test_a_website_is_replaced_once_the_new_one_answers(tmp_path: Path) -> None:
    held = os.open(os.devnull, os.O_RDONLY)
    made = Watched(tmp_path, listen=held)
    try:
        [first] = made.started(1)
        made.asked.renew = True
        made.started(2)
        wait_for(lambda: gone(first))
        assert not gone(made.numbers()[1])
        (tmp_path / "stub.py").write_text("raise SystemExit(3)")
        second = made.numbers()[1]
        made.asked.renew = True
        wait_for(lambda: not made.asked.renew)
        time.sleep(1)
        assert not gone(second), "the new one does not begin: the old one stays"
    finally:
        made.asked.stop = True
        made.thread.join(PATIENCE_S)
        os.close(held)


def test_a_website_keeps_room_to_pack_pages_in_and_a_worker_none(tmp_path: Path) -> None:
    set_so = [f"{name}={value}" for name, value in WEBSITE.items()]
    web, worker = children([("web", "--port", "0"), ("worker",)], 7, set_so)
    assert dict(web.files) == {"listen": 7}
    assert dict(worker.files) == {}
    assert not [word for word in worker.program if "MALLOC" in word]
    told = tmp_path / "told"
    code = f"import os; open({str(told)!r}, 'w').write(os.environ['MALLOC_MMAP_THRESHOLD_'])"
    subprocess.run([*web.program[:-2], "-c", code], check=True)
    assert told.read_text() == WEBSITE["MALLOC_MMAP_THRESHOLD_"]
