"""Sealing a message for one browser (RFC 8291), and the word of this instance to its push service (RFC 8292)."""

import base64
import binascii
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from octavo.domain.push import ServerKeys, Subscription

MOST_TEXT = 3993
"""Bytes of text that fit: 4096 (RFC 8030 §7.2) less header (86), padding delimiter (1) and tag (16), RFC 8188 §2."""

_VALID = timedelta(hours=12)  # RFC 8292 §2: at most 24 hours, and clocks differ


class Unsealable(ValueError):
    """The browser's keys are none."""


def make_keys() -> ServerKeys:
    """Make a pair of keys."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return ServerKeys(write(public), write(private.private_numbers().private_value.to_bytes(32, "big")))


def seal(text: bytes, to: Subscription) -> bytes:
    """Encrypt a text, of MOST_TEXT bytes at most, so that this browser alone can read it (aes128gcm).

    Raises Unsealable when its keys are none.
    """
    if len(text) > MOST_TEXT:
        raise ValueError(f"{len(text)} bytes do not fit into one message")
    once = ec.generate_private_key(ec.SECP256R1())
    try:
        sealed: bytes = http_ece.encrypt(
            text, private_key=once, dh=read(to.p256dh), auth_secret=read(to.auth), version="aes128gcm"
        )
    except (ValueError, TypeError, http_ece.ECEException) as error:
        raise Unsealable("the keys of this subscription cannot be used") from error
    return sealed


def signed(endpoint: str, keys: ServerKeys, contact: str, now: datetime) -> str:
    """Write the Authorization field for a push service: who asks, and whom to write to; valid for half a day.

    One token serves every endpoint of the same service.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _VALID).timestamp()),
        "sub": contact,
    }
    vapid = Vapid02.from_raw(keys.private.encode())
    return str(vapid.sign(claims)["Authorization"])


def write(raw: bytes) -> str:
    """Write bytes in base64url, without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """Read base64url, with or without padding. Raises Unsealable."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Unsealable("a key is not base64url") from error
