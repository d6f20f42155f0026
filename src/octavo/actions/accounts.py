"""Accounts: make one, by whom it may be made; its name, address, role; what is kept of it for its owner."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from octavo.accounts.names import check_email, check_name
from octavo.accounts.passwords import check_password, passwords
from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import new_token, token_key
from octavo.actions.audit import record
from octavo.domain.account import Account, Person, Role
from octavo.domain.ids import AccountId
from octavo.errors import Conflict, InputError, NotAllowed, NotFound
from octavo.ports.database import Read, Transaction
from octavo.ports.tools import Tools
from octavo.store import accounts, sessions, tickets
from octavo.store.tickets import Ticket

OWNER_TICKET = "owner"
INVITATION = "invitation"
RESET = "reset"
"""Kinds of tickets: the first account, an invitation, a new password."""

_INVITED_FOR = timedelta(days=14)
_RESET_FOR = timedelta(days=1)
_OWNER_FOR = timedelta(days=3650)
MOST_INVITATIONS = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody gives who wants an account."""

    name: str
    password: str
    email: str = ""


def offer_first(tools: Tools) -> str:
    """Give what makes the owner's account, anew each time; "" once there is an account."""
    token, now = new_token(), tools.now()
    with tools.database.transaction() as tx:
        if accounts.count(tx):
            return ""
        tickets.remove_kind(tx, OWNER_TICKET)
        tickets.add(tx, Ticket(token_key(token), OWNER_TICKET, now, now + _OWNER_FOR))
    return token


def sign_up(tools: Tools, wanted: Wanted, ticket: str = "") -> Account:
    """Make an account for who asks for one. Raises InputError, Conflict, NotAllowed.

    `ticket` is an invitation, or what `offer_first` gave; without one, sign-up must be open.
    """
    checked, now = _checked(tools, wanted), tools.now()
    hashed = passwords(tools.settings.accounts.password_memory_kib).hash(checked.password)
    with tools.database.transaction() as tx:
        role, inviter = _admitted(tx, tools, ticket, now)
        made = _add(tx, checked, role, hashed, now, inviter)
        if role is Role.OWNER:
            tickets.remove_kind(tx, OWNER_TICKET)
    return made


def admits(read: Read, tools: Tools, ticket: str, now: datetime) -> bool:
    """Tell whether somebody with this ticket, or none, may make an account."""
    key = token_key(ticket)
    return tools.settings.accounts.sign_up == "open" or any(
        tickets.find(read, key, kind, now) for kind in _kinds(tools)
    )


def add(tools: Tools, person: Person, wanted: Wanted, role: Role) -> Account:
    """Make an account for somebody else. Raises NotAllowed, InputError, Conflict."""
    demand(person, Act.MANAGE_ACCOUNTS)
    checked, now = _checked(tools, wanted), tools.now()
    hashed = passwords(tools.settings.accounts.password_memory_kib).hash(checked.password)
    with tools.database.transaction() as tx:
        made = _add(tx, checked, role, hashed, now, person.id or None)
        record(tx, person, "account made", f"account/{made.id}", f"{made.name} ({role})", now)
    return made


def invite(tools: Tools, person: Person | None, role: Role, note: str) -> str:
    """Make an invitation that is good once, for two weeks; gives its token. Raises NotAllowed, InputError."""
    who, token, now = demand(person, Act.INVITE), new_token(), tools.now()
    if role is not Role.READER:
        demand(who, Act.MANAGE_ACCOUNTS)
    said = " ".join(note.split())[:200]
    given = {"role": str(role), "note": said, "by": who.id}
    with tools.database.transaction() as tx:
        if len(tickets.of_kind(tx, INVITATION, now, MOST_INVITATIONS)) >= MOST_INVITATIONS:
            raise InputError("too many invitations wait to be used: take some back first")
        tickets.add(tx, Ticket(token_key(token), INVITATION, now, now + _INVITED_FOR, None, given))
        record(tx, who, "invited", f"invitation/{token_key(token).hex()[:12]}", said or str(role), now)
    return token


def uninvite(tools: Tools, person: Person | None, name: str) -> None:
    """Take back an invitation; `name` is the beginning of its key. Raises NotAllowed, NotFound."""
    who, now = demand(person, Act.INVITE), tools.now()
    with tools.database.transaction() as tx:
        for one in tickets.of_kind(tx, INVITATION, now, MOST_INVITATIONS):
            if len(name) >= 12 and one.key.hex().startswith(name):
                tickets.remove(tx, one.key)
                record(tx, who, "invitation taken back", f"invitation/{name[:12]}", "", now)
                return
    raise NotFound("there is no such invitation")


def invitations(tools: Tools, person: Person | None) -> list[Ticket]:
    """List the invitations that wait to be used, the newest first. Raises NotAllowed."""
    demand(person, Act.INVITE)
    with tools.database.read() as view:
        return tickets.of_kind(view, INVITATION, tools.now(), MOST_INVITATIONS)


def give_role(tools: Tools, person: Person | None, account_id: AccountId, role: Role, note: str = "") -> Account:
    """Give somebody a role. Raises NotAllowed, NotFound; the last owner stays one."""
    who, now = demand(person, Act.MANAGE_ACCOUNTS), tools.now()
    with tools.database.transaction() as tx:
        found = accounts.get(tx, account_id)
        if found is None:
            raise NotFound("there is no such account")
        if found.role is Role.OWNER and role is not Role.OWNER and accounts.count(tx, Role.OWNER) == 1:
            raise NotAllowed("this is the last owner: make somebody else one first")
        accounts.set_role(tx, account_id, role)
        record(tx, who, "role given", f"account/{account_id}", f"{found.role} to {role}. {note}".strip(), now)
    return replace(found, role=role)


def offer_reset(tools: Tools, person: Person, account_id: AccountId) -> str:
    """Make what sets a new password for somebody, once, within a day; gives its token. Raises NotAllowed, NotFound."""
    who, token, now = demand(person, Act.MANAGE_ACCOUNTS), new_token(), tools.now()
    with tools.database.transaction() as tx:
        if accounts.get(tx, account_id) is None:
            raise NotFound("there is no such account")
        given = {"second_factor": "drop"}
        tickets.add(tx, Ticket(token_key(token), RESET, now, now + _RESET_FOR, account_id, given))
        record(tx, who, "new password offered", f"account/{account_id}", "", now)
    return token


def end_sessions(tools: Tools, person: Person, account_id: AccountId) -> int:
    """Sign somebody out everywhere; gives how many sessions ended. Raises NotAllowed, NotFound."""
    who, now = demand(person, Act.MANAGE_ACCOUNTS), tools.now()
    with tools.database.transaction() as tx:
        if accounts.get(tx, account_id) is None:
            raise NotFound("there is no such account")
        ended = sessions.end_others(tx, account_id, sessions.NONE)
        record(tx, who, "signed out everywhere", f"account/{account_id}", "", now)
    return ended


def reset(tools: Tools, ticket: str, password: str) -> Account:
    """Set a new password with what `offer_reset` or a letter gave; ends every session. Raises InputError, NotAllowed.

    An owner's offer takes the second factor away as well; a letter does not, as who reads the mail need not hold it.
    """
    now, key = tools.now(), token_key(ticket)
    hashed = passwords(tools.settings.accounts.password_memory_kib).hash(check_password(password))
    with tools.database.transaction() as tx:
        found = tickets.take(tx, key, RESET, now)
        account = accounts.get(tx, found.account_id) if found and found.account_id else None
        if account is None:
            raise NotAllowed("this link was used already, or is too old: ask for another")
        check_password(password, account.name, account.email)
        accounts.set_password(tx, account.id, hashed)
        if found and found.given.get("second_factor") == "drop":
            accounts.set_second_factor(tx, account.id, "", (), 0)
        sessions.end_others(tx, account.id, sessions.NONE)
        sessions.revoke_tokens(tx, account.id)
    return account


def set_email(tools: Tools, person: Person | None, address: str) -> None:
    """Keep one's address, or none (""): it is not confirmed by that. Raises InputError, Conflict."""
    who, checked = demand(person, Act.OWN_ACCOUNT), check_email(address)
    if not checked and tools.settings.accounts.email == "required":
        raise InputError("this newspaper asks for an e-mail address")
    with tools.database.transaction() as tx:
        other = accounts.with_email(tx, checked) if checked else None
        if other is not None and other.id != who.id:
            raise Conflict("somebody here has this e-mail address already")
        if checked != who.account.email:
            accounts.set_email(tx, who.id, checked, verified=False)


def named(read: Read, name: str) -> Account:
    """Give an account by its name. Raises NotFound."""
    found = accounts.named(read, name)
    if found is None:
        raise NotFound(f"there is no account {name!r}: `octavo accounts list` lists them")
    return found


def _checked(tools: Tools, wanted: Wanted) -> Wanted:
    name, email = check_name(wanted.name), check_email(wanted.email)
    if not email and tools.settings.accounts.email == "required":
        raise InputError("this newspaper asks for an e-mail address")
    return Wanted(name, check_password(wanted.password, name, email), email)


def _kinds(tools: Tools) -> tuple[str, ...]:
    closed = tools.settings.accounts.sign_up == "closed"
    return (OWNER_TICKET,) if closed else (OWNER_TICKET, INVITATION)


def _admitted(tx: Transaction, tools: Tools, ticket: str, now: datetime) -> tuple[Role, AccountId | None]:
    """Use up a ticket; give the role it brings, and who invited."""
    for kind in _kinds(tools):
        found = tickets.take(tx, token_key(ticket), kind, now) if ticket else None
        if found is not None and kind == OWNER_TICKET:
            return Role.OWNER, None
        if found is not None:
            return Role(found.given["role"]), AccountId(found.given["by"]) or None
    if tools.settings.accounts.sign_up == "open":
        return Role.READER, None
    raise NotAllowed("an account needs an invitation here; this one was used already, or is too old")


def _add(tx: Transaction, wanted: Wanted, role: Role, hashed: str, now: datetime, inviter: AccountId | None) -> Account:
    if accounts.named(tx, wanted.name) is not None:
        raise Conflict("this name, or one that looks like it, is taken: choose another")
    if wanted.email and accounts.with_email(tx, wanted.email) is not None:
        raise Conflict("somebody here has this e-mail address already")
    new = Account(AccountId(0), wanted.name, role, now, email=wanted.email)
    return accounts.add(tx, new, hashed, inviter)
