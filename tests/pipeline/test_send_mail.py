"""send_mail against a real mail server: each letter once, tried again, given up; and when the worker is killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from octavo.adapters.mailers.smtp import SmtpMailer
from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.config import Settings
from octavo.domain.mail import Message
from octavo.pipeline.send_mail import FIRST_PAUSE, send_mail
from octavo.pipeline.tidy import tidy
from octavo.ports.tools import Tools
from octavo.store import mail_outbox, migrations_path
from octavo.store.mail_outbox import WHENEVER
from postoffice import Post, RunningPost
from running import PATIENCE_S

from .conftest import NOW


@pytest.fixture
def post(socket_enabled: None) -> Iterator[Post]:
    with RunningPost() as running:
        yield running


@dataclass
class Room:
    """A worker's tools with a mail server, at a time of the test's choosing."""

    tools: Tools
    clock: list[datetime]

    def put(self, key: str, *, days: float = 3, rank: int = 0, to: str = "ada@reader.example") -> None:
        now = self.clock[-1]
        with self.tools.database.transaction() as tx:
            mail_outbox.add(tx, Message(to, f"Letter {key}", "Text", key), now, now + timedelta(days=days), rank=rank)

    def at(self, **later: float) -> int:
        self.clock.append(self.clock[-1] + timedelta(**later))
        return send_mail(self.tools)

    def waiting(self) -> mail_outbox.Waiting:
        with self.tools.database.read() as view:
            return mail_outbox.waiting(view)

    def dropped(self) -> list[str]:
        with self.tools.database.read() as view:
            return mail_outbox.dropped_since(view, NOW - timedelta(days=1), 99)


@pytest.fixture
def room(tools: Tools, post: Post) -> Iterator[Room]:
    clock = [NOW]
    mail = {"server": "127.0.0.1", "port": post.port, "tls": "none", "sender": "news@news.example", "a_minute": 5}
    settings = Settings.model_validate(
        {
            "data_dir": tools.settings.data_dir,
            "embedder": "off",
            "web": {"public_url": "https://news.example"},
            "mail": mail | {"timeout_s": 2},
        }
    )
    mailer = SmtpMailer(settings, lambda: clock[-1])
    yield Room(replace(tools, settings=settings, mailer=mailer, now=lambda: clock[-1]), clock)
    mailer.close()


def subjects(post: Post) -> list[str]:
    return [str(one["Subject"]) for one in post.messages]


def test_a_letter_is_sent_once(room: Room, post: Post) -> None:
    room.put("a")
    room.put("a")
    assert (room.at(), room.at(seconds=10), room.at(days=1)) == (1, 0, 0)
    assert subjects(post) == ["Letter a"]
    tidy(replace(room.tools, now=lambda: NOW + timedelta(days=20)))
    assert room.waiting().count == 0


def test_no_more_in_a_minute_than_the_settings_allow_and_the_urgent_first(room: Room, post: Post) -> None:
    for number in range(8):
        room.put(f"digest {number}", rank=WHENEVER)
    room.put("confirm")
    assert room.at() == 5
    assert subjects(post)[0] == "Letter confirm"
    assert room.at(seconds=30) == 0
    room.put("second")
    assert room.at(seconds=40) == 5
    assert subjects(post)[5] == "Letter second"


def test_a_letter_that_is_put_off_is_tried_again_and_given_up_after_days(room: Room, post: Post) -> None:
    post.to_address = lambda address: "450 4.2.1 greylisted" if address.startswith("slow") else None
    room.put("a", to="slow@reader.example")
    room.put("b")
    assert room.at() == 1, "one that is put off holds up no other"
    tries = 0
    while room.waiting().count and tries < 200:
        assert "greylisted" in room.waiting().told
        room.at(hours=1)
        tries += 1
    assert 20 < tries < 80
    assert len(room.dropped()) == 1
    assert "greylisted" in room.dropped()[0]
    assert subjects(post) == ["Letter b"]


def test_a_letter_put_off_once_arrives(room: Room, post: Post) -> None:
    answers = ["451 4.3.0 later", None]
    post.to_address = lambda _: answers.pop(0)
    room.put("a")
    assert (room.at(), room.at(seconds=1)) == (0, 0), "not at once"
    assert room.at(seconds=FIRST_PAUSE.total_seconds()) == 1
    assert subjects(post) == ["Letter a"]


def test_a_letter_no_server_takes_is_given_up_at_once(room: Room, post: Post) -> None:
    post.to_address = lambda _: "550 5.1.1 no such user"
    room.put("a")
    room.put("b", to="not an address")
    assert room.at() == 0
    assert room.waiting().count == 0
    assert any("no such user" in one for one in room.dropped())
    assert any("not an address" in one for one in room.dropped())


def test_a_server_that_is_gone_is_asked_once_a_round(room: Room, post: Post, socket_enabled: None) -> None:
    settings = room.tools.settings.model_copy(
        update={"mail": room.tools.settings.mail.model_copy(update={"port": 1, "timeout_s": 1})}
    )
    gone = replace(room.tools, mailer=SmtpMailer(settings, room.tools.now))
    for key in "abc":
        room.put(key)
    assert send_mail(gone) == 0
    with room.tools.database.read() as view:
        assert len(mail_outbox.due(view, NOW, 9)) == 2, "the others were not begun"
    assert room.at(seconds=60) == 3
    assert len(post.messages) == 3


def test_a_letter_too_late_is_not_sent(room: Room, post: Post) -> None:
    room.put("reset", days=0.04)
    assert room.at(hours=2) == 0
    assert "no mail was sent meanwhile" in room.dropped()[0]
    assert post.messages == []


def count(folder: Path, query: str) -> int:
    with sqlite3.connect(folder / "octavo.sqlite", timeout=30) as connection:
        found: int = connection.execute(query).fetchone()[0]
    connection.close()
    return found


def worker(folder: Path, post: Post) -> "subprocess.Popen[bytes]":
    settings = {
        "OCTAVO_DATA_DIR": str(folder),
        "OCTAVO_EMBEDDER": "off",
        "OCTAVO_LOG_LEVEL": "error",
        "OCTAVO_WEB__PUBLIC_URL": "https://news.example",
        "OCTAVO_MAIL__SERVER": "127.0.0.1",
        "OCTAVO_MAIL__PORT": str(post.port),
        "OCTAVO_MAIL__TLS": "none",
        "OCTAVO_MAIL__SENDER": "news@news.example",
        "OCTAVO_MAIL__A_MINUTE": "1000",
    }
    command = [sys.executable, "-m", "octavo", "work"]
    return subprocess.Popen(command, env=os.environ | settings, start_new_session=True)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before the server took it", "after the server took it"])
def test_kill_nine_between_two_letters(sqlite_template: Path, tmp_path: Path, post: Post, when: str) -> None:
    """The worker dies at the fifth letter: before its end was seen, or after, before it could write that down."""
    database = SqliteDatabase(tmp_path / "octavo.sqlite", migrations_path())
    database.migrate()
    now = datetime.now(tz=NOW.tzinfo)
    letters = 12
    with database.transaction() as tx:
        for n in range(letters):
            one = Message(f"r{n}@reader.example", f"Letter {n}", "Text", f"letter {n}")
            mail_outbox.add(tx, one, now, now + timedelta(days=3))
    database.close()
    running = [worker(tmp_path, post)]

    def kill() -> None:
        os.killpg(running[0].pid, signal.SIGKILL)
        running[0].wait()

    if when == "after the server took it":
        post.after_data = lambda: kill() if len(post.raw) == 5 and len(running) == 1 else None
    else:
        post.to_message = lambda _: kill() if len(post.raw) == 4 and len(running) == 1 else None
    try:
        _until(lambda: running[0].poll() is not None)
        post.after_data, post.to_message = lambda: None, lambda _: None
        running.append(worker(tmp_path, post))
        _until(lambda: count(tmp_path, "SELECT count(*) FROM mail_outbox WHERE outcome = 'sent'") == letters)
    finally:
        for process in running:
            process.terminate()
            process.wait(PATIENCE_S)
    got = Counter(str(one["Message-ID"]) for one in post.messages)
    assert len(got) == letters, "none is lost"
    assert sum(got.values()) - letters <= 1, "one at most twice, under the same id"
    assert len({str(one["Subject"]) for one in post.messages}) == letters


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)
