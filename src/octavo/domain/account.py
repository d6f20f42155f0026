"""Account, Role, Session, ApiToken: a person here, what they may do, a sign-in, a key for programs."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from octavo.domain.ids import AccountId, SessionId, TokenId

SEPARATORS = "_-."
"""What may stand inside a name besides letters and digits."""

_ALIKE = str.maketrans("аеорсухіјѕԁһӏԛԝοανρυχικτ01", "aeopcyxijsdhlqwoavpuxiktol")
"""Cyrillic and Greek letters, and two digits, that look like a Latin letter."""


class Role(StrEnum):
    """What a person is here; each may do what those after it may (accounts/permissions.py)."""

    OWNER = "owner"
    EDITOR = "editor"
    MODERATOR = "moderator"
    READER = "reader"


class Standing(StrEnum):
    """How an account stands: limited ones are read by themselves and moderators only, banned ones cannot sign in."""

    GOOD = "good"
    LIMITED = "limited"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Account:
    """A person here. `name` is what others see; `email` is "" where none was given."""

    id: AccountId
    name: str
    role: Role
    created_at: datetime
    standing: Standing = Standing.GOOD
    email: str = ""
    email_verified: bool = False
    two_factor: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in, known by the hash of what the browser holds. `device` says in words which browser it is."""

    id: SessionId
    account_id: AccountId
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    device: str = ""
    verified_at: datetime | None = None
    """When the password, passkey or provider was last asked for: what is grave asks again after a while."""


class Scope(StrEnum):
    """What a program with a token may do in its person's name."""

    READ = "read"
    """What the person kept: follows, saved articles, lists, settings."""
    WRITE = "write"
    """Change what the person keeps: mark, save, follow, subscribe."""
    DISCUSS = "discuss"
    """Comment, vote and report."""
    EDIT = "edit"
    """What the person may do as an editor or moderator."""
    WEBHOOKS = "webhooks"
    """Have other programs told of the news, as an owner: apart, so that no token made for less can do it."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A key for programs, known by its hash. `begins` is its beginning, for its owner to tell tokens apart."""

    id: TokenId
    account_id: AccountId
    label: str
    scopes: frozenset[Scope]
    begins: str
    created_at: datetime
    used_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks for something: an account, and how it is known. `scopes` is None in a browser's session: all of them.

    `session_id` is 0 for a program with a token, and for the command line.
    """

    account: Account
    session_id: SessionId = field(default=SessionId(0))
    scopes: frozenset[Scope] | None = None
    verified_at: datetime | None = None
    held_back: Role | None = None
    """The role the account has, and may not use before a second factor is on; `account` says reader meanwhile."""

    @property
    def id(self) -> AccountId:
        """The account's."""
        return self.account.id


def name_key(name: str) -> str:
    """Give what two names share that readers take for one: no case, no separators, letters that look alike as one."""
    folded = unicodedata.normalize("NFKC", name.strip().removeprefix("@")).casefold()
    bare = "".join(one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one))
    return bare.translate(_ALIKE).translate(dict.fromkeys(map(ord, SEPARATORS)))


def email_key(address: str) -> str | None:
    """Give what makes two addresses the same; None for none."""
    return unicodedata.normalize("NFKC", address).casefold() or None
