"""Signing in by a provider of identities: OpenID Connect, by code, with PKCE (RFC 7636), state, nonce."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from octavo.accounts.names import LONGEST, SHORTEST, check_name
from octavo.domain.account import SEPARATORS
from octavo.errors import InputError, NotAllowed

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures that are taken: by keys of the provider alone. "none", and those by a shared secret, are not."""

_SKEW_S = 120
_REFUSED = "the provider did not vouch for you: try again"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a provider says of itself (OpenID Connect Discovery 1.0): where people and codes go, where its keys are."""

    issuer: str
    authorize: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """What ties an answer to its question. The verifier never leaves this server before the answer is there."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who a provider says somebody is. `subject` alone names them; the others are what they are called there."""

    subject: str
    name: str
    email: str


def new_secrets() -> Secrets:
    """Make what ties one answer to its question."""
    return Secrets(secrets.token_urlsafe(32), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def configuration_address(issuer: str) -> str:
    """Give the address a provider describes itself at."""
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def read_configuration(body: bytes, issuer: str) -> Configuration:
    """Read what a provider says of itself. Raises NotAllowed where it speaks for another, or sends people off https."""
    said = _read(body)
    found = [said.get(name, "") for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(one, str) and one for one in found) or found[0].rstrip("/") != issuer.rstrip("/"):
        raise NotAllowed("the provider is not set up as this newspaper was told")
    secure = issuer.startswith("https://")
    if any(urlsplit(one).scheme != "https" for one in found[1:]) and secure:
        raise NotAllowed("the provider is not set up as this newspaper was told")
    return Configuration(*found)


def authorization_address(known: Configuration, client_id: str, redirect: str, tied: Secrets) -> str:
    """Give the address at the provider that somebody is sent to."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(tied.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "scope": "openid profile email",
        "client_id": client_id,
        "redirect_uri": redirect,
        "state": tied.state,
        "nonce": tied.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{known.authorize}{'&' if '?' in known.authorize else '?'}{urlencode(asked)}"


def code_request(code: str, redirect: str, verifier: str, client_id: str, secret: str) -> tuple[bytes, str]:
    """Give the body that redeems a code, and the Authorization header (RFC 6749 §2.3.1); "" without a secret."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": verifier,
        "client_id": client_id,
    }
    pair = base64.b64encode(f"{_escaped(client_id)}:{_escaped(secret)}".encode()).decode()
    return urlencode(asked).encode(), f"Basic {pair}" if secret else ""


def read_vouched(
    answer: bytes, keys: bytes, known: Configuration, client_id: str, nonce: str, now: datetime
) -> Vouched:
    """Read who somebody is from a provider's answer, its signature and claims checked (OIDC Core §3.1.3.7).

    Raises NotAllowed.
    """
    token = _read(answer).get("id_token")
    if not isinstance(token, str):
        raise NotAllowed(_REFUSED)
    try:
        found = jwt.decode(token, KeySet.import_key_set(json.loads(keys)), algorithms=ALGORITHMS)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotAllowed(_REFUSED) from error
    claims, moment = found.claims, now.timestamp()
    audience = claims.get("aud")
    meant = audience == client_id or (
        isinstance(audience, list) and client_id in audience and claims.get("azp", client_id) == client_id
    )
    ends, made = claims.get("exp"), claims.get("iat")
    in_time = (
        isinstance(ends, int | float)
        and isinstance(made, int | float)
        and moment - _SKEW_S < ends
        and made < moment + _SKEW_S
    )
    own = str(claims.get("iss", "")).rstrip("/") == known.issuer.rstrip("/")
    same = secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())
    subject = claims.get("sub")
    if not (meant and in_time and own and same and isinstance(subject, str) and 0 < len(subject) <= 255):
        raise NotAllowed(_REFUSED)
    name = claims.get("preferred_username") or claims.get("name") or ""
    email = claims.get("email") if claims.get("email_verified") is True else ""
    return Vouched(subject, str(name)[:100], str(email or "")[:254])


def names_for(said: str) -> list[str]:
    """List names an account may get that is called so elsewhere: the nearest first, then numbered ones."""
    bare = "".join(one if one.isalnum() or one in SEPARATORS else "_" for one in said.partition("@")[0])
    base = bare.strip(SEPARATORS)[: LONGEST - 4].strip(SEPARATORS)
    tried = [base, *(f"{base if len(base) >= SHORTEST else 'reader'}{n}" for n in range(2, 40))]
    tried += [f"reader{secrets.randbelow(10**6)}" for _ in range(5)]
    return [one for one in tried if _is_name(one)]


def _is_name(name: str) -> bool:
    try:
        check_name(name)
    except InputError:
        return False
    return True


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError as error:
        raise NotAllowed(_REFUSED) from error
    return said if isinstance(said, dict) else {}


def _escaped(text: str) -> str:
    return urlencode({"": text})[1:]
