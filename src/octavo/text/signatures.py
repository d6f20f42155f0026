"""Signatures of messages between programs: Standard Webhooks (HMAC-SHA256 over id, time and body), and WebSub's."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets

PREFIX = "whsec_"
"""What a webhook's secret begins with (Standard Webhooks)."""

_BYTES = 32
_METHODS = ("sha256", "sha384", "sha512", "sha1")
_SIGNATURE = re.compile(r"([a-z0-9]{1,10})=([0-9A-Fa-f]{1,200})")


def new_secret() -> str:
    """Make a webhook's secret: 256 random bits in base64, behind its prefix."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed(secret: str, message_id: str, at: int, body: bytes) -> str:
    """Sign a message as Standard Webhooks does; `at` is in seconds since 1970. Raises ValueError for no such secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("this is no secret of a webhook") from error
    told = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()


def hub_signature(secret: str, body: bytes) -> str:
    """Sign what a hub brings, as its X-Hub-Signature says it (WebSub §7.1)."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def is_signed_by(secret: str, said: str, body: bytes) -> bool:
    """Tell, in constant time, whether an X-Hub-Signature was made with a secret; hubs of old sign with SHA-1."""
    found = _SIGNATURE.fullmatch(said.strip())
    if found is None or found[1] not in _METHODS or not secret:
        return False
    wanted = hmac.new(secret.encode(), body, found[1]).hexdigest()
    return hmac.compare_digest(wanted, found[2].lower())
