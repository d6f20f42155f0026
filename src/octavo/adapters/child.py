"""A program of this machine, run once on some bytes: without a shell, with bounds on its time and its output."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO


class ChildError(Exception):
    """The program gave nothing that can be used; the message says why, behind the program's name."""


def run(order: Sequence[str], given: bytes, whole_s: float, most_bytes: int) -> bytes:
    """Run a program and give what it writes. Raises ChildError.

    What it is given is less than a pipe holds (64 KiB), so it is written before anything is read. Programs it starts
    are found beside it and in the system's own folders, and end with it.
    """
    until = time.monotonic() + whole_s
    beside = str(Path(order[0]).parent)
    quiet = {"LC_ALL": "C.UTF-8", "PATH": os.pathsep.join((beside, "/usr/local/bin", os.defpath))}
    with subprocess.Popen(  # noqa: S603 (fixed words, no shell; what comes from others goes to its standard input)
        order,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=quiet,
        start_new_session=True,
    ) as process:
        try:
            if process.stdin is None or process.stdout is None:
                raise ChildError("could not be started")
            with suppress(BrokenPipeError):
                process.stdin.write(given)
                process.stdin.close()
            heard = _heard(process.stdout, until, most_bytes)
            code = process.wait(max(0.1, until - time.monotonic()))
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise ChildError(f"was not done within {whole_s:g} s") from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if code:
        raise ChildError(f"ended with code {code}")
    return heard


def _heard(pipe: IO[bytes], until: float, most_bytes: int) -> bytes:
    """Read to its end. Raises TimeoutError, ChildError."""
    heard = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while len(heard) <= most_bytes:
            if not waiting.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            some = os.read(pipe.fileno(), 65_536)
            if not some:
                return bytes(heard)
            heard += some
    raise ChildError("writes more than it was asked for")
