"""Tables: settings_kept: small facts about this instance, such as which version wrote last."""

from sqlalchemy import select

from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import settings_kept


def get(read: Read, key: str) -> str:
    """Give a fact; "" when it was never set."""
    return read.execute(select(settings_kept.c.value).where(settings_kept.c.key == key)).scalar() or ""


def set(tx: Transaction, key: str, value: str) -> None:  # noqa: A001 - read as facts.set
    """Remember a fact."""
    tx.execute(upsert(settings_kept, ["value"]), {"key": key, "value": value})
