"""Passkeys: what a browser is asked, and whether what it answers is right (W3C Web Authentication, Level 3)."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from octavo.errors import NotAllowed

LONGEST_ANSWER = 20_000
_BROKEN = (WebAuthnException, ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What the library says of an answer that is not as it must be: it looks into JSON without looking at its shape."""

_TRANSPORTS = frozenset({"usb", "nfc", "ble", "internal", "hybrid", "smart-card", "cable"})
_REFUSED = "the passkey was not accepted: try again"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is asked: the options as JSON, and the challenge its answer must hold."""

    options: str
    challenge: bytes


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new passkey, as a device made it."""

    credential: bytes
    public_key: bytes
    uses: int
    transports: tuple[str, ...]


def host_of(origin: str) -> str:
    """Give the name passkeys are bound to: the site's host."""
    return urlsplit(origin).hostname or ""


def ask_new(origin: str, handle: bytes, name: str, known: Sequence[bytes]) -> Asked:
    """Ask a browser for a new passkey of an account, by a handle that tells nothing; not on devices in `known`."""
    challenge = secrets.token_bytes(32)
    options = generate_registration_options(
        rp_id=host_of(origin),
        rp_name="Octavo",
        user_name=name,
        user_id=handle,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return Asked(options_to_json(options), challenge)


def ask_any(origin: str) -> Asked:
    """Ask a browser for any passkey of this site."""
    challenge = secrets.token_bytes(32)
    options = generate_authentication_options(
        rp_id=host_of(origin), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(options_to_json(options), challenge)


def read_new(answer: str, challenge: bytes, origin: str) -> NewKey:
    """Read a browser's new passkey. Raises NotAllowed when anything in the answer is not as it must be."""
    try:
        checked = verify_registration_response(
            credential=_bounded(answer),
            expected_challenge=challenge,
            expected_rp_id=host_of(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
        said = json.loads(answer).get("response", {}).get("transports", [])
    except _BROKEN as error:
        raise NotAllowed(_REFUSED) from error
    ways = tuple(one for one in said if one in _TRANSPORTS) if isinstance(said, list) else ()
    return NewKey(checked.credential_id, checked.credential_public_key, checked.sign_count, ways)


def credential_in(answer: str) -> bytes:
    """Read which passkey an answer is of. Raises NotAllowed."""
    try:
        return base64url_to_bytes(parse_authentication_credential_json(_bounded(answer)).id)
    except _BROKEN as error:
        raise NotAllowed(_REFUSED) from error


def check_answer(answer: str, challenge: bytes, origin: str, public_key: bytes, uses: int) -> int:
    """Check a browser's answer; gives the device's new count of signatures. Raises NotAllowed."""
    try:
        checked = verify_authentication_response(
            credential=_bounded(answer),
            expected_challenge=challenge,
            expected_rp_id=host_of(origin),
            expected_origin=origin,
            credential_public_key=public_key,
            credential_current_sign_count=uses,
            require_user_verification=True,
        )
    except _BROKEN as error:
        raise NotAllowed(_REFUSED) from error
    return checked.new_sign_count


def _bounded(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise NotAllowed(_REFUSED)
    return answer
