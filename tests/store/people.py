"""Examples of accounts, for tests of what they keep."""

from octavo.domain.account import Account, Role
from octavo.domain.ids import AccountId
from octavo.ports.database import Database
from octavo.store import accounts

from .examples import NOON


def people(database: Database, *names: str) -> list[AccountId]:
    """Make an account for each name."""
    with database.transaction() as tx:
        made = [accounts.add(tx, Account(AccountId(0), name, Role.READER, NOON), "") for name in names]
    return [one.id for one in made]
