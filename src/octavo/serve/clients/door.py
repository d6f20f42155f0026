"""Who an app acts for: an account's name and an API token as its password; tries that fail are counted."""

import base64
from collections.abc import Callable

from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import fever_key_of
from octavo.actions import tokens
from octavo.domain.account import Person, email_key, name_key
from octavo.errors import SignInRequired, SlowDown
from octavo.serve.allowance import Allowance
from octavo.serve.clients.asked import Asked
from octavo.serve.site import Site

_LONGEST = 200


class Door:
    """Lets apps in, as often as one network may try within the hour.

    Tokens are random, so nobody guesses one: the account that is tried is not shut for its own apps, as it is where
    passwords are tried.
    """

    def __init__(self, site: Site) -> None:
        self._tools = site.tools
        self._failed = Allowance(site.tools.settings.accounts.tries_an_hour)

    def by_name(self, asked: Asked, name: str, token: str) -> Person:
        """Let in who gives an account's name (or address) and a token of it.

        Raises SignInRequired, NotAllowed, SlowDown.
        """

        def find() -> Person | None:
            found = tokens.holder(self._tools, token) if 0 < len(token) <= _LONGEST else None
            return found if found is not None and _called(found, name) else None

        return self._counted(asked, find)

    def by_token(self, asked: Asked, token: str) -> Person:
        """Let in who gives a token. Raises SignInRequired, NotAllowed, SlowDown."""
        return self._counted(asked, lambda: tokens.holder(self._tools, token) if 0 < len(token) <= _LONGEST else None)

    def by_fever(self, asked: Asked, key: str) -> Person:
        """Let in who gives the MD5 of "name:token". Raises SignInRequired, NotAllowed, SlowDown."""
        return self._counted(asked, lambda: tokens.fever_holder(self._tools, fever_key_of(key[:_LONGEST])))

    def _counted(self, asked: Asked, find: Callable[[], Person | None]) -> Person:
        network = f"network {asked.network}"
        if self._failed.spent(network, asked.now):
            raise SlowDown("too many tries: wait an hour, then use a token that holds")
        found = find()
        if found is None:
            self._failed.take(network, asked.now)
            raise SignInRequired("no such account and token")
        return demand(found, Act.SEE_KEPT)


def basic(header: str) -> tuple[str, str]:
    """Read name and password from an Authorization header (RFC 7617); two empty texts where there are none."""
    kind, _, told = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(told.strip()[:1_000], validate=True).decode().partition(":")
    except ValueError:  # what is no base64, or holds no text
        return "", ""
    return name, password


def _called(person: Person, name: str) -> bool:
    account = person.account
    address = email_key(name) if account.email else None
    return name_key(account.name) == name_key(name) or (address is not None and address == email_key(account.email))
