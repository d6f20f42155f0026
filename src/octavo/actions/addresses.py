"""E-mail addresses of accounts: confirmed by a letter, and of use when a password is forgotten."""

from collections.abc import Callable
from datetime import timedelta

from octavo.accounts.permissions import Act, demand
from octavo.accounts.tokens import new_token, token_key
from octavo.actions.accounts import RESET
from octavo.domain.account import Account, Person, Standing
from octavo.domain.mail import Message
from octavo.errors import InputError, NotAllowed
from octavo.ports.tools import Tools
from octavo.store import accounts, mail_outbox, tickets
from octavo.store.tickets import Ticket

CONFIRM = "confirm_email"
_CONFIRM_FOR = timedelta(days=3)
_RESET_FOR = timedelta(hours=1)

Write = Callable[[Account, str], Message]
"""Writes a letter to an account, with the token its link is to hold."""


def sends(tools: Tools) -> bool:
    """Tell whether this instance sends mail at all."""
    return tools.mailer.on


def ask_to_confirm(tools: Tools, person: Person | None, write: Write) -> None:
    """Have a letter sent to one's own address, whose link confirms it. Raises InputError without an address."""
    who, now, token = demand(person, Act.OWN_ACCOUNT), tools.now(), new_token()
    if not who.account.email or not sends(tools):
        raise InputError("there is no address to write to, or no mail is sent from here")
    letter = write(who.account, token)
    with tools.database.transaction() as tx:
        given = {"email": who.account.email}
        tickets.add(tx, Ticket(token_key(token), CONFIRM, now, now + _CONFIRM_FOR, who.id, given))
        mail_outbox.add(tx, letter, now, now + _CONFIRM_FOR, account_id=who.id)


def confirm(tools: Tools, ticket: str) -> Account:
    """Take an address for confirmed, by the link in the letter. Raises NotAllowed."""
    now = tools.now()
    with tools.database.transaction() as tx:
        found = tickets.take(tx, token_key(ticket), CONFIRM, now)
        account = accounts.get(tx, found.account_id) if found and found.account_id else None
        if found is None or account is None or account.email != found.given["email"]:
            raise NotAllowed("this link was used already, or is too old: ask for another")
        accounts.set_email(tx, account.id, account.email, verified=True)
    return account


def forgotten(tools: Tools, said: str, write: Write) -> None:
    """Have a letter sent that sets a new password, where there is such an account with a confirmed address.

    Whether there is one, nobody is told.
    """
    now, token = tools.now(), new_token()
    with tools.database.transaction() as tx:
        account = accounts.with_email(tx, said.strip()) if "@" in said[1:] else accounts.named(tx, said)
        known = account is not None and account.email_verified and account.standing is not Standing.BANNED
        if account is None or not known or not sends(tools):
            return
        tickets.add(tx, Ticket(token_key(token), RESET, now, now + _RESET_FOR, account.id))
        mail_outbox.add(tx, write(account, token), now, now + _RESET_FOR, account_id=account.id)
