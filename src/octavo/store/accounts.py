"""Tables: accounts: who people here are, and what they sign in with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.account import Account, Role, Standing, email_key, name_key
from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import chunks
from octavo.store.tables import accounts


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an account signs in with: the hash of its password ("" for none), its second factor ("" for none)."""

    password: str
    totp_secret: str
    totp_step: int
    recovery: tuple[str, ...]


def add(tx: Transaction, account: Account, password: str, invited_by: AccountId | None = None) -> Account:
    """Keep a new account; gives it with its id."""
    row: dict[str, Any] = {
        "name": account.name,
        "name_key": name_key(account.name),
        "role": str(account.role),
        "standing": str(account.standing),
        "email": account.email,
        "email_key": email_key(account.email),
        "email_verified": account.email_verified,
        "password": password,
        "totp_secret": "",
        "totp_step": 0,
        "recovery": [],
        "created_at": account.created_at,
        "invited_by": invited_by,
    }
    made = tx.execute(insert(accounts).returning(accounts.c.id), row).scalar_one()
    found = get(tx, AccountId(made))
    if found is None:
        raise ValueError("what was just written is there")
    return found


def get(read: Read, account_id: AccountId) -> Account | None:
    """Give an account by its id."""
    row = read.execute(select(accounts).where(accounts.c.id == account_id)).first()
    return None if row is None else account_of(row)


def named(read: Read, name: str) -> Account | None:
    """Give the account that has this name, or one that looks like it."""
    row = read.execute(select(accounts).where(accounts.c.name_key == name_key(name))).first()
    return None if row is None else account_of(row)


def with_email(read: Read, address: str) -> Account | None:
    """Give the account that has this address."""
    key = email_key(address)
    row = None if key is None else read.execute(select(accounts).where(accounts.c.email_key == key)).first()
    return None if row is None else account_of(row)


def names(read: Read, ids: Iterable[AccountId]) -> dict[AccountId, str]:
    """Give the names of accounts; those that are gone are not among them."""
    columns = select(accounts.c.id, accounts.c.name)
    return {
        AccountId(row.id): row.name
        for some in chunks(dict.fromkeys(ids))
        for row in read.execute(columns.where(accounts.c.id.in_(some)))
    }


def ids_named(read: Read, said: Iterable[str]) -> dict[str, AccountId]:
    """Give the ids of accounts by their names, as they were written."""
    keys = {name_key(one): one for one in said}
    columns = select(accounts.c.id, accounts.c.name_key)
    return {
        keys[row.name_key]: AccountId(row.id)
        for some in chunks(keys)
        for row in read.execute(columns.where(accounts.c.name_key.in_(some)))
    }


def count(read: Read, role: Role | None = None) -> int:
    """Count accounts, of one role or all."""
    query = select(func.count()).select_from(accounts)
    found: int = read.execute(query if role is None else query.where(accounts.c.role == str(role))).scalar_one()
    return found


def listed(read: Read, limit: int, after: AccountId | None = None) -> list[Account]:
    """List accounts, the first made first."""
    query = select(accounts).order_by(accounts.c.id).limit(limit)
    return [account_of(row) for row in read.execute(query if after is None else query.where(accounts.c.id > after))]


def with_roles(read: Read, roles: Sequence[Role]) -> list[Account]:
    """List the accounts that have one of these roles: moderators and editors, not readers by the thousand."""
    query = select(accounts).where(accounts.c.role.in_([str(one) for one in roles])).order_by(accounts.c.id)
    return [account_of(row) for row in read.execute(query)]


def secrets_of(read: Read, account_id: AccountId) -> Secrets:
    """Give what an account signs in with; nothing at all for one that is gone."""
    columns = select(accounts.c.password, accounts.c.totp_secret, accounts.c.totp_step, accounts.c.recovery)
    row: Any = read.execute(columns.where(accounts.c.id == account_id)).first()
    return (
        Secrets("", "", 0, ())
        if row is None
        else Secrets(row.password, row.totp_secret, row.totp_step, tuple(row.recovery))
    )


def set_password(tx: Transaction, account_id: AccountId, password: str) -> None:
    """Keep the hash of a new password."""
    _set(tx, account_id, password=password)


def set_second_factor(tx: Transaction, account_id: AccountId, secret: str, recovery: Sequence[str], step: int) -> None:
    """Keep a second factor, or take it away ("")."""
    _set(tx, account_id, totp_secret=secret, recovery=list(recovery), totp_step=step)


def use_step(tx: Transaction, account_id: AccountId, step: int) -> bool:
    """Remember that the code of a step was used; False when that one, or a later one, was used meanwhile."""
    mine = (accounts.c.id == account_id) & (accounts.c.totp_step < step)
    return tx.execute(update(accounts).where(mine).values(totp_step=step)).rowcount > 0


def use_recovery(tx: Transaction, account_id: AccountId, left: Sequence[str]) -> None:
    """Keep the recovery codes that are left."""
    _set(tx, account_id, recovery=list(left))


def set_email(tx: Transaction, account_id: AccountId, address: str, *, verified: bool) -> None:
    """Keep an address, and whether its owner has answered from it."""
    _set(tx, account_id, email=address, email_key=email_key(address), email_verified=verified)


def set_role(tx: Transaction, account_id: AccountId, role: Role) -> None:
    """Give an account a role."""
    _set(tx, account_id, role=str(role))


def set_standing(tx: Transaction, account_id: AccountId, standing: Standing) -> None:
    """Limit, ban, or restore an account."""
    _set(tx, account_id, standing=str(standing))


def remove(tx: Transaction, account_id: AccountId) -> None:
    """Forget an account, and everything that is its own."""
    tx.execute(delete(accounts).where(accounts.c.id == account_id))


def account_of(row: Any) -> Account:
    """Read a row."""
    return Account(
        id=AccountId(row.id),
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
        standing=Standing(row.standing),
        email=row.email,
        email_verified=bool(row.email_verified),
        two_factor=bool(row.totp_secret),
    )


def _set(tx: Transaction, account_id: AccountId, **values: Any) -> None:
    tx.execute(update(accounts).where(accounts.c.id == account_id).values(**values))
