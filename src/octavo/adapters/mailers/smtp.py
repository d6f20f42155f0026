"""Mail over SMTP (RFC 5321): to one server, secretly, signed in, one message after another on one connection."""

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from ipaddress import ip_address

from octavo.adapters.mailers.writing import Written, read_sender, write
from octavo.config import Settings
from octavo.config.mail import MailSettings
from octavo.domain.mail import Message, Sent
from octavo.errors import MailError, MailRefused, SettingsError

_IDLE_S = 20.0
"""A connection that was not used for so long is opened anew: servers close idle ones without a word."""

_MOST = 100
"""Messages on one connection."""

_LONGEST_TOLD = 300

_WHOLE = 6
"""Times the seconds for one answer that a letter may take in all, with signing in: a server may answer byte by byte."""


class SmtpMailer:
    """Mailer over one server. Raises SettingsError where a setting makes no sense or would give a password away."""

    def __init__(self, settings: Settings, now: Callable[[], datetime], password: str = "") -> None:
        self._settings = settings.mail
        self._sender = read_sender(settings)
        self._now = now
        self._password = password
        self._secure = _secure(self._settings)
        self._lock = threading.Lock()
        self._server: smtplib.SMTP | None = None
        self._opening: smtplib.SMTP | None = None
        self._late = False
        self._sent = 0
        self._used = 0.0

    @property
    def on(self) -> bool:
        """There is mail."""
        return True

    def send(self, message: Message) -> Sent:
        """Send one message on the connection there is, or a new one where the server has left that one."""
        written = write(message, self._sender, self._now())
        with self._lock, self._in_time():
            kept = self._kept()
            try:
                told = self._hand(kept or self._open(), written)
            except _Left:
                if kept is None or self._late:
                    raise
                self._drop()
                told = self._hand(self._open(), written)
        return Sent(written.message_id, told)

    def close(self) -> None:
        """Take leave of the server."""
        with self._lock:
            self._drop()

    @contextlib.contextmanager
    def _in_time(self) -> Iterator[None]:
        """Cut the connection when all of it takes too long."""
        self._late = False
        watch = threading.Timer(_WHOLE * self._settings.timeout_s, self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _cut(self) -> None:
        self._late = True
        for one in (self._opening, self._server):
            if one is not None and one.sock is not None:
                with contextlib.suppress(OSError):
                    # The plain socket's: that of a secret one would take its keys from under who is reading.
                    socket.socket.shutdown(one.sock, socket.SHUT_RDWR)

    def _kept(self) -> smtplib.SMTP | None:
        """Give the connection there is, unless it is worn."""
        if self._server is not None and (self._sent >= _MOST or time.monotonic() - self._used > _IDLE_S):
            self._drop()
        return self._server

    def _drop(self) -> None:
        if self._server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server.close()
        self._server, self._sent = None, 0

    def _open(self) -> smtplib.SMTP:
        """Connect, make it secret, sign in. Raises MailError."""
        said = self._settings
        made: smtplib.SMTP | None = None
        try:
            if said.tls == "tls":
                made = smtplib.SMTP_SSL(local_hostname=self._sender.site, timeout=said.timeout_s, context=self._secure)
            else:
                made = smtplib.SMTP(local_hostname=self._sender.site, timeout=said.timeout_s)
            # The library keeps the name it is to find in the certificate from its constructor, which would connect.
            made._host = said.server  # type: ignore[attr-defined]
            self._opening = made
            code, told = made.connect(said.server, said.port)
            if code != 220:
                raise MailError(f"the mail server {said.server} does not serve", told=_words(code, told))
            if said.tls == "starttls":
                made.starttls(context=self._secure)
            made.ehlo_or_helo_if_needed()
            if said.user:
                made.login(said.user, self._password)
        except (OSError, smtplib.SMTPException, MailError) as error:
            if made is not None:
                made.close()
            if isinstance(error, MailError):
                raise
            raise self._fault(error) from error
        finally:
            self._opening = None
        self._server, self._sent = made, 0
        return made

    def _hand(self, server: smtplib.SMTP, written: Written) -> str:
        """Hand a message over; gives the server's words. Raises MailError, MailRefused; _Left before it was begun."""
        options = ["SMTPUTF8"] if written.utf8 else []
        if written.utf8 and not server.has_extn("smtputf8"):
            raise MailRefused("the mail server takes no addresses with such letters")
        begun = False
        try:
            _expect(server.mail(self._sender.mailbox, options), "sender")
            _expect(server.rcpt(written.to), "address")
            begun = True
            code, told = server.data(written.raw)
            _expect((code, told), "message")
        except _Said as said:
            self._calm()
            raise _meaning(said) from None
        except (smtplib.SMTPServerDisconnected, ConnectionError) as error:
            self._drop()
            raise (self._fault(error) if begun else _Left(str(self._fault(error)))) from error
        except smtplib.SMTPDataError as error:
            self._calm()
            raise _meaning(_Said("message", error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise self._fault(error) from error
        self._sent, self._used = self._sent + 1, time.monotonic()
        return _words(code, told)

    def _calm(self) -> None:
        """Begin anew on the same connection, after a refusal."""
        try:
            if self._server is not None:
                self._server.rset()
                self._used = time.monotonic()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _fault(self, error: Exception) -> MailError:
        """Say what is wrong, in words that hold no password."""
        where = f"the mail server {self._settings.server}"
        if self._late:
            return MailError(f"{where} took more than {_WHOLE * self._settings.timeout_s:g} seconds")
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return MailError(f"{where} does not let us in", told=_words(error.smtp_code, error.smtp_error))
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return MailError(f"{where} cannot do what the settings ask for: {error}")
        if isinstance(error, smtplib.SMTPResponseException):
            return MailError(f"{where} said no", told=_words(error.smtp_code, error.smtp_error))
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return MailError(f"{where} did not answer in {self._settings.timeout_s:g} seconds")
        if isinstance(error, ssl.SSLError):
            return MailError(f"no secret way to {where}: {error.reason or error}")
        if isinstance(error, smtplib.SMTPServerDisconnected):
            return MailError(f"{where} hung up")
        return MailError(f"{where} cannot be reached: {error}")


class _Left(MailError):
    """The server was gone before a message was begun: nothing of it was sent."""


class _Said(Exception):
    """The server said no to the sender, the address or the message."""

    def __init__(self, to: str, code: int, told: bytes | str) -> None:
        super().__init__()
        self.to, self.code, self.told = to, code, _words(code, told)


def _expect(answer: tuple[int, bytes], to: str) -> None:
    code, told = answer
    if code == 421:
        raise smtplib.SMTPServerDisconnected(_words(code, told))
    if not 200 <= code < 300:
        raise _Said(to, code, told)


def _meaning(said: _Said) -> MailError:
    """Tell never from later. What is wrong with the sender, or with how we came here, is mended in the settings."""
    policy = said.code == 530 or " 5.7." in f" {said.told[4:]}"
    if said.code < 500 or said.to == "sender" or (said.to == "address" and policy):
        one = said.to != "sender"
        return MailError(f"the mail server does not take the {said.to} now", told=said.told, of_one=one)
    return MailRefused(f"the mail server does not take the {said.to}", told=said.told)


def _words(code: int, told: bytes | str) -> str:
    text = told.decode(errors="replace") if isinstance(told, bytes) else told
    return " ".join("".join(one if one.isprintable() else " " for one in f"{code} {text}").split())[:_LONGEST_TOLD]


def _secure(settings: MailSettings) -> ssl.SSLContext | None:
    """Make what certificates are checked with; None on an open way, which no password may go."""
    if settings.tls != "none":
        try:
            return ssl.create_default_context(cafile=settings.ca_file or None)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(f"setting mail.ca_file: {settings.ca_file} cannot be read: {error}") from error
    if settings.user and not _is_here(settings.server):
        raise SettingsError("setting mail.tls: none would send the password for all to read; use starttls or tls")
    return None


def _is_here(server: str) -> bool:
    try:
        return ip_address(server).is_loopback
    except ValueError:
        return server == "localhost"
