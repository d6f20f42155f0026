"""The second factor: codes that change every half minute (TOTP, RFC 6238), and codes to recover with."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp

STEP_S = 30
_EITHER_SIDE = 1
"""Steps a clock may be off, as RFC 6238 §5.2 advises."""

_RECOVERY, _GROUPS, _GROUP = 10, 4, 6
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are mistaken for one another


def new_secret() -> str:
    """Make a secret for an authenticator, in base32."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Tell whether a text is a secret an authenticator can have: base32, whole, neither short nor long."""
    try:
        return 16 <= len(text) <= 64 and bool(pyotp.TOTP(text).byte_secret())
    except ValueError:
        return False


def address_of(secret: str, name: str, site: str) -> str:
    """Give the otpauth: address an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=site)


def step_of(secret: str, code: str, after: int, now: datetime) -> int | None:
    """Give the step whose code this is, later than `after`, the last one used; None when it is none of them.

    Digits of any script count: a keyboard may have ٣ where another has 3.
    """
    given = "".join(str(int(one)) for one in code if one.isdecimal())
    present = int(now.timestamp()) // STEP_S
    for step in range(present - _EITHER_SIDE, present + _EITHER_SIDE + 1):
        if step > after and secrets.compare_digest(pyotp.TOTP(secret).at(step * STEP_S), given):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Make ten codes, each good once, for who has lost the authenticator."""
    return ["-".join(_letters() for _ in range(_GROUPS)) for _ in range(_RECOVERY)]


def _letters() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))


def recovery_key(code: str) -> str:
    """Give what a recovery code is kept as: it has 118 random bits, so a plain hash is as good as a slow one."""
    return hashlib.sha256(b"recovery " + code.strip().lower().replace("-", "").encode()).hexdigest()


def without(kept: Sequence[str], code: str) -> list[str] | None:
    """Give the recovery codes that are left when this one is used; None when it is not one of them."""
    key = recovery_key(code)
    return [one for one in kept if one != key] if key in kept else None
