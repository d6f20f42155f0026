"""Passkeys: add one to one's account, sign in with one, take one away."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from types import ModuleType

from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import new_token, token_key
from octavo.actions.leaving import demand_fresh
from octavo.actions.signing import SignedIn, begin, renew
from octavo.domain.account import Person, Standing
from octavo.errors import InputError, NotAllowed, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, credentials, tickets
from octavo.store.credentials import Passkey
from octavo.store.tickets import Ticket

MOST = 20
LONGEST_LABEL = 60
_NEW, _ANY = "passkey_new", "passkey_any"
_ASKED_FOR = timedelta(minutes=10)
_LATE = "this took too long: begin again"


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser is asked, as JSON, and the ticket its answer comes with."""

    options: str
    ticket: str


def ask_to_add(tools: Tools, person: Person | None, origin: str) -> Question:
    """Begin to add a passkey. Raises SignInRequired, VerifyAgain."""
    who, now, ticket = demand_fresh(tools, person), tools.now(), new_token()
    with tools.database.transaction() as tx:
        known = credentials.passkeys_of(tx, who.id)
        handle = hashlib.sha256(f"account {who.id}".encode()).digest()
        asked = _rules().ask_new(origin, handle, who.account.name, [one.credential for one in known])
        given = {"challenge": asked.challenge.hex()}
        tickets.add(tx, Ticket(token_key(ticket), _NEW, now, now + _ASKED_FOR, who.id, given))
    return Question(asked.options, ticket)


def add(tools: Tools, person: Person | None, origin: str, ticket: str, answer: str, label: str) -> None:
    """Keep the passkey a browser made. Raises SignInRequired, NotAllowed, InputError."""
    who, now = demand(person, Act.OWN_ACCOUNT), tools.now()
    name = " ".join(label.split())[:LONGEST_LABEL]
    with tools.database.transaction() as tx:
        found = tickets.take(tx, token_key(ticket), _NEW, now)
        if found is None or found.account_id != who.id:
            raise NotAllowed(_LATE)
        made = _rules().read_new(answer, bytes.fromhex(found.given["challenge"]), origin)
        if len(credentials.passkeys_of(tx, who.id)) >= MOST:
            raise InputError("there are as many passkeys as there may be: take one away first")
        if credentials.passkey(tx, made.credential) is not None:
            raise InputError("this passkey is known already")
        new = Passkey(made.credential, who.id, made.public_key, made.uses, name, made.transports, now)
        credentials.add_passkey(tx, new)


def ask_to_sign_in(tools: Tools, origin: str) -> Question:
    """Begin to sign somebody in with a passkey."""
    now, ticket, asked = tools.now(), new_token(), _rules().ask_any(origin)
    given = {"challenge": asked.challenge.hex()}
    with tools.database.transaction() as tx:
        tickets.add(tx, Ticket(token_key(ticket), _ANY, now, now + _ASKED_FOR, None, given))
    return Question(asked.options, ticket)


def sign_in(tools: Tools, origin: str, ticket: str, answer: str, device: str) -> SignedIn:
    """Sign in who holds a passkey; the device has asked for a finger or a code, so no other step follows.

    Raises NotAllowed.
    """
    now = tools.now()
    with tools.database.transaction() as tx:
        known = _checked(tx, now, origin, ticket, answer)
        account = accounts.get(tx, known.account_id)
        if account is None or account.standing is Standing.BANNED:
            raise NotAllowed("this account is banned; the reason is in the moderation log")
        return begin(tx, tools, account, device, now)


def prove(tools: Tools, person: Person | None, origin: str, ticket: str, answer: str) -> str:
    """Prove once more who one is, with a passkey of one's own; gives the session's new token.

    Raises SignInRequired, NotAllowed.
    """
    who, now = demand(person, Act.OWN_ACCOUNT), tools.now()
    with tools.database.transaction() as tx:
        known = _checked(tx, now, origin, ticket, answer)
        if known.account_id != who.id:
            raise NotAllowed("this passkey is of another account")
        return renew(tx, who, now)


def remove(tools: Tools, person: Person | None, credential: bytes) -> None:
    """Take away one of one's own passkeys. Raises NotFound; NotAllowed when nothing would be left to sign in with."""
    who = demand_fresh(tools, person)
    with tools.database.transaction() as tx:
        if not accounts.secrets_of(tx, who.id).password and credentials.ways_in(tx, who.id) == 1:
            raise NotAllowed("this is the last way into your account: set a password first")
        if not credentials.remove_passkey(tx, who.id, credential):
            raise NotFound("there is no such passkey")


def _checked(tx: Transaction, now: datetime, origin: str, ticket: str, answer: str) -> Passkey:
    """Give the passkey an answer is of, once it is known to be right; its ticket is used up either way."""
    found = tickets.take(tx, token_key(ticket), _ANY, now)
    if found is None:
        raise NotAllowed(_LATE)
    known = credentials.passkey(tx, _rules().credential_in(answer))
    if known is None:
        raise NotAllowed("this passkey is not known here")
    uses = _rules().check_answer(answer, bytes.fromhex(found.given["challenge"]), origin, known.public_key, known.uses)
    credentials.used_passkey(tx, known.credential, uses, now)
    return known


def _rules() -> ModuleType:
    """Bring in accounts/passkeys.py: its library takes a while, and a website that was killed is wanted back before."""
    return import_module("octavo.accounts.passkeys")
