"""Letters: what the worker sends, in the reader's language; the worker itself knows no languages."""

from typing import Protocol

from octavo.domain.bulletin import Bulletin
from octavo.domain.mail import Message
from octavo.errors import MailOff


class Letters(Protocol):
    """Puts what there is to tell into letters."""

    def digest(self, bulletin: Bulletin) -> Message:
        """Write a digest. It reads what display policies allow; nothing is written anywhere."""
        ...


class NoLetters:
    """For programs that write none."""

    def digest(self, bulletin: Bulletin) -> Message:
        """Raise MailOff."""
        raise MailOff("this program writes no letters")
