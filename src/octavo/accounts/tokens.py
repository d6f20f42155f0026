"""What is secret and handed out: session tokens, API tokens, tickets, and the token that each form carries.

All are random (`secrets`) and kept by their hash alone: who reads the database can use none of them.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

_BYTES = 32
_NONCE = 16
PREFIX = "octavo_"
"""What an API token begins with, so that scanners for leaked secrets know one."""


def new_token() -> str:
    """Make a token of 256 random bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(_BYTES)


def new_api_token() -> str:
    """Make a token for programs."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def token_key(token: str) -> bytes:
    """Give what a token is kept as. It is random, so a plain hash is as good as a slow one."""
    return hashlib.sha256(token.encode()).digest()


def fever_key(name: str, token: str) -> bytes:
    """Give what is kept of what Fever's clients send: the MD5 of name and password, hashed once more."""
    sent = hashlib.md5(f"{name}:{token}".encode(), usedforsecurity=False).hexdigest()
    return fever_key_of(sent)


def fever_key_of(sent: str) -> bytes:
    """Give what is kept for the api_key a Fever client sent."""
    return token_key("fever " + sent.strip().lower())


def form_token(session_token: str) -> str:
    """Make the token a form of this session carries: another one each time, so that a page's compressed length tells
    nothing of it (the BREACH attack)."""
    nonce = secrets.token_hex(_NONCE // 2)
    return nonce + _signed(session_token, nonce)


def is_form_token(session_token: str, given: str) -> bool:
    """Tell whether a form came from a page of this session."""
    nonce, signed = given[:_NONCE], given[_NONCE:]
    return len(nonce) == _NONCE and hmac.compare_digest(signed.encode(), _signed(session_token, nonce).encode())


def stamp(secret: str, now: datetime) -> str:
    """Stamp a form anybody may send with the moment it was shown."""
    moment = f"{int(now.timestamp()):x}"
    return f"{moment}.{_signed(secret, f'stamp {moment}')}"


def stamped_s(secret: str, given: str, now: datetime) -> float | None:
    """Give how many seconds ago a form was shown; None for a stamp that is not ours."""
    moment, _, signed = given.partition(".")
    if not hmac.compare_digest(signed.encode(), _signed(secret, f"stamp {moment}").encode()):
        return None
    return now.timestamp() - int(moment, 16)


def _signed(session_token: str, nonce: str) -> str:
    return hmac.new(session_token.encode(), f"form {nonce}".encode(), "sha256").hexdigest()[:32]
