"""The first start, as a newcomer has it: one command, no network, and within a minute something to read."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import PATIENCE_S, free_port

from .conftest import read

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


class Started:
    """`octavo serve` in a folder of its own, where no feed outside can be reached."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        settings = {
            "OCTAVO_DATA_DIR": str(folder / "data"),
            "OCTAVO_NEWSWIRE__PORT": str(free_port()),
            "OCTAVO_FETCH__PROXY": "http://127.0.0.1:9",  # nobody listens there: the world is out of reach
            "OCTAVO_FETCH__DELAY_S": "0.05",
            "OCTAVO_LOG_LEVEL": "error",
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        command = [sys.executable, "-m", "octavo", "serve", "--port", str(self.port), "--edition", "en-gb"]
        self.process = subprocess.Popen(command, env=clean | settings, cwd=folder, start_new_session=True)

    def get(self, path: str) -> str:
        """Read a page; "" while nobody answers."""
        return read(f"http://127.0.0.1:{self.port}{path}")

    def wait_for(self, path: str, words: str) -> str:
        """Wait until a page holds these words."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            page = self.get(path)
            if words in page:
                return page
            time.sleep(0.3)
        raise AssertionError(f"{path} did not show {words!r} within {PATIENCE_S:g} seconds")

    def children(self) -> dict[str, int]:
        """The running processes of this one, by the command each runs."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout
        found = re.findall(r"^\s*(\d+) .* -m octavo (\w+)", listed, re.MULTILINE)
        return {name: int(pid) for pid, name in found}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    one = Started(tmp_path_factory.mktemp("first"))
    yield one
    if one.process.poll() is None:
        os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()


def test_a_first_start_a_lost_process_and_an_orderly_end(started: Started) -> None:
    page = started.wait_for("/", 'class="eight')
    assert "None of the feeds this newspaper starts with could be reached" in page
    assert "Sample newswire" in page
    for path in re.findall(r'href="(/en-gb/(?:article|story|source|hashtag|latest|search)[^"#]*)"', page)[:25]:
        answer = started.get(path)
        assert "Sample newswire" in answer, path
    assert set(started.children()) == {"web", "work", "newswire"}
    lost = started.children()["web"]
    os.kill(lost, signal.SIGKILL)
    started.wait_for("/healthz", "ok")
    assert started.children()["web"] != lost
    children = started.children().values()
    started.process.send_signal(signal.SIGTERM)
    assert started.process.wait(PATIENCE_S) == 0
    deadline = time.monotonic() + PATIENCE_S
    while [pid for pid in children if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, "a process outlived the one that started it"
        time.sleep(0.1)
