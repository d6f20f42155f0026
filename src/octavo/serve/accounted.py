"""What the pages of signing in and of one's own account are given to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from octavo.domain.account import ApiToken, Session
from octavo.serve.fields import shown
from octavo.serve.frame import Frame
from octavo.store.credentials import Passkey


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Where people sign in."""

    template: ClassVar[str] = "pages/sign_in.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    name: str = shown("The name or address that was given.")
    back: str = shown("The page to go to afterwards: its path inside the edition.")
    mail: bool = shown("Whether a forgotten password can be set anew by a letter.")
    sign_up: bool = shown("Whether anybody may make an account.")
    providers: Sequence[tuple[str, str]] = shown("(key, label) of the providers of identities to sign in with.")


@dataclass(frozen=True, slots=True)
class SecondStepPage:
    """Where the code of an authenticator is asked for."""

    template: ClassVar[str] = "pages/second_step.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    ticket: str = shown("What stands for the password that was given.")
    back: str = shown("The page to go to afterwards: its path inside the edition.")


@dataclass(frozen=True, slots=True)
class SignUpPage:
    """Where an account is made, or a new password is set with a link."""

    template: ClassVar[str] = "pages/sign_up.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    kind: str = shown("reader, owner (the first account) or reset (a new password for an account).")
    ticket: str = shown("The invitation, or what else admits; empty for none.")
    stamp: str = shown("When the form was shown, signed.")
    admitted: bool = shown("Whether an account can be made here.")
    name: str = shown("The name that was given.")
    email: str = shown("The address that was given.")
    email_needed: bool = shown("Whether an account needs an address.")
    back: str = shown("The page to go to afterwards: its path inside the edition.")


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Where a letter for a forgotten password is asked for, and where an address is confirmed by one."""

    template: ClassVar[str] = "pages/letter.html"
    frame: Frame = shown("What is around the content.")
    kind: str = shown("forgotten, sent, confirm or confirmed.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    ticket: str = shown("What the letter's link holds.")
    mail: bool = shown("Whether mail is sent from here at all.")


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """Where somebody proves once more who they are."""

    template: ClassVar[str] = "pages/verify.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    back: str = shown("The page to go to afterwards: its path inside the edition.")
    code: bool = shown("Whether a code of the authenticator is asked for as well.")


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """What is shown once: the secret of an authenticator, recovery codes, or a new token."""

    template: ClassVar[str] = "pages/recovery.html"
    frame: Frame = shown("What is around the content.")
    kind: str = shown("enrol, codes or token.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    secret: str = shown("The secret or the token.")
    picture: str = shown("The secret as a picture to be read by a phone: a data address.")
    codes: Sequence[str] = shown("The codes to recover with.")


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account."""

    template: ClassVar[str] = "pages/account.html"
    frame: Frame = shown("What is around the content.")
    problem: str = shown("What is wrong with what was sent; empty at first.")
    name: str = shown("The account's name.")
    role: str = shown("What the account is here: its role, in words.")
    held_back: str = shown("The role it has, and may not use before codes are on; empty for none.")
    since: datetime = shown("When it was made.")
    email: str = shown("Its e-mail address; empty for none.")
    confirmable: bool = shown("Whether a letter can be sent to confirm it.")
    verified: bool = shown("Whether that address has answered.")
    has_password: bool = shown("Whether it can be signed in to with a password.")
    two_factor: bool = shown("Whether a code is asked for as well.")
    passkeys: Sequence[Passkey] = shown("Its passkeys, the oldest first.")
    providers: Sequence[tuple[str, str, bool]] = shown("(key, label, whether connected) of the providers there are.")
    recovery_left: int = shown("How many recovery codes are left.")
    sessions: Sequence[Session] = shown("Where it is signed in, the newest first.")
    this: int = shown("The session the page is shown in.")
    tokens: Sequence[ApiToken] = shown("The keys of programs, the newest first.")
    scopes: Sequence[tuple[str, str]] = shown("(scope, in words) that a token can have.")
