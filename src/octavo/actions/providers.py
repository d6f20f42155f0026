"""Signing in by a provider of identities, and connecting one's account to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from octavo.accounts import identity
from octavo.accounts.identity import Configuration, Secrets, Vouched
from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import new_token, token_key
from octavo.actions.leaving import demand_fresh
from octavo.actions.signing import SignedIn, begin
from octavo.config import ProviderSettings
from octavo.domain.account import Account, Person, Role, Standing
from octavo.domain.ids import AccountId
from octavo.domain.web import Request
from octavo.errors import Conflict, FetchError, NotAllowed, NotFound
from octavo.ports.database import Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, credentials, tickets
from octavo.store.credentials import Identity
from octavo.store.tickets import Ticket

_KIND = "provider"
_ASKED_FOR = timedelta(minutes=15)
_LARGEST = 200_000
_LATE = "this took too long, or was begun in another browser: begin again"


@dataclass(frozen=True, slots=True)
class Sent:
    """Where somebody is sent, and what their browser holds meanwhile: an answer is only taken from the same one."""

    address: str
    held: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody is back: signed in, with the page they came from; `signed` is None where an account was connected."""

    signed: SignedIn | None
    back: str


def send(tools: Tools, key: str, redirect: str, back: str, person: Person | None = None) -> Sent:
    """Begin to sign in, or to connect the account of `person`. Raises NotFound, NotAllowed, FetchError."""
    provider, now = _provider(tools, key), tools.now()
    if person is not None:
        demand_fresh(tools, person)
    known = _configuration(tools, provider)
    tied, held = identity.new_secrets(), new_token()
    given = {
        "provider": key,
        "nonce": tied.nonce,
        "verifier": tied.verifier,
        "back": back[:400],
        "held": token_key(held).hex(),
    }
    ticket = Ticket(token_key(tied.state), _KIND, now, now + _ASKED_FOR, person.id if person else None, given)
    with tools.database.transaction() as tx:
        tickets.add(tx, ticket)
    return Sent(identity.authorization_address(known, provider.client_id, redirect, tied), held)


@dataclass(frozen=True, slots=True)
class Back:
    """What somebody comes back with: the state and code in the address, what their browser held, and which it is."""

    state: str
    code: str
    held: str
    device: str = ""


def receive(tools: Tools, key: str, redirect: str, given: Back) -> Returned:
    """Take somebody back from a provider. Raises NotFound, NotAllowed, Conflict, FetchError."""
    provider, now = _provider(tools, key), tools.now()
    with tools.database.transaction() as tx:
        ticket = tickets.take(tx, token_key(given.state), _KIND, now)
    if ticket is None or ticket.given["provider"] != key or ticket.given["held"] != token_key(given.held).hex():
        raise NotAllowed(_LATE)
    tied = Secrets(given.state, ticket.given["nonce"], ticket.given["verifier"])
    vouched = _ask(tools, provider, redirect, given.code, tied)
    with tools.database.transaction() as tx:
        if ticket.account_id is not None:
            _connect(tx, provider, vouched, ticket.account_id, now)
            return Returned(None, ticket.given["back"])
        account = _account(tx, tools, provider, vouched, now)
        return Returned(begin(tx, tools, account, given.device, now), ticket.given["back"])


def disconnect(tools: Tools, person: Person | None, key: str) -> None:
    """Take one's account from a provider. Raises NotFound; NotAllowed when nothing would be left to sign in with."""
    who = demand(person, Act.OWN_ACCOUNT)
    demand_fresh(tools, who)
    with tools.database.transaction() as tx:
        if not accounts.secrets_of(tx, who.id).password and credentials.ways_in(tx, who.id) == 1:
            raise NotAllowed("this is the last way into your account: set a password first")
        if not credentials.remove_identity(tx, who.id, key):
            raise NotFound("your account is not connected to this provider")


def _provider(tools: Tools, key: str) -> ProviderSettings:
    for one in tools.settings.accounts.providers:
        if one.key == key:
            return one
    raise NotFound("there is no such provider")


def _configuration(tools: Tools, provider: ProviderSettings) -> Configuration:
    address = identity.configuration_address(provider.issuer)
    said = tools.fetcher.fetch(Request(address, max_bytes=_LARGEST, prompt=True))
    return identity.read_configuration(said.body, provider.issuer)


def _ask(tools: Tools, provider: ProviderSettings, redirect: str, code: str, tied: Secrets) -> Vouched:
    """Ask the provider who came back with this code."""
    known = _configuration(tools, provider)
    secret = tools.provider_secrets.get(provider.key, "")
    body, authorization = identity.code_request(code, redirect, tied.verifier, provider.client_id, secret)
    fields = [("content-type", "application/x-www-form-urlencoded"), ("authorization", authorization)]
    sent = tuple(one for one in fields if one[1])
    try:
        request = Request(known.token, max_bytes=_LARGEST, prompt=True, sent=body, fields=sent)
        answer = tools.fetcher.fetch(request)
    except FetchError as error:
        if error.status is not None and 400 <= error.status < 500:
            raise NotAllowed("the provider did not vouch for you: try again") from error
        raise
    keys = tools.fetcher.fetch(Request(known.keys, max_bytes=_LARGEST, prompt=True))
    return identity.read_vouched(answer.body, keys.body, known, provider.client_id, tied.nonce, tools.now())


def _connect(tx: Transaction, provider: ProviderSettings, vouched: Vouched, account: AccountId, now: datetime) -> None:
    known = credentials.identity(tx, provider.key, vouched.subject)
    if known is not None and known.account_id != account:
        raise Conflict("another account here is connected to this identity")
    if known is None:
        credentials.remove_identity(tx, account, provider.key)
        credentials.add_identity(tx, Identity(provider.key, vouched.subject, account, now))


def _account(tx: Transaction, tools: Tools, provider: ProviderSettings, vouched: Vouched, now: datetime) -> Account:
    """Give the account of an identity, made now where it may be.

    An account that has the same e-mail address is not taken for theirs: a provider's word on an address is not proof
    to this newspaper. Its owner connects it.
    """
    known = credentials.identity(tx, provider.key, vouched.subject)
    if known is not None:
        account = accounts.get(tx, known.account_id)
        if account is None or account.standing is Standing.BANNED:
            raise NotAllowed("this account is banned; the reason is in the moderation log")
        return account
    if not provider.sign_up and tools.settings.accounts.sign_up != "open":
        raise NotAllowed("nobody here has this identity: sign in another way, and connect it on your account's page")
    name = next((one for one in identity.names_for(vouched.name) if accounts.named(tx, one) is None), "")
    if not name:
        raise Conflict("no name was free for you: make an account here, and connect it")
    free = bool(vouched.email) and accounts.with_email(tx, vouched.email) is None
    new = Account(AccountId(0), name, Role.READER, now, email=vouched.email if free else "", email_verified=free)
    made = accounts.add(tx, new, "")
    credentials.add_identity(tx, Identity(provider.key, vouched.subject, made.id, now))
    return made
