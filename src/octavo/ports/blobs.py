"""Blobs: bytes by key (pages, images)."""

from typing import Protocol


class Blobs(Protocol):
    """Bytes by key, compressed as the adapter sees fit. Keys match [a-z0-9/._-]+ and never climb out."""

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` durably under `key`, replacing what was there. Raises StoreFull."""
        ...

    def get(self, key: str) -> bytes:
        """Give back what was kept. Raises NotFound."""
        ...

    def delete(self, key: str) -> None:
        """Forget `key`; unknown keys are no error."""
        ...
