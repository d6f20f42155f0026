"""No mail: nothing is sent."""

from octavo.domain.mail import Message, Sent
from octavo.errors import MailOff


class OffMailer:
    """The mailer of an instance that names no server."""

    def __init__(self, *_: object) -> None:
        """Need nothing."""

    @property
    def on(self) -> bool:
        """There is no mail."""
        return False

    def send(self, message: Message) -> Sent:
        """Raise MailOff."""
        raise MailOff("no mail is sent here: the setting mail.server names no server")

    def close(self) -> None:
        """Hold nothing."""
