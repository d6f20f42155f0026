"""API tokens: made once, shown once, with the scopes their owner chose; taken back at any time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.accounts.permissions import Act, as_may_be, demand
from octavo.accounts.tokens import fever_key, new_api_token, token_key
from octavo.domain.account import Account, ApiToken, Person, Scope
from octavo.domain.ids import TokenId
from octavo.errors import InputError, NotFound
from octavo.ports.tools import Tools
from octavo.store import sessions

MOST = 50
LONGEST_LABEL = 60
USED_AGAIN = timedelta(hours=1)
"""After how long the use of a token is written down again."""

_SHOWN = 11
"""Characters of a token its owner tells it by: the prefix, and a few."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new token: `token` is shown this once."""

    token: str
    kept: ApiToken


def make(tools: Tools, person: Person | None, label: str, scopes: Iterable[str], days: int = 0) -> Made:
    """Make a token that holds for so many days (0: until it is taken back). Raises InputError."""
    who, now = demand(person, Act.OWN_ACCOUNT), tools.now()
    name = " ".join(label.split())
    if not 0 < len(name) <= LONGEST_LABEL:
        raise InputError("a token needs a label of at most {n} characters, such as the program's name", n=LONGEST_LABEL)
    chosen = frozenset(one for one in Scope if one in set(scopes))
    if not chosen:
        raise InputError("choose what the token may be used for")
    token, ends = new_api_token(), (now + timedelta(days=days) if days else None)
    new = ApiToken(TokenId(0), who.id, name, chosen | {Scope.READ}, token[:_SHOWN], now, None, ends)
    with tools.database.transaction() as tx:
        if len(sessions.tokens_of(tx, who.id)) >= MOST:
            raise InputError("there are as many tokens as there may be: take one back first")
        sessions.add_token(tx, token_key(token), fever_key(who.account.name, token), new)
    return Made(token, new)


def revoke(tools: Tools, person: Person | None, token_id: TokenId) -> None:
    """Take back one of one's own tokens. Raises NotFound."""
    who = demand(person, Act.OWN_ACCOUNT)
    with tools.database.transaction() as tx:
        if not sessions.revoke_token(tx, who.id, token_id):
            raise NotFound("there is no such token")


def holder(tools: Tools, token: str) -> Person | None:
    """Give who a program acts for, by its token; None where it is none, or over."""
    now = tools.now()
    with tools.database.read() as view:
        found = sessions.find_token(view, token_key(token), now)
    return _person(tools, found, now)


def fever_holder(tools: Tools, key: bytes) -> Person | None:
    """Give who a Fever client acts for, by the hash of what it sends."""
    now = tools.now()
    with tools.database.read() as view:
        found = sessions.find_fever(view, key, now)
    return _person(tools, found, now)


def _person(tools: Tools, found: tuple[ApiToken, Account] | None, now: datetime) -> Person | None:
    if found is None:
        return None
    token, account = found
    if token.used_at is None or now - token.used_at >= USED_AGAIN:
        with tools.database.transaction() as tx:
            sessions.use_token(tx, token.id, now)
    return as_may_be(Person(account, scopes=token.scopes), tools.settings.accounts.second_factor)
