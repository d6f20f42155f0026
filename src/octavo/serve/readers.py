"""Who reads: the session cookie, the token a program sends, and the person behind either."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from octavo.accounts.permissions import Act, as_may_be, may
from octavo.accounts.tokens import form_token, token_key
from octavo.domain.account import Person, Session, Standing
from octavo.ports.database import Read
from octavo.serve.frame import Me
from octavo.store import sessions

COOKIE = "octavo"
SECURE_COOKIE = "__Host-octavo"
"""The session's name where the site is open by https: browsers then let nobody else set it (RFC 6265bis §4.1.3)."""

_LONGEST = 100
"""Characters of a session's token, at most; longer ones are none of ours."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, by which session, and the token that stands for it."""

    person: Person
    session: Session
    token: str


def cookie_name(origin: str) -> str:
    """Name the cookie of this site."""
    return SECURE_COOKIE if origin.startswith("https:") else COOKIE


def token_in(cookies: str, origin: str) -> str:
    """Read the session's token from the Cookie header; "" where there is none."""
    name = cookie_name(origin)
    for one in cookies.split(";"):
        key, _, value = one.strip().partition("=")
        if key == name:
            return value if len(value) <= _LONGEST else ""
    return ""


def find(view: Read, token: str, now: datetime, second_factor: str) -> SignedIn | None:
    """Give who is signed in with this token; None for nobody, for a session that is over, and for a banned account.

    `second_factor` is the setting of that name.
    """
    found = sessions.find(view, token_key(token), now) if token else None
    if found is None or found[1].standing is Standing.BANNED:
        return None
    session, account = found
    person = as_may_be(Person(account, session.id, None, session.verified_at), second_factor)
    return SignedIn(person, session, token)


def set_cookie(response: Response, origin: str, token: str, days: int) -> None:
    """Have the browser keep a session's token, or forget it (""); out of reach of scripts and of other sites' forms."""
    secure = origin.startswith("https:")
    age = days * 86_400 if token else 0
    response.set_cookie(cookie_name(origin), token, age, path="/", secure=secure, httponly=True, samesite="lax")


def me_of(person: Person, token: str, unread: int = 0) -> Me:
    """Say of a reader what every page shows."""
    account = person.account
    return Me(
        account.name,
        str(account.role),
        form_token(token),
        may(person, Act.MODERATE),
        may(person, Act.SEE_DESK),
        unread,
    )


def bearer(fields: Mapping[str, str]) -> str:
    """Read a program's token from its Authorization header (RFC 6750 §2.1); "" where there is none."""
    kind, _, token = fields.get("authorization", "").partition(" ")
    return token.strip()[:_LONGEST] if kind.lower() == "bearer" else ""
