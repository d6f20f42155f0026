"""Newsletters by LMTP: real conversations over loopback, with a mail server's own client."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from octavo import app as wiring
from octavo.accounts.permissions import OPERATOR
from octavo.actions import newsletters as actions
from octavo.adapters.receivers import lmtp
from octavo.config import NewsletterSettings
from octavo.errors import StoreBusy, StoreFull
from octavo.ports.tools import Tools
from octavo.store import pages

pytestmark = pytest.mark.enable_socket

MAIL = (
    "From: Gull <letters@gull.example>\r\nSubject: {subject}\r\nMessage-ID: <{number}@gull.example>\r\n"
    "Content-Type: text/plain\r\n\r\nThe harbour office of Varn said so.\r\n"
)


@dataclass
class Receiver:
    """A running receiver, the newsletter it takes in, and the database behind it."""

    tools: Tools
    address: str
    port: int

    def talk(self) -> smtplib.LMTP:
        return smtplib.LMTP("127.0.0.1", self.port, timeout=60)

    def send(self, raw: str | bytes, *to: str) -> tuple[int, bytes]:
        """Hand over one mail; gives the last answer."""
        with self.talk() as client:
            try:
                client.sendmail("bounce@gull.example", to or (self.address,), raw)
            except smtplib.SMTPDataError as error:
                return error.smtp_code, error.smtp_error if isinstance(
                    error.smtp_error, bytes
                ) else error.smtp_error.encode()
            except smtplib.SMTPRecipientsRefused as error:
                return list(error.recipients.values())[-1]
            except smtplib.SMTPSenderRefused as error:
                return error.smtp_code, error.smtp_error if isinstance(
                    error.smtp_error, bytes
                ) else error.smtp_error.encode()
        return 250, b""

    def kept(self) -> int:
        with self.tools.database.read() as view:
            return len(pages.fetched(view, 100))


@pytest.fixture
def receiver(recorded_tools: Tools) -> Iterator[Receiver]:
    said = NewsletterSettings(domain="in.news.example", max_mail_bytes=200_000)
    tools = replace(recorded_tools, settings=recorded_tools.settings.model_copy(update={"newsletters": said}))
    address = actions.add(tools, OPERATOR, "gull.example", "The Gull Weekly").address
    ports: list[int] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    task: asyncio.Task[None] | None = None

    def started(port: int) -> None:
        ports.append(port)
        ready.set()

    async def run() -> None:
        nonlocal task
        task = asyncio.ensure_future(wiring.receive_newsletters(tools, started))
        try:
            await task
        except asyncio.CancelledError:
            return

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(20)
    yield Receiver(tools, address, ports[0])
    assert task is not None
    loop.call_soon_threadsafe(task.cancel)
    thread.join(20)
    loop.close()


def test_an_issue_is_kept_before_it_is_said_to_be_taken(receiver: Receiver) -> None:
    with receiver.talk() as client:
        client.ehlo_or_helo_if_needed()
        assert client.mail("bounce@gull.example")[0] == 250
        assert client.rcpt(receiver.address)[0] == 250
        assert receiver.kept() == 0
        assert client.data(MAIL.format(number=1, subject="One")) == (250, b"2.0.0 taken")
        assert receiver.kept() == 1
        client.mail("bounce@gull.example")
        client.rcpt(receiver.address.upper())
        assert client.data(MAIL.format(number=1, subject="One")) == (250, b"2.0.0 already here")
        client.mail("bounce@gull.example")
        client.rcpt(receiver.address)
        assert client.data(MAIL.format(number=2, subject="Two"))[0] == 250
    assert receiver.kept() == 2


def test_each_refusal_has_its_answer(receiver: Receiver) -> None:
    assert receiver.send(MAIL.format(number=1, subject="One"), "nobody@in.news.example")[0] == 550
    assert receiver.send(MAIL.format(number=1, subject="One"), "nobody@elsewhere.example")[0] == 550
    assert receiver.send("Subject: nothing\r\n\r\n") == (550, b"5.6.0 the mail does not say whom it is from")
    assert receiver.send(b"\x00\x01\x02" * 100)[0] == 550
    assert receiver.send("Auto-Submitted: auto-replied\r\n" + MAIL.format(number=1, subject="Away"))[0] == 550
    assert receiver.send(MAIL.format(number=1, subject="One"))[0] == 250
    stranger = MAIL.format(number=2, subject="Two").replace("letters@", "evil@")
    assert receiver.send(stranger)[0] == 550
    assert receiver.kept() == 1


def test_a_mail_server_that_names_two_sends_twice(receiver: Receiver) -> None:
    other = actions.add(receiver.tools, OPERATOR, "gull.example", "The Gull Daily").address
    with receiver.talk() as client:
        client.ehlo_or_helo_if_needed()
        client.mail("bounce@gull.example")
        assert client.rcpt(receiver.address)[0] == 250
        assert client.rcpt(other)[0] == 452


def test_fifty_megabytes_are_refused_without_being_kept(receiver: Receiver) -> None:
    with receiver.talk() as client:
        client.ehlo_or_helo_if_needed()
        with pytest.raises(smtplib.SMTPException) as refused:
            client.sendmail("a@gull.example", [receiver.address], "x" * 50_000_000, ["SIZE=50000000"])
        assert getattr(refused.value, "smtp_code", 552) == 552
    with socket.create_connection(("127.0.0.1", receiver.port), 60) as raw, raw.makefile("rb") as file:
        raw.settimeout(60)
        file.readline()
        for line in (b"LHLO a", b"MAIL FROM:<a@gull.example>", f"RCPT TO:<{receiver.address}>".encode(), b"DATA"):
            raw.sendall(line + b"\r\n")
            while file.readline()[3:4] == b"-":
                continue
        endless = b"x" * 50_000_000  # one line without an end
        with pytest.raises(OSError, match=r"reset|pipe|abort"):
            raw.sendall(endless)
    assert receiver.kept() == 0
    assert receiver.send(MAIL.format(number=1, subject="One"))[0] == 250


def test_hostile_mails_end_with_an_answer(receiver: Receiver) -> None:
    nested = "From: a@b.example\r\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(1000)
    )
    assert receiver.send(nested)[0] == 550
    assert receiver.send(MAIL.format(number=3, subject="=?x-no?q?=FF?= =?utf-8?q?a=0D=0ABcc:_x@y.example?="))[0] == 250
    assert receiver.send("From: " + "(" * 900 + "a@b.example\r\n\r\nHi")[0] in (250, 550)
    with receiver.talk() as client:
        for line in ("MAIL FROM:<" + "a" * 2000 + ">", "RCPT TO:<" + "\x00" * 10 + ">", "XYZZY", "DATA", "AUTH PLAIN"):
            client.putcmd(line) if "\x00" not in line else client.send(f"{line}\r\n")
            assert client.getreply()[0] >= 500 or client.noop()[0] == 250


@pytest.mark.parametrize(
    ("fault", "code"), [(StoreBusy("busy"), 451), (StoreFull("full"), 452), (RuntimeError("unforeseen"), 451)]
)
def test_what_cannot_be_kept_now_is_sent_again(fault: Exception, code: int) -> None:
    def fail(raw: bytes, local: str) -> str:
        raise fault

    async def run() -> int:
        room = lmtp.Mailroom(lambda address: "abc", fail, 100_000)
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        serving = asyncio.ensure_future(lmtp.serve(room, "127.0.0.1", 0, port.set_result))
        try:
            return await asyncio.to_thread(_code, await port)
        finally:
            serving.cancel()

    assert asyncio.run(run()) == code


def _code(port: int) -> int:
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("a@gull.example")
        client.rcpt("abc@in.news.example")
        return client.data("From: a@b.example\r\n\r\nHi")[0]
