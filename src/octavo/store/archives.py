"""Tables: archives: how far each archive has been read."""

from sqlalchemy import select

from octavo.domain.backfill import ArchiveMark
from octavo.ports.database import Read, Transaction
from octavo.store.dialect import upsert
from octavo.store.tables import archives

_REPLACED = [column.name for column in archives.columns if column.name != "key"]


def mark(read: Read, key: str) -> ArchiveMark | None:
    """Tell how far an archive has been read; None when it has not been begun."""
    row = read.execute(select(archives).where(archives.c.key == key)).first()
    if row is None:
        return None
    return ArchiveMark(
        row.key, row.name, row.through, row.saved, row.known, row.reasons, row.updated_at, row.finished_at
    )


def save(tx: Transaction, one: ArchiveMark) -> None:
    """Remember how far an archive has been read."""
    row = {
        "key": one.key,
        "name": one.name,
        "through": one.through,
        "saved": one.saved,
        "known": one.known,
        "reasons": dict(one.reasons),
        "updated_at": one.updated_at,
        "finished_at": one.finished_at,
    }
    tx.execute(upsert(archives, _REPLACED), row)
