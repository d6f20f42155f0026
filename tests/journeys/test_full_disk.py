"""A disk that fills up while people write: one round of bench/full_disk.py, on a file system of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def can_mount(folder: Path) -> bool:
    """Tell whether a small file system can be mounted here."""
    if os.geteuid() or sys.platform != "linux":
        return False
    asked = ["mount", "-t", "tmpfs", "-o", "size=1m", "octavo-full", str(folder)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


@pytest.mark.slow
@pytest.mark.enable_socket
def test_what_was_acknowledged_outlives_a_full_disk(tmp_path: Path) -> None:
    """The program says what it found; how long it takes is the machine's affair here."""
    if not can_mount(tmp_path):
        pytest.skip("no file system can be mounted here: it takes Linux and root")
    command = [sys.executable, str(ROOT / "bench" / "full_disk.py"), "--rounds", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "wrong: 0" in done.stdout
