"""Blobs: bytes by key (pages, images)."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class Kept(NamedTuple):
    """A blob that is kept: its key, the bytes it takes, and when it was written (seconds since 1970)."""

    key: str
    size: int
    written: float


class Blobs(Protocol):
    """Bytes by key, compressed as the adapter sees fit. Keys match [a-z0-9/._-]+ and never climb out."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` durably under `key`, replacing what was there. Raises StoreFull."""
        ...

    def get(self, key: str) -> bytes:
        """Give back what was kept. Raises NotFound."""
        ...

    def under(self, folder: str) -> Iterator[Kept]:
        """List what is kept under keys that begin with `folder` and a slash, in any order; it may take seconds."""
        ...

    def delete(self, key: str) -> None:
        """Forget `key`; unknown keys are no error."""
        ...
