"""The link in a digest that stops it: signed, good for this alone, and without signing in (RFC 8058)."""

import base64
import binascii
import hmac

from octavo.domain.ids import AccountId

_TAG = 16
_NUMBER = 8


def stop_token(secret: bytes, account_id: AccountId) -> str:
    """Make the token that stops an account's digest."""
    number = account_id.to_bytes(_NUMBER, "big")
    return base64.urlsafe_b64encode(number + _tag(secret, number)).decode().rstrip("=")


def read_stop_token(secret: bytes, token: str) -> AccountId | None:
    """Tell whose digest a token stops; None for one that was not made here."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    number, tag = raw[:_NUMBER], raw[_NUMBER:]
    if len(raw) != _NUMBER + _TAG or not hmac.compare_digest(tag, _tag(secret, number)):
        return None
    return AccountId(int.from_bytes(number, "big"))


def _tag(secret: bytes, number: bytes) -> bytes:
    return hmac.new(secret, b"stop digest " + number, "sha256").digest()[:_TAG]
