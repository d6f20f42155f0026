"""Mailer: messages handed to a mail server."""

from typing import Protocol

from octavo.domain.mail import Message, Sent


class Mailer(Protocol):
    """Hands messages on, one by one. Safe to use from many threads."""

    @property
    def on(self) -> bool:
        """Tell whether there is mail here at all; where not, nothing that needs it is offered."""
        ...

    def send(self, message: Message) -> Sent:
        """Send one message; when this returns, a server has taken it.

        Raises MailRefused (it will never be taken), MailOff (there is no mail here) or MailError (not now: no
        connection, a time-out, a server that says later or will not let us in).
        """
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...
