"""HTTP Signatures as Mastodon speaks them (draft-cavage-12): what is signed, what may be believed.

The cryptography itself is in keys.py, which only the worker loads.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from octavo.errors import NotAllowed
from octavo.federate.names import host_of

WINDOW = timedelta(hours=1)
"""How far the date of a request may lie from ours, either way: an old one may be somebody else's, sent once more."""

TARGET = "(request-target)"
ALGORITHMS = frozenset({"rsa-sha256", "hs2019", ""})
"""hs2019 leaves it to the key, which is RSA here: then it means the same."""

_PART = re.compile(r'\s*([a-zA-Z]+)=(?:"([^"]{0,4000})"|(\d{1,20}))\s*(?:,|$)')
_LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Signed:
    """What a Signature field says: which key, over which fields, and the signature."""

    key_id: str
    fields: tuple[str, ...]
    signature: bytes


def read(field: str) -> Signed:
    """Read a Signature field. Raises NotAllowed for none, and for one that signs too little."""
    parts = {one[1]: one[2] if one[2] is not None else one[3] for one in _PART.finditer(field[:_LONGEST])}
    if parts.get("algorithm", "") not in ALGORITHMS:
        raise NotAllowed("the request is signed in a way that is not known here")
    try:
        signature = base64.b64decode(parts.get("signature", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAllowed("the signature cannot be read") from error
    fields = tuple(parts.get("headers", "date").lower().split())
    if not signature or not parts.get("keyId") or not {TARGET, "host", "date", "digest"} <= set(fields):
        raise NotAllowed("the request has to be signed over its target, host, date and digest")
    if len(fields) > 20 or len(set(fields)) < len(fields):
        raise NotAllowed("the request is signed over too many fields")
    return Signed(parts["keyId"], fields, signature)


def check_speaker(signed: Signed, actor: str, *, plain: bool) -> None:
    """Raise NotAllowed where a key lies at another server than who speaks, or may not be asked for."""
    if host_of(signed.key_id) != host_of(actor):
        raise NotAllowed("the key lies at another server than who speaks")
    if not is_spoken_with(actor, plain=plain):
        raise NotAllowed("only servers that are reached by https are spoken with")


def is_spoken_with(address: str, *, plain: bool) -> bool:
    """Tell whether an address may be asked at all: by https, or also `plain` http."""
    return address.startswith("https://") or (plain and address.startswith("http://"))


def check_date(field: str, now: datetime) -> None:
    """Raise NotAllowed for a request that was signed too long ago, or is yet to be."""
    try:
        said = parsedate_to_datetime(field)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise NotAllowed("the request has no date that can be read") from error
    said = said.replace(tzinfo=UTC) if said.tzinfo is None else said
    if abs(now - said) > WINDOW:
        raise NotAllowed("the date of the request is too far from ours")


def check_digest(field: str, body: bytes) -> None:
    """Raise NotAllowed for a body that is not the one whose digest was signed (RFC 3230, SHA-256)."""
    for one in field.split(","):
        name, _, value = one.strip().partition("=")
        if name.lower() == "sha-256":
            if hmac.compare_digest(value.encode(), _sha256(body).encode()):
                return
            break
    raise NotAllowed("the body is not the one that was signed")


def string(method: str, target: str, fields: Iterable[str], said: Mapping[str, str]) -> bytes:
    """Give the text a signature is over (§2.3 of the draft). Raises NotAllowed where a field is missing."""
    lines = []
    for name in fields:
        if name == TARGET:
            lines.append(f"{TARGET}: {method.lower()} {target}")
        elif name in said:
            lines.append(f"{name}: {said[name].strip()}")
        else:
            raise NotAllowed(f"the field {name[:40]} was signed, and is not there")
    return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A request about to be signed: its fields, and the text that is signed."""

    fields: tuple[tuple[str, str], ...]
    signed: tuple[str, ...]
    text: bytes


def prepare(method: str, url: str, body: bytes | None, now: datetime) -> Unsigned:
    """Give the fields a request is sent with, and what of it is signed."""
    parts = urlsplit(url)
    said = {"host": host_field(url), "date": format_datetime(now.astimezone(UTC), usegmt=True)}
    if body is not None:
        said["digest"] = f"SHA-256={_sha256(body)}"
    signed = (TARGET, *said)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = tuple((name.title(), value) for name, value in said.items())
    return Unsigned(sent, signed, string(method, target, signed, said))


def field(key_id: str, signed: Iterable[str], signature: bytes) -> str:
    """Write a Signature field."""
    value = base64.b64encode(signature).decode()
    return f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(signed)}",signature="{value}"'


def host_field(url: str) -> str:
    """Give the Host field of a request to an address: without the port that goes without saying."""
    parts = urlsplit(url)
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, ":")
    return parts.netloc.removesuffix(usual)


def _sha256(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
