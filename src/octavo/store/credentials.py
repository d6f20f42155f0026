"""Tables: passkeys, identities: what else than a password an account is signed in to with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from octavo.domain.ids import AccountId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import identities, passkeys


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key a device holds (WebAuthn), by the id of its credential; `uses` is the device's own count of signatures."""

    credential: bytes
    account_id: AccountId
    public_key: bytes
    uses: int
    label: str
    transports: tuple[str, ...]
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to a provider of identities: the provider's key, and its name for them."""

    provider: str
    subject: str
    account_id: AccountId
    created_at: datetime


def add_passkey(tx: Transaction, one: Passkey) -> None:
    """Keep a new passkey."""
    row = {
        "credential": one.credential,
        "account_id": one.account_id,
        "public_key": one.public_key,
        "uses": one.uses,
        "label": one.label,
        "transports": list(one.transports),
        "created_at": one.created_at,
        "used_at": one.used_at,
    }
    tx.execute(insert(passkeys), row)


def passkey(read: Read, credential: bytes) -> Passkey | None:
    """Give a passkey by the id of its credential."""
    row = read.execute(select(passkeys).where(passkeys.c.credential == credential)).first()
    return None if row is None else _passkey(row)


def passkeys_of(read: Read, account_id: AccountId) -> list[Passkey]:
    """List an account's passkeys, the oldest first."""
    mine = select(passkeys).where(passkeys.c.account_id == account_id)
    return sorted(map(_passkey, read.execute(mine)), key=lambda one: (one.created_at, one.credential))


def used_passkey(tx: Transaction, credential: bytes, uses: int, now: datetime) -> None:
    """Remember that a passkey was used, and its device's count."""
    mine = passkeys.c.credential == credential
    tx.execute(update(passkeys).where(mine).values(uses=uses, used_at=now))


def remove_passkey(tx: Transaction, account_id: AccountId, credential: bytes) -> bool:
    """Take away one of an account's own passkeys; False when there is none of this id."""
    mine = (passkeys.c.account_id == account_id) & (passkeys.c.credential == credential)
    return tx.execute(delete(passkeys).where(mine)).rowcount > 0


def add_identity(tx: Transaction, one: Identity) -> None:
    """Keep who an account is to a provider."""
    row = {
        "provider": one.provider,
        "subject": one.subject,
        "account_id": one.account_id,
        "created_at": one.created_at,
    }
    tx.execute(insert(identities), row)


def identity(read: Read, provider: str, subject: str) -> Identity | None:
    """Give whose identity this is."""
    mine = (identities.c.provider == provider) & (identities.c.subject == subject)
    row = read.execute(select(identities).where(mine)).first()
    return None if row is None else _identity(row)


def identities_of(read: Read, account_id: AccountId) -> list[Identity]:
    """List who an account is to providers."""
    mine = select(identities).where(identities.c.account_id == account_id)
    return sorted(map(_identity, read.execute(mine)), key=lambda one: one.provider)


def remove_identity(tx: Transaction, account_id: AccountId, provider: str) -> bool:
    """Take away who an account is to a provider; False when there was nothing."""
    mine = (identities.c.account_id == account_id) & (identities.c.provider == provider)
    return tx.execute(delete(identities).where(mine)).rowcount > 0


def ways_in(read: Read, account_id: AccountId) -> int:
    """Count the passkeys and identities an account is signed in to with."""
    found = [
        read.execute(select(func.count()).select_from(table).where(table.c.account_id == account_id)).scalar_one()
        for table in (passkeys, identities)
    ]
    return sum(found)


def export(read: Read, account_id: AccountId) -> list[dict[str, Any]]:
    """Give what is kept of an account's passkeys and identities, without what would let somebody in."""
    keys: Sequence[dict[str, Any]] = [
        {"passkey": one.label, "since": one.created_at, "used": one.used_at} for one in passkeys_of(read, account_id)
    ]
    known = [
        {"provider": one.provider, "subject": one.subject, "since": one.created_at}
        for one in identities_of(read, account_id)
    ]
    return [*keys, *known]


def _passkey(row: Any) -> Passkey:
    return Passkey(
        credential=bytes(row.credential),
        account_id=AccountId(row.account_id),
        public_key=bytes(row.public_key),
        uses=row.uses,
        label=row.label,
        transports=tuple(row.transports),
        created_at=row.created_at,
        used_at=row.used_at,
    )


def _identity(row: Any) -> Identity:
    return Identity(row.provider, row.subject, AccountId(row.account_id), row.created_at)
