"""Signing in and out: with a password and a second factor; sessions, their end, and proving again who one is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.accounts import codes
from octavo.accounts.passwords import check_password, passwords
from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import new_token, token_key
from octavo.domain.account import Account, Person, Session, Standing
from octavo.domain.ids import AccountId, SessionId
from octavo.errors import InputError, NotAllowed, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, sessions, tickets
from octavo.store.tickets import Ticket

SECOND_STEP = "second_step"
_STEP_FOR = timedelta(minutes=10)
_MOST_TRIES = 5
TOUCHED_AGAIN = timedelta(hours=1)
"""After how long a session that is used is written down as used."""

_WRONG = "the name or the password is wrong"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is signed in: what the browser is to hold, and who it is."""

    token: str
    account: Account


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The password was right; a code is asked for next, with this ticket."""

    ticket: str


def sign_in(tools: Tools, name: str, password: str, device: str) -> SignedIn | SecondStep:
    """Sign somebody in by name or address, and password. Raises NotAllowed, in the same words whatever was wrong."""
    hasher, now = passwords(tools.settings.accounts.password_memory_kib), tools.now()
    with tools.database.read() as view:
        account = accounts.with_email(view, name.strip()) if "@" in name[1:] else accounts.named(view, name)
        kept = accounts.secrets_of(view, account.id) if account else None
    fits = hasher.fits(kept.password if kept else "", password)
    if account is None or kept is None or not fits:
        raise NotAllowed(_WRONG)
    if account.standing is Standing.BANNED:
        raise NotAllowed("this account is banned; the reason is in the moderation log")
    renewed = hasher.hash(password) if hasher.outdated(kept.password) else ""
    with tools.database.transaction() as tx:
        if renewed:
            accounts.set_password(tx, account.id, renewed)
        if kept.totp_secret:
            return SecondStep(_ask_step(tx, account.id, now))
        return begin(tx, tools, account, device, now)


def second_step(tools: Tools, ticket: str, code: str, device: str) -> SignedIn:
    """Sign in who has given the password, with a code or a recovery code. Raises NotAllowed."""
    key, now = token_key(ticket), tools.now()
    with tools.database.transaction() as tx:
        found = tickets.find(tx, key, SECOND_STEP, now)
        account = accounts.get(tx, found.account_id) if found and found.account_id else None
        if found is None or account is None or found.tries >= _MOST_TRIES:
            raise NotAllowed("this took too long, or too many tries: begin again")
        if use_code(tx, account.id, code, now):
            tickets.remove(tx, key)
            return begin(tx, tools, account, device, now)
        tickets.tried(tx, key)
    raise NotAllowed("this code is wrong, or was used already")


def begin_new(tools: Tools, account: Account, device: str) -> SignedIn:
    """Begin the first session of an account that was just made."""
    with tools.database.transaction() as tx:
        return begin(tx, tools, account, device, tools.now())


def begin(tx: Transaction, tools: Tools, account: Account, device: str, now: datetime) -> SignedIn:
    """Begin a session for somebody who has proved who they are: with a token nobody has held before."""
    token = new_token()
    lasts = _expiry(tools, now, now)
    sessions.add(tx, token_key(token), Session(SessionId(0), account.id, now, now, lasts, device, now))
    return SignedIn(token, account)


def use_code(tx: Transaction, account_id: AccountId, code: str, now: datetime) -> bool:
    """Use up a code of the authenticator, or a recovery code; False when it is none."""
    kept = accounts.secrets_of(tx, account_id)
    step = codes.step_of(kept.totp_secret, code, kept.totp_step, now) if kept.totp_secret else None
    if step is not None:
        return accounts.use_step(tx, account_id, step)
    left = codes.without(kept.recovery, code)
    if left is None:
        return False
    accounts.use_recovery(tx, account_id, left)
    return True


def prove(tools: Tools, person: Person | None, password: str, code: str) -> str:
    """Prove once more who one is, for what is grave; gives the session's new token. Raises NotAllowed."""
    who, now = demand(person, Act.OWN_ACCOUNT), tools.now()
    with tools.database.read() as view:
        kept = accounts.secrets_of(view, who.id)
    fits = passwords(tools.settings.accounts.password_memory_kib).fits(kept.password, password)
    with tools.database.transaction() as tx:
        if not fits or (kept.totp_secret and not use_code(tx, who.id, code, now)):
            raise NotAllowed("the password or the code is wrong")
        return renew(tx, who, now)


def renew(tx: Transaction, who: Person, now: datetime) -> str:
    """Give the session of somebody who has just proved who they are a new token; the one before is good no more."""
    token = new_token()
    sessions.verify(tx, who.session_id, token_key(token), now)
    return token


def change_password(tools: Tools, person: Person | None, old: str, new: str) -> str:
    """Change one's password; every other session ends, this one has a new token. Raises NotAllowed, InputError."""
    who = demand(person, Act.OWN_ACCOUNT)
    hasher = passwords(tools.settings.accounts.password_memory_kib)
    with tools.database.read() as view:
        kept = accounts.secrets_of(view, who.id)
    if kept.password and not hasher.fits(kept.password, old):
        raise NotAllowed("the old password is wrong")
    if not kept.password and who.verified_at is None:
        raise NotAllowed("sign in once more first")
    hashed = hasher.hash(check_password(new, who.account.name, who.account.email))
    with tools.database.transaction() as tx:
        accounts.set_password(tx, who.id, hashed)
        sessions.end_others(tx, who.id, who.session_id)
        return renew(tx, who, tools.now())


def touch(tools: Tools, session: Session) -> None:
    """Remember that a session was used: it lasts on from now, but never longer in all than any may."""
    now = tools.now()
    with tools.database.transaction() as tx:
        sessions.touch(tx, session.id, now, _expiry(tools, session.created_at, now))


def leave_behind(tools: Tools, token: str) -> None:
    """End the session a browser held before it was given another."""
    with tools.database.transaction() as tx:
        sessions.end_of(tx, token_key(token))


def sign_out(tools: Tools, person: Person) -> None:
    """End the session somebody is in."""
    with tools.database.transaction() as tx:
        sessions.end(tx, person.id, person.session_id)


def end_session(tools: Tools, person: Person | None, session_id: SessionId) -> None:
    """End one of one's own sessions. Raises SignInRequired, NotFound."""
    who = demand(person, Act.OWN_ACCOUNT)
    with tools.database.transaction() as tx:
        if not sessions.end(tx, who.id, session_id):
            raise NotFound("there is no such session")


def end_others(tools: Tools, person: Person | None) -> int:
    """End all of one's sessions but this one; gives how many."""
    who = demand(person, Act.OWN_ACCOUNT)
    with tools.database.transaction() as tx:
        return sessions.end_others(tx, who.id, who.session_id)


def begin_second_factor(tools: Tools, person: Person | None) -> str:
    """Make a secret for an authenticator; it is kept once a code of it is given. Raises SignInRequired."""
    demand(person, Act.OWN_ACCOUNT)
    return codes.new_secret()


def set_second_factor(tools: Tools, person: Person | None, secret: str, code: str) -> list[str]:
    """Turn the second factor on, with a code that shows the authenticator works; gives the recovery codes, once.

    Raises InputError when the code does not fit.
    """
    who, now = demand(person, Act.OWN_ACCOUNT), tools.now()
    if not codes.is_secret(secret):
        raise InputError("begin again: this is no secret of an authenticator")
    step = codes.step_of(secret, code, 0, now)
    if step is None:
        raise InputError("this code does not fit: check the clock of your device, and try the next one")
    given = codes.new_recovery_codes()
    with tools.database.transaction() as tx:
        accounts.set_second_factor(tx, who.id, secret, [codes.recovery_key(one) for one in given], step)
        sessions.end_others(tx, who.id, who.session_id)
    return given


def drop_second_factor(tools: Tools, person: Person | None) -> None:
    """Turn the second factor off."""
    who = demand(person, Act.OWN_ACCOUNT)
    with tools.database.transaction() as tx:
        accounts.set_second_factor(tx, who.id, "", (), 0)


def _expiry(tools: Tools, begun: datetime, now: datetime) -> datetime:
    settings = tools.settings.accounts
    return min(now + timedelta(days=settings.session_days), begun + timedelta(days=settings.session_most_days))


def _ask_step(tx: Transaction, account_id: AccountId, now: datetime) -> str:
    ticket = new_token()
    tickets.add(tx, Ticket(token_key(ticket), SECOND_STEP, now, now + _STEP_FOR, account_id))
    return ticket
