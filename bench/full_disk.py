"""A disk that fills up while people write and articles come in, and is given room again: again and again.

    python bench/full_disk.py [--rounds 20] [--megabytes 96] [--writers 3] [--seed 1]

Run it as root: the data folder of `octavo demo` on SQLite is a small file system of its own (tmpfs). In each round it
is filled to the last byte; meanwhile it is asked for a page and sent a comment; after some seconds the room is given
back. What was answered with yes must be there in the end, once, and the database whole. It is counted how reading and
writing were answered while there was no room, what writers were told, and how long after there was room a write was
answered with yes and a page that somebody wrote to could be read. Exit code 1 when anything was lost, there twice,
broken, said without its reason, or did not come back by itself.
"""

import argparse
import errno
import html
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path
from typing import Any

from collected import read
from killing import Acknowledged, Instance, Writer, articles, check, running
from posts import PATIENCE_S

FULL_S = (1.0, 6.0)
"""For how long there is no room."""

REASON = "no room left"


@dataclass
class Seen:
    """How the instance answered while there was no room, and how soon all was well once there was some."""

    reads: Counter[int] = field(default_factory=Counter)
    writes: Counter[str] = field(default_factory=Counter)
    back_s: list[float] = field(default_factory=list)
    ended: int = 0
    """Processes that ended in between: none should."""


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a file system of so many megabytes on a folder."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "octavo-full", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    """Take what room there is, to the last byte."""
    with file.open("ab", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            while _written(out, size):
                pass


def _written(out: RawIOBase, size: int) -> bool:
    """Write so many bytes; tells whether there was room for all of them."""
    try:
        return out.write(bytes(size)) == size
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False


class Probe(Writer):
    """Somebody who writes once and tells what was answered."""

    def once(self) -> str:
        """Send one comment; gives "yes", or the status and whether the reason was said."""
        path, text = self._articles[0], f"{self.account} asks {time.monotonic_ns()}"
        try:
            where = self._ask(
                f"{path}/comments",
                {"token": self._token, "text": text, "key": text.replace(" ", "-"), "back": path[7:]},
            )
        except urllib.error.HTTPError as error:
            said = html.unescape(error.read().decode(errors="replace"))
            return f"{error.code} {'with' if REASON in said else 'without'} the reason"
        except OSError as error:
            return f"no answer ({type(error).__name__})"
        with self._known.lock:
            self._known.comments[text] = where.partition("#c-")[2]
        return "yes"


def status_of(address: str) -> int:
    """The status a page is answered with, 0 without an answer."""
    return 200 if read(address) else 0


def one_round(instance: Instance, probe: Probe, seen: Seen, chance: random.Random) -> None:
    """Fill the disk, look, give room, and wait until all is well."""
    filler = instance.folder / "octavo-data" / "filler"
    before = instance.victims()
    fill(filler)
    until = time.monotonic() + chance.uniform(*FULL_S)
    while time.monotonic() < until:
        fill(filler)
        seen.writes[probe.once()] += 1
        seen.reads[status_of(f"{instance.base}/en-gb/latest")] += 1
        time.sleep(0.2)
    filler.unlink()
    since = time.monotonic()
    while probe.once() != "yes" or "worker: ok" not in read(f"{instance.base}/readyz"):
        if time.monotonic() - since > PATIENCE_S:
            sys.exit(f"nothing was well again {PATIENCE_S:g} s after there was room; see {instance.folder}/log")
        time.sleep(0.05)
    seen.back_s.append(time.monotonic() - since)
    seen.ended += sum(instance.victims().get(name) != process for name, process in before.items())


def measure(rounds: int, megabytes: int, writers: int, seed: int) -> tuple[Seen, Acknowledged, list[str]]:
    """Run an instance on a small disk, so many rounds; gives what was seen, what was acknowledged, what is wrong."""
    chance, seen, known = random.Random(seed), Seen(), Acknowledged()  # noqa: S311 - chooses moments
    with tempfile.TemporaryDirectory(prefix="octavo-full-") as name:
        folder = Path(name)
        with small_disk(folder / "octavo-data", megabytes), running(folder, "sqlite") as instance:
            listed = articles(instance.base)
            people = [Writer(instance.base, f"writer-{n}", known, listed, seed + n) for n in range(writers)]
            probe = Probe(instance.base, "probe", known, listed, seed)
            known.may_write.set()
            for one in people:
                one.start()
            for number in range(1, rounds + 1):
                time.sleep(chance.uniform(0.5, 3.0))
                one_round(instance, probe, seen, chance)
                print(f"round {number}: well after {seen.back_s[-1]:.2f} s, {known.count} writes", flush=True)
            for one in people:
                one.stop()
            for one in people:
                one.join(PATIENCE_S)
            wrong = check(instance.database, known)
    return seen, known, wrong


def main() -> None:
    """Fill, look, give room; say what became of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--megabytes", type=int, default=96)
    options.add_argument("--writers", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    given: Any = options.parse_args()
    if os.geteuid():
        sys.exit("run it as root: it mounts a small file system")
    seen, known, wrong = measure(given.rounds, given.megabytes, given.writers, given.seed)
    print(f"acknowledged: {known.count}; sent again without a yes: {known.sent_again}; wrong: {len(wrong)}")
    for line in wrong[:20]:
        print(f"  {line}")
    print(f"reading without room: {dict(seen.reads)}; writing: {dict(seen.writes)}; processes that ended: {seen.ended}")
    print(f"well again after {statistics.median(seen.back_s):.2f} s (median), {max(seen.back_s):.2f} s (longest)")
    unsaid = sum(count for told, count in seen.writes.items() if told != "yes" and "with the reason" not in told)
    sys.exit(1 if wrong or unsaid or seen.ended else 0)


if __name__ == "__main__":
    main()
