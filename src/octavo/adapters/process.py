"""What the system knows of this process: memory, processor time, descriptors."""

import os
import socket
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc/self")


def name(kind: str) -> str:
    """Name this process among those of an instance, on however many machines."""
    return f"{kind}@{socket.gethostname()}:{os.getpid()}"


def figures() -> dict[str, float]:
    """Give what can be had; on systems without /proc that is the processor time."""
    spent = os.times()
    found = {"process_cpu_seconds_total": spent.user + spent.system}
    with suppress(OSError):
        pages = int((_PROC / "statm").read_text().split()[1])
        found["process_resident_bytes"] = float(pages * os.sysconf("SC_PAGE_SIZE"))
        found["process_open_files"] = float(len(list((_PROC / "fd").iterdir())))
    return found
