"""Programs of ours that tests start: a port for each, how long is waited for them, and how much work they did."""

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

PATIENCE_S = 400.0
"""How long is waited for what takes seconds on a machine with nothing else to do: a busy one is no fault of ours."""

_PORTS = range(12_000, 32_000)
"""Below those that the system gives to whoever connects to somewhere, so that one that is free stays so for a while."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    for _ in range(100):
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def worked_s(process: int) -> float:
    """The CPU seconds of a process, of those it has waited for, and of those below it that run."""
    taken = sum(_times(process))
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            taken += sum(worked_s(int(child)) for child in task.read_text().split())
    return taken


def _times(process: int) -> list[float]:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return [0.0]
    return [int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in fields[11:15]]
