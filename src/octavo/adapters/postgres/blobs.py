"""PostgreSQL: bytes in a table, for instances on several machines that share no folder.

Compressed as the folder's are, read and written one at a time, never in the transaction of anything else.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import zstandard
from sqlalchemy import text

from octavo.adapters.blobs.disk import LEVEL
from octavo.errors import InputError, NotFound, SettingsError, StoreError
from octavo.ports.blobs import Kept
from octavo.ports.database import Database

_KEY = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*")
_LONGEST = 200
_AT_ONCE = 1000

_PUT = text(
    "INSERT INTO kept_bytes (key, data, written) VALUES (:key, :data, extract(epoch FROM now())) "
    "ON CONFLICT (key) DO UPDATE SET data = excluded.data, written = excluded.written"
)
_GET = text("SELECT data FROM kept_bytes WHERE key = :key")
_DROP = text("DELETE FROM kept_bytes WHERE key = :key")
_UNDER = text(
    "SELECT key, octet_length(data) AS size, written FROM kept_bytes "
    'WHERE key COLLATE "C" > :after AND key COLLATE "C" < :end ORDER BY key COLLATE "C" LIMIT :n'
)


class PostgresBlobs:
    """Keeps each blob in one row, and nothing under `root`; safe to use from many threads, processes and machines."""

    def __init__(self, root: Path, database: Database) -> None:
        if database.dialect != "postgresql":
            raise SettingsError("setting blobs: 'database' keeps bytes in PostgreSQL; with SQLite, leave it at 'disk'")
        self._database = database

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`; when this returns it is committed. Raises StoreFull."""
        packed = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(data)
        with self._database.transaction() as tx:
            tx.execute(_PUT, {"key": _checked(key), "data": packed})

    def get(self, key: str) -> bytes:
        """Give back what was kept. Raises NotFound, and StoreError when it is damaged."""
        with self._database.read() as view:
            row = view.execute(_GET, {"key": _checked(key)}).first()
        if row is None:
            raise NotFound(f"nothing is kept under {key!r}")
        try:
            return zstandard.ZstdDecompressor().decompress(bytes(row.data))
        except zstandard.ZstdError as error:
            raise StoreError(f"what is kept under {key!r} is damaged: fetch it again, or restore a backup") from error

    def delete(self, key: str) -> None:
        """Forget `key`; unknown keys are no error."""
        with self._database.transaction() as tx:
            tx.execute(_DROP, {"key": _checked(key)})

    def under(self, folder: str) -> Iterator[Kept]:
        """List what is kept under keys that begin with `folder` and a slash, in the order of their keys."""
        after, end = f"{folder}/", f"{folder}0"  # 0 is what comes after the slash
        while True:
            with self._database.read() as view:
                rows = view.execute(_UNDER, {"after": after, "end": end, "n": _AT_ONCE}).all()
            yield from (Kept(row.key, row.size, float(row.written)) for row in rows)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].key


def _checked(key: str) -> str:
    if len(key) > _LONGEST or not _KEY.fullmatch(key):
        raise InputError(f"{key[:80]!r} cannot name a blob: use at most {_LONGEST} of a-z 0-9 . _ - and /")
    return key
