"""A folder: bytes compressed with zstd, written whole or not at all."""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import zstandard

from octavo.errors import InputError, NotFound, StoreError, StoreFull
from octavo.ports.blobs import Kept

LEVEL = 6
_KEY = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*")
_LONGEST = 200


class DiskBlobs:
    """Keeps each blob in one file under `root`, and nothing in the database; safe to use from many processes."""

    def __init__(self, root: Path, database: object = None) -> None:
        self._root = root

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` under `key`; when this returns it is on the disk. Raises StoreFull."""
        path = self._path(key)
        packed = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(data)
        partial = path.with_name(f".{secrets.token_hex(8)}.partial")
        try:
            self._make_folder(path.parent)
            with partial.open("wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreFull(f"no room left on the disk for {self._root}: free some space") from error
            raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error

    def get(self, key: str) -> bytes:
        """Give back what was kept. Raises NotFound, and StoreError when the file is damaged."""
        path = self._path(key)
        try:
            return zstandard.ZstdDecompressor().decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise NotFound(f"nothing is kept under {key!r}") from error
        except zstandard.ZstdError as error:
            raise StoreError(f"{path} is damaged: fetch it again, or restore a backup") from error
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error

    def delete(self, key: str) -> None:
        """Forget `key`; unknown keys are no error."""
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{path} cannot be deleted: {error.strerror or error}") from error

    def under(self, folder: str) -> Iterator[Kept]:
        """List what is kept under keys that begin with `folder` and a slash; folders are read one by one."""
        begins = f"{folder}/".replace("/", "~")
        for file in self._root.glob(f"[0-9a-f][0-9a-f][0-9a-f]/{begins}*.zst"):
            with suppress(FileNotFoundError):  # another process may delete it meanwhile
                told = file.stat()
                yield Kept(file.name.removesuffix(".zst").replace("~", "/"), told.st_size, told.st_mtime)

    def _path(self, key: str) -> Path:
        """Spread files over 4,096 folders by a hash, so that no folder grows large however keys are made."""
        if len(key) > _LONGEST or not _KEY.fullmatch(key):
            raise InputError(f"{key[:80]!r} cannot name a blob: use at most {_LONGEST} of a-z 0-9 . _ - and /")
        spread = hashlib.sha256(key.encode()).hexdigest()[:3]
        return self._root / spread / f"{key.replace('/', '~')}.zst"

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync_folder(self._root)


def _sync_folder(folder: Path) -> None:
    """Put a renamed file's name on the disk too (fsync(2): the folder is a file of its own)."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
