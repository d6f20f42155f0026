"""A website with one reader and one feed; a screen; and newsboat, driven through a pseudo-terminal."""

import fcntl
import os
import pty
import select
import shutil
import sqlite3
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from octavo.actions.opening import prepare_site
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.store import migrations_path

from .newsroom import PATIENCE_S, Newsroom, free_port, soon
from .screens import Screen, opened

NEWSBOAT = shutil.which("newsboat")


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A website in a process of its own."""
    database = SqliteDatabase(tmp_path / "octavo.sqlite", migrations_path())
    database.migrate()
    prepare_site(database)
    made = Newsroom(f"http://127.0.0.1:{free_port()}", database, tmp_path)
    made.fill()
    try:
        made.start()
        yield made
    finally:
        made.kill()
        database.close()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen and a message bus nobody else uses."""
    with opened(tmp_path / "screen") as made:
        yield made


@dataclass
class Newsboat:
    """Newsboat with a configuration, a cache and a home of its own."""

    home: Path
    config: str
    urls: str = ""
    process: subprocess.Popen[bytes] | None = None
    terminal: int = -1
    shown: str = ""

    def __post_init__(self) -> None:
        self.home.mkdir(exist_ok=True)
        (self.home / "config").write_text(self.config)
        (self.home / "urls").write_text(self.urls)

    def run(self, *words: str) -> str:
        """Have it do something without a terminal; gives what it says."""
        done = subprocess.run(
            [*self._command(), "-x", *words],
            env=self._env(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def articles(self) -> list[tuple[str, str]]:
        """List headline and text of what it keeps."""
        with sqlite3.connect(self.home / "cache.db") as cache:
            return [(str(title), str(text)) for title, text in cache.execute("SELECT title, content FROM rss_item")]

    def open(self) -> None:
        """Start it in a terminal of 100 by 30 characters."""
        self.terminal, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            self._command(), env=self._env(), stdin=its, stdout=its, stderr=its, start_new_session=True
        )
        os.close(its)

    def see(self, text: str) -> None:
        """Wait until something was shown since the last key."""
        soon(lambda: text in self._read(), f"newsboat did not show {text!r} but {self.shown[-2000:]!r}")

    def press(self, keys: str) -> None:
        """Press keys once nothing moves any more."""
        while self._read(0.4, more=True):
            pass
        self.shown = ""
        os.write(self.terminal, keys.encode())

    def close(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait(20)
            os.close(self.terminal)
            self.process = None

    def _read(self, wait_s: float = 0.05, *, more: bool = False) -> str:
        """Take what it shows; with `more`, only what is new."""
        before = len(self.shown)
        while select.select([self.terminal], [], [], wait_s)[0]:
            self.shown += os.read(self.terminal, 65_536).decode(errors="replace")
        return self.shown[before:] if more else self.shown

    def _command(self) -> list[str]:
        assert NEWSBOAT
        given = {"-u": "urls", "-C": "config", "-c": "cache.db"}
        return [NEWSBOAT, *(word for flag, name in given.items() for word in (flag, str(self.home / name)))]

    def _env(self) -> Mapping[str, str]:
        return {"HOME": str(self.home), "TERM": "xterm", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}


@pytest.fixture
def newsboat(tmp_path: Path) -> Iterator[Callable[..., Newsboat]]:
    """Make newsboats; they end with the test."""
    made: list[Newsboat] = []

    def make(config: str, urls: str = "") -> Newsboat:
        made.append(Newsboat(tmp_path / f"newsboat-{len(made)}", config, urls))
        return made[-1]

    yield make
    for one in made:
        one.close()
