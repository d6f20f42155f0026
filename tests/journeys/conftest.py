"""A running Octavo for journeys: `octavo demo` in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE_S = 120.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that has been collected and laid out."""
    folder: Path = tmp_path_factory.mktemp("demo")
    port = free_port()
    settings = {"OCTAVO_NEWSWIRE__PORT": str(free_port()), "OCTAVO_FETCH__DELAY_S": "0.05", "OCTAVO_LOG_LEVEL": "error"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = [sys.executable, "-m", "octavo", "demo", "--port", str(port)]
    process = subprocess.Popen(command, env=clean | settings, cwd=folder, start_new_session=True)
    try:
        _wait(f"http://127.0.0.1:{port}/en-gb")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def read(address: str) -> str:
    """Read a page; "" while nobody answers."""
    asked = urllib.request.Request(address, headers={"Accept-Language": "en-GB"})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            page: str = answer.read().decode()
            return page
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if 'class="eight' in read(address):
            return
        time.sleep(0.3)
    raise AssertionError(f"{address} showed no laid-out edition within {PATIENCE_S:g} seconds")
