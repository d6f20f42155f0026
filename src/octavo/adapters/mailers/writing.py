"""A message in the form mail servers take (RFC 5322, MIME): no field but ours, none that a text could open."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import Any
from urllib.parse import urlsplit

from octavo.config import Settings
from octavo.domain.mail import Message, is_one_line, read_address
from octavo.errors import InputError, MailRefused, SettingsError

_OWN = frozenset(
    "from to cc bcc sender reply-to subject date message-id return-path received mime-version content-type "
    "content-transfer-encoding content-disposition list-unsubscribe list-unsubscribe-post auto-submitted".split()
)
"""Fields nobody sets through `Message.headers`."""

_LONGEST_URL = 900
"""So that its line stays within 998 letters (RFC 5322 §2.1.1)."""

_ASCII_SHARE = 0.7
"""Below it base64 is shorter than quoted-printable."""


class _Unfolded(EmailPolicy):
    """Mail programs look for addresses in List-Unsubscribe as they stand; folding would write long ones as words."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}\r\n" if name.lower() in _AS_IS else str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


_AS_IS = frozenset({"list-unsubscribe", "list-unsubscribe-post", "message-id"})
_POLICY = _Unfolded(linesep="\r\n", raise_on_defect=True)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom messages come from, and the name of the site, which stands in their ids."""

    address: Address
    site: str

    @property
    def mailbox(self) -> str:
        """The bare address."""
        return self.address.addr_spec


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it goes out. `utf8` is whether its address needs a server that takes SMTPUTF8 (RFC 6531)."""

    to: str
    message_id: str
    raw: bytes
    utf8: bool = False


def read_sender(settings: Settings) -> Sender:
    """Read whom messages come from. Raises SettingsError when that or the site's address makes no sense."""
    site = urlsplit(settings.web.public_url).hostname or ""
    if not site:
        raise SettingsError("setting web.public_url: mail carries links to this site, so its address has to be set")
    said = settings.mail.sender
    try:
        [(name, address)] = getaddresses([said if is_one_line(said) else ""])
        local, _, domain = in_ascii(read_address(address)).rpartition("@")
        return Sender(Address(name, local, domain), in_ascii(f"site@{site}").removeprefix("site@"))
    except (InputError, ValueError):
        raise SettingsError(f"setting mail.sender: {said!r} is no address mail could come from") from None


def in_ascii(address: str) -> str:
    """Write an address's domain as mail servers know it (RFC 5891); its local part stays. Raises ValueError."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode()}"


def write(message: Message, sender: Sender, now: datetime) -> Written:
    """Write a message. Raises MailRefused when its address is none, or one of its fields is more than a line."""
    try:
        to = in_ascii(read_address(message.to))
    except (InputError, ValueError):
        raise MailRefused("this is not an address mail could be sent to") from None
    _check(message)
    utf8 = not to.isascii()
    made = EmailMessage(_POLICY.clone(utf8=True) if utf8 else _POLICY)
    local, _, domain = to.rpartition("@")
    message_id = f"<{_name(message.key)}@{sender.site}>"
    made["From"] = sender.address
    made["To"] = Address("", local, domain)
    made["Subject"] = message.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = message_id
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: nobody's holiday shall answer
    if message.unsubscribe:
        made["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for name, value in message.headers.items():
        made[name] = value
    made.set_content(message.text, cte=_encoding(message.text))
    if message.html:
        made.add_alternative(message.html, subtype="html", cte=_encoding(message.html))
    if message.language:
        made["Content-Language"] = message.language  # after the text, which takes such fields with it
    return Written(to, message_id, made.as_bytes(), utf8)


def _check(message: Message) -> None:
    fields = (message.subject, message.language, message.unsubscribe, *message.headers, *message.headers.values())
    if not all(is_one_line(one) for one in fields):
        raise MailRefused("a field of a message is one line, and has no control characters")
    for name in message.headers:
        if not name.isascii() or not name.replace("-", "").isalnum() or name.lower() in _OWN:
            raise MailRefused(f"{name!r} is no field a message may be given")
    stop = message.unsubscribe
    if stop and (not stop.isascii() or len(stop) > _LONGEST_URL or any(one in stop for one in " <>,")):
        raise MailRefused("the address to unsubscribe at is none")


def _name(key: str) -> str:
    return base64.b32encode(hashlib.sha256(key.encode()).digest()[:20]).decode().lower()


def _encoding(text: str) -> str:
    plain = sum(one.isascii() for one in text)
    return "quoted-printable" if plain >= len(text) * _ASCII_SHARE else "base64"
