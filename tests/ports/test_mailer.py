"""Mailer's contract: messages as mail programs read them, a secret way, errors of ours, and no field but ours."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.adapters.mailers.console import ConsoleMailer
from octavo.adapters.mailers.off import OffMailer
from octavo.adapters.mailers.smtp import SmtpMailer
from octavo.config import Settings
from octavo.domain.mail import Message, read_address
from octavo.errors import InputError, MailError, MailOff, MailRefused, SettingsError
from postoffice import PASSWORD, USER, Post, RunningPost, Silent, make_certificate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LETTER = Message(
    "ada@reader.example", "Confirm your address", "Hello.\n\nhttps://news.example/x\n.\n..end\n", "confirm 1"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def post(socket_enabled: None) -> Iterator[Post]:
    with RunningPost() as running:
        yield running


def mailer(port: int, **changes: object) -> SmtpMailer:
    """A mailer of a site called news.example."""
    usual = {"server": "localhost", "port": port, "tls": "none", "sender": "Example News <news@news.example>"}
    settings = Settings.model_validate(
        {"web": {"public_url": "https://news.example/"}, "mail": usual | {"timeout_s": 5} | changes}
    )
    return SmtpMailer(settings, lambda: NOW, settings.mail.password.get_secret_value())


def sent(post: Post, message: Message) -> None:
    one = mailer(post.port)
    one.send(message)
    one.close()


def test_a_message_arrives_as_it_was_written(post: Post) -> None:
    html = '<p dir="rtl">\u0645\u0631\u062d\u0628\u0627 \u2014 \u00fc</p>'
    stop = "https://news.example/mail/stop/" + "x" * 200
    text = LETTER.text + "\u0645\u0631\u062d\u0628\u0627 " * 50 + "\n"
    subject = "\u0623\u062e\u0628\u0627\u0631 \u0627\u0644\u064a\u0648\u0645 " * 8
    letter = replace(LETTER, subject=subject.strip(), text=text, html=html, unsubscribe=stop, language="ar",
                     headers={"List-Id": "<digest.news.example>"})  # fmt: skip
    sent(post, letter)
    [got] = post.messages
    assert (got["To"], got["Subject"], got["Date"].datetime) == (letter.to, letter.subject, NOW)
    assert got["From"].addresses[0].display_name == "Example News"
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "ar")
    assert got["List-Id"] == "<digest.news.example>"
    plain, marked = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert marked is not None
    assert plain.get_content().replace("\r\n", "\n") == text
    assert marked.get_content().strip() == html
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in post.raw[0], "mail programs look for it as it stands"
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in post.raw[0]
    assert post.raw[0].isascii()
    assert max(map(len, post.raw[0].split(b"\r\n"))) <= 998
    assert b"\n" not in post.raw[0].replace(b"\r\n", b"")
    assert got["Message-ID"].endswith("@news.example>")
    assert post.envelopes[0].mail_from == "news@news.example"


def test_one_key_is_one_message_id(post: Post) -> None:
    one = mailer(post.port)
    first, again, other = (one.send(replace(LETTER, key=key)) for key in ("a", "a", "b"))
    one.close()
    assert first.message_id == again.message_id != other.message_id
    assert [got["Message-ID"] for got in post.messages] == [first.message_id, again.message_id, other.message_id]
    assert post.connections == 1, "one connection for messages that follow each other"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: everyone@reader.example"},
        {"subject": "Hello\nX: y"},
        {"subject": "Hello\rX: y"},
        {"subject": "Hello\u2028X: y"},
        {"subject": "Hello\x00"},
        {"to": "ada@reader.example\r\nBcc: eve@reader.example"},
        {"to": "ada@reader.example, eve@reader.example"},
        {"to": "Ada <ada@reader.example>"},
        {"to": "ada@reader.example>\r\nRCPT TO:<eve@reader.example"},
        {"to": "ada reader.example"},
        {"to": ""},
        {"language": "en\r\nBcc: x@y.example"},
        {"unsubscribe": "https://news.example/>, <mailto:eve@reader.example"},
        {"unsubscribe": "https://news.example/\r\nBcc: x@y.example"},
        {"headers": {"List-Id": "x\r\nBcc: eve@reader.example"}},
        {"headers": {"List-Id\r\nBcc": "eve@reader.example"}},
        {"headers": {"Bcc": "eve@reader.example"}},
        {"headers": {"From": "eve@reader.example"}},
    ],
)
def test_a_text_opens_no_field(post: Post, changes: dict[str, object]) -> None:
    one = mailer(post.port)
    with pytest.raises(MailRefused):
        one.send(replace(LETTER, **changes))  # type: ignore[arg-type]
    one.close()
    assert post.connections == 0


def test_a_text_ends_no_message(post: Post) -> None:
    sent(post, replace(LETTER, text="a\r\n.\r\nMAIL FROM:<eve@reader.example>\n.\nb\rc\n"))
    assert len(post.messages) == 1
    assert "MAIL FROM" in post.messages[0].get_content()


def test_addresses_in_letters_of_their_own(post: Post) -> None:
    one = mailer(post.port)
    one.send(replace(LETTER, to="ada@b\u00fccher.example"))
    one.send(replace(LETTER, to="\u0645\u062b\u0627\u0644@reader.example"))
    one.close()
    assert post.envelopes[0].rcpt_tos == ["ada@xn--bcher-kva.example"]
    assert post.envelopes[1].rcpt_tos == ["\u0645\u062b\u0627\u0644@reader.example"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("550 5.1.1 no such user", MailRefused),
        ("553 5.1.3 no", MailRefused),
        ("450 4.2.1 greylisted", MailError),
        ("452 4.2.2 mailbox full", MailError),
        ("550 5.7.1 relaying denied", MailError),
        ("530 5.7.0 authentication required", MailError),
    ],
)
def test_a_refused_address(post: Post, said: str, kind: type[MailError]) -> None:
    post.to_address = lambda address: said if address.startswith("bad") else None
    one = mailer(post.port)
    with pytest.raises(MailError) as caught:
        one.send(replace(LETTER, to="bad@reader.example"))
    assert type(caught.value) is kind
    assert caught.value.retry == ("never" if kind is MailRefused else "later")
    assert caught.value.told == said
    one.send(LETTER)
    one.close()
    assert (len(post.messages), post.connections) == (1, 1), "the next one goes out on the same connection"


@pytest.mark.parametrize(
    ("said", "kind"), [("554 5.6.0 spam", MailRefused), ("451 4.3.0 later", MailError), ("552 too large", MailRefused)]
)
def test_a_refused_message(post: Post, said: str, kind: type[MailError]) -> None:
    answers = [said, None]
    post.to_message = lambda _: answers.pop(0)
    one = mailer(post.port)
    with pytest.raises(MailError) as caught:
        one.send(LETTER)
    assert type(caught.value) is kind
    one.send(LETTER)
    one.close()
    assert len(post.messages) == 1


def test_a_server_that_hung_up_between_messages_is_called_again(post: Post) -> None:
    post.hangs_up_after = 1
    one = mailer(post.port)
    one.send(LETTER)
    one.send(replace(LETTER, key="2"))
    one.close()
    assert (len(post.messages), post.connections) == (2, 2)


def test_a_server_that_says_later_as_it_hangs_up_is_called_again_only_before_a_message(post: Post) -> None:
    answers = [None, "421 4.3.2 going down", None]
    post.to_address = lambda _: answers.pop(0)
    one = mailer(post.port)
    one.send(LETTER)
    one.send(replace(LETTER, key="2"))
    one.close()
    assert (len(post.messages), answers) == (2, [])


def test_threads_share_the_connection(post: Post) -> None:
    one = mailer(post.port)
    threads = [threading.Thread(target=one.send, args=(replace(LETTER, key=str(n)),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.close()
    assert len({got["Message-ID"] for got in post.messages}) == 8
    assert post.connections == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server knows of STARTTLS alone
@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_secret_way_and_signing_in(certificate: Path, tls: str) -> None:
    with RunningPost(certificate=certificate, tls=tls, sign_in=True) as post:
        good = {"tls": tls, "user": USER, "password": PASSWORD, "ca_file": str(certificate)}
        one = mailer(post.port, **good)
        one.send(LETTER)
        one.close()
        assert post.secret == [True]
        wrong = mailer(post.port, **(good | {"password": "wr0ng secret"}))
        with pytest.raises(MailError, match="let us in") as caught:
            wrong.send(LETTER)
        assert (caught.value.retry, "wr0ng" in f"{caught.value}{caught.value.told}") == ("later", False)
        for changes in ({"ca_file": ""}, {"server": "127.0.0.1"}):
            untrusted = mailer(post.port, **(good | changes))
            with pytest.raises(MailError, match="no secret way") as caught:
                untrusted.send(LETTER)
            assert caught.value.retry == "later"
        assert len(post.messages) == 1


def test_nothing_is_said_to_a_server_without_starttls(post: Post) -> None:
    one = mailer(post.port, tls="starttls", user=USER, password=PASSWORD)
    with pytest.raises(MailError, match="STARTTLS"):
        one.send(LETTER)
    assert post.envelopes == []


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("greeting", [b"", b"220 ready\r\n", b"220-", b"554 no service\r\n", b"HTTP/1.1 400 Bad\r\n"])
@pytest.mark.parametrize("tls", ["none", "tls"])
def test_a_server_that_does_not_answer(greeting: bytes, tls: str) -> None:
    silent = Silent(greeting)
    one = mailer(silent.port, tls=tls, timeout_s=0.3)
    with pytest.raises(MailError) as caught:
        one.send(LETTER)
    silent.close()
    assert caught.value.retry == "later"


@pytest.mark.parametrize("slow", ["to_address", "to_message"])
def test_a_slow_server(post: Post, slow: str) -> None:
    setattr(post, slow, lambda _: 1.0)
    one = mailer(post.port, timeout_s=0.3)
    with pytest.raises(MailError, match=r"did not answer in 0\.3 seconds") as caught:
        one.send(LETTER)
    assert caught.value.retry == "later"
    setattr(post, slow, lambda _: None)
    one.send(LETTER)
    one.close()
    assert len(post.messages) >= 1


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("greeting", [b"220 ", b"220 ready\r\n250-"])
def test_a_server_that_answers_byte_by_byte_is_left_in_time(greeting: bytes) -> None:
    silent = Silent(greeting, drips=0.1)
    one = mailer(silent.port, timeout_s=0.3)
    begun = time.monotonic()
    with pytest.raises(MailError, match=r"more than 1\.8 seconds") as caught:
        one.send(LETTER)
    silent.close()
    assert time.monotonic() - begun < 10
    assert caught.value.retry == "later"


@pytest.mark.usefixtures("socket_enabled")
def test_nobody_there() -> None:
    silent = Silent()
    silent.close()
    with pytest.raises(MailError, match="cannot be reached") as caught:
        mailer(silent.port).send(LETTER)
    assert caught.value.retry == "later"


@pytest.mark.parametrize(
    ("web", "mail", "said"),
    [
        ({}, {}, "web.public_url"),
        ({"public_url": "https://news.example"}, {"sender": ""}, "mail.sender"),
        ({"public_url": "https://news.example"}, {"sender": "News\n <a@b.example>"}, "mail.sender"),
        ({"public_url": "https://news.example"}, {"sender": "a@b.example, c@d.example"}, "mail.sender"),
        ({"public_url": "https://news.example"}, {"tls": "none", "user": "x"}, "mail.tls"),
        ({"public_url": "https://news.example"}, {"ca_file": "/nowhere.pem"}, "mail.ca_file"),
    ],
)
def test_settings_that_make_no_sense(web: dict[str, str], mail: dict[str, str], said: str) -> None:
    usual = {"server": "mail.example", "sender": "news@news.example"}
    settings = Settings.model_validate({"web": web, "mail": usual | mail})
    with pytest.raises(SettingsError, match=said):
        SmtpMailer(settings, lambda: NOW)


def test_the_console_shows_it_and_off_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings.model_validate(
        {"web": {"public_url": "https://news.example"}, "mail": {"sender": "news@news.example"}}
    )
    console, off = ConsoleMailer(settings, lambda: NOW), OffMailer()
    console.send(LETTER)
    shown = capsys.readouterr().err
    assert "To: ada@reader.example" in shown
    assert "https://news.example/x" in shown
    assert (console.on, off.on) == (True, False)
    with pytest.raises(MailOff) as caught:
        off.send(LETTER)
    assert caught.value.retry == "never"
    refused: Callable[[Message], object]
    for refused in (console.send,):
        with pytest.raises(MailRefused):
            refused(replace(LETTER, subject="a\nb"))


@pytest.mark.parametrize(
    "said", ["ada@reader.example", "a.b+c@x.y.example", "o'hara@reader.example", " ada@b.example "]
)
def test_addresses(said: str) -> None:
    assert read_address(said) == said.strip()


@pytest.mark.parametrize(
    "said",
    ["", "ada", "ada@", "@b.example", "a b@c.example", "a@b", "a@b..example", "a@-b.example", "a@127.0.0.1", "a@[::1]",
     "a@b.example\n", "a@b.example\r\nX: y", "a,b@c.example", "<a@b.example>", '"a"@b.example', "a@b.example;c",
     ".a@b.example", "a..b@c.example", f"{'a' * 65}@b.example", f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.ex",
     "a@b_c.example", "a\x00@b.example", "a\u2028b@c.example"],
)  # fmt: skip
def test_what_is_no_address(said: str) -> None:
    with pytest.raises(InputError):
        read_address(said)
