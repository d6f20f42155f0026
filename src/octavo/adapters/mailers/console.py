"""Mail that is written to standard error, for trying things out: it reaches nobody."""

import sys
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.policy import default

from octavo.adapters.mailers.writing import read_sender, write
from octavo.config import Settings
from octavo.domain.mail import Message, Sent


class ConsoleMailer:
    """Mailer that shows each message as a mail program would: its fields, then its text. Raises SettingsError."""

    def __init__(self, settings: Settings, now: Callable[[], datetime], _password: str = "") -> None:
        self._sender = read_sender(settings)
        self._now = now

    @property
    def on(self) -> bool:
        """There is mail, of a kind."""
        return True

    def send(self, message: Message) -> Sent:
        """Write a message down. Raises MailRefused as every mailer does."""
        written = write(message, self._sender, self._now())
        read = message_from_bytes(written.raw, policy=default)
        fields = [f"{name}: {value}" for name, value in read.items() if not name.startswith(("Content-", "MIME-"))]
        sys.stderr.write("\n".join(["", *fields, "", message.text.rstrip(), ""]) + "\n")
        sys.stderr.flush()
        return Sent(written.message_id)

    def close(self) -> None:
        """Hold nothing."""
