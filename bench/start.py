"""What it takes to start a website: processor time and seconds until it answers, on the data of an instance.

    python bench/start.py FOLDER [--times 3] [--port 18990]

FOLDER is a data folder, such as that of a demo. Byte code is kept between starts, as where a program is installed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

LOOK_S = 0.02


def main() -> None:
    """Start it so many times; tell each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--port", type=int, default=18990)
    given: Any = options.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        for _ in range(given.times):
            print(start(given.folder, given.port, kept), flush=True)


def start(folder: Path, port: int, bytecode: str) -> str:
    """Start a website and ask it for a page; gives what that took."""
    own = {"OCTAVO_DATA_DIR": str(folder.resolve()), "OCTAVO_WEB__PORT": str(port), "OCTAVO_NEWSWIRE__MODE": "never"}
    env = {**os.environ, **own, "OCTAVO_LOG_LEVEL": "error", "PYTHONPYCACHEPREFIX": bytecode}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "octavo", "web", "--parent", str(os.getpid())], env=env)
    try:
        told = []
        for path in ("/readyz", "/en-gb/latest"):
            wait(f"http://127.0.0.1:{port}{path}")
            fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            worked = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
            told.append(f"{path}: {worked:.2f} s of processor, {time.monotonic() - begun:.2f} s")
        return "; ".join(told)
    finally:
        process.kill()
        process.wait()


def wait(address: str) -> None:
    """Ask until there is an answer of any kind."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own website
                answer.read()
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(LOOK_S)


if __name__ == "__main__":
    main()
