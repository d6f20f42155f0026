"""octavo mail test|status and doctor, with a real mail server on loopback."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from octavo.adapters.sqlite.database import SqliteDatabase
from octavo.domain.mail import Message
from octavo.store import mail_outbox, migrations_path
from postoffice import Post, RunningPost

from .conftest import Octavo

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def post(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with RunningPost() as running:
        named = {"SERVER": "127.0.0.1", "PORT": str(running.port), "TLS": "none", "SENDER": "news@news.example"}
        for name, value in named.items():
            monkeypatch.setenv(f"OCTAVO_MAIL__{name}", value)
        monkeypatch.setenv("OCTAVO_WEB__PUBLIC_URL", "https://news.example")
        yield running


def test_a_test_message_is_sent_at_once(octavo: Octavo, post: Post) -> None:
    done = octavo("mail", "test", "ada@reader.example")
    assert done.code == 0, done.err
    assert "taken: 250 2.0.0 taken" in done.out
    [got] = post.messages
    assert str(got["Message-ID"]) in done.out
    assert "https://news.example" in got.get_content()


def test_what_the_server_says_is_said(octavo: Octavo, post: Post) -> None:
    post.to_address = lambda _: "550 5.1.1 no such user"
    done = octavo("mail", "test", "ada@reader.example")
    assert (done.code, done.sentence) == (
        1, "octavo: the mail server does not take the address (550 5.1.1 no such user)",
    )  # fmt: skip
    assert octavo("mail", "test", "nobody at all").code == 2


def test_without_a_server_it_says_so(octavo: Octavo) -> None:
    done = octavo("mail", "test", "ada@reader.example")
    assert done.code == 1
    assert "mail.server" in done.sentence
    assert json.loads(octavo("mail", "status", "--json").out)["mail"] == "off"


def test_a_setting_that_makes_no_sense_stops_everything(octavo: Octavo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_MAIL__SERVER", "mail.example")
    for words in (("mail", "status"), ("doctor",)):
        done = octavo(*words)
        assert (done.code, "web.public_url" in done.sentence) == (3, True)


def test_a_password_is_shown_nowhere(octavo: Octavo, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "a very secret password"
    monkeypatch.setenv("OCTAVO_MAIL__USER", "octavo")
    monkeypatch.setenv("OCTAVO_MAIL__PASSWORD", secret)
    for words in (("mail", "test", "ada@reader.example"), ("mail", "status"), ("doctor",)):
        done = octavo(*words)
        assert secret not in done.out + done.err
    monkeypatch.setenv("OCTAVO_MAIL__PORT", "none")
    assert secret not in octavo("mail", "status").err
    monkeypatch.delenv("OCTAVO_MAIL__PORT")
    monkeypatch.setenv("OCTAVO_MAIL__PASSWORD_NAME", "missing")
    assert octavo("mail", "status").code == 3


def test_what_waits_and_why(octavo: Octavo, post: Post, tmp_path: Path) -> None:
    octavo("mail", "status")
    database = SqliteDatabase(tmp_path / "octavo-data" / "octavo.sqlite", migrations_path())
    now = datetime.now(UTC) - timedelta(hours=2)
    with database.transaction() as tx:
        mail_outbox.add(tx, Message("ada@reader.example", "Hello", "There", "1"), now, now + timedelta(days=3))
        [one] = mail_outbox.due(tx, now, 9)
        mail_outbox.later(tx, one.id, "450 greylisted")
    database.close()
    found = json.loads(octavo("mail", "status", "--json").out)
    assert (found["waiting"], found["last said"]) == (1, "450 greylisted")
    assert "last said: 450 greylisted" in octavo("mail", "status").out
    looked = {one["name"]: one for one in json.loads(octavo("doctor", "--json").out)}
    assert (looked["mail"]["well"], "greylisted" in looked["mail"]["advice"]) == (False, True)
