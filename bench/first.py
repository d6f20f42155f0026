"""What a newcomer waits for: from `octavo serve` in an empty folder, with no feed in reach, to a front page of stories.

    python bench/first.py [--times 3] [--after 60]

Prints seconds on the clock and CPU seconds of each process until the front page has its Eight, and again so many
seconds later, by when pictures are drawn and stories read closely. Installing is not part of it.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from collected import free_port, read

PATIENCE_S = 600.0
LOOK_S = 0.3


def main() -> None:
    """Start it so many times, each in a folder of its own; tell each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--after", type=float, default=60)
    given: Any = options.parse_args()
    for _ in range(given.times):
        with tempfile.TemporaryDirectory() as folder:
            start(Path(folder), given.after)


def start(folder: Path, after_s: float) -> None:
    """Start an instance that reaches nobody, and tell what it took."""
    port = free_port()
    own = {
        "OCTAVO_DATA_DIR": str(folder / "data"),
        "OCTAVO_NEWSWIRE__PORT": str(free_port()),
        "OCTAVO_FETCH__PROXY": "http://127.0.0.1:9",  # nobody listens there
        "OCTAVO_LOG_LEVEL": "error",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    command = [sys.executable, "-m", "octavo", "serve", "--port", str(port), "--edition", "en-gb"]
    begun = time.monotonic()
    process = subprocess.Popen(command, env=clean | own, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while 'class="eight' not in read(f"http://127.0.0.1:{port}/"):
            if time.monotonic() - begun > PATIENCE_S:
                sys.exit("no front page")
            time.sleep(LOOK_S)
        told(process.pid, time.monotonic() - begun)
        time.sleep(after_s)
        told(process.pid, time.monotonic() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def told(process: int, seconds: float) -> None:
    """Print what each process has worked."""
    worked = {"supervisor": own_s(process)}
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
            name = next((one for one in ("web", "work", "newswire") if one in words), "other")
            worked[name] = worked.get(name, 0.0) + own_s(int(child))
    by = ", ".join(f"{name} {taken:.1f}" for name, taken in worked.items())
    print(f"after {seconds:.0f} s: {sum(worked.values()):.1f} CPU s ({by})", flush=True)


def own_s(process: int) -> float:
    """CPU seconds of a process and of those it has waited for."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
