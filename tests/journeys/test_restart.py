"""The website is replaced under load, and nobody notices; killed processes come back and nothing written is lost."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from http.client import RemoteDisconnected
from pathlib import Path

import pytest

from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.store import migrations_path
from running import PATIENCE_S, free_port

ROOT = Path(__file__).parents[2]
READERS, RESTARTS = 4, 3


class Reader(threading.Thread):
    """Asks for a page again and again, each time by a new connection; notes what was not answered.

    As browsers do, it asks once more where a connection was closed before anything of an answer came (RFC 9110 §9.2.2).
    """

    def __init__(self, address: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._address, self._over = address, stop
        self.answered, self.failed = 0, list[str]()

    def run(self) -> None:
        while not self._over.is_set():
            try:
                self._ask()
            except RemoteDisconnected:
                self._note(self._ask)
            except OSError as error:
                self.failed.append(repr(error))

    def _note(self, ask: Callable[[], None]) -> None:
        try:
            ask()
        except OSError as error:
            self.failed.append(repr(error))

    def _ask(self) -> None:
        with urllib.request.urlopen(self._address, timeout=PATIENCE_S) as answer:
            assert answer.read()
        self.answered += 1


@pytest.mark.slow
@pytest.mark.enable_socket
def test_no_request_fails_while_the_website_is_replaced(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    database.close()
    port = free_port()
    settings = {"OCTAVO_DATA_DIR": str(tmp_path), "OCTAVO_EMBEDDER": "off", "OCTAVO_LOG_LEVEL": "error"}
    order = json.dumps({"commands": [["web"]], "listen": ["127.0.0.1", port], "website": []})
    command = [sys.executable, "-m", "octavo.cli.supervise", order]
    process = subprocess.Popen(command, env=os.environ | settings, cwd=ROOT, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}/en-gb/latest"
        deadline = time.monotonic() + PATIENCE_S
        while not listens(port):
            assert time.monotonic() < deadline, "nobody listens"
            time.sleep(0.05)
        with urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:
            assert answer.status == 200, "who comes before the website is there waits, and is answered"
        stop = threading.Event()
        readers = [Reader(address, stop) for _ in range(READERS)]
        for one in readers:
            one.start()
        for _ in range(RESTARTS):
            before = children(process.pid)
            process.send_signal(signal.SIGHUP)
            deadline = time.monotonic() + PATIENCE_S
            while children(process.pid) & before or not children(process.pid):
                assert time.monotonic() < deadline, "the website was not replaced"
                time.sleep(0.1)
        stop.set()
        for one in readers:
            one.join(PATIENCE_S)
        assert [line for one in readers for line in one.failed] == []
        assert sum(one.answered for one in readers) > 10 * RESTARTS
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(pid: int) -> set[str]:
    return {one for task in Path(f"/proc/{pid}/task").glob("*/children") for one in task.read_text().split()}


@pytest.mark.slow
@pytest.mark.enable_socket
def test_what_was_acknowledged_outlives_kills(tmp_path: Path) -> None:
    """A few rounds of bench/killing.py, which says what it found; how long it takes is the machine's affair here."""
    command = [sys.executable, str(ROOT / "bench" / "killing.py"), "--rounds", "3", "--recovery", "400"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "wrong: 0" in done.stdout
