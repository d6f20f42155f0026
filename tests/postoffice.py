"""A real mail server on loopback, in a thread: it keeps what it takes, and refuses, hangs or hangs up as it is told."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

USER, PASSWORD = "octavo", "a long Passw0rd"

Answer = Callable[[str], str | float | None]
"""What is said to an address, or to the id of a message: a line, seconds to wait before one, or the usual."""


@dataclass
class Post:
    """What came of it: the messages in order, as sent and read, and how many connections there were."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    secret: list[bool] = field(default_factory=list)
    connections: int = 0
    to_address: Answer = lambda _: None
    to_message: Answer = lambda _: None
    greets: bool = True
    hangs_up_after: int = 10**6
    after_data: Callable[[], None] = lambda: None

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, as a mail program reads it."""
        return [message_from_bytes(one, policy=default) for one in self.raw]

    async def handle_EHLO(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(self.raw) >= self.hangs_up_after:
            self.hangs_up_after = 10**6
            cast("asyncio.Transport", server.transport).close()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = await _wait(self.to_address(address))
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = cast("bytes", envelope.original_content)
        said = await _wait(self.to_message(str(message_from_bytes(raw, policy=default)["Message-ID"])))
        if said is not None:
            return said
        self.raw.append(raw)
        self.envelopes.append(envelope)
        self.secret.append(cast("asyncio.Transport", server.transport).get_extra_info("sslcontext") is not None)
        self.after_data()
        return "250 2.0.0 taken"


async def _wait(said: str | float | None) -> str | None:
    if isinstance(said, float):
        await asyncio.sleep(said)
        return None
    return said


def _signed_in(_server: SMTP, _session: Session, _envelope: Envelope, how: str, given: Any) -> AuthResult:
    good = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


class _AnyPort(Controller):
    """On a port that is free."""

    def _trigger_server(self) -> None:
        self.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class RunningPost:
    """The server: `with RunningPost(...) as post`."""

    def __init__(self, *, certificate: Path | None = None, tls: str = "none", sign_in: bool = False) -> None:
        self.post = Post()
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        options: dict[str, Any] = {"enable_SMTPUTF8": True}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if sign_in:
            options |= {"authenticator": _signed_in, "auth_required": True, "auth_require_tls": tls != "none"}
        if tls == "tls":
            options |= {"auth_require_tls": False}
        self._controller = _AnyPort(
            self.post, hostname="127.0.0.1", port=0, ssl_context=context if tls == "tls" else None, **options
        )

    def __enter__(self) -> Post:
        self._controller.start()
        self.post.port = self._controller.port
        return self.post

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class Silent:
    """A server that accepts connections and says nothing at all, or what it is given and then nothing.

    With `drips` it then goes on saying what it is given, a byte every so many seconds.
    """

    def __init__(self, greeting: bytes = b"", drips: float = 0) -> None:
        import socket  # noqa: PLC0415 - sockets are switched off where this module is read

        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._greeting = greeting
        self._drips = drips
        self._closed = threading.Event()
        self._held: list[Any] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            self._held.append(one)
            if self._greeting:
                one.sendall(self._greeting)
            with contextlib.suppress(OSError):
                while self._drips and not self._closed.wait(self._drips):
                    one.sendall(b"x")

    def close(self) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(2)  # wakes the thread
        self._thread.join()
        for one in [*self._held, self._socket]:
            one.close()


def make_certificate(folder: Path, name: str = "localhost") -> Path:
    """Make a certificate that vouches for itself; its file holds the key as well."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = folder / f"{name}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.write_bytes(made.public_bytes(Encoding.PEM) + secret)
    return place
