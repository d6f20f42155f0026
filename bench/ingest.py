"""From an empty database to every article readable: real pages replayed on loopback, collected by real commands.

    python bench/ingest.py --shared ../shared [--jobs 2] [--keep FOLDER]

Prints entries found, pages fetched, articles kept, what was refused and why, articles a second, the share of each
step, and the size on disk. The replayed web has no other traffic, so the pause between two requests to one host is
set to nothing; everything else is as a reader's instance has it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

PORT = 8899


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path, help="Leave the instance in this folder.")
    given = options.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="octavo-ingest-"))
    replay = subprocess.Popen([sys.executable, str(given.shared / "replay" / "replay.py"), "--port", str(PORT)])
    try:
        wait_for(f"http://127.0.0.1:{PORT}/_replay/feeds.opml", folder / "feeds.opml")
        measure(folder, given.jobs)
    finally:
        replay.terminate()
        if not given.keep:
            shutil.rmtree(folder)


def wait_for(url: str, file: Path) -> None:
    """Wait until the replay answers, and keep its list of feeds."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own loopback server
                file.write_bytes(answer.read())
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the replay did not start")


def measure(folder: Path, jobs: int) -> None:
    """Import the feeds, fetch everything, and print what came of it."""
    octavo(folder, "feeds", "import", str(folder / "feeds.opml"))
    outcome = json.loads(octavo(folder, "fetch", "--once", "--jobs", str(jobs), "--json"))
    shares = json.loads(octavo(folder, "trace", "--stats", "--json"))
    print(json.dumps(outcome, indent=1, ensure_ascii=False))
    print(f"articles a second, --jobs {jobs}: {outcome['articles'] / outcome['seconds']:.1f}")
    for step in shares:
        cost = f"{step['mean_ms']:8.2f} ms {step['share']:6.1%} of processor time"
        print(f"  {step['step']:18} {step['runs']:6} runs {cost}")
    size = sum(file.stat().st_size for file in (folder / "data").rglob("*") if file.is_file())
    print(f"on disk: {size / 1e6:.1f} MB")


def octavo(folder: Path, *arguments: str) -> str:
    """Run one command against the instance in `folder`."""
    settings: dict[str, Any] = {
        "OCTAVO_DATA_DIR": str(folder / "data"),
        "OCTAVO_FETCH__PROXY": f"http://127.0.0.1:{PORT}",
        "OCTAVO_FETCH__DELAY_S": "0",
        "OCTAVO_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "octavo", *arguments]
    return subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    main()
