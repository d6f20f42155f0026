"""Tables: saved_searches: the searches each reader keeps."""

from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from octavo.domain.follow import SavedSearch
from octavo.domain.ids import AccountId, SearchId
from octavo.ports.database import Read, Transaction
from octavo.store.tables import saved_searches

_OF = (
    select(saved_searches)
    .where(saved_searches.c.account_id == bindparam("account"))
    .order_by(saved_searches.c.account_id, saved_searches.c.id)
)


def add(tx: Transaction, account: AccountId, one: SavedSearch) -> SearchId:
    """Keep a search; gives its number."""
    row = {"account_id": account, "query": one.query, "name": one.name, "made_at": one.made_at}
    return SearchId(tx.execute(insert(saved_searches).returning(saved_searches.c.id), row).scalar_one())


def rename(tx: Transaction, account: AccountId, one: SearchId, name: str) -> bool:
    """Call a search something else; says whether the account has it."""
    return tx.execute(update(saved_searches).where(_mine(account, one)).values(name=name)).rowcount > 0


def remove(tx: Transaction, account: AccountId, one: SearchId) -> bool:
    """Keep a search no longer; says whether the account had it."""
    return tx.execute(delete(saved_searches).where(_mine(account, one))).rowcount > 0


def of(read: Read, account: AccountId) -> list[SavedSearch]:
    """List the searches of an account, oldest first."""
    return [
        SavedSearch(SearchId(row.id), row.query, row.name, row.made_at)
        for row in read.execute(_OF, {"account": account})
    ]


def export(read: Read, account: AccountId) -> list[dict[str, Any]]:
    """Give all that is kept here of an account, as JSON can hold it."""
    return [{"query": one.query, "name": one.name, "made": one.made_at.isoformat()} for one in of(read, account)]


def _mine(account: AccountId, one: SearchId) -> Any:
    return (saved_searches.c.id == one) & (saved_searches.c.account_id == account)
