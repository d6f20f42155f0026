"""Mail: a message to one address, what makes an address one, and what came of sending."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.errors import InputError

LONGEST_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3, less the brackets."""

_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,\"]+")
_LABEL = re.compile(r"(?!-)[^\W_](?:[^\W_]|-){0,62}(?<!-)|[^\W_]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `key` names it: what is sent twice under one key has one Message-ID, by which mail programs know it.

    `headers` are further fields. `unsubscribe` is an address that ends such messages at one POST (RFC 8058).
    """

    to: str
    subject: str
    text: str
    key: str
    html: str = ""
    language: str = ""
    unsubscribe: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a server took: the id it carries, and the server's own words."""

    message_id: str
    told: str = ""


def read_address(said: str) -> str:
    """Read an address of one person as they write it. Raises InputError when it cannot be one.

    What could be more than one address, a name beside it, a comment or a line of its own is none.
    """
    address = said.strip(" ")
    local, at, domain = address.rpartition("@")
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    known = at and _LOCAL.fullmatch(local) and not dots and len(local.encode()) <= _LONGEST_LOCAL
    labels = domain.split(".")
    named = len(labels) > 1 and all(_LABEL.fullmatch(one) for one in labels) and not labels[-1].isdigit()
    if not (known and named) or len(address.encode()) > LONGEST_ADDRESS or _CONTROLS.search(address):
        raise InputError("this is not an e-mail address")
    return address


def is_one_line(said: str) -> bool:
    """Tell whether a text may stand in a field of a message: a second line would be a field of its own."""
    return not _CONTROLS.search(said)
