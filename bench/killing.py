"""Kill -9 of a random process at a random moment, again and again, while people write and articles come in.

    python bench/killing.py [--rounds 200] [--database sqlite|postgres] [--writers 4] [--seed 1]

Runs `octavo demo` (supervisor, website, worker, newswire) on SQLite, or on a PostgreSQL of its own that is killed too.
Writers post comments, vote and save articles by HTTP; what was answered is written down. What gets no answer is sent
again, as a browser's outbox does. In the end, and every so many rounds, the database is asked: is each acknowledged
write there, once? Is the database whole? After each kill: how long until a page is answered and the worker is back, and
how much processor time did the processes that were started take until then? A machine with other things to do makes the
first longer, not the second. Byte code is kept between starts, as where a program is installed.
Exit code 1 when anything was lost, there twice, broken, or slower to come back than --recovery seconds.
"""

import argparse
import os
import random
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import databases
from collected import free_port, read
from posts import FREE, PASSWORD, PATIENCE_S, _Stay

CHECK_EVERY = 25
LOOK_S = 0.02
STUCK_S = 120.0
"""After so long without an answer every process is made to say where it stands, and the run ends."""

OFTEN = {"supervisor": 1}
"""How often one is chosen beside the others' 3: with the supervisor all its processes begin anew."""

PAUSE_S = 0.03
"""Between two writings of one person, on average: the machine has other things to do as well."""


Took = dict[str, list[tuple[float, float]]]
"""By what was killed: seconds until it was back, and processor seconds of what was started."""


@dataclass
class Acknowledged:
    """What was answered with yes: comments by text, votes by account and comment, saves by account and article."""

    comments: dict[str, str] = field(default_factory=dict)
    votes: dict[tuple[str, str], int] = field(default_factory=dict)
    saves: set[tuple[str, str]] = field(default_factory=set)
    sent_again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    may_write: threading.Event = field(default_factory=threading.Event)
    at_it: int = 0
    """Who compares waits until nobody writes: a vote on its way is neither the old one nor the new one."""

    @property
    def count(self) -> int:
        """All of them."""
        return len(self.comments) + len(self.votes) + len(self.saves)


class Writer(threading.Thread):
    """Somebody with an account who writes without pause, and sends again what was not answered."""

    def __init__(self, base: str, name: str, known: Acknowledged, articles: Sequence[str], seed: int) -> None:
        super().__init__(daemon=True)
        self._base, self.account, self._known, self._articles = base, name, known, articles
        self._chance = random.Random(seed)  # noqa: S311 - chooses what is written
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), _Stay())
        self._over = threading.Event()
        self._ask("/en-gb/sign-up", {"name": name, "password": PASSWORD})
        page = self._open.open(f"{base}{articles[0]}", timeout=60).read().decode()
        found = re.search(r'name="token" value="([0-9a-f]+)"', page)
        self._token = found[1] if found else sys.exit("nobody is signed in")

    def run(self) -> None:
        """Write until told to stop."""
        number = 0
        while not self._over.is_set():
            number += 1
            act = self._chance.choices((self._comment, self._vote, self._save), (6, 3, 2))[0]
            self._known.may_write.wait()
            with self._known.lock:
                self._known.at_it += 1
            act(number)
            with self._known.lock:
                self._known.at_it -= 1
            self._over.wait(self._chance.uniform(0, 2 * PAUSE_S))

    def stop(self) -> None:
        """Write no more."""
        self._over.set()

    def _comment(self, number: int) -> None:
        path, text = self._chance.choice(self._articles), f"{self.account} says {number} {secrets.token_hex(4)}"
        where = self._until_answered(
            f"{path}/comments", {"text": text, "key": text.replace(" ", "-"), "back": path[7:]}
        )
        if where is not None:
            with self._known.lock:
                self._known.comments[text] = where.partition("#c-")[2]

    def _vote(self, _number: int) -> None:
        with self._known.lock:
            there = list(self._known.comments.items())[-200:]
        others = [name for text, name in there if name and not text.startswith(f"{self.account} ")]
        if not others:
            return
        name, value = self._chance.choice(others), self._chance.choice(("up", "down"))
        if self._until_answered(f"/en-gb/comment/{name}/vote", {"value": value}) is not None:
            with self._known.lock:
                self._known.votes[self.account, name] = 1 if value == "up" else -1

    def _save(self, _number: int) -> None:
        path = self._chance.choice(self._articles)
        name = path.split("/")[3]
        if self._until_answered("/en-gb/keep/save", {"act": f"save:{name}"}) is not None:
            with self._known.lock:
                self._known.saves.add((self.account, name))

    def _until_answered(self, path: str, fields: dict[str, str]) -> str | None:
        """Send a form until it is answered; gives where the answer leads, None where it was refused or time is up."""
        while not self._over.is_set():
            try:
                return self._ask(path, {"token": self._token, **fields})
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    return None
            except (OSError, TimeoutError):
                pass
            self._known.sent_again += 1
            self._over.wait(0.1)
        return None

    def _ask(self, path: str, fields: dict[str, str]) -> str:
        body = urllib.parse.urlencode(fields).encode()
        asked = urllib.request.Request(self._base + path, body, {"sec-fetch-site": "same-origin"})  # noqa: S310
        try:
            with self._open.open(asked, timeout=30) as answer:
                return str(answer.headers.get("location", ""))
        except urllib.error.HTTPError as error:
            if error.code == 303:
                return str(error.headers.get("location", ""))
            raise


@dataclass
class Instance:
    """A demo under its supervisor, which this program starts again when it was the one killed."""

    folder: Path
    database: databases.Kept
    port: int = field(default_factory=free_port)
    newswire: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and do not wait."""
        limits = {f"OCTAVO_COMMENTS__{name}".upper(): str(value) for name, value in FREE.items()}
        own = {
            "OCTAVO_NEWSWIRE__PORT": str(self.newswire),
            "OCTAVO_LOG_LEVEL": "error",
            "OCTAVO_FETCH__DELAY_S": "0.05",
        }
        own |= {"OCTAVO_ACCOUNTS__SIGN_UP": "open", "OCTAVO_ACCOUNTS__SIGN_UP_SECONDS": "0"}
        own |= {"OCTAVO_ACCOUNTS__SIGN_UPS_AN_HOUR": "1000", "OCTAVO_ACCOUNTS__PASSWORD_MEMORY_KIB": "7168"}
        own |= {"OCTAVO_DATABASE_URL": self.database.url, "PYTHONFAULTHANDLER": "1"}
        own |= {"PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        clean.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "octavo", "demo", "--port", str(self.port), "--jobs", "1"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=clean | limits | own, cwd=self.folder, start_new_session=True, stdout=log, stderr=log
            )

    def victims(self) -> dict[str, int]:
        """Its processes by what they are."""
        if self.process is None:
            return {}
        found = {"supervisor": self.process.pid}
        for task in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for child in task.read_text().split():
                words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                found |= {name: int(child) for name in ("web", "work") if name.encode() in words}
        return found | self.database.victims()

    def worked_s(self, name: str) -> float:
        """Processor seconds of the process of that name since it began; of all of them where they all began anew."""
        living = self.victims()
        names = ("supervisor", "web", "work") if name == "supervisor" else (name,)
        return sum(_worked_s(living[one]) for one in names if one in living)

    def kill(self, name: str, victim: int) -> None:
        """Kill a process, and start again what nothing else starts."""
        os.kill(victim, signal.SIGKILL)
        if name == "supervisor" and self.process is not None:
            self.process.wait()
            self.start()
        elif name == "postgres":
            self.database.start_again()

    def say_where(self) -> None:
        """End each process by a signal that has it write the stacks of its threads, and print what was logged."""
        for process in self.victims().values():
            with suppress(OSError):
                os.kill(process, signal.SIGABRT)
        time.sleep(2)
        print((self.folder / "log").read_text(errors="replace")[-20_000:], flush=True)

    def stop(self) -> None:
        """End it as it should be ended."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def _worked_s(process: int) -> float:
    """Processor seconds a process took so far, and those of what it waited for."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def recovery(instance: Instance, name: str, since: float, was: set[str]) -> float:
    """Wait until readers are answered and a worker is there again; gives the seconds since the kill."""
    deadline = time.monotonic() + STUCK_S
    while time.monotonic() < deadline:
        page = read(f"{instance.base}/en-gb/latest")
        if page and (name not in ("work", "supervisor", "postgres") or instance.database.workers() - was):
            return time.monotonic() - since
        if page and name == "postgres" and "worker: ok" in read(f"{instance.base}/readyz"):
            return time.monotonic() - since
        time.sleep(LOOK_S)
    instance.say_where()
    sys.exit(f"nothing came back within {STUCK_S:g} s after {name} was killed")


def check(kept: databases.Kept, known: Acknowledged) -> list[str]:
    """Compare what was acknowledged with what is kept; gives what is wrong."""
    known.may_write.clear()
    while known.at_it > 0:
        time.sleep(LOOK_S)
    with known.lock:
        comments, votes, saves = dict(known.comments), dict(known.votes), set(known.saves)
    there: dict[str, int] = dict(kept.rows("SELECT text, count(*) FROM comments GROUP BY text"))
    wrong = [f"comment lost: {text}" for text in comments if text not in there]
    wrong += [f"comment there {count} times: {text}" for text, count in there.items() if count > 1]
    voted = {(row[0], databases.short(row[1])): row[2] for row in kept.rows(databases.VOTES)}
    wrong += [f"vote lost: {key}" for key, value in votes.items() if voted.get(key) != value]
    saved = {(row[0], databases.short(row[1])) for row in kept.rows(databases.SAVES)}
    wrong += [f"save lost: {key}" for key in saves - saved]
    wrong += [f"{told}: {found}" for told, query in databases.WRONG.items() if (found := kept.rows(query)[0][0])]
    wrong += kept.damage()
    known.may_write.set()
    return wrong


def rounds(instance: Instance, known: Acknowledged, count: int, chance: random.Random) -> tuple[Took, list[str]]:
    """Kill and come back, so many times."""
    took: Took = {}
    wrong: list[str] = []
    for number in range(1, count + 1):
        time.sleep(chance.uniform(0.1, 1.0))
        victims = instance.victims()
        names = sorted(victims)
        [name] = chance.choices(names, [OFTEN.get(one, 3) for one in names])
        was = instance.database.workers()
        since = time.monotonic()
        instance.kill(name, victims[name])
        took.setdefault(name, []).append((recovery(instance, name, since, was), instance.worked_s(name)))
        told = "back after {:.2f} s, {:.2f} s of processor".format(*took[name][-1])
        print(f"round {number}: {name}, {told}, {known.count} writes", flush=True)
        if number % CHECK_EVERY == 0:
            wrong += check(instance.database, known)
            print(f"checked: {len(wrong)} wrong", flush=True)
    return took, wrong


@contextmanager
def running(folder: Path, kind: str) -> Iterator[Instance]:
    """An instance that was collected, on its database."""
    with databases.kept(kind, folder) as database:
        instance = Instance(folder, database)
        instance.start()
        try:
            wait_for_articles(instance)
            yield instance
        finally:
            instance.stop()


def wait_for_articles(instance: Instance) -> None:
    """Wait until there is something to write about."""
    deadline = time.monotonic() + PATIENCE_S
    while len(articles(instance.base)) < 5:
        if time.monotonic() > deadline:
            sys.exit((instance.folder / "log").read_text()[-2000:] or "the demo did not start")
        time.sleep(0.5)


def articles(base: str) -> list[str]:
    """The addresses of articles on the front page and the latest list."""
    found = re.findall(r'href="(/en-gb/article/[^"#]+)"', read(f"{base}/en-gb/latest"))
    return list(dict.fromkeys(found))


def main() -> None:
    """Kill, write, compare; say what became of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options.add_argument("--writers", type=int, default=4)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--recovery", type=float, default=3.0, help="seconds the median may take, for each victim")
    given: Any = options.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - chooses moments, guards nothing
    with tempfile.TemporaryDirectory(prefix="octavo-killing-") as name, running(Path(name), given.database) as instance:
        known, listed = Acknowledged(), articles(instance.base)
        writers = [Writer(instance.base, f"writer-{n}", known, listed, given.seed + n) for n in range(given.writers)]
        known.may_write.set()
        for one in writers:
            one.start()
        took, wrong = rounds(instance, known, given.rounds, chance)
        for one in writers:
            one.stop()
        for one in writers:
            one.join(60)
        wrong += check(instance.database, known)
        sys.exit(report(took, wrong, known, given.recovery))


def report(took: Took, wrong: list[str], known: Acknowledged, bound: float) -> int:
    """Print what became of it; gives the exit code."""
    print(f"acknowledged: {len(known.comments)} comments, {len(known.votes)} votes, {len(known.saves)} saves;")
    print(f"sent again without an answer: {known.sent_again}; wrong: {len(wrong)}")
    for line in wrong[:20]:
        print(f"  {line}")
    slow = False
    for name, each in sorted(took.items()):
        seconds, worked = [one for one, _ in each], statistics.median(one for _, one in each)
        middle, worst = statistics.median(seconds), max(seconds)
        within = sum(one <= bound for one in seconds)
        slow |= middle > bound
        print(
            f"{name:10} killed {len(seconds):4} times, back after {middle:5.2f} s (median), {worst:5.2f} s (longest),"
        )
        print(f"{'':10} within {bound:g} s: {within}; processor until then: {worked:.2f} s (median)")
    return 1 if wrong or slow else 0


if __name__ == "__main__":
    main()
