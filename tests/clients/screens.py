"""A screen nobody looks at, with a message bus, for programs that have windows; they end with the test."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .newsroom import PATIENCE_S

SCREEN = "1200x800x24"
_BEFORE_FORCE_S = 5.0


def lacking(*programs: str) -> str:
    """Say which of these programs are not installed here; "" for none."""
    gone = [name for name in programs if shutil.which(name) is None]
    return (
        f"{', '.join(gone)} not installed: apt-get install liferea rssguard xvfb xdotool dbus libglib2.0-bin"
        if gone
        else ""
    )


@dataclass
class Screen:
    """A display and a bus of its own; `home` is where programs keep what they know."""

    home: Path
    display: str = ""
    bus: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def env(self) -> Mapping[str, str]:
        """What programs on this screen are told of where they are."""
        return {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self.bus,
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "GSETTINGS_BACKEND": "keyfile",
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",  # tests may run as root
        }

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program; what it says is in `said.txt`, after its name."""
        with self.said(command[0]).open("wb") as log:
            return self._begin(command, log)

    def said(self, program: str) -> Path:
        """Give the file with what a program said."""
        return self.home / f"{program}.said.txt"

    def tell(self, *command: str) -> str:
        """Run a program to its end; gives what it says."""
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def read_line(self, *command: str) -> str:
        """Start a program that goes on; gives the first line it says."""
        begun = self._begin(command, subprocess.PIPE)
        assert begun.stdout
        return begun.stdout.readline().decode().strip()

    def close(self) -> None:
        """End what was started, the last first."""
        for one in reversed(self.running):
            for force in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(one.pid, force)
                    one.wait(_BEFORE_FORCE_S)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
            if one.stdout:
                one.stdout.close()

    def _begin(self, command: Sequence[str], told: int | IO[bytes]) -> subprocess.Popen[bytes]:
        errors = told if told != subprocess.PIPE else subprocess.DEVNULL
        begun = subprocess.Popen(command, env=self.env, stdout=told, stderr=errors, start_new_session=True)
        self.running.append(begun)
        return begun


@contextmanager
def opened(home: Path) -> Iterator[Screen]:
    """Open a screen whose programs live in `home`."""
    (home / "run").mkdir(parents=True, mode=0o700)
    made = Screen(home)
    try:
        made.display = f":{made.read_line('Xvfb', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-displayfd', '1')}"
        made.bus = made.read_line("dbus-daemon", "--session", "--nofork", "--print-address=1")
        assert made.display != ":", "no screen could be opened"
        yield made
    finally:
        made.close()
